import type { EntryValue } from './entry.ts';

export const REVIEW_STATES = ['submitted', 'asked_back', 'verified', 'excluded', 'merged'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** Ordered from least to most for `>=` rules, except disputed and refuted, which no `>=` rule meets (methodology 2.4). */
export const EVIDENCE_STATES = ['unverified', 'single_source', 'corroborated', 'verified', 'disputed', 'refuted'] as const;
export type EvidenceState = (typeof EVIDENCE_STATES)[number];

export interface Conflict {
  readonly field: string;
  /** Entry id -> the value it states. */
  readonly candidates: ReadonlyMap<string, EntryValue>;
}

/** What a record's entries fold to. A field in conflict is not in `values`; its value is Missing `in_conflict`. */
export interface RecordState {
  readonly recordId: string;
  readonly study: string;
  readonly instrument: string;
  readonly instrumentVersion: number;
  readonly values: ReadonlyMap<string, EntryValue>;
  readonly review: ReviewState;
  readonly evidence: EvidenceState;
  readonly conflicts: readonly Conflict[];
  readonly author: string;
  readonly verifiedBy?: string;
  /** Wall time of the verification, for late verification. */
  readonly verifiedAt?: string;
  readonly mergedInto?: string;
  readonly excludedBecause?: string;
  /** Entry ids without a child: the record's present version. */
  readonly heads: readonly string[];
  readonly entries: readonly string[];
  readonly receivedAt: string;
}
