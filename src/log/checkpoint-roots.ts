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

/** Compares the growing tree with every checkpoint that was signed; the first root that differs is told with its range. */
export const checkpointRoots = async (store: LogStore, keys: CheckpointKeys, findings: Findings) => {
  const stored = store.checkpoints()[Symbol.asyncIterator]();
  const witnessed = await openWitnessed(keys, findings);
  let next = await stored.next();
  let checked = 0;
  let good = 0;
  let differs: { readonly to: number; readonly shownBy: 'root' | 'witness' } | undefined;

  const open = async ({ size, note }: StoredCheckpoint): Promise<Checkpoint | undefined> => {
    const text = await openNote(note, keys.checkpointKey, keys.verifyCheckpoint);
    const checkpoint = text === undefined ? undefined : parseCheckpoint(text);
    if (checkpoint?.size === size && checkpoint.origin === keys.checkpointKey.name) return checkpoint;
    findings.add({ what: 'checkpoint', position: size, entryId: '', shownBy: 'note' });
    return undefined;
  };
  const compare = (checkpoint: Checkpoint, tree: TreeEdge, shownBy: 'root' | 'witness'): void => {
    if (sameHash(checkpoint.root, rootOf(tree))) good = tree.size;
    else differs ??= { to: tree.size, shownBy };
  };
  return {
    /** To be called at every size, ascending. */
    at: async (tree: TreeEdge): Promise<void> => {
      while (next.done !== true && next.value.size <= tree.size) {
        const checkpoint = await open(next.value);
        checked += 1;
        if (checkpoint?.size === tree.size) compare(checkpoint, tree, 'root');
        next = await stored.next();
      }
      while (witnessed[0] !== undefined && witnessed[0].size <= tree.size)
        compare(witnessed.shift() as Checkpoint, tree, 'witness');
    },
    /** Tells what hashes and chains have not told better; to be called after them. Returns how many notes were read. */
    finish: async (tree: TreeEdge): Promise<number> => {
      // Only the first root that differs: all after it differ too.
      if (differs !== undefined && !findings.within(good, differs.to))
        findings.add({ what: 'changed', position: good, entryId: '', shownBy: differs.shownBy });
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

const openWitnessed = async (keys: CheckpointKeys, findings: Findings): Promise<Checkpoint[]> => {
  const opened: Checkpoint[] = [];
  for (const note of keys.witnessed ?? []) {
    const text = await openNote(note, keys.checkpointKey, keys.verifyCheckpoint);
    const checkpoint = text === undefined ? undefined : parseCheckpoint(text);
    if (checkpoint === undefined)
      findings.add({ what: 'checkpoint', position: 0, entryId: '', shownBy: 'witness' });
    else opened.push(checkpoint);
  }
  return opened.sort((a, b) => a.size - b.size);
};
