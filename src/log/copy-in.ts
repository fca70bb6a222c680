import { type Leaf, parseLeaf } from '../records/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { openNote, parseCheckpoint, verifierKey } from './checkpoint.ts';
import type { CheckpointKeys } from './checkpoint-roots.ts';
import {
  begins,
  blobShape,
  CHUNK,
  type CopyCounts,
  type CopyFault,
  type CopyHeader,
  checkpointShape,
  copyDamaged,
  dataShape,
  headerShape,
  lineOf,
  readLine,
  wrapShape,
} from './copy-format.ts';
import { type LineReader, readLines } from './copy-lines.ts';
import { EMPTY_TREE, growTree, leafHash, rootOf, sameHash, sha256Hex, type TreeEdge } from './hash-tree.ts';
import type { LogStore, LogTransaction, NewLeaf, StoredCheckpoint, VaultWrap } from './store-port.ts';

/** Whose signature the newest checkpoint must carry: never taken from the copy itself. */
export type CopyTrust = Pick<CheckpointKeys, 'checkpointKey' | 'verifyCheckpoint'>;

export interface CopyTaken {
  readonly header: CopyHeader;
  readonly counts: CopyCounts;
}

const BATCH = 500;

/**
 * Writes a copy into an empty store, in one transaction but for the blobs, which are of no meaning without entries. Every
 * hash and the tree are worked out anew. Throws ProblemError `copy_damaged` naming the line for anything that does not give
 * the root, the signed checkpoint, the counts and the hash that the copy states; `copy_target_not_empty`. The log of the
 * store is then as empty as before. `each` is told every leaf, before it is known whether the copy is whole.
 */
export const takeCopy = async (
  pieces: AsyncIterable<Uint8Array>,
  store: LogStore,
  trust: CopyTrust,
  each: (leaf: Leaf) => void = () => undefined,
): Promise<CopyTaken> => {
  if ((await store.size()) > 0 || (await store.tree()).size > 0)
    throw new ProblemError(problem('copy_target_not_empty', {}));
  const lines = readLines(pieces);
  try {
    return await takeLines(lines, store, trust, each);
  } finally {
    await lines.close();
  }
};

const fail = (lines: LineReader, what: CopyFault): never => {
  throw copyDamaged(lines.at(), what);
};

