import { bandOf, compareRecords } from './compare.ts';
import type { Decision } from './decision.ts';
import type { Linkable } from './linkable.ts';

/**
 * The pair that keeps these records from being one group, undefined when there is none: each of them must be a candidate for
 * being the same as every other, or A like B and B like C would join A and C, which are not alike (maximal diameter). What a
 * person has said about a pair counts before its score.
 */
export const tooFarApart = (
  group: readonly Linkable[],
  said: (one: string, other: string) => Decision | undefined = () => undefined,
): readonly [string, string] | undefined => {
  for (const [i, one] of group.entries())
    for (const other of group.slice(i + 1)) {
      const decision = said(one.recordId, other.recordId) ?? bandOf(compareRecords(one, other).score);
      if (decision === 'different') return [one.recordId, other.recordId];
    }
  return undefined;
};
