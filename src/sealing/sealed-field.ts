/** A field that only the keys of its compartment open (architecture, "Sealed fields"). Part of a signed entry. */
export interface SealedField {
  readonly field: string;
  readonly row_id?: string;
  /** `study/region`: which team may open it. */
  readonly compartment: string;
  /** Names the data key; its wrap is in the key vault. */
  readonly key_id: string;
  readonly suite: number;
  /** base64url */
  readonly nonce: string;
  /** base64url */
  readonly ct: string;
}

/**
 * Where a sealed field stands. All of it is additional data of the cipher, so a ciphertext that is moved to another record,
 * field, row or entry does not open.
 */
export interface SealedPlace {
  readonly org: string;
  readonly study: string;
  readonly record_id: string;
  readonly entry_id: string;
  readonly field: string;
  readonly row_id?: string;
}
