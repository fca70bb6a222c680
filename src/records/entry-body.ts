import type { EntryBody } from './entry.ts';

type Stated = 'study' | 'instrument' | 'instrument_version' | 'record_id' | 'kind' | 'author';
type Optional =
  | 'entry_id'
  | 'parents'
  | 'occurred_at'
  | 'zone'
  | 'values'
  | 'sealed'
  | 'attachments'
  | 'reason';

/** What a person did, before the device numbers, dates and signs it. */
export type EntryDraft = Pick<EntryBody, Stated> & Partial<Pick<EntryBody, Optional>>;

/** What the device adds: who it is, its place in its own chain, and the time when the draft states none. */
export interface EntryPlace {
  readonly org: string;
  readonly device: string;
  readonly deviceSeq: number;
  readonly devicePrev: string;
  readonly entryId: string;
  /** ISO 8601 with offset. */
  readonly now: string;
  readonly zone: string;
}

/** The body to sign: every member present, none optional, so that one act has one spelling. */
export const entryBody = (draft: EntryDraft, place: EntryPlace): EntryBody => ({
  v: 1,
  org: place.org,
  study: draft.study,
  instrument: draft.instrument,
  instrument_version: draft.instrument_version,
  record_id: draft.record_id,
  entry_id: draft.entry_id ?? place.entryId,
  kind: draft.kind,
  parents: draft.parents ?? [],
  author: draft.author,
  device: place.device,
  device_seq: place.deviceSeq,
  device_prev: place.devicePrev,
  occurred_at: draft.occurred_at ?? place.now,
  zone: draft.zone ?? place.zone,
  values: draft.values ?? {},
  sealed: draft.sealed ?? [],
  attachments: draft.attachments ?? [],
  reason: draft.reason ?? '',
});
