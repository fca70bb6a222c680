import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type Interval, LEVEL, tailOf } from './interval.ts';

/** A statistic of values, undefined where it has none. */
export type Statistic = (values: readonly number[]) => number | undefined;

export interface BootstrapOptions {
  /** The same seed gives the same interval on every machine. */
  readonly seed: number;
  /** At least 2,000 (methodology 4.2). */
  readonly replicates?: number;
  readonly level?: number;
}

const REPLICATES = 2000;

/** The quantile of sorted values by linear interpolation (type 7 of Hyndman and Fan 1996, the default of R). */
const quantile = (sorted: readonly number[], p: number): number => {
  const at = (sorted.length - 1) * p;
  const below = Math.floor(at);
  const [low, high] = [
    sorted[below] ?? Number.NaN,
    sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN,
  ];
  return low + (at - below) * (high - low);
};

/**
 * Percentile bootstrap that draws whole clusters (persons, each with all their interviews) with replacement, because answers
 * of one person are not independent (methodology 4.2, 4.4). `clusters` are the values of each person. Undefined when a
 * replicate has no statistic, and for fewer than two persons. Throws RangeError for fewer than 2,000 replicates.
 */
export const clusterBootstrap = (
  clusters: readonly (readonly number[])[],
  statistic: Statistic,
  { seed, replicates = REPLICATES, level = LEVEL }: BootstrapOptions,
): Interval | undefined => {
  if (replicates < REPLICATES) throw new RangeError(`${replicates} replicates are too few`);
  if (clusters.length < 2) return undefined;
  const random = xoroshiro128plus(seed);
  const found: number[] = [];
  for (let replicate = 0; replicate < replicates; replicate++) {
    const drawn = clusters.flatMap(() => clusters[uniformInt(random, 0, clusters.length - 1)] ?? []);
    const value = statistic(drawn);
    if (value === undefined) return undefined;
    found.push(value);
  }
  found.sort((a, b) => a - b);
  const tail = tailOf(level);
  return { low: quantile(found, tail), high: quantile(found, 1 - tail), level };
};

/**
 * How far one person moves a statistic: its least and greatest value when each cluster in turn is left out (methodology 4.5).
 * Undefined for fewer than two clusters or where a rest has no statistic.
 */
export const leaveOneOut = (
  clusters: readonly (readonly number[])[],
  statistic: Statistic,
): { readonly low: number; readonly high: number } | undefined => {
  if (clusters.length < 2) return undefined;
  const values = clusters.map((_, out) => statistic(clusters.filter((_, i) => i !== out).flat()));
  if (!values.every((v) => v !== undefined)) return undefined;
  return { low: Math.min(...values), high: Math.max(...values) };
};
