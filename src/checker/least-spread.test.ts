import { describe, expect, it } from 'vitest';
import { fraction, parseDecimal, toNumber } from '../vocabulary/index.ts';
import { asPrinted, exactly, type Interval } from './interval.ts';
import { leastSpread } from './least-spread.ts';

/** Answers of a few people, and what a report would print of them. */
const answers: readonly (readonly [number, number, number])[] = [
  [1, 1, 5],
  [1, 2, 4],
  [2, 1, 5],
  [7, 7, 2],
];
const of = (scores: readonly number[]) => {
  const mean = scores.reduce((a, b) => a + b, 0) / scores.length;
  const squares = scores.reduce((a, b) => a + (b - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (scores.length - 1)) };
};
const printed = (value: number): Interval => asPrinted(parseDecimal(value.toFixed(1)), 1);
const derived = answers.map(([x, y, z]) => (x * y) / z);
const columns = [0, 1, 2].map((i) => of(answers.map((row) => row[i] ?? 0)));
const means = [...columns.map((c) => printed(c.mean)), printed(of(derived).mean)];
const deviations = columns.map((c) => printed(c.sd));
const bound = (multipliers: readonly number[]): number => {
  const found = leastSpread(
    { scores: [1, 7], multipliers: multipliers.map((m) => parseDecimal(String(m))) },
    means,
    deviations,
    [exactly(fraction(answers.length))],
  );
  return found === undefined ? Number.NaN : toNumber(found.low);
};

describe('the least spread of a ratio of scores', () => {
  it.each([
    ['none', [0, 0, 0, 0, 0, 0, 0]],
    ['those of a linear program', [-3.406, -1.058, -8.11, 0.065, 0.739, -3.555, 13.22]],
    ['large ones', [50, -20, 30, 10, -40, 7, 25]],
  ])('is never above the spread that real answers have, with multipliers: %s', (_, multipliers) => {
    expect(bound(multipliers)).toBeLessThanOrEqual(of(derived).sd);
  });
  it('without multipliers knows only how near a triple of scores comes to the mean', () => {
    expect(bound([0, 0, 0, 0, 0, 0, 0])).toBeLessThan(0.2);
  });
  it('needs a deviation for each score and seven multipliers', () => {
    expect(bound([1])).toBeNaN();
  });
  it('of a group that answered alike the spread is bounded away from 0 when its mean is far from the product', () => {
    // Everybody says 2, 2, 2, so d is 2; a printed mean of 4 cannot be, and the bound is large.
    const two = exactly(fraction(2));
    const zero = exactly(fraction(0));
    const far = leastSpread(
      { scores: [1, 3], multipliers: ['0', '-100', '0', '-100', '0', '-100', '0'].map(parseDecimal) },
      [two, two, two, exactly(fraction(4))],
      [zero, zero, zero],
      [exactly(fraction(5))],
    );
    expect(toNumber(far?.low ?? fraction(0))).toBeGreaterThan(1);
  });
});
