import * as z from 'zod/mini';
import { canonicalBytes, ProblemError, problem, toBase64url } from '../vocabulary/index.ts';
import { decryptWith, encryptTo } from './age-keys.ts';
import { sameBytes } from './bytes.ts';
import type { Randomness } from './randomness.ts';

/**
 * A key that opens sealed values of one record: of its fields (32 bytes in base64url) or of one attachment (an age
 * identity). It is kept only as a wrap in the key vault; whoever deletes all its wraps has erased what it sealed.
 */
export interface DataKey {
  readonly org: string;
  readonly record_id: string;
  readonly compartment: string;
  /** base64url of 16 random bytes. */
  readonly key_id: string;
  readonly key: string;
}

/** What the record says of a wrapped key; the key inside must say the same, or the wrap was swapped. */
export type ExpectedKey = Pick<DataKey, 'org' | 'record_id' | 'key_id'>;

/** A row of the key vault: an age file that the team of the compartment opens, and the recovery key. */
export interface WrappedKey {
  readonly keyId: string;
  readonly wrap: Uint8Array;
}

const CONTEXT = 'baqylau/data-key/v1';

/** A new key for the fields of a record. */
export const makeDataKey = (
  { org, record_id, compartment }: Omit<DataKey, 'key_id' | 'key'>,
  effects: Randomness,
): DataKey => ({
  org,
  record_id,
  compartment,
  key_id: makeKeyId(effects),
  key: toBase64url(effects.random(32)),
});

export const makeKeyId = ({ random }: Randomness): string => toBase64url(random(16));

/** Encrypts a key to those who may open it (see `recipientsFor`). Throws ProblemError `recipient_invalid`. */
export const wrapDataKey = async (key: DataKey, recipients: readonly string[]): Promise<WrappedKey> => ({
  keyId: key.key_id,
  wrap: await encryptTo(wrapBytes(key), recipients),
});

/**
 * The key in a wrap. Throws ProblemError `wrap_not_opened` when none of the identities opens it, it was altered, or it
 * holds the key of another record: one answer, so that nobody learns which by trying.
 */
export const openDataKey = async (
  wrap: Uint8Array,
  expected: ExpectedKey,
  identities: readonly string[],
): Promise<DataKey> => {
  const key = readKey(await decryptWith(wrap, identities));
  const isExpected =
    key?.org === expected.org && key.record_id === expected.record_id && key.key_id === expected.key_id;
  if (!isExpected) throw new ProblemError(problem('wrap_not_opened', { key: expected.key_id }));
  return key;
};

const wrapBytes = ({ org, record_id, compartment, key_id, key }: DataKey): Uint8Array =>
  canonicalBytes({ v: 1, context: CONTEXT, org, record_id, compartment, key_id, key });

const wrappedShape = z.strictObject({
  v: z.literal(1),
  context: z.literal(CONTEXT),
  org: z.string(),
  record_id: z.string(),
  compartment: z.string(),
  key_id: z.string(),
  key: z.string(),
});

const readKey = (bytes: Uint8Array | undefined): DataKey | undefined => {
  if (bytes === undefined) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const { v: _v, context: _context, ...key } = wrappedShape.parse(JSON.parse(text));
    // Exactly the bytes that `wrapDataKey` writes: one key, one text.
    return sameBytes(wrapBytes(key), bytes) ? key : undefined;
  } catch {
    return undefined;
  }
};
