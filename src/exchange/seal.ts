import type { EntryBody, EntryValue, SealedField } from '../records/index.ts';
import type { WrappedKey } from '../sealing/index.ts';
import type { Problem } from '../vocabulary/index.ts';

/** A value of an identity field at its place in a record. It is never shown, compared or kept in plain. */
export interface Secret {
  readonly field: string;
  readonly row_id?: string;
  readonly value: EntryValue;
}

/** What one entry seals: under a key of its own, which goes into the key vault with the entry. */
export interface Sealed {
  readonly sealed: readonly SealedField[];
  readonly wraps: readonly WrappedKey[];
}

/** Seals to the teams of the key directory; a folder without one has none. Public keys suffice: nothing is opened here. */
export interface Sealer {
  /** Why nothing can be sealed in a compartment: nobody could open it. */
  refusal(compartment: string): Problem | undefined;
  seal(
    place: Pick<EntryBody, 'record_id' | 'entry_id'> & { readonly compartment: string },
    secrets: readonly Secret[],
  ): Promise<Sealed>;
}
