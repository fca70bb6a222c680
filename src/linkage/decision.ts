import type { EntryDraft, EntryValues, RecordState } from '../records/index.ts';

export type Decision = 'same' | 'different';

/** Where a record keeps which others it is not: no field of an instrument, so no table ever sees it. */
const DIFFERENT = '_different_from';

export const isDifferent = (state: RecordState, other: string): boolean => {
  const ids = state.values.get(DIFFERENT);
  return Array.isArray(ids) && (ids as readonly unknown[]).includes(other);
};
/** All others that a person has said this record is not. */
export const differentFrom = (state: RecordState): readonly string[] => {
  const ids = state.values.get(DIFFERENT);
  return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : [];
};

/** Who decided and why; the score is what the machine proposed it with, where it could be worked out. */
export interface Judgement {
  readonly author: string;
  readonly reason: string;
  readonly score?: number;
}

/** What the log keeps of a decision: record ids, score, who, why. Never a name, nor anything that is made from one. */
const draft = (of: RecordState, kind: string, values: EntryValues, by: Judgement): EntryDraft => ({
  study: of.study,
  instrument: of.instrument,
  instrument_version: of.instrumentVersion,
  record_id: of.recordId,
  kind,
  parents: of.heads,
  author: by.author,
  values,
  reason: `linkage${by.score === undefined ? '' : ` score:${by.score.toFixed(1)}`} ${by.reason}`,
});

/** The entry of a decision on a pair: `other` is merged into `one`, or keeps that it is not `one`. */
export const decisionDraft = (
  one: RecordState,
  other: RecordState,
  decision: Decision,
  by: Judgement,
): EntryDraft =>
  decision === 'same'
    ? draft(other, 'merge', { into: one.recordId }, by)
    : draft(other, 'link', { [DIFFERENT]: [one.recordId] }, by);

/** The entry that takes a decision back, or undefined where none was made on this pair. */
export const undoDraft = (one: RecordState, other: RecordState, by: Judgement): EntryDraft | undefined => {
  for (const [a, b] of [
    [one, other],
    [other, one],
  ] as const) {
    if (a.mergedInto === b.recordId) return draft(a, 'unmerge', {}, by);
    if (isDifferent(a, b.recordId)) return draft(a, 'unlink', { [DIFFERENT]: [b.recordId] }, by);
  }
  return undefined;
};
