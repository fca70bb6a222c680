import { add, compare, divide, type Fraction, fraction, multiply } from '../vocabulary/index.ts';

/**
 * Exact interval arithmetic over fractions. A number p printed with d decimals stands for every value that rounds to it:
 * [p − ½·10⁻ᵈ, p + ½·10⁻ᵈ], both ties included, because publications round ties either way.
 */
export interface Interval {
  readonly low: Fraction;
  readonly high: Fraction;
}

export const exactly = (value: Fraction): Interval => ({ low: value, high: value });
export const ZERO = exactly(fraction(0));

/** What a printed number can stand for. */
export const asPrinted = (value: Fraction, decimals: number): Interval => {
  const half = fraction(1n, 2n * 10n ** BigInt(decimals));
  return { low: add(value, { num: -half.num, den: half.den }), high: add(value, half) };
};

export const sum = (a: Interval, b: Interval): Interval => ({
  low: add(a.low, b.low),
  high: add(a.high, b.high),
});

const hull = (values: readonly [Fraction, ...Fraction[]]): Interval => ({
  low: values.reduce((least, v) => (compare(v, least) < 0 ? v : least)),
  high: values.reduce((most, v) => (compare(v, most) > 0 ? v : most)),
});

export const product = (a: Interval, b: Interval): Interval =>
  hull([multiply(a.low, b.low), multiply(a.low, b.high), multiply(a.high, b.low), multiply(a.high, b.high)]);

/** undefined when the divisor may be 0. */
export const quotient = (a: Interval, b: Interval): Interval | undefined => {
  if (b.low.num <= 0n && b.high.num >= 0n) return undefined;
  return hull([divide(a.low, b.low), divide(a.low, b.high), divide(a.high, b.low), divide(a.high, b.high)]);
};

export const overlap = (a: Interval, b: Interval): boolean =>
  compare(a.low, b.high) <= 0 && compare(b.low, a.high) <= 0;
export const negative = (a: Interval): Interval => product(a, exactly(fraction(-1)));
/** The middle: for a printed number, the number itself. */
export const middle = (a: Interval): Fraction => multiply(add(a.low, a.high), fraction(1, 2));
