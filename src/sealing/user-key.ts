import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import * as z from 'zod/mini';
import {
  canonicalBytes,
  canonicalText,
  fromBase64url,
  type ProblemCode,
  ProblemError,
  problem,
  toBase64url,
} from '../vocabulary/index.ts';
import { recipientOf } from './age-keys.ts';
import {
  ARGON2_CEILING,
  ARGON2_FLOOR,
  type Argon2Cost,
  type Argon2id,
  argon2idWasm,
  passphraseBytes,
} from './passphrase.ts';
import type { Randomness } from './randomness.ts';

/** Who a user is among the keys: the identity opens the team keys that the key directory wraps to the recipient. */
export interface UserKey {
  readonly org: string;
  readonly user: string;
  /** On paper this text is the recovery code: it opens everything without a passphrase. */
  readonly identity: string;
  readonly recipient: string;
}

const CONTEXT = 'baqylau/user-key/v1';
const NONCE_BYTES = 24;
const SALT_BYTES = 16;

const lockedShape = z.strictObject({
  v: z.literal(1),
  context: z.literal(CONTEXT),
  org: z.string(),
  user: z.string(),
  recipient: z.string(),
  kdf: z.strictObject({
    name: z.literal('argon2id'),
    memory: z.int().check(z.nonnegative()),
    passes: z.int().check(z.nonnegative()),
    lanes: z.int().check(z.nonnegative()),
    salt: z.string(),
  }),
  nonce: z.string(),
  ct: z.string(),
});
type Locked = z.infer<typeof lockedShape>;

/**
 * The file of a user key, locked with a passphrase: one line of canonical JSON. The passphrase goes through Argon2id, the
 * identity is encrypted with XChaCha20-Poly1305, everything that the file says in plain is additional data. Throws
 * ProblemError `passphrase_short`, `identity_unreadable`.
 */
export const lockUserKey = async (
  { org, user, identity }: Omit<UserKey, 'recipient'>,
  passphrase: string,
  { random }: Randomness,
  argon2: Argon2id = argon2idWasm,
): Promise<string> => {
  const [salt, nonce] = [random(SALT_BYTES), random(NONCE_BYTES)];
  const head: Omit<Locked, 'nonce' | 'ct'> = {
    v: 1,
    context: CONTEXT,
    org,
    user,
    recipient: await recipientOf(identity),
    kdf: { name: 'argon2id', ...ARGON2_FLOOR, salt: toBase64url(salt) },
  };
  const key = await argon2(passphraseBytes(passphrase, true), salt, ARGON2_FLOOR);
  const ct = xchacha20poly1305(key, nonce, canonicalBytes(head)).encrypt(new TextEncoder().encode(identity));
  return `${canonicalText({ ...head, nonce: toBase64url(nonce), ct: toBase64url(ct) })}\n`;
};

/**
 * Opens the file of a user key. Throws ProblemError `user_key_damaged` for what is no such file, `user_key_weak` for one
 * that asks for a weaker Argon2id than ours (before the passphrase is used), `user_key_not_opened` for a wrong passphrase
 * and an altered file alike.
 */
export const unlockUserKey = async (
  text: string,
  passphrase: string,
  argon2: Argon2id = argon2idWasm,
): Promise<UserKey> => {
  const { nonce, ct, ...head } = parseLocked(text);
  const cost = checkedCost(head.kdf);
  const [salt, nonceBytes, ctBytes] = [head.kdf.salt, nonce, ct].map(fromBase64url);
  if (salt?.length !== SALT_BYTES || nonceBytes?.length !== NONCE_BYTES || ctBytes === undefined)
    throw refused('user_key_damaged');
  const key = await argon2(passphraseBytes(passphrase, false), salt, cost);
  try {
    const plain = xchacha20poly1305(key, nonceBytes, canonicalBytes(head)).decrypt(ctBytes);
    const identity = new TextDecoder().decode(plain);
    if ((await recipientOf(identity)) !== head.recipient) throw refused('user_key_not_opened');
    return { org: head.org, user: head.user, identity, recipient: head.recipient };
  } catch {
    throw refused('user_key_not_opened');
  }
};

/** What the file says in plain: whose key it is. Throws ProblemError `user_key_damaged`. Nothing of it is proven yet. */
export const lockedUser = (text: string): Omit<UserKey, 'identity'> => {
  const { org, user, recipient } = parseLocked(text);
  return { org, user, recipient };
};

const parseLocked = (text: string): Locked => {
  try {
    const locked = lockedShape.parse(JSON.parse(text));
    if (`${canonicalText(locked)}\n` === text) return locked;
  } catch {
    // Told below, the same for every way of being no such file.
  }
  throw refused('user_key_damaged');
};

const checkedCost = ({ memory, passes, lanes }: Argon2Cost): Argon2Cost => {
  const cost = { memory, passes, lanes };
  for (const part of ['memory', 'passes', 'lanes'] as const) {
    if (cost[part] < ARGON2_FLOOR[part]) throw refused('user_key_weak', { what: `${part} = ${cost[part]}` });
    if (cost[part] > ARGON2_CEILING[part]) throw refused('user_key_damaged');
  }
  return cost;
};

const refused = (code: ProblemCode, details: Readonly<Record<string, string>> = {}): ProblemError =>
  new ProblemError(problem(code, details));
