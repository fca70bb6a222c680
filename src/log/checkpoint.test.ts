import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Sign, Verify } from '../records/index.ts';
import { checkpointText, openNote, parseCheckpoint, signNote, verifierKey } from './checkpoint.ts';
import { EMPTY_TREE, growTree, leafHash } from './hash-tree.ts';

const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const verifierOf = (raw: Uint8Array): Verify => {
  const key = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });
  return (bytes, signature) => verify(null, bytes, key, signature);
};
const aKey = (): { readonly publicKey: Uint8Array; readonly sign: Sign } => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI.length);
  return { publicKey: new Uint8Array(raw), sign: (bytes) => sign(null, bytes, privateKey) };
};

describe('checkpoints are C2SP signed notes', () => {
  // A note that another implementation signed, with its published verifier key.
  const PUBLISHED =
    'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
  const VERIFIER = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
  const publicKey = new Uint8Array(Buffer.from(VERIFIER.split('+')[2] ?? '', 'base64').subarray(1));
  const key = { name: 'example.com/foo', publicKey };

  it('a published note opens with its published key', async () => {
    expect(await openNote(PUBLISHED, key, verifierOf(publicKey))).toBe('This is an example message.\n');
  });
  it('the verifier key is written as published', () => {
    expect(verifierKey(key)).toBe(VERIFIER);
  });
  it('a changed text does not open', async () => {
    expect(
      await openNote(PUBLISHED.replace('example message', 'exemple message'), key, verifierOf(publicKey)),
    ).toBeUndefined();
  });
  it('what is signed here opens and reads as the same tree', async () => {
    const mine = aKey();
    const name = 'baqylau/sample';
    const tree = growTree(EMPTY_TREE, [leafHash(Uint8Array.of(1)), leafHash(Uint8Array.of(2))]);
    const note = await signNote(checkpointText(name, tree), { name, publicKey: mine.publicKey }, mine.sign);
    const text = await openNote(note, { name, publicKey: mine.publicKey }, verifierOf(mine.publicKey));
    expect(parseCheckpoint(text ?? '')).toMatchObject({ origin: name, size: 2 });
  });
  it('a note signed by somebody else does not open', async () => {
    const [mine, other] = [aKey(), aKey()];
    const note = await signNote('text\n', { name: 'x', publicKey: other.publicKey }, other.sign);
    expect(
      await openNote(note, { name: 'x', publicKey: mine.publicKey }, verifierOf(mine.publicKey)),
    ).toBeUndefined();
  });
  it.each(['', 'o\n', 'o\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n', 'o\n1\nshort=\n'])(
    '%j is no checkpoint',
    (text) => {
      expect(parseCheckpoint(text)).toBeUndefined();
    },
  );
});
