/**
 * Exact rational numbers. Every cell keeps numerator and denominator as integers (scaled decimals are scaled integers),
 * so that two ways to the same number give the same number and rounding happens once, on display.
 */
export interface Fraction {
  readonly num: bigint;
  /** Always positive. */
  readonly den: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/** num/den in lowest terms. Throws RangeError when den is 0: a zero denominator is `Missing undefined`, decided by the caller. */
export const fraction = (num: bigint | number, den: bigint | number = 1n): Fraction => {
  const [n, d] = [BigInt(num), BigInt(den)];
  if (d === 0n) throw new RangeError('fraction with denominator 0');
  // Counts are whole: no divisor to look for.
  if (d === 1n) return { num: n, den: d };
  const g = gcd(n, d) || 1n;
  return d < 0n ? { num: -n / g, den: -d / g } : { num: n / g, den: d / g };
};

/** Longer than any statistic: exact arithmetic on a million digits would not come back. */
const MAX_DIGITS = 400;

/** Reads a plain decimal such as "-12.50" exactly. Throws RangeError for anything else. */
export const parseDecimal = (text: string): Fraction => {
  if (text.length > MAX_DIGITS) throw new RangeError(`not a plain decimal: ${text.slice(0, MAX_DIGITS)}…`);
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!match) throw new RangeError(`not a plain decimal: ${text}`);
  const [, sign = '', whole = '0', decimals = ''] = match;
  const value = BigInt(whole + decimals);
  return fraction(sign === '-' ? -value : value, 10n ** BigInt(decimals.length));
};

export const add = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.num * b.den + b.num * a.den, a.den * b.den);
export const subtract = (a: Fraction, b: Fraction): Fraction => add(a, { num: -b.num, den: b.den });
export const multiply = (a: Fraction, b: Fraction): Fraction => fraction(a.num * b.num, a.den * b.den);
export const divide = (a: Fraction, b: Fraction): Fraction => fraction(a.num * b.den, a.den * b.num);
export const compare = (a: Fraction, b: Fraction): -1 | 0 | 1 => {
  const d = a.num * b.den - b.num * a.den;
  return d < 0n ? -1 : d > 0n ? 1 : 0;
};
/** Nearest double; for charts and statistics, never for comparing printed values. */
export const toNumber = (f: Fraction): number => {
  const whole = f.num / f.den;
  return Number(whole) + Number(f.num - whole * f.den) / Number(f.den);
};

/** Decimal text rounded half away from zero (methodology 4.6), e.g. `roundTo(fraction(5, 32), 1)` = "0.2". */
export const roundTo = (f: Fraction, decimals: number): string => {
  const scale = 10n ** BigInt(decimals);
  const negative = f.num < 0n;
  const magnitude = negative ? -f.num : f.num;
  const scaled = (2n * magnitude * scale + f.den) / (2n * f.den);
  const digits = scaled.toString().padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return negative && scaled !== 0n ? `-${text}` : text;
};

/** The exact text of a fraction: `12`, or `13/3` in lowest terms. */
export const exactText = ({ num, den }: Fraction): string => (den === 1n ? String(num) : `${num}/${den}`);
