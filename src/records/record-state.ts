import type { EvidenceState, Problem, ReviewState } from '../vocabulary/index.ts';
import type { EntryValue } from './entry.ts';

export { EVIDENCE_STATES, type EvidenceState, REVIEW_STATES, type ReviewState } from '../vocabulary/index.ts';

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
  /** Entries that are in the log but take no effect, e.g. `review_same_person`; details name the entry. */
  readonly problems: readonly Problem[];
  /** Entry ids without a child: the record's present version. */
  readonly heads: readonly string[];
  readonly entries: readonly string[];
  readonly receivedAt: string;
}
