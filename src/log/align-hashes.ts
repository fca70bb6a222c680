import type { Findings } from './finding.ts';
import { sameHash } from './hash-tree.ts';
import type { LogStore, StoredLeaf } from './store-port.ts';

/** How far ahead the two rows are compared to find where they meet again. */
const WINDOW = 64;
/** Unmatched leaves kept to tell a move from a removal and an insertion. */
const KEPT = 10_000;

interface Expected {
  readonly position: number;
  readonly hash: Uint8Array;
}
interface Actual extends Expected {
  readonly entryId: string;
}
interface Unmatched<T> {
  readonly at: T;
  /** Unmatched leaves between the same two matches: one expected and one actual of a group are a change. */
  readonly group: number;
}

/**
 * Compares the hashes stored at the time of append with those of the leaves that are there now, like a diff with bounded
 * look-ahead, so that one removed leaf is one finding and not a shift of all that follow.
 */
export const alignHashes = (
  store: LogStore,
  findings: Findings,
): {
  take(leaf: StoredLeaf, hash: Uint8Array): Promise<void>;
  /** Whether the rows have differed so far. */
  differ(): boolean;
  finish(): Promise<void>;
} => {
  const stored = store.hashes(0)[Symbol.asyncIterator]();
  const expected: Expected[] = [];
  const actual: Actual[] = [];
  const gone: Unmatched<Expected>[] = [];
  const extra: Unmatched<Actual>[] = [];
  let ended = false;
  let group = 0;

  const fill = async (): Promise<void> => {
    while (!ended && expected.length < WINDOW) {
      const next = await stored.next();
      if (next.done === true) ended = true;
      else expected.push(next.value);
    }
  };
  const part = (from: number, to: number): void => {
    group += 1;
    for (const at of expected.splice(0, from)) if (gone.length < KEPT) gone.push({ at, group });
    for (const at of actual.splice(0, to)) if (extra.length < KEPT) extra.push({ at, group });
  };
  const align = async (final: boolean): Promise<void> => {
    for (;;) {
      await fill();
      const mine = actual[0];
      const theirs = expected[0];
      if (mine === undefined) return;
      if (theirs !== undefined && sameHash(mine.hash, theirs.hash)) {
        expected.shift();
        actual.shift();
      } else {
        if (!final && actual.length < WINDOW) return;
        const [from, to] = nextMeeting(expected, actual);
        part(from, to);
      }
    }
  };
  return {
    take: async (leaf, hash) => {
      actual.push({ position: leaf.position, entryId: leaf.entryId, hash });
      await align(false);
    },
    differ: () => group > 0,
    finish: async () => {
      await align(true);
      for (await fill(); expected.length > 0; await fill()) part(expected.length, 0);
      tell(gone, extra, findings);
    },
  };
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** How many to skip on each side until both rows go on alike; one on each side when they do not within the window. */
const nextMeeting = (expected: readonly Expected[], actual: readonly Actual[]): readonly [number, number] => {
  if (onlyFirstDiffers(expected, actual)) return [1, 1];
  const places = new Map(expected.map((e, i) => [hex(e.hash), i]));
  let best: readonly [number, number] = [Math.min(1, expected.length), 1];
  let least = Number.POSITIVE_INFINITY;
  actual.forEach((a, to) => {
    const from = places.get(hex(a.hash));
    if (from === undefined || from + to >= least) return;
    least = from + to;
    best = [from, to];
  });
  return best;
};

/** The most common find, one changed leaf, needs no search: nothing nearer than the next pair meets. */
const onlyFirstDiffers = ([e0, e1, e2]: readonly Expected[], [a0, a1]: readonly Actual[]): boolean => {
  if (e0 === undefined || e1 === undefined || a0 === undefined || a1 === undefined) return false;
  const nearer =
    sameHash(e1.hash, a0.hash) ||
    sameHash(e0.hash, a1.hash) ||
    (e2 !== undefined && sameHash(e2.hash, a0.hash));
  return !nearer && sameHash(e1.hash, a1.hash);
};

const tell = (
  gone: readonly Unmatched<Expected>[],
  extra: readonly Unmatched<Actual>[],
  findings: Findings,
): void => {
  const goneByHash = new Map(gone.map((g) => [hex(g.at.hash), g]));
  const moved = new Set<Unmatched<Expected>>();
  const changed = new Set<Unmatched<Expected>>();
  const goneByGroup = Map.groupBy(gone, (g) => g.group);
  for (const { at, group } of extra) {
    const from = goneByHash.get(hex(at.hash));
    if (from !== undefined) {
      moved.add(from);
      findings.add({ what: 'reordered', position: at.position, entryId: at.entryId, shownBy: 'hash' });
      continue;
    }
    const instead = goneByGroup.get(group)?.find((g) => !changed.has(g) && !moved.has(g));
    if (instead !== undefined) changed.add(instead);
    const what = instead === undefined ? 'inserted' : 'changed';
    findings.add({ what, position: at.position, entryId: at.entryId, shownBy: 'hash' });
  }
  for (const g of gone)
    if (!moved.has(g) && !changed.has(g))
      findings.add({ what: 'removed', position: g.at.position, entryId: '', shownBy: 'hash' });
};
