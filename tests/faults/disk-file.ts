import type { Random } from '../../tools/samples/random.ts';

/** What a disk writes whole or not at all. */
const SECTOR = 512;

export type Change =
  | { readonly kind: 'write'; readonly offset: number; readonly data: Buffer }
  | { readonly kind: 'truncate'; readonly size: number };

/**
 * A file as a disk holds it: what was synced is there; what was written since may be there or not. A sector holds what it
 * held after any one of the writes since the last sync (the system writes pages back when it likes), each sector and the
 * size by themselves: lost, reordered and torn writes.
 */
export interface DiskFile {
  readonly change: (change: Change) => void;
  /** What was written so far is on disk. */
  readonly sync: () => void;
  /**
   * A sync that failed: the system takes what it could not write for written (Rebello et al., USENIX ATC 2020), so that no
   * later sync brings it to disk. The program still reads it.
   */
  readonly dropPending: () => void;
  /** The contents after a power cut, by chance. */
  readonly afterPowerCut: (random: Random) => Buffer;
}

export const diskFile = (): DiskFile => {
  let durable: Buffer = Buffer.alloc(0);
  let pending: Change[] = [];
  return {
    change: (change) => void pending.push(change),
    sync: () => {
      durable = applied(durable, pending, () => pending.length, pending.length);
      pending = [];
    },
    dropPending: () => {
      pending = [];
    },
    afterPowerCut: (random) => {
      const versions = versionsOf(pending.length, random);
      return applied(durable, pending, versions, versions(-1));
    },
  };
};

/** How many of the pending changes a sector has seen; sector -1 stands for the size of the file. */
type Versions = (sector: number) => number;

/** Nothing of it, all of it, a beginning of it torn in its last write, or each sector as it comes. */
const versionsOf = (changes: number, random: Random): Versions => {
  const how = random.pick(['none', 'all', 'beginning', 'scattered', 'scattered']);
  if (how === 'none') return () => 0;
  if (how === 'all') return () => changes;
  const known = new Map<number, number>();
  const reached = random.between(0, changes);
  const seen =
    how === 'beginning'
      ? () => Math.max(0, reached - random.between(0, 1))
      : () => random.between(0, changes);
  return (sector) => {
    const version = known.get(sector) ?? seen();
    known.set(sector, version);
    return version;
  };
};

const sizeAfter = (size: number, changes: readonly Change[]): number =>
  changes.reduce(
    (now, change) =>
      change.kind === 'truncate' ? change.size : Math.max(now, change.offset + change.data.length),
    size,
  );

/** The file with those changes that each sector has seen; the size is that after the first `sized` changes. */
const applied = (before: Buffer, changes: readonly Change[], versions: Versions, sized: number): Buffer => {
  let longest = before.length;
  for (let n = 1; n <= changes.length; n += 1)
    longest = Math.max(longest, sizeAfter(before.length, changes.slice(n - 1, n)));
  const file = Buffer.alloc(longest);
  before.copy(file);
  changes.forEach((change, n) => {
    const from = change.kind === 'write' ? change.offset : change.size;
    const to = change.kind === 'write' ? from + change.data.length : longest;
    for (let at = from; at < to; ) {
      const sector = Math.floor(at / SECTOR);
      const end = Math.min(to, (sector + 1) * SECTOR);
      if (versions(sector) > n)
        if (change.kind === 'write') change.data.copy(file, at, at - from, end - from);
        else file.fill(0, at, end);
      at = end;
    }
  });
  return file.subarray(0, sizeAfter(before.length, changes.slice(0, sized)));
};
