import { hash } from 'node:crypto';
import type { Sign, Verify } from '../records/index.ts';
import { rootOf, type TreeEdge } from './hash-tree.ts';

/**
 * Checkpoints as C2SP signed notes (c2sp.org/signed-note, c2sp.org/tlog-checkpoint): origin, size, base64 root, an empty
 * line, then `— name base64(key id || Ed25519 signature)`. Any tool of the transparency-log world reads them.
 */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** A key that signs notes under a name; the name of a log's key is its origin. */
export interface NoteKey {
  readonly name: string;
  /** The raw 32 bytes of the Ed25519 public key. */
  readonly publicKey: Uint8Array;
}

const ED25519 = 1;

/** First four bytes of SHA-256(name || 0x0A || 0x01 || public key). */
export const noteKeyId = ({ name, publicKey }: NoteKey): Uint8Array =>
  new Uint8Array(
    hash(
      'sha256',
      Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([ED25519]), publicKey]),
      'buffer',
    ).subarray(0, 4),
  );

/** `name+hex(key id)+base64(0x01 || public key)`: the text in which a verifier is handed out. */
export const verifierKey = (key: NoteKey): string =>
  `${key.name}+${Buffer.from(noteKeyId(key)).toString('hex')}+${Buffer.concat([Buffer.from([ED25519]), key.publicKey]).toString('base64')}`;

/** Signs a text that ends in a newline. */
export const signNote = async (text: string, key: NoteKey, sign: Sign): Promise<string> => {
  const signature = await sign(Buffer.from(text));
  return `${text}\n— ${key.name} ${Buffer.concat([noteKeyId(key), signature]).toString('base64')}\n`;
};

/** The text of a note that this key signed; undefined when the note is malformed or the signature is missing or wrong. */
export const openNote = async (note: string, key: NoteKey, verify: Verify): Promise<string | undefined> => {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return undefined;
  const text = note.slice(0, end + 1);
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const match = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line);
    if (match === null) return undefined;
    const signed = Buffer.from(match[2] ?? '', 'base64');
    if (signed.toString('base64') !== match[2]) return undefined;
    const ours = match[1] === key.name && Buffer.compare(signed.subarray(0, 4), noteKeyId(key)) === 0;
    if (ours) return (await verify(Buffer.from(text), signed.subarray(4))) ? text : undefined;
  }
  return undefined;
};

/** The origin of an organisation's log on one data folder. */
export const logOrigin = (org: string): string => `baqylau/${encodeURIComponent(org)}`;

export const checkpointText = (origin: string, tree: TreeEdge): string =>
  `${origin}\n${tree.size}\n${Buffer.from(rootOf(tree)).toString('base64')}\n`;

/** Reads the text of a checkpoint note; undefined when it is not one. */
export const parseCheckpoint = (text: string): Checkpoint | undefined => {
  const match = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n/.exec(text);
  if (match === null) return undefined;
  const [, origin = '', size = '', root = ''] = match;
  return { origin, size: Number(size), root: new Uint8Array(Buffer.from(root, 'base64')) };
};
