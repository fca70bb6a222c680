import type { Leaf } from '../records/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { openNote, verifierKey } from './checkpoint.ts';
import type { CheckpointKeys } from './checkpoint-roots.ts';
import { type CopyCounts, type CopyHeader, copyDamaged, headerShape, readLine } from './copy-format.ts';
import { takeBlobs } from './copy-in-blobs.ts';
import { type LeavesTaken, takeLeaves } from './copy-in-leaves.ts';
import { takeWraps } from './copy-in-wraps.ts';
import { type Line, type LineReader, readLines } from './copy-lines.ts';
import { takeTrailer } from './copy-trailer.ts';
import type { LogStore, LogTransaction } from './store-port.ts';

/** Whose signature the newest checkpoint must carry: never taken from the copy itself. */
export type CopyTrust = Pick<CheckpointKeys, 'checkpointKey' | 'verifyCheckpoint'>;

export interface CopyTaken {
  readonly header: CopyHeader;
  readonly counts: CopyCounts;
}

/**
 * Writes a copy into an empty store, in one transaction but for the blobs, which mean nothing without entries. Every hash
 * and the tree are worked out anew. Throws ProblemError `copy_damaged` naming the line for anything that does not give the
 * root, the signed checkpoint, the counts and the hash that the copy states; `copy_target_not_empty`. The log of the store
 * is then as empty as before. `each` is told every leaf, before it is known whether the copy is whole.
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
    const header = await takeHeader(lines, trust);
    const blobs = await takeBlobs(lines, store);
    const transaction = await store.begin();
    try {
      const { last, counts, tree } = await takeLog(lines, blobs, transaction, header, each);
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
  } finally {
    await lines.close();
  }
};

const takeHeader = async (lines: LineReader, trust: CopyTrust): Promise<CopyHeader> => {
  const line = await lines.next();
  const header = line && readLine(headerShape, line);
  if (header?.checkpoint_key !== verifierKey(trust.checkpointKey)) throw lines.damaged('header');
  return header;
};

/** Everything behind the blobs, to the last byte. */
const takeLog = async (
  lines: LineReader,
  blobs: { readonly count: number; readonly next: Line },
  transaction: LogTransaction,
  header: CopyHeader,
  each: (leaf: Leaf) => void,
): Promise<Pick<LeavesTaken, 'tree' | 'last'> & { readonly counts: CopyCounts }> => {
  const leaves = await takeLeaves(lines, blobs.next, transaction, header, each);
  const { tree, last, checkpoints } = leaves;
  const mayHaveWraps = header.vault && tree.size > 0;
  const wraps = await takeWraps(lines, leaves.next, mayHaveWraps, (some) => transaction.putWraps(some));
  const counts = { blobs: blobs.count, leaves: tree.size, checkpoints, wraps: wraps.count };
  await takeTrailer(lines, wraps.next, counts);
  return { tree, last, counts };
};
