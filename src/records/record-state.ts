import type { EvidenceState, Problem, ReviewState } from '../vocabulary/index.ts';
import type { Attachment, EntryValue, SealedField } from './entry.ts';

export { EVIDENCE_STATES, type EvidenceState, REVIEW_STATES, type ReviewState } from '../vocabulary/index.ts';

export interface Conflict {
  readonly field: string;
  /** Entry id -> the value it states. */
  readonly candidates: ReadonlyMap<string, EntryValue>;
}

/** A sealed value as an entry states it; its place (see `SealedPlace`) is the record, that entry, and what it says itself. */
export interface SealedStatement {
  /** The path as the present version of the instrument names it; `sealed.field` is what the ciphertext is bound to. */
  readonly field: string;
  readonly entryId: string;
  readonly sealed: SealedField;
}

/** A person had the keys to the record's sealed parts destroyed. */
export interface Erasure {
  readonly by: string;
  /** Wall time, ISO 8601. */
  readonly at: string;
  /** Code of the legal basis. */
  readonly basis: string;
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
  /**
   * What stands in the fields that only a team may read. Several of one place (field and row) are a conflict: which is
   * right, or whether they agree, is seen only by who can open them.
   */
  readonly sealed: readonly SealedStatement[];
  readonly attachments: readonly Attachment[];
  /** Set once the record was erased: what was sealed before is gone for everybody. */
  readonly erased?: Erasure;
  readonly author: string;
  readonly verifiedBy?: string;
  /** Wall time of the verification, for late verification. */
  readonly verifiedAt?: string;
  readonly mergedInto?: string;
  readonly excludedBecause?: string;
  /** The person withdrew consent: nothing brings the record back, and what rests on it goes too. */
  readonly consentWithdrawn?: true;
  /** Entries that are in the log but take no effect, e.g. `review_same_person`; details name the entry. */
  readonly problems: readonly Problem[];
  /** Entry ids without a child: the record's present version. */
  readonly heads: readonly string[];
  readonly entries: readonly string[];
  readonly receivedAt: string;
}
