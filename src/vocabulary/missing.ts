/**
 * A gap has a reason. A recorded gap says why a field has no value; a cell gap says why a number cannot be given.
 * "Don't know" and "unknown" are ordinary answers, not gaps. Nothing in the system uses null, NaN or 0 as a stand-in.
 */
export const RECORDED_MISSING = ['not_recorded', 'not_asked', 'refused', 'in_conflict', 'sealed'] as const;
export type RecordedMissing = (typeof RECORDED_MISSING)[number];

/** Cell gaps; `none_recorded` is a printed dash of an earlier publication (0 in counts, a gap in shares and indices). */
export const CELL_MISSING = [
  'no_cases',
  'undefined',
  'no_exposure',
  'not_comparable',
  'suppressed',
  'none_recorded',
  'not_published',
] as const;
export type CellMissing = (typeof CELL_MISSING)[number];

export interface Missing<R extends string = RecordedMissing | CellMissing> {
  readonly missing: R;
}

export const missing = <R extends RecordedMissing | CellMissing>(reason: R): Missing<R> => ({
  missing: reason,
});

export const isMissing = <R extends string>(value: unknown): value is Missing<R> =>
  typeof value === 'object' && value !== null && 'missing' in value;
