import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import {
  canonicalBytes,
  fromBase64url,
  type ProblemCode,
  ProblemError,
  problem,
  toBase64url,
} from '../vocabulary/index.ts';
import { sameBytes } from './bytes.ts';
import type { DataKey } from './data-key.ts';
import type { Randomness } from './randomness.ts';

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

export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json };

/** X25519 (wraps) with XChaCha20-Poly1305 (fields). A reader refuses suites that it does not know. */
export const SUITE = 1;
const CONTEXT = 'baqylau/sealed/v1';
const NONCE_BYTES = 24;
const SMALLEST = 64;
const SPACE = 0x20;

/**
 * Seals a value under a key of its record. The ciphertext tells no more of its length than which power of two it is below.
 * Throws ProblemError `sealed_wrong_key` for a key of another record; TypeError for what JSON cannot hold.
 */
export const sealField = (
  key: DataKey,
  place: SealedPlace,
  value: Json,
  { random }: Randomness,
): SealedField => {
  const nonce = random(NONCE_BYTES);
  const ct = xchacha20poly1305(keyBytes(key, place), nonce, additionalData(place, SUITE)).encrypt(
    padded(value),
  );
  return {
    field: place.field,
    ...(place.row_id === undefined ? {} : { row_id: place.row_id }),
    compartment: key.compartment,
    key_id: key.key_id,
    suite: SUITE,
    nonce: toBase64url(nonce),
    ct: toBase64url(ct),
  };
};

/**
 * The value of a sealed field that stands at this place. Throws ProblemError `sealed_suite_unknown` and `sealed_wrong_key`
 * for what the entry says in plain (the suite; another key's id or record); `sealed_damaged` for everything else, from a
 * cut ciphertext to one that belongs elsewhere: one answer for all of them.
 */
export const openField = (key: DataKey, place: SealedPlace, sealed: SealedField): Json => {
  if (sealed.suite !== SUITE) throw refused('sealed_suite_unknown', place, { suite: sealed.suite });
  if (sealed.key_id !== key.key_id || sealed.compartment !== key.compartment)
    throw refused('sealed_wrong_key', place);
  const [nonce, ct] = [fromBase64url(sealed.nonce), fromBase64url(sealed.ct)];
  const isHere = sealed.field === place.field && sealed.row_id === place.row_id;
  if (!isHere || nonce === undefined || ct === undefined) throw refused('sealed_damaged', place);
  const bytes = keyBytes(key, place);
  try {
    return unpadded(xchacha20poly1305(bytes, nonce, additionalData(place, sealed.suite)).decrypt(ct));
  } catch {
    throw refused('sealed_damaged', place);
  }
};

const additionalData = (place: SealedPlace, suite: number): Uint8Array => {
  const { org, study, record_id, field, row_id, entry_id } = place;
  const row = row_id === undefined ? {} : { row_id };
  return canonicalBytes({ context: CONTEXT, org, study, record_id, field, ...row, entry_id, suite });
};

const keyBytes = (key: DataKey, place: SealedPlace): Uint8Array => {
  const bytes = fromBase64url(key.key);
  const isOfRecord = key.org === place.org && key.record_id === place.record_id;
  if (!isOfRecord || bytes?.length !== 32) throw refused('sealed_wrong_key', place);
  return bytes;
};

/** Canonical JSON and spaces, which JSON ignores (RFC 8259, 2), up to the next of 64, 128, 256, … bytes. */
const padded = (value: Json): Uint8Array => {
  const text = canonicalBytes(value);
  let size = SMALLEST;
  while (size < text.length) size *= 2;
  const bytes = new Uint8Array(size).fill(SPACE);
  bytes.set(text);
  return bytes;
};

/** Throws for anything but what `padded` writes: one value, one plaintext. */
const unpadded = (bytes: Uint8Array): Json => {
  const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
  if (!sameBytes(padded(value), bytes)) throw new TypeError('not canonical');
  return value;
};

const refused = (
  code: ProblemCode,
  { field, record_id }: SealedPlace,
  details: Readonly<Record<string, number>> = {},
): ProblemError => new ProblemError(problem(code, { field, record: record_id, ...details }));
