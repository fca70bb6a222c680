import { EMPTY_TREE, growTree, nodeHash, rootOf } from './hash-tree.ts';
import { consistencyRanges, inclusionRanges, type Range, split } from './proof.ts';
import type { LogStore } from './store-port.ts';

/** Gives proofs about a log at its sizes so far (RFC 6962 2.1.1 and 2.1.2). */
export interface Prover {
  /** Proof that leaf `position` is in the tree of `size` leaves. */
  inclusion(position: number, size: number): Promise<readonly Uint8Array[]>;
  /** Proof that the tree of size `first` (at least 1) is the beginning of that of size `second`. */
  consistency(first: number, second: number): Promise<readonly Uint8Array[]>;
}

/** Leaves under a node that is kept in memory: a million leaves are 62,500 nodes, some megabytes. */
const TILE = 32;

/**
 * Reads all hashes once, when the first proof is asked for, and keeps the roots of full subtrees of 32 leaves and above; a
 * proof then reads no more than some sixty hashes, however long the log is, and works out no more nodes.
 */
export const proverOf = (store: LogStore): Prover => {
  /** `kept[k]` are the roots of the full subtrees of TILE * 2^k leaves, in order. */
  const kept: Uint8Array[][] = [[]];

  const keep = (root: Uint8Array, level: number): void => {
    const row = (kept[level] ??= []);
    row.push(root);
    const [left, right] = row.slice(-2);
    if (row.length % 2 === 0 && left !== undefined && right !== undefined)
      keep(nodeHash(left, right), level + 1);
  };
  const known = (): number => (kept[0]?.length ?? 0) * TILE;
  const readUpTo = async (size: number): Promise<void> => {
    let tile: Uint8Array[] = [];
    for await (const { hash } of store.hashes(known(), size - (size % TILE))) {
      tile.push(hash);
      if (tile.length < TILE) continue;
      keep(rootOf(growTree(EMPTY_TREE, tile)), 0);
      tile = [];
    }
  };
  const rootOfRange = async (from: number, to: number): Promise<Uint8Array> => {
    const count = to - from;
    const level = Math.log2(count / TILE);
    const root = Number.isInteger(level) && level >= 0 ? kept[level]?.[from / count] : undefined;
    if (root !== undefined) return root;
    if (count > TILE) {
      const middle = from + split(count);
      return nodeHash(await rootOfRange(from, middle), await rootOfRange(middle, to));
    }
    const hashes = (await Array.fromAsync(store.hashes(from, to))).map(({ hash }) => hash);
    if (hashes.length !== count) throw new RangeError(`the log has no leaves ${from} to ${to - 1}`);
    return rootOf(growTree(EMPTY_TREE, hashes));
  };
  let reading: Promise<void> = Promise.resolve();
  const rootsOf = async (ranges: readonly Range[], size: number): Promise<readonly Uint8Array[]> => {
    reading = reading.then(() => (known() + TILE <= size ? readUpTo(size) : undefined));
    await reading;
    const roots: Uint8Array[] = [];
    for (const [from, to] of ranges) roots.push(await rootOfRange(from, to));
    return roots;
  };
  return {
    inclusion: async (position, size) => {
      if (position < 0 || position >= size) throw new RangeError(`no leaf ${position} in a tree of ${size}`);
      return rootsOf(inclusionRanges(position, 0, size), size);
    },
    consistency: async (first, second) => {
      if (first < 1 || first > second) throw new RangeError(`no tree of ${first} within ${second}`);
      return rootsOf(consistencyRanges(first, 0, second), second);
    },
  };
};

/** One proof that leaf `position` is in the tree of `size` leaves. Throws RangeError when it is not. */
export const proveInclusion = (
  store: LogStore,
  position: number,
  size: number,
): Promise<readonly Uint8Array[]> => proverOf(store).inclusion(position, size);

/** One proof that the tree of size `first` (at least 1) is the beginning of that of size `second`. */
export const proveConsistency = (
  store: LogStore,
  first: number,
  second: number,
): Promise<readonly Uint8Array[]> => proverOf(store).consistency(first, second);
