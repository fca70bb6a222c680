import { type Leaf, parseLeaf } from '../records/index.ts';
import { ProblemError } from '../vocabulary/index.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { begins, type CopyHeader, checkpointShape, readLine } from './copy-format.ts';
import type { Line, LineReader } from './copy-lines.ts';
import { EMPTY_TREE, growTree, leafHash, rootOf, sameHash, type TreeEdge } from './hash-tree.ts';
import type { LogTransaction, NewLeaf, StoredCheckpoint } from './store-port.ts';

export interface LeavesTaken {
  readonly tree: TreeEdge;
  readonly checkpoints: number;
  /** The newest checkpoint and the number of its line; none in an empty log. */
  readonly last: (StoredCheckpoint & { readonly line: number }) | undefined;
  /** The first line behind the leaves. */
  readonly next: Line;
}

const BATCH = 500;

/**
 * Takes leaves and checkpoints, working out the tree anew: it must give the root of every checkpoint at its place, and that
 * of the header at the end, where a checkpoint stands.
 */
export const takeLeaves = async (
  lines: LineReader,
  start: Line,
  transaction: LogTransaction,
  header: CopyHeader,
  each: (leaf: Leaf) => void,
): Promise<LeavesTaken> => {
  let batch: NewLeaf[] = [];
  let older: StoredCheckpoint[] = [];
  let tree: TreeEdge = EMPTY_TREE;
  let checkpoints = 0;
  /** None or one. */
  let newest: (StoredCheckpoint & { readonly line: number })[] = [];

  const flush = async (): Promise<void> => {
    await transaction.add(tree.size - batch.length, batch);
    await transaction.addCheckpoints(older);
    [batch, older] = [[], []];
  };
  const takeLeaf = (bytes: Uint8Array): void => {
    const leaf = leafOn(bytes, lines);
    if (leaf.body.org !== header.org || tree.size === header.size) throw lines.damaged('leaf');
    each(leaf);
    const { entry_id: entryId, record_id: recordId, device } = leaf.body;
    const hash = leafHash(bytes);
    batch.push({ entryId, recordId, device, bytes: new Uint8Array(bytes), hash });
    tree = growTree(tree, [hash]);
  };
  const takeCheckpoint = (bytes: Uint8Array): void => {
    const stored = readLine(checkpointShape, bytes);
    const parsed = stored && parseCheckpoint(stored.note);
    const inPlace = stored?.size === tree.size && parsed?.size === tree.size && newest[0]?.size !== tree.size;
    if (!inPlace) throw lines.damaged('checkpoint');
    if (!sameHash(parsed.root, rootOf(tree))) throw lines.damaged('root');
    older.push(...newest.map(({ size, note }) => ({ size, note })));
    newest = [{ ...stored, line: lines.at() }];
    checkpoints += 1;
  };

  let next = start;
  for (; next !== undefined; next = await lines.next()) {
    if (begins(next, 'body')) takeLeaf(next);
    else if (begins(next, 'note')) takeCheckpoint(next);
    else break;
    if (batch.length >= BATCH || older.length >= BATCH) await flush();
  }
  await flush();
  if (next === undefined) throw lines.damaged('cut');
  const whole = tree.size === header.size && Buffer.from(rootOf(tree)).toString('hex') === header.root;
  if (!whole) throw lines.damaged('root');
  // What stands behind the newest checkpoint nobody has signed.
  const last = newest[0];
  if ((last?.size ?? 0) !== tree.size) throw lines.damaged('checkpoint');
  return { tree, checkpoints, last, next };
};

const leafOn = (bytes: Uint8Array, lines: LineReader): Leaf => {
  try {
    return parseLeaf(bytes).leaf;
  } catch (error) {
    throw error instanceof ProblemError ? lines.damaged('leaf') : error;
  }
};
