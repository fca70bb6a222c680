import { checkpointText, EMPTY_TREE, growTree, leafHash, logOrigin } from '../../src/log/index.ts';
import { ProblemError } from '../../src/vocabulary/index.ts';
import { openWorkspace, type Workspace } from '../../src/workspace/index.ts';
import { fixedEffects } from '../builders/workspace.ts';
import { sqliteComplaints } from './sqlite-place.ts';

/** What was acknowledged to whoever worked on a folder, from the marks in the record of its disk. */
export interface Acknowledged {
  readonly made: boolean;
  readonly cards: ReadonlySet<string>;
  readonly wraps: ReadonlySet<string>;
  readonly blobs: ReadonlySet<string>;
}

export const acknowledgedBy = (marks: readonly string[]): Acknowledged => {
  const named = (kind: string): Set<string> =>
    new Set(marks.filter((mark) => mark.startsWith(`${kind} `)).map((mark) => mark.slice(kind.length + 1)));
  return {
    made: marks.includes('made'),
    cards: named('card'),
    // From where a deletion begins a wrap may be there or not.
    wraps: named('wrap').difference(named('unwrap')),
    blobs: named('blob'),
  };
};

/** What a data folder lost and what is damaged in it after a power cut. */
export interface CutFolder {
  readonly lost: number;
  readonly damaged: readonly string[];
}

/** Opens a data folder as the program would after a power cut and looks whether everything acknowledged is there. */
export const lookAfterCut = async (
  dir: string,
  acknowledged: Acknowledged,
  wholly: boolean,
): Promise<CutFolder> => {
  const { made, cards, wraps, blobs } = acknowledged;
  let workspace: Workspace;
  try {
    workspace = await openWorkspace(dir, { effects: fixedEffects('after the cut') });
  } catch (error) {
    // A folder that was still being made may be refused, in words; any other must open.
    if (!made && error instanceof ProblemError) return { lost: 0, damaged: [] };
    return { lost: cards.size + wraps.size + blobs.size, damaged: [String(error)] };
  }
  try {
    const { store } = workspace;
    const found = await cardsOf(workspace);
    let lost = cards.difference(found.ids).size;
    for (const key of wraps) if ((await store.vaultGet(key)) === undefined) lost += 1;
    for (const sha256 of blobs) if ((await store.getBlob(sha256)) === undefined) lost += 1;
    const { findings } = wholly ? await workspace.verify() : { findings: [] };
    const shown = findings.map(({ what, position }) => `${what} at ${position}`);
    return { lost, damaged: [...found.damaged, ...shown, ...sqliteComplaints(dir)] };
  } catch (error) {
    return { lost: 0, damaged: [String(error)] };
  } finally {
    await workspace.close();
  }
};

/** The entries of a log, and whether its newest checkpoint is that of the tree over exactly these. */
const cardsOf = async ({
  store,
  config,
}: Workspace): Promise<{ readonly ids: ReadonlySet<string>; readonly damaged: readonly string[] }> => {
  const ids = new Set<string>();
  const hashes: Uint8Array[] = [];
  for await (const leaf of store.read(0)) {
    ids.add(leaf.entryId);
    hashes.push(leafHash(leaf.bytes));
  }
  const text = checkpointText(logOrigin(config.org), growTree(EMPTY_TREE, hashes));
  const { checkpoint } = await store.tree();
  const agrees = checkpoint === undefined ? hashes.length === 0 : checkpoint.startsWith(`${text}\n`);
  return { ids, damaged: agrees ? [] : ['the checkpoint is not that of the log'] };
};
