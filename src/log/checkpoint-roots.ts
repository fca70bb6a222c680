import type { Verify } from '../records/index.ts';
import { type Checkpoint, type NoteKey, openNote, parseCheckpoint } from './checkpoint.ts';
import type { Findings } from './finding.ts';
import { rootOf, sameHash, type TreeEdge } from './hash-tree.ts';
import type { LogStore, StoredCheckpoint } from './store-port.ts';

export interface CheckpointKeys {
  readonly checkpointKey: NoteKey;
  readonly verifyCheckpoint: Verify;
  /**
   * Checkpoint notes kept outside the data folder. Whoever holds the folder's keys can rewrite all of it, or put back an
   * older copy; only these show it.
   */
  readonly witnessed?: readonly string[];
}

/** A note whose signature is being checked, beside the root of the tree at its size. */
interface Opening {
  readonly size: number;
  readonly at: number;
  readonly root: Uint8Array;
  readonly checkpoint: Promise<Checkpoint | undefined>;
}
/** Notes on the way at once: their signatures are checked beside the reading of the leaves. */
const AT_ONCE = 256;

/** The tree was right at one size and is not at another. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly shownBy: 'root' | 'witness';
}

/** Compares the growing tree with every checkpoint that was signed; the first root that differs is told with its range. */
export const checkpointRoots = async (store: LogStore, keys: CheckpointKeys, findings: Findings) => {
  const stored = store.checkpoints()[Symbol.asyncIterator]();
  const witnessed = await openWitnessed(keys, findings);
  const opening: Opening[] = [];
  let next = await stored.next();
  let checked = 0;
  const good = { root: 0, witness: 0 };
  let differs: Range | undefined;

  const open = async ({ size, note }: StoredCheckpoint): Promise<Checkpoint | undefined> => {
    const checkpoint = await openCheckpoint(note, keys);
    return checkpoint?.size === size && checkpoint.origin === keys.checkpointKey.name
      ? checkpoint
      : undefined;
  };
  const compare = (expected: Uint8Array, root: Uint8Array, at: number, shownBy: 'root' | 'witness'): void => {
    if (sameHash(expected, root)) good[shownBy] = Math.max(good[shownBy], at);
    else if (at < (differs?.to ?? Number.POSITIVE_INFINITY)) {
      // Who can sign checkpoints can sign good ones over a rewritten log: only another witness narrows what a witness shows.
      const from = shownBy === 'witness' ? good.witness : Math.max(good.root, Math.min(good.witness, at));
      differs = { from, to: at, shownBy };
    }
  };
  /** Waits until no more than so many are on the way. */
  const settle = async (most: number): Promise<void> => {
    for (const { size, at, root, checkpoint } of opening.splice(0, Math.max(0, opening.length - most))) {
      const opened = await checkpoint;
      if (opened === undefined)
        findings.add({ what: 'checkpoint', position: size, entryId: '', shownBy: 'note' });
      else if (size === at) compare(opened.root, root, at, 'root');
    }
  };
  return {
    /** Whether a checkpoint is for this size or a smaller one. */
    due: (size: number): boolean =>
      (next.done !== true && next.value.size <= size) ||
      (witnessed[0] !== undefined && witnessed[0].size <= size),
    /** To be called whenever one is due, sizes ascending. */
    at: async (tree: TreeEdge): Promise<void> => {
      const root = rootOf(tree);
      while (next.done !== true && next.value.size <= tree.size) {
        const { value } = next;
        checked += 1;
        opening.push({ size: value.size, at: tree.size, root, checkpoint: open(value) });
        next = await stored.next();
      }
      if (opening.length > AT_ONCE) await settle(AT_ONCE / 2);
      for (; witnessed[0] !== undefined && witnessed[0].size <= tree.size; witnessed.shift())
        compare(witnessed[0].root, root, tree.size, 'witness');
    },
    /** Tells what hashes and chains have not told better; to be called after them. Returns how many notes were read. */
    finish: async (tree: TreeEdge): Promise<number> => {
      await settle(0);
      // Only the first root that differs: all after it differ too.
      if (differs !== undefined && !findings.within(differs.from, differs.to))
        findings.add({ what: 'changed', position: differs.from, entryId: '', shownBy: differs.shownBy });
      const stood = await store.tree();
      const explained = findings.count('removed') - findings.count('inserted') === stood.size - tree.size;
      if (!explained && tree.size < stood.size)
        findings.add({ what: 'removed', position: tree.size, entryId: '', shownBy: 'root' });
      if (!explained && tree.size > stood.size)
        findings.add({ what: 'inserted', position: stood.size, entryId: '', shownBy: 'root' });
      if (witnessed.length > 0)
        findings.add({ what: 'removed', position: tree.size, entryId: '', shownBy: 'witness' });
      const asStored =
        stood.edge.length === tree.edge.length &&
        stood.edge.every((hash, i) => sameHash(hash, tree.edge[i] as Uint8Array));
      if (!asStored && !findings.any())
        findings.add({ what: 'index', position: tree.size, entryId: '', shownBy: 'root' });
      return checked;
    },
  };
};

const openCheckpoint = async (note: string, keys: CheckpointKeys): Promise<Checkpoint | undefined> => {
  const text = await openNote(note, keys.checkpointKey, keys.verifyCheckpoint);
  return text === undefined ? undefined : parseCheckpoint(text);
};

const openWitnessed = async (keys: CheckpointKeys, findings: Findings): Promise<Checkpoint[]> => {
  const opened: Checkpoint[] = [];
  for (const note of keys.witnessed ?? []) {
    const checkpoint = await openCheckpoint(note, keys);
    if (checkpoint === undefined)
      findings.add({ what: 'checkpoint', position: 0, entryId: '', shownBy: 'witness' });
    else opened.push(checkpoint);
  }
  return opened.sort((a, b) => a.size - b.size);
};
