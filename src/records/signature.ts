import { canonicalText, fromBase64url, toBase64url } from '../vocabulary/index.ts';
import { type EntryBody, SIGNING_CONTEXT } from './entry.ts';

/** Ed25519 signature over bytes by the device's key; node:crypto and WebCrypto both fit. */
export type Sign = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
/** Whether an Ed25519 signature by the device's public key is good. */
export type Verify = (bytes: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>;

/** A body with its canonical text (what was signed, what is hashed) and its signature in base64url. */
export interface SignedEntry {
  readonly body: EntryBody;
  readonly text: string;
  readonly signature: string;
}

const encoder = new TextEncoder();
const signedBytes = (text: string): Uint8Array => encoder.encode(SIGNING_CONTEXT + text);

/** Signs `"baqylau/entry/v1\n" + body`: the context keeps the signature from meaning anything else. */
export const signEntry = async (body: EntryBody, sign: Sign): Promise<SignedEntry> => {
  const text = canonicalText(body);
  const signature = await sign(signedBytes(text));
  return { body, text, signature: toBase64url(signature) };
};

/** Whether the entry's own device signed exactly this body. A signature that is not base64url is a wrong one. */
export const verifyEntry = async (
  entry: Pick<SignedEntry, 'text' | 'signature'>,
  verify: Verify,
): Promise<boolean> => {
  const signature = fromBase64url(entry.signature);
  return signature?.length === 64 && verify(signedBytes(entry.text), signature);
};
