import type { Leaf } from '../records/index.ts';
import type { Finding, Findings } from './finding.ts';
import { sha256Hex } from './hash-tree.ts';
import type { StoredLeaf } from './store-port.ts';

interface Link {
  readonly seq: number;
  readonly position: number;
  /** Hash of the body. */
  readonly hash: string;
  readonly end: ChainEnd | undefined;
}

/** The last entry of a device's chain: what its signature covers. */
export interface ChainEnd {
  readonly stored: StoredLeaf;
  readonly leaf: Leaf;
  readonly text: string;
}

interface Gap {
  readonly device: string;
  readonly seq: number;
  readonly after: number;
  readonly before: number;
}

/** What a chain shows, with the positions between which a finding by hash already explains it. */
interface Suspicion {
  readonly finding: Finding;
  readonly from: number;
  readonly to: number;
}

const KEPT = 10_000;

/**
 * Every device numbers its entries and names the hash of the one before: what nobody without the device's key can mend. A
 * number left out is a removal, a number that comes later a reordering, a number twice an insertion.
 */
export const deviceChains = (
  findings: Findings,
): {
  /** An entry that is its device's own. What cannot be read or is not signed says nothing of a chain, and is found elsewhere. */
  take(stored: StoredLeaf, leaf: Leaf, text: string): void;
  /** Where the chains end so far. */
  ends(): Iterable<ChainEnd>;
  /** Tells what the hashes have not told better; to be called after them. */
  finish(): void;
  /** Compares where the chains end with where the store looks for their ends; to be called last. */
  compareHeads(heads: ReadonlyMap<string, number>): void;
} => {
  const last = new Map<string, Link>();
  const gaps = new Map<string, Gap>();
  const suspicions: Suspicion[] = [];
  const suspect = (finding: Finding, from: number, to: number): void => {
    if (suspicions.length < KEPT) suspicions.push({ finding, from, to });
  };
  const key = (device: string, seq: number): string => `${device}/${seq}`;
  return {
    take: (stored, leaf, text) => {
      const { device, device_seq: seq, device_prev: prev } = leaf.body;
      const { position, entryId } = stored;
      const before = last.get(device) ?? { seq: 0, position: -1, hash: '', end: undefined };
      if (seq <= before.seq) {
        const gap = gaps.get(key(device, seq));
        gaps.delete(key(device, seq));
        const what = gap === undefined ? 'inserted' : 'reordered';
        suspect(
          { what, position, entryId, shownBy: 'chain' },
          gap === undefined ? position : gap.after + 1,
          position,
        );
        return;
      }
      for (let s = before.seq + 1; s < seq && gaps.size < KEPT; s += 1)
        gaps.set(key(device, s), { device, seq: s, after: before.position, before: position });
      if (seq === before.seq + 1 && prev !== before.hash)
        suspect(
          { what: 'changed', position: Math.max(before.position, 0), entryId: '', shownBy: 'chain' },
          before.position,
          position,
        );
      last.set(device, { seq, position, hash: sha256Hex(text), end: { stored, leaf, text } });
    },
    ends: () => [...last.values()].flatMap(({ end }) => end ?? []),
    finish: () => {
      for (const { after, before } of gaps.values())
        suspect({ what: 'removed', position: after + 1, entryId: '', shownBy: 'chain' }, after + 1, before);
      const unexplained = suspicions.filter((s) => !findings.within(s.from, s.to));
      for (const { finding } of unexplained) findings.add(finding);
    },
    compareHeads: (heads) => {
      if (findings.any()) return;
      // A wrong head would make the next append continue the chain from the wrong link.
      for (const device of new Set([...last.keys(), ...heads.keys()])) {
        const [is, at] = [last.get(device)?.position, heads.get(device)];
        if (is !== at)
          findings.add({ what: 'index', position: is ?? at ?? 0, entryId: '', shownBy: 'index' });
      }
    },
  };
};
