import { ProblemError, problem } from '../vocabulary/index.ts';
import type { EntryBody } from './entry.ts';
import type { EntryDraft } from './entry-body.ts';

/** Why a record may be erased: a code, because a sentence could name the person. */
export const ERASURE_BASES = [
  'consent_withdrawn',
  'request',
  'court_order',
  'retention_over',
  'error',
] as const;
export type ErasureBasis = (typeof ERASURE_BASES)[number];

/** Two people, and why. */
export interface ErasureRequest {
  readonly author: string;
  readonly approvedBy: string;
  readonly basis: ErasureBasis;
}

/** What the sealed parts of a record's entries hang on: destroy it and they are gone. */
export interface Erasable {
  readonly keyIds: readonly string[];
  /** Addresses of the ciphertexts of attachments. */
  readonly blobs: readonly string[];
}

export const erasableOf = (entries: readonly Pick<EntryBody, 'sealed' | 'attachments'>[]): Erasable => ({
  keyIds: [
    ...new Set(entries.flatMap((e) => [...e.sealed, ...e.attachments].map((sealed) => sealed.key_id))),
  ].sort(),
  blobs: [...new Set(entries.flatMap((e) => e.attachments.map((a) => a.ct_sha256)))].sort(),
});

/** The data keys that an `erase` entry destroys; none for an entry of another kind. */
export const erasedKeys = ({ kind, values }: Pick<EntryBody, 'kind' | 'values'>): readonly string[] => {
  if (kind !== 'erase') return [];
  const { key_ids: ids } = values;
  return (typeof ids === 'string' ? [ids] : Array.isArray(ids) ? ids : []).filter(
    (id) => typeof id === 'string',
  );
};

/**
 * The entry that erases a record (`erase`): which keys are gone, why and by whom, and nothing about the person. Whoever
 * restores an older copy of the key vault destroys the keys that it names again.
 */
export const erasureDraft = (
  last: Pick<EntryBody, 'study' | 'instrument' | 'instrument_version' | 'record_id'>,
  heads: readonly string[],
  { author, approvedBy, basis }: ErasureRequest,
  { keyIds }: Erasable,
): EntryDraft => ({
  study: last.study,
  instrument: last.instrument,
  instrument_version: last.instrument_version,
  record_id: last.record_id,
  kind: 'erase',
  parents: heads,
  author,
  values: { approved_by: approvedBy, basis, key_ids: keyIds },
});

/** An erasure is the act of two people. Throws ProblemError `erase_same_person`. */
export const checkErasure = ({ author, values = {} }: Pick<EntryDraft, 'author' | 'values'>): void => {
  const { approved_by: approver } = values;
  if (typeof approver !== 'string' || approver === '' || approver === author)
    throw new ProblemError(problem('erase_same_person', { person: author }));
};