const takeLines = async (
  lines: LineReader,
  store: LogStore,
  trust: CopyTrust,
  each: (leaf: Leaf) => void,
): Promise<CopyTaken> => {
  const first = await lines.next();
  const header = first === undefined ? undefined : readLine(headerShape, first);
  if (header?.checkpoint_key !== verifierKey(trust.checkpointKey)) return fail(lines, 'header');
  const blobs = await takeBlobs(lines, store);
  const transaction = await store.begin();
  try {
    const taking = takeLeaves(lines, transaction, header, each);
    const { tree, checkpoints, last } = await taking.take(blobs.next);
    const wraps = await takeWraps(lines, transaction, header, taking.next());
    const counts = { blobs: blobs.count, leaves: tree.size, checkpoints, wraps: wraps.count };
    await takeTrailer(lines, counts, wraps.next);
    if (last === undefined) await transaction.rollback();
    else {
      const text = await openNote(last.note, trust.checkpointKey, trust.verifyCheckpoint);
      if (text === undefined) throw copyDamaged(last.line, 'checkpoint');
      await transaction.commit({ ...tree, checkpoint: last.note });
    }
    return { header, counts };
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
};

type Line = Uint8Array | undefined;

const takeBlobs = async (
  lines: LineReader,
  store: LogStore,
): Promise<{ readonly count: number; readonly next: Line }> => {
  let count = 0;
  let before = '';
  for (let line = await lines.next(); ; ) {
    if (line === undefined || !begins(line, 'blob')) return { count, next: line };
    const blob = readLine(blobShape, line);
    // In order of address, so that one log has one copy and no blob comes twice.
    if (blob === undefined || blob.blob <= before) return fail(lines, 'blob');
    const bytes = await takeChunks(lines, blob.bytes);
    if (sha256Hex(bytes) !== blob.blob) return fail(lines, 'blob');
    await store.putBlob(blob.blob, bytes);
    before = blob.blob;
    count += 1;
    line = await lines.next();
  }
};

const takeChunks = async (lines: LineReader, size: number): Promise<Uint8Array> => {
  const chunks: Buffer[] = [];
  for (let read = 0; read < size; ) {
    const line = await lines.next();
    const data = line === undefined ? undefined : readLine(dataShape, line)?.data;
    const chunk = Buffer.from(data ?? '', 'base64');
    if (chunk.length !== Math.min(CHUNK, size - read) || chunk.toString('base64') !== data)
      return fail(lines, 'blob');
    chunks.push(chunk);
    read += chunk.length;
  }
  return Buffer.concat(chunks);
};

interface LeavesTaken {
  readonly tree: TreeEdge;
  readonly checkpoints: number;
  /** The newest checkpoint and its line; none in an empty log. */
  readonly last: (StoredCheckpoint & { readonly line: number }) | undefined;
}

const takeLeaves = (
  lines: LineReader,
  transaction: LogTransaction,
  header: CopyHeader,
  each: (leaf: Leaf) => void,
) => {
  let next: Line;
  let batch: NewLeaf[] = [];
  let older: StoredCheckpoint[] = [];
  let [tree, checkpoints, last]: [TreeEdge, number, LeavesTaken['last']] = [EMPTY_TREE, 0, undefined];

  const flush = async (): Promise<void> => {
    await transaction.add(batch);
    await transaction.addCheckpoints(older);
    batch = [];
    older = [];
  };
  const takeLeaf = (bytes: Uint8Array): void => {
    const leaf = leafOf(lines, bytes);
    if (leaf.body.org !== header.org || tree.size === header.size) fail(lines, 'leaf');
    each(leaf);
    const { entry_id: entryId, record_id: recordId, device } = leaf.body;
    const hash = leafHash(bytes);
    batch.push({ entryId, recordId, device, bytes: new Uint8Array(bytes), hash });
    tree = growTree(tree, [hash]);
  };
  const takeCheckpoint = (bytes: Uint8Array): void => {
    const stored = readLine(checkpointShape, bytes);
    const parsed = stored === undefined ? undefined : parseCheckpoint(stored.note);
    if (stored === undefined || parsed?.size !== stored.size || stored.size !== tree.size)
      return fail(lines, 'checkpoint');
    if (stored.size === last?.size) return fail(lines, 'checkpoint');
    if (!sameHash(parsed.root, rootOf(tree))) return fail(lines, 'root');
    if (last !== undefined) older.push({ size: last.size, note: last.note });
    last = { ...stored, line: lines.at() };
    checkpoints += 1;
  };
  return {
    next: () => next,
    take: async (start: Line): Promise<LeavesTaken> => {
      for (next = start; next !== undefined; next = await lines.next()) {
        if (begins(next, 'body')) takeLeaf(next);
        else if (begins(next, 'note')) takeCheckpoint(next);
        else break;
        if (batch.length >= BATCH || older.length >= BATCH) await flush();
      }
      await flush();
      if (Buffer.from(rootOf(tree)).toString('hex') !== header.root || tree.size !== header.size)
        return fail(lines, next === undefined ? 'cut' : 'root');
      // The newest checkpoint is of the whole: what stands behind it nobody has signed.
      if ((last?.size ?? 0) !== tree.size) return fail(lines, 'checkpoint');
      return { tree, checkpoints, last };
    },
  };
};

const leafOf = (lines: LineReader, bytes: Uint8Array): Leaf => {
  try {
    return parseLeaf(bytes).leaf;
  } catch (error) {
    if (error instanceof ProblemError) return fail(lines, 'leaf');
    throw error;
  }
};

const takeWraps = async (
  lines: LineReader,
  transaction: LogTransaction,
  header: CopyHeader,
  start: Line,
): Promise<{ readonly count: number; readonly next: Line }> => {
  let waiting: VaultWrap[] = [];
  let [count, before] = [0, ''];
  for (let line = start; ; line = await lines.next()) {
    const isWrap = line !== undefined && begins(line, 'key_id');
    if (waiting.length >= BATCH || !isWrap) {
      await transaction.putWraps(waiting);
      waiting = [];
    }
    if (line === undefined || !isWrap) return { count, next: line };
    const read = readLine(wrapShape, line);
    const wrap = Buffer.from(read?.wrap ?? '', 'base64');
    if (read === undefined || !header.vault || read.key_id <= before || wrap.toString('base64') !== read.wrap)
      return fail(lines, 'wrap');
    waiting.push({ keyId: read.key_id, wrap: new Uint8Array(wrap) });
    before = read.key_id;
    count += 1;
  }
};

/** The trailer must be, byte for byte, the one that follows from what was read. */
const takeTrailer = async (lines: LineReader, counts: CopyCounts, line: Line): Promise<void> => {
  if (line === undefined) return fail(lines, 'cut');
  const expected = lineOf({ ...counts, sha256: lines.before() });
  if (Buffer.compare(line, expected) !== 0) return fail(lines, begins(line, 'blobs') ? 'trailer' : 'line');
  if ((await lines.next()) !== undefined) return fail(lines, 'after_end');
};
