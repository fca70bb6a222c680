import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { openNote, parseCheckpoint, signNote } from '../../src/log/index.ts';
import { canonicalText, leafBytes, parseLeaf } from '../../src/records/index.ts';
import { aLeaf, id } from '../builders/entries.ts';
import type { Parser } from './fuzz.ts';
import { changedBytes, changedText, changedTree } from './mutate.ts';

const LEAF = {
  ...aLeaf({
    entry_id: id(1),
    values: {
      form: 'rally',
      number: 12,
      held: true,
      date: '2018-05-01',
      tools: ['poster', 'megaphone'],
      hour: { missing: 'not_recorded' },
      sanctions: [
        { row_id: 'r1', values: { kind: 'fine', inner: [{ row_id: 'r2', values: { persons: 3 } }] } },
      ],
    },
    reason: 'қате түзетілді',
  }),
  signature: 'A'.repeat(86),
};
const text = canonicalText(LEAF);

/** A stored entry: its tree changes and is spelt canonically again, or its bytes change. */
export const leafParser: Parser<Uint8Array> = {
  name: 'leaf',
  input: (list, which) => {
    if (which % 3 === 0) return changedBytes(Buffer.from(text), list);
    const tree = changedTree(LEAF, list);
    try {
      return Buffer.from(which % 3 === 1 ? canonicalText(tree) : JSON.stringify(tree));
    } catch {
      return Buffer.from(text); // a lone surrogate has no canonical spelling
    }
  },
  parse: (bytes) => {
    const { leaf, text: body } = parseLeaf(bytes);
    const again = leafBytes({ body: leaf.body, text: body, signature: leaf.signature }, leaf.received_at);
    if (Buffer.compare(again, bytes) !== 0) throw new Error('a leaf is not written as it was read');
  },
};

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const key = {
  name: 'baqylau/test',
  publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32),
};
const check = (bytes: Uint8Array, signature: Uint8Array): boolean =>
  verify(null, bytes, publicKey, signature);
const note = await signNote(`baqylau/test\n12\n${Buffer.alloc(32, 7).toString('base64')}\n`, key, (bytes) =>
  sign(null, bytes, privateKey),
);

/** A checkpoint: only the note as it was signed opens. */
export const checkpointParser: Parser<string> = {
  name: 'checkpoint',
  input: (list) => changedText(note, list, ['— ', '\n\n', 'baqylau/test', '=']),
  parse: async (given) => {
    const opened = await openNote(given, key, check);
    if (opened !== undefined) parseCheckpoint(opened);
    parseCheckpoint(given);
    if (opened !== undefined && opened !== note.slice(0, note.lastIndexOf('\n\n') + 1))
      throw new Error('a changed note opened');
  },
};
