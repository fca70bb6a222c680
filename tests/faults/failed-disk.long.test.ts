import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../tools/samples/random.ts';
import { counted, keepFigure, rounds } from '../reliability/figure.ts';
import { emptyDisk } from './disk-image.ts';
import { readTrace } from './disk-trace.ts';
import type { FailedDiskFigures } from './failed-disk-run.ts';
import { runOnFaultyDisk, scratchFolder } from './faulty-disk.ts';
import { cardEntryId } from './field-device.ts';
import { openStore } from './sqlite-place.ts';

const POINTS = rounds(200, 1000);
const POINTS_A_RUN = 200;
const PROGRAM = join(import.meta.dirname, 'failed-disk-run.ts');

interface Found extends FailedDiskFigures {
  /** Acknowledged cards, and those of them that a power cut at the end takes away. */
  readonly acknowledged: number;
  readonly lostInPowerCut: number;
}

/** The cards in a store; none when it cannot be read any more. */
const cardsIn = async (folder: string): Promise<ReadonlySet<string>> => {
  const store = await openStore(folder);
  try {
    return new Set((await Array.fromAsync(store.read(0))).map((leaf) => leaf.entryId));
  } catch {
    return new Set();
  } finally {
    await store.close();
  }
};

/** How many acknowledged cards are not in the stores below a folder; marks are "card POINT NUMBER". */
const missingOf = async (folder: string, marks: readonly string[]): Promise<number> => {
  const cards = Map.groupBy(
    marks.map((mark) => mark.split(' ')),
    ([, point = '']) => point,
  );
  let missing = 0;
  for (const [point, marked] of cards) {
    const stored = await cardsIn(join(folder, `point-${point}`));
    missing += marked.filter(([, , n]) => !stored.has(cardEntryId(Number(n)))).length;
  }
  return missing;
};

/** Runs the program, then cuts the power of its disk, which never got what a failed sync was to bring there. */
const failingDisk = async (points: number, seed: number, how: 'once' | 'retried'): Promise<Found> => {
  const { dir, remove } = scratchFolder();
  try {
    const [folder, image, trace] = [join(dir, 'data'), join(dir, 'image'), join(dir, 'trace')];
    mkdirSync(folder);
    const args = [folder, String(points), String(seed), how];
    const { code, out, errors } = await runOnFaultyDisk(PROGRAM, args, { folder, trace });
    expect(errors).toBe('');
    expect(code).toBe(0);
    const disk = emptyDisk();
    const events = readTrace(trace);
    for (const event of events) disk.play(event);
    disk.cut(seeded(seed), image);
    const marks = events.flatMap((event) => (event.kind === 'mark' ? event.text : []));
    return {
      ...(JSON.parse(out) as FailedDiskFigures),
      acknowledged: marks.length,
      lostInPowerCut: await missingOf(image, marks),
    };
  } finally {
    remove();
  }
};

describe('R5: a disk whose sync or write fails', () => {
  it('acknowledges nothing after a failed sync, refuses every further write, and has lost nothing when opened again', {
    timeout: POINTS * 500 + 120_000,
  }, async () => {
    const runs: Found[] = [];
    for (let seed = 1; seed * POINTS_A_RUN <= POINTS; seed += 1)
      runs.push(await failingDisk(POINTS_A_RUN, seed, 'once'));
    for (const run of runs) {
      expect(run).toMatchObject({ writtenAfterwards: 0, lost: 0, lostInPowerCut: 0, damaged: [] });
      // A failure while the store is closed is met by nobody: its write-ahead log stays for the next opening.
      expect(Object.keys(run.answers).toSorted()).toEqual(['acknowledged', 'store_failed']);
    }
    const sum = (of: (run: Found) => number): number => runs.reduce((total, run) => total + of(run), 0);

    const control = await failingDisk(50, 1, 'retried');
    expect(control.lostInPowerCut, 'control: the sync is tried again, and that is believed').toBeGreaterThan(
      0,
    );
    keepFigure({
      id: 'R5',
      part: 'SQLite',
      found: `${counted(sum((r) => r.points))} failed syncs and writes: ${counted(sum((r) => r.answers['store_failed'] ?? 0))} stores refused everything from there on, ${counted(sum((r) => r.writtenAfterwards))} written afterwards, ${counted(sum((r) => r.acknowledged))} acknowledged, ${counted(sum((r) => r.lost))} lost when opened again, ${counted(sum((r) => r.lostInPowerCut))} lost in a power cut after it`,
      control: `failed syncs tried again and believed: ${counted(control.lostInPowerCut)} of ${counted(control.acknowledged)} lost in a power cut`,
    });
  });
});
