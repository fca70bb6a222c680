import { argon2id } from 'hash-wasm';
import { ProblemError, problem } from '../vocabulary/index.ts';
import type { Randomness } from './randomness.ts';

/** Parameters of Argon2id (RFC 9106): memory in KiB, passes over it, lanes. */
export interface Argon2Cost {
  readonly memory: number;
  readonly passes: number;
  readonly lanes: number;
}

/** Argon2id, version 1.3, to 32 bytes. The default is hash-wasm, the same in Node and in the browser. */
export type Argon2id = (passphrase: Uint8Array, salt: Uint8Array, cost: Argon2Cost) => Promise<Uint8Array>;

export const argon2idWasm: Argon2id = (password, salt, { memory, passes, lanes }) =>
  argon2id({
    password,
    salt,
    memorySize: memory,
    iterations: passes,
    parallelism: lanes,
    hashLength: 32,
    outputType: 'binary',
  });

/** What we lock with. It is also the floor: a file that asks for less was altered (security plan, 3.5, "KDF downgrade"). */
export const ARGON2_FLOOR: Argon2Cost = { memory: 64 * 1024, passes: 3, lanes: 1 };
/** More than this is not a stronger lock but an attempt to stop the machine that opens it. */
export const ARGON2_CEILING: Argon2Cost = { memory: 1024 * 1024, passes: 16, lanes: 4 };

export const LEAST_CHARACTERS = 12;

/** Crockford's base 32: no letter that can be taken for a digit, none for another. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const CHARACTERS = 16;

/** 80 bits: `7kq2-m0ze-…`, sixteen characters in groups of four. */
export const makePassphrase = ({ random }: Randomness): string =>
  Array.from(
    random(CHARACTERS),
    (byte, i) => (i > 0 && i % 4 === 0 ? '-' : '') + ALPHABET.charAt(byte % 32),
  ).join('');

/**
 * The bytes of a passphrase: the same letters typed on another system are the same passphrase (Unicode NFKC), space around
 * it does not count. Throws ProblemError `passphrase_short` when `isNew`.
 */
export const passphraseBytes = (passphrase: string, isNew: boolean): Uint8Array => {
  const text = passphrase.normalize('NFKC').trim();
  if (isNew && Array.from(text).length < LEAST_CHARACTERS)
    throw new ProblemError(problem('passphrase_short', { least: LEAST_CHARACTERS }));
  return new TextEncoder().encode(text);
};
