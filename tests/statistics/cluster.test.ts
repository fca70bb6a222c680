import { describe, expect, it } from 'vitest';
import { clusterBootstrap, leaveOneOut } from '../../src/statistics/index.ts';

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((a, b) => a + b, 0) / values.length;

/** Three waves of forty people who hardly change, each around a level of their own. */
const STEADY = Array.from({ length: 40 }, (_, person) =>
  [0, 1, 0].map((step) => 1 + (person % 6) + step * 0.01),
);

describe('the bootstrap of persons', () => {
  it('gives the same interval for the same seed, and another for another', () => {
    const interval = (seed: number) => clusterBootstrap(STEADY, mean, { seed });
    expect(interval(7)).toEqual(interval(7));
    expect(interval(8)).not.toEqual(interval(7));
  });
  it('holds the statistic', () => {
    const found = clusterBootstrap(STEADY, mean, { seed: 1 });
    expect(found?.low).toBeLessThan(mean(STEADY.flat()) as number);
    expect(found?.high).toBeGreaterThan(mean(STEADY.flat()) as number);
  });
  it('is wider than one that takes the interviews for people', () => {
    const width = (clusters: readonly (readonly number[])[]): number => {
      const found = clusterBootstrap(clusters, mean, { seed: 3 });
      return (found?.high ?? 0) - (found?.low ?? 0);
    };
    // Three answers of one person count for one: the width grows by the root of three.
    expect(width(STEADY) / width(STEADY.flat().map((v) => [v]))).toBeCloseTo(Math.sqrt(3), 0);
  });
  it('comes near the normal interval of person means', () => {
    const means = STEADY.map((p) => mean(p) as number);
    const centre = mean(means) as number;
    const variance = (mean(means.map((m) => (m - centre) ** 2)) as number) / means.length;
    const found = clusterBootstrap(STEADY, mean, { seed: 5, replicates: 20_000 });
    expect(found?.low).toBeCloseTo(centre - 1.96 * Math.sqrt(variance), 1);
    expect(found?.high).toBeCloseTo(centre + 1.96 * Math.sqrt(variance), 1);
  });
  it('of people who are all alike has no width', () => {
    expect(clusterBootstrap([[4], [4], [4]], mean, { seed: 1 })).toMatchObject({ low: 4, high: 4 });
  });
  it('of one person is none', () => {
    expect(clusterBootstrap([[1, 7, 7]], mean, { seed: 1 })).toBeUndefined();
  });
  it('needs two thousand replicates', () => {
    expect(() => clusterBootstrap(STEADY, mean, { seed: 1, replicates: 100 })).toThrow(RangeError);
  });
});

describe('leaving one person out', () => {
  it('shows how far one person moves a mean', () => {
    expect(leaveOneOut([[1], [1], [49]], mean)).toEqual({ low: 1, high: 25 });
  });
  it('takes all interviews of a person away together', () => {
    expect(leaveOneOut([[49, 49], [1]], mean)).toEqual({ low: 1, high: 49 });
  });
  it('of one person is none', () => {
    expect(leaveOneOut([[1, 2]], mean)).toBeUndefined();
  });
});
