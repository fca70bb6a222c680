import { type Interval, LEVEL, tailOf } from './interval.ts';
import { normalAbove, shareFromAbove, shareFromBelow } from './quantile.ts';

const check = (x: number, n: number): void => {
  if (!(Number.isSafeInteger(x) && Number.isSafeInteger(n) && 0 <= x && x <= n && n > 0))
    throw new RangeError(`${x} of ${n} is no proportion`);
};

/**
 * Wilson's score interval of a proportion x of n (Wilson 1927; methodology 4.1). `x` and `n` are counts, the bounds shares
 * from 0 to 1. Throws RangeError unless 0 <= x <= n and n > 0: a share of nothing has no interval.
 */
export const wilson = (x: number, n: number, level = LEVEL): Interval => {
  check(x, n);
  const z = normalAbove(tailOf(level));
  const p = x / n;
  const middle = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const whole = 1 + (z * z) / n;
  // At the ends the formula gives 0 and 1 but for rounding.
  return {
    low: x === 0 ? 0 : (middle - half) / whole,
    high: x === n ? 1 : (middle + half) / whole,
    level,
  };
};

/** The exact interval of a proportion (Clopper and Pearson 1934). Bounds and errors as `wilson`. */
export const clopperPearson = (x: number, n: number, level = LEVEL): Interval => {
  check(x, n);
  const tail = tailOf(level);
  return {
    low: x === 0 ? 0 : shareFromBelow(tail, x, n),
    high: x === n ? 1 : shareFromAbove(tail, x, n),
    level,
  };
};
