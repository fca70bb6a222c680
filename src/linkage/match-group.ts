import { bandOf, compareRecords } from './compare.ts';
import type { Linkable } from './linkable.ts';

/**
 * The pair that keeps these records from being one group, undefined when there is none: each of them must be a candidate for
 * being the same as every other, or A like B and B like C would join A and C, which are not alike (maximal diameter).
 */
export const tooFarApart = (
  group: readonly Linkable[],
  isDifferent: (one: string, other: string) => boolean = () => false,
): readonly [string, string] | undefined => {
  for (const [i, one] of group.entries())
    for (const other of group.slice(i + 1)) {
      const apart = bandOf(compareRecords(one, other).score) === 'different';
      if (apart || isDifferent(one.recordId, other.recordId)) return [one.recordId, other.recordId];
    }
  return undefined;
};
