/** A confidence interval. Bounds are doubles: an estimate of uncertainty is not an exact count. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Confidence level, e.g. 0.95. */
  readonly level: number;
}

export const LEVEL = 0.95;

/** Throws RangeError unless 0 < level < 1. */
export const tailOf = (level: number): number => {
  if (!(level > 0 && level < 1)) throw new RangeError(`level ${level} is not between 0 and 1`);
  return (1 - level) / 2;
};
