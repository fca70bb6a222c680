import { add, compare, divide, type Fraction, fraction, multiply, subtract } from '../vocabulary/index.ts';
import { exactly, type Interval, middle, product, sum, ZERO } from './interval.ts';

/** How precisely the root is written; it is rounded down, so the bound stays true. */
const SCALE = 10n ** 6n;

/** The largest decimal of six digits whose square is not above the value. */
const rootBelow = ({ num, den }: Fraction): Fraction => {
  if (num <= 0n) return fraction(0);
  const wanted = (num * SCALE * SCALE) / den;
  let root = BigInt(Math.floor(Math.sqrt(Number(wanted))));
  while (root * root > wanted) root -= 1n;
  while ((root + 1n) * (root + 1n) <= wanted) root += 1n;
  return fraction(root, SCALE);
};

interface Scored {
  readonly scores?: readonly [number, number];
  readonly multipliers?: readonly Fraction[];
}

/**
 * The least standard deviation that d = x·y/z can have, when x, y, z are whole scores of the same n people and the means
 * of x, y, z, d and the deviations of x, y, z are as printed (sample deviations, n − 1).
 *
 * Weak duality: for any multipliers, let a be the least value over all triples of scores of
 * (d − d̄)² − Σ (λₖ·(xₖ − x̄ₖ) + μₖ·(xₖ − x̄ₖ)²) − ν·(d − d̄). Summed over people, Σ (d − d̄)² ≥ n·a + Σ λₖ·Σ(xₖ − x̄ₖ) + …, and
 * those sums are printed up to rounding. Good multipliers come from a linear program; bad ones only weaken the bound.
 */
export const leastSpread = (
  { scores: [low, high] = [1, 7], multipliers = [] }: Scored,
  means: readonly Interval[],
  deviations: readonly Interval[],
  counts: readonly Interval[],
): Interval | undefined => {
  const [x, y, z, d] = means;
  const [count] = counts;
  if (x === undefined || y === undefined || z === undefined || d === undefined || count === undefined)
    return undefined;
  if (deviations.length !== 3 || multipliers.length !== 7) return undefined;
  const n = middle(count);
  const less = subtract(n, fraction(1));
  const scored = [x, y, z] as const;
  const of = (i: number): Fraction => multipliers[i] ?? fraction(0);
  const least = leastOverScores(low, high, scored.map(middle), middle(d), of);
  // Printed means are centres of the sums: what rounding hid stays within half a digit for each person.
  const hidden = (mean: Interval): Interval => product(exactly(n), shifted(mean));
  const squares = scored.map((mean, i) => {
    const deviation = deviations[i] ?? ZERO;
    return sum(product(exactly(less), product(deviation, deviation)), upTo(squareOfHidden(mean, n)));
  });
  const terms = scored.flatMap((mean, i) => [
    product(exactly(of(2 * i)), hidden(mean)),
    product(exactly(of(2 * i + 1)), squares[i] ?? ZERO),
  ]);
  const all = [...terms, product(exactly(of(6)), hidden(d))].reduce(sum, exactly(multiply(n, least)));
  const variance = divide(subtract(all.low, squareOfHidden(d, n)), less);
  return { low: rootBelow(variance), high: fraction(high * high, low) };
};

const shifted = (mean: Interval): Interval => ({
  low: subtract(mean.low, middle(mean)),
  high: subtract(mean.high, middle(mean)),
});
const squareOfHidden = (mean: Interval, n: Fraction): Fraction => {
  const { high } = shifted(mean);
  return multiply(n, multiply(high, high));
};
const upTo = (most: Fraction): Interval => ({ low: fraction(0), high: most });

const leastOverScores = (
  low: number,
  high: number,
  centres: readonly Fraction[],
  centre: Fraction,
  of: (i: number) => Fraction,
): Fraction => {
  const range = Array.from({ length: high - low + 1 }, (_, i) => low + i);
  const quadratic = (i: number, score: number): Fraction => {
    const away = subtract(fraction(score), centres[i] ?? fraction(0));
    return add(multiply(of(2 * i), away), multiply(of(2 * i + 1), multiply(away, away)));
  };
  const values = range.flatMap((a) =>
    range.flatMap((b) =>
      range.map((c) => {
        const away = subtract(fraction(a * b, c), centre);
        const known = [quadratic(0, a), quadratic(1, b), quadratic(2, c), multiply(of(6), away)].reduce(add);
        return subtract(multiply(away, away), known);
      }),
    ),
  );
  return values.reduce((found, value) => (compare(value, found) < 0 ? value : found));
};
