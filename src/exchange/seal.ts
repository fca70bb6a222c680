import type { Attachment, EntryBody, EntryValue, SealedField } from '../records/index.ts';
import type { WrappedKey } from '../sealing/index.ts';
import type { Problem } from '../vocabulary/index.ts';
import type { AttachedFile, TableFiles } from './attached-files.ts';

/** A value of an identity field at its place in a record. It is never shown, compared or kept in plain. */
export interface Secret {
  readonly field: string;
  readonly row_id?: string;
  readonly value: EntryValue;
  /** Files that the value names: each is sealed as an attachment, and the value says which is which. */
  readonly files?: readonly AttachedFile[];
}

/**
 * What one entry seals: its fields under a key of its own, each attachment under another; the keys go into the key vault and
 * the ciphertexts of attachments into the store with the entry.
 */
export interface Sealed {
  readonly sealed: readonly SealedField[];
  readonly attachments: readonly Attachment[];
  readonly wraps: readonly WrappedKey[];
  readonly blobs: readonly { readonly sha256: string; readonly bytes: Uint8Array }[];
}

/** Seals to the teams of the key directory; a folder without one has none. Public keys suffice: nothing is opened here. */
export interface Sealer {
  /** The files beside the table. */
  readonly files: TableFiles;
  /** Why nothing can be sealed in a compartment: nobody could open it. */
  refusal(compartment: string): Problem | undefined;
  seal(
    place: Pick<EntryBody, 'record_id' | 'entry_id'> & { readonly compartment: string },
    secrets: readonly Secret[],
  ): Promise<Sealed>;
}
