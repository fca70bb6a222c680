import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  hash,
  type KeyObject,
  sign as signBytes,
  verify,
} from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase64url, type Hmac, type Sign, toBase64url, type Verify } from '../records/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { writeDurably } from './write-durably.ts';

/** The secrets of a data folder: what signs its entries and what makes its import ids. */
export interface FolderKeys {
  /** First 16 bytes of SHA-256 of the public key, in hex: a key cannot take another device's name. */
  readonly device: string;
  readonly publicKey: Uint8Array;
  readonly sign: Sign;
  readonly hmac: Hmac;
}

const KEYS = 'keys';
/** RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS #8 and in SubjectPublicKeyInfo. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

export const deviceId = (publicKey: Uint8Array): string => hash('sha256', publicKey, 'hex').slice(0, 32);

const privateKeyOf = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });

const publicBytes = (key: KeyObject): Uint8Array =>
  new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length));

/** A verifier of a raw Ed25519 public key (RFC 8032). */
export const verifierOf = (publicKey: Uint8Array): Verify => {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
  return (bytes, signature) => verify(null, bytes, key, signature);
};

/** An Ed25519 key from its seed of 32 bytes. */
export const signingKey = (seed: Uint8Array): { readonly publicKey: Uint8Array; readonly sign: Sign } => {
  const key = privateKeyOf(seed);
  return { publicKey: publicBytes(key), sign: (bytes) => signBytes(null, bytes, key) };
};

const keysFrom = (seed: Uint8Array, importKey: Uint8Array): FolderKeys => {
  const { publicKey, sign } = signingKey(seed);
  return {
    device: deviceId(publicKey),
    publicKey,
    sign,
    hmac: (bytes) => createHmac('sha256', importKey).update(bytes).digest(),
  };
};

/** Makes `keys/` (mode 0700) with a device key from `seed` and an import key, each 32 bytes in a file of mode 0600. */
export const makeKeys = (dir: string, seed: Uint8Array, importKey: Uint8Array): FolderKeys => {
  mkdirSync(join(dir, KEYS), { mode: 0o700 });
  writeDurably(join(dir, KEYS, 'device.key'), `${toBase64url(seed)}\n`, 0o600);
  writeDurably(join(dir, KEYS, 'import.key'), `${toBase64url(importKey)}\n`, 0o600);
  return keysFrom(seed, importKey);
};

/** Throws ProblemError `data_folder_damaged` when a key file is missing or no key. */
export const readKeys = (dir: string): FolderKeys => {
  const read = (name: string): Uint8Array => {
    const file = join(dir, KEYS, name);
    const bytes = fromBase64url(textOr(file).trim());
    if (bytes?.length === 32) return bytes;
    throw new ProblemError(problem('data_folder_damaged', { file, what: '32 bytes, base64url' }, { file }));
  };
  return keysFrom(read('device.key'), read('import.key'));
};

const textOr = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};
