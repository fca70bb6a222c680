import type { Findings } from './finding.ts';
import type { StoredLeaf } from './store-port.ts';

/**
 * A position that does not follow the one before. The tree does not see positions, but a snapshot reads up to one: a leaf
 * moved behind the end would be counted no more.
 */
interface Jump {
  readonly from: number;
  readonly to: StoredLeaf;
  readonly size: number;
}
const KEPT = 1000;

/** Positions count from 0 without gaps. */
export const positionJumps = (
  findings: Findings,
): {
  /** `size`: leaves before this one. */
  take(stored: StoredLeaf, size: number): void;
  /** Tells what no finding explains; to be called after hashes and chains. */
  finish(): void;
} => {
  const jumps: Jump[] = [];
  let before = -1;
  return {
    take: (stored, size) => {
      if (stored.position !== before + 1 && jumps.length < KEPT)
        jumps.push({ from: before, to: stored, size });
      before = stored.position;
    },
    finish: () => {
      for (const { from, to, size } of jumps)
        if (!findings.within(from, to.position))
          findings.add({ what: 'index', position: size, entryId: to.entryId, shownBy: 'index' });
    },
  };
};
