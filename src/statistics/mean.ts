import { type Interval, LEVEL, tailOf } from './interval.ts';
import { studentAbove } from './quantile.ts';

/**
 * Student's interval of a mean from n independent values with sample standard deviation `sd` (n - 1), in the unit of the
 * values. Throws RangeError for fewer than two values: one says nothing of how far others lie.
 */
export const tInterval = (mean: number, sd: number, n: number, level = LEVEL): Interval => {
  if (!(Number.isSafeInteger(n) && n >= 2 && sd >= 0 && Number.isFinite(mean)))
    throw new RangeError(`no interval of a mean from ${n} values`);
  const half = (studentAbove(tailOf(level), n - 1) * sd) / Math.sqrt(n);
  return { low: mean - half, high: mean + half, level };
};
