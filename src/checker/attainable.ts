import { add, compare, divide, type Fraction, fraction, multiply, subtract } from '../vocabulary/index.ts';
import type { Interval } from './interval.ts';

/**
 * GRIM (Brown and Heathers 2017) for percentages: of `total` things, the whole number whose percentage comes nearest to
 * the printed interval, and whether it falls inside.
 */
export const nearestPercentage = (
  printed: Interval,
  total: bigint,
): { readonly percent: Fraction; readonly inside: boolean } => {
  const wanted = multiply(divide(add(printed.low, printed.high), fraction(200)), fraction(total));
  const floor = wanted.num / wanted.den;
  const percent = (k: bigint): Fraction => fraction(100n * k, total);
  const target = multiply(fraction(1, 2), add(printed.low, printed.high));
  const distance = (k: bigint): Fraction => {
    const d = subtract(percent(k), target);
    return d.num < 0n ? { num: -d.num, den: d.den } : d;
  };
  const k = compare(distance(floor + 1n), distance(floor)) < 0 ? floor + 1n : floor;
  const value = percent(k);
  return { percent: value, inside: compare(printed.low, value) <= 0 && compare(value, printed.high) <= 0 };
};
