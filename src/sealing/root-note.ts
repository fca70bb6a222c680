import { createSHA256 } from 'hash-wasm';
import { fromBase64url, toBase64url } from '../vocabulary/index.ts';

/**
 * A text that the root key of an organisation signed, as a C2SP signed note (c2sp.org/signed-note): the text, an empty line,
 * `— name base64(key id || Ed25519 signature)`. Any tool of the transparency-log world checks it.
 */
export interface RootKey {
  readonly org: string;
  /** The raw 32 bytes of the Ed25519 public key. */
  readonly publicKey: Uint8Array;
}

/** Ed25519 signature by the root key; node:crypto and WebCrypto both fit. */
export type RootSign = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
/** Whether an Ed25519 signature by the root key is good. */
export type RootVerify = (bytes: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>;

const ED25519 = 1;
const encoder = new TextEncoder();

const keyName = ({ org }: RootKey): string => `baqylau/${encodeURIComponent(org)}/root`;

/** First four bytes of SHA-256(name || 0x0A || 0x01 || public key). */
const keyId = async (key: RootKey): Promise<Uint8Array> => {
  const name = encoder.encode(`${keyName(key)}\n`);
  const sha256 = await createSHA256();
  return sha256
    .update(Uint8Array.from([...name, ED25519, ...key.publicKey]))
    .digest('binary')
    .subarray(0, 4);
};

/** Signs a text that ends in a newline. */
export const signRootNote = async (text: string, key: RootKey, sign: RootSign): Promise<string> => {
  const signed = Uint8Array.from([...(await keyId(key)), ...(await sign(encoder.encode(text)))]);
  return `${text}\n— ${keyName(key)} ${toBase64(signed)}\n`;
};

/** The signed text; undefined when the note is malformed, has any other line, or the signature is not the root key's. */
export const openRootNote = async (
  note: string,
  key: RootKey,
  verify: RootVerify,
): Promise<string | undefined> => {
  const end = note.lastIndexOf('\n\n');
  const line = note.slice(end + 2);
  const start = `— ${keyName(key)} `;
  if (end < 0 || !line.startsWith(start) || !line.endsWith('\n')) return undefined;
  const signed = fromBase64(line.slice(start.length, -1));
  const id = await keyId(key);
  if (signed?.length !== 68 || !id.every((byte, i) => signed[i] === byte)) return undefined;
  const text = note.slice(0, end + 1);
  return (await verify(encoder.encode(text), signed.subarray(4))) ? text : undefined;
};

/** RFC 4648 section 4, as notes have it. 68 bytes end in one `=`. */
const toBase64 = (bytes: Uint8Array): string => {
  const text = toBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
};

/** The bytes, or undefined for any spelling that `toBase64` would not write. */
const fromBase64 = (text: string): Uint8Array | undefined => {
  const bytes = fromBase64url(text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''));
  return bytes !== undefined && toBase64(bytes) === text ? bytes : undefined;
};
