import type { SealedField } from '../sealing/index.ts';
import type { RecordedMissing } from '../vocabulary/index.ts';

/**
 * The unit of evidence (architecture, "A record is a chain of entries"). An entry is signed by the device that made it
 * and never changed; a record is what its entries fold to. Nothing in this format may change once it is in use.
 */
export const ENTRY_KINDS = [
  'study',
  'directory',
  'submit',
  'revise',
  'ask_back',
  'answer',
  'verify',
  'assess',
  'exclude',
  'include',
  'merge',
  'unmerge',
  'resolve',
  'link',
  'unlink',
  'attach',
  'withdraw_consent',
  'erase',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** A field's value in an entry: JSON, numbers only as safe integers or decimal text, gaps as {missing: reason}. */
export type EntryValue =
  | string
  | number
  | boolean
  | { readonly missing: RecordedMissing }
  | readonly string[]
  /** Rows of a repeat: each with a stable row_id. */
  | readonly { readonly row_id: string; readonly values: EntryValues }[];
/** Field path -> value. In a `revise`, only the fields that change. */
export interface EntryValues {
  readonly [path: string]: EntryValue;
}

export interface Attachment {
  readonly id: string;
  readonly ct_sha256: string;
  readonly ct_size: number;
  readonly media_type: string;
  readonly key_id: string;
}

export interface EntryBody {
  readonly v: 1;
  readonly org: string;
  readonly study: string;
  readonly instrument: string;
  readonly instrument_version: number;
  readonly record_id: string;
  readonly entry_id: string;
  /** Unknown kinds are kept and verified, not folded. */
  readonly kind: string;
  readonly parents: readonly string[];
  readonly author: string;
  readonly device: string;
  readonly device_seq: number;
  /** SHA-256 (hex) of the device's previous leaf body, or empty for its first. */
  readonly device_prev: string;
  /** Wall time at the device, ISO 8601 with offset; `zone` is its IANA zone. */
  readonly occurred_at: string;
  readonly zone: string;
  readonly values: EntryValues;
  readonly sealed: readonly SealedField[];
  readonly attachments: readonly Attachment[];
  readonly reason: string;
}

export type { SealedField };

/** What the log stores: RFC 8785 JCS of {body, signature, received_at}. Signature: Ed25519, base64url. */
export interface Leaf {
  readonly body: EntryBody;
  readonly signature: string;
  readonly received_at: string;
}

export const SIGNING_CONTEXT = 'baqylau/entry/v1\n';
