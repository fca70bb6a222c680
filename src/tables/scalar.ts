import { parsePartialDate } from '../vocabulary/index.ts';

/** Three-valued truth in a byte: a comparison with a gap is neither true nor false (study/expression.ts). */
export const FALSE = 0;
export const TRUE = 1;
export const UNKNOWN = 2;
export type Truth = 0 | 1 | 2;

export interface BooleanScalar {
  readonly kind: 'boolean';
  readonly at: (row: number) => Truth;
}
/** Integers scaled by 10^decimals; `decimals: 'real'` marks the result of a division, a double. Undefined is a gap. */
export interface NumberScalar {
  readonly kind: 'number';
  readonly decimals: number | 'real';
  readonly at: (row: number) => number | undefined;
}
export interface TextScalar {
  readonly kind: 'text';
  readonly at: (row: number) => string | undefined;
}
export interface DateScalar {
  readonly kind: 'date';
  readonly at: (row: number) => number | undefined;
}
/** A compiled expression: a value for every row. */
export type Scalar = BooleanScalar | NumberScalar | TextScalar | DateScalar;

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

export const not = (a: Truth): Truth => (a === UNKNOWN ? UNKNOWN : a === TRUE ? FALSE : TRUE);
export const and = (a: Truth, b: Truth): Truth =>
  a === FALSE || b === FALSE ? FALSE : a === UNKNOWN || b === UNKNOWN ? UNKNOWN : TRUE;
export const or = (a: Truth, b: Truth): Truth =>
  a === TRUE || b === TRUE ? TRUE : a === UNKNOWN || b === UNKNOWN ? UNKNOWN : FALSE;

const holds: Readonly<Record<Comparison, <T extends string | number>(a: T, b: T) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const compareWith = <T extends string | number>(
  operator: Comparison,
  a: (row: number) => T | undefined,
  b: (row: number) => T | undefined,
): BooleanScalar => {
  const test = holds[operator];
  return {
    kind: 'boolean',
    at: (row) => {
      const [x, y] = [a(row), b(row)];
      if (x === undefined || y === undefined) return UNKNOWN;
      return test(x, y) ? TRUE : FALSE;
    },
  };
};

/** Value in units of 10^-decimals, so that two numbers of different scale are compared as integers. */
export const scaledTo = (number: NumberScalar, decimals: number | 'real'): NumberScalar['at'] => {
  if (number.decimals === decimals) return number.at;
  const from = number.decimals === 'real' ? 0 : number.decimals;
  const factor = decimals === 'real' ? 10 ** from : 10 ** (decimals - from);
  const apply = decimals === 'real' ? (v: number) => v / factor : (v: number) => v * factor;
  return (row) => {
    const value = number.at(row);
    return value === undefined ? undefined : apply(value);
  };
};

export const commonScale = (a: NumberScalar, b: NumberScalar): number | 'real' =>
  a.decimals === 'real' || b.decimals === 'real' ? 'real' : Math.max(a.decimals, b.decimals);

const dayOfText = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : parsePartialDate(text)?.firstDay;

/** Reads as a day: a date, or the text of one (`date >= '2018-06-19'`; a partial date stands for its first day). */
const asDay = (scalar: Scalar): DateScalar['at'] => {
  if (scalar.kind === 'date') return scalar.at;
  const at = asText(scalar);
  return (row) => dayOfText(at(row));
};

const asText = (scalar: Scalar): TextScalar['at'] => {
  if (scalar.kind === 'text') return scalar.at;
  if (scalar.kind === 'boolean') return (row) => (['false', 'true', undefined] as const)[scalar.at(row)];
  return (row) => scalar.at(row)?.toString();
};

/** A comparison of two values of one kind; a gap on either side makes it unknown. */
export const compareScalars = (operator: Comparison, a: Scalar, b: Scalar): BooleanScalar => {
  if (a.kind === 'number' && b.kind === 'number') {
    const scale = commonScale(a, b);
    return compareWith(operator, scaledTo(a, scale), scaledTo(b, scale));
  }
  if (a.kind === 'date' || b.kind === 'date') return compareWith(operator, asDay(a), asDay(b));
  return compareWith(operator, asText(a), asText(b));
};

const real = (value: number | undefined): number | undefined =>
  value === undefined || !Number.isFinite(value) ? undefined : value;

/** `+ - * div mod` on numbers; dividing by zero gives a gap. */
export const arithmetic = (
  operator: '+' | '-' | '*' | 'div' | 'mod',
  a: NumberScalar,
  b: NumberScalar,
): NumberScalar => {
  const both =
    (x: NumberScalar['at'], y: NumberScalar['at'], f: (p: number, q: number) => number): NumberScalar['at'] =>
    (row) => {
      const [p, q] = [x(row), y(row)];
      return p === undefined || q === undefined ? undefined : real(f(p, q));
    };
  if (operator === 'div')
    return {
      kind: 'number',
      decimals: 'real',
      at: both(scaledTo(a, 'real'), scaledTo(b, 'real'), (p, q) => p / q),
    };
  const scale = commonScale(a, b);
  if (operator === '*') {
    if (a.decimals === 'real' || b.decimals === 'real')
      return {
        kind: 'number',
        decimals: 'real',
        at: both(scaledTo(a, 'real'), scaledTo(b, 'real'), (p, q) => p * q),
      };
    return { kind: 'number', decimals: a.decimals + b.decimals, at: both(a.at, b.at, (p, q) => p * q) };
  }
  const f = {
    '+': (p: number, q: number) => p + q,
    '-': (p: number, q: number) => p - q,
    mod: (p: number, q: number) => p % q,
  }[operator];
  return { kind: 'number', decimals: scale, at: both(scaledTo(a, scale), scaledTo(b, scale), f) };
};

/** Half away from zero, as everywhere (methodology 4.6). */
const halfAway = (value: number): number => Math.sign(value) * Math.floor(Math.abs(value) + 0.5);

export const roundScalar = (a: NumberScalar, digits: number): NumberScalar => {
  const from = a.decimals === 'real' ? 0 : a.decimals;
  // Divided, not multiplied by 0.1: a quotient is rounded once, so that a tie stays a tie.
  const shifted =
    digits >= from ? (v: number) => v * 10 ** (digits - from) : (v: number) => v / 10 ** (from - digits);
  return {
    kind: 'number',
    decimals: digits,
    at: (row) => {
      const value = a.at(row);
      return value === undefined ? undefined : halfAway(shifted(value));
    },
  };
};

export const truncateScalar = (a: NumberScalar): NumberScalar => {
  const divisor = a.decimals === 'real' ? 1 : 10 ** a.decimals;
  return {
    kind: 'number',
    decimals: 0,
    at: (row) => {
      const value = a.at(row);
      return value === undefined ? undefined : Math.trunc(value / divisor);
    },
  };
};

const DAY_MS = 86_400_000;
/** Calendar year or month (1 to 12) of a day number. */
export const calendarPart = (part: 'year' | 'month', day: number): number => {
  const date = new Date(day * DAY_MS);
  return part === 'year' ? date.getUTCFullYear() : date.getUTCMonth() + 1;
};
