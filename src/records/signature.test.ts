import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { aLeaf, id } from '../../tests/builders/entries.ts';
import { canonicalText } from '../vocabulary/index.ts';
import { signEntry, verifyEntry } from './signature.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const byDevice = (bytes: Uint8Array): Uint8Array => sign(null, bytes, privateKey);
const ofDevice = (bytes: Uint8Array, signature: Uint8Array): boolean =>
  verify(null, bytes, publicKey, signature);
const { body } = aLeaf({ entry_id: id(1) });

describe('the signature of an entry', () => {
  it('is Ed25519 over the context and the canonical body', async () => {
    const { signature } = await signEntry(body, byDevice);
    const signed = Buffer.from(`baqylau/entry/v1\n${canonicalText(body)}`);
    expect(verify(null, signed, publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
  });
  it('holds for this body only', async () => {
    const entry = await signEntry(body, byDevice);
    expect(await verifyEntry(entry, ofDevice)).toBe(true);
    expect(await verifyEntry({ ...entry, text: entry.text.replace('aru', 'ara') }, ofDevice)).toBe(false);
  });
  it('without the context is no signature of an entry', async () => {
    const bare = sign(null, Buffer.from(canonicalText(body)), privateKey).toString('base64url');
    expect(await verifyEntry({ text: canonicalText(body), signature: bare }, ofDevice)).toBe(false);
  });
  it.each(['', 'AAAA', '!'.repeat(86)])('%j is none', async (signature) => {
    expect(await verifyEntry({ text: canonicalText(body), signature }, ofDevice)).toBe(false);
  });
});
