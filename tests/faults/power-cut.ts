import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../../tools/samples/random.ts';
import { acknowledgedBy, lookAfterCut } from './cut-folder.ts';
import { emptyDisk } from './disk-image.ts';
import { type DiskEvent, readTrace } from './disk-trace.ts';
import { runOnFaultyDisk, scratchFolder } from './faulty-disk.ts';

export interface PowerCuts {
  readonly images: number;
  /** Cuts that are played of one record. */
  readonly perTrace: number;
  /** The record of work with this seed is made by this program. */
  readonly program: string;
  readonly args: (folder: string, seed: number) => readonly string[];
}

export interface PowerCutFigures {
  readonly images: number;
  /** Acknowledged entries, wraps and blobs that were looked for, over all images. */
  readonly looked: number;
  readonly lost: number;
  /** Images in which something acknowledged was missing. */
  readonly imagesWithLoss: number;
  readonly damaged: readonly string[];
}

/** The log of every so many images is verified with all its signatures; of the others the tree against the checkpoint. */
const WHOLLY = 10;

/** The record of one run of the program. */
const recorded = async ({ program, args }: PowerCuts, seed: number): Promise<readonly DiskEvent[]> => {
  const { dir, remove } = scratchFolder();
  try {
    const folder = join(dir, 'data');
    mkdirSync(folder);
    const trace = join(dir, 'trace');
    const { code, errors } = await runOnFaultyDisk(program, args(folder, seed), { folder, trace });
    if (code !== 0) throw new Error(`seed ${seed}: ${errors}`);
    return readTrace(trace);
  } finally {
    remove();
  }
};

/**
 * Row R2 of the test plan: what a disk may hold after a power cut at a random moment of a recorded run, many times, each
 * opened with the real store. Everything acknowledged before the cut is looked for.
 */
export const powerCuts = async (plan: PowerCuts): Promise<PowerCutFigures> => {
  let [images, looked, lost, imagesWithLoss] = [0, 0, 0, 0];
  const damaged: string[] = [];
  const { dir, remove } = scratchFolder();
  try {
    for (let seed = 1; images < plan.images; seed += 1) {
      const events = await recorded(plan, seed);
      const random = seeded(seed);
      const count = Math.min(plan.perTrace, plan.images - images);
      const cuts = Array.from({ length: count }, () => random.between(1, events.length)).toSorted(
        (a, b) => a - b,
      );
      const disk = emptyDisk();
      const marks: string[] = [];
      let played = 0;
      for (const cut of cuts) {
        for (const event of events.slice(played, cut)) {
          if (event.kind === 'mark') marks.push(event.text);
          else disk.play(event);
        }
        played = cut;
        const image = join(dir, 'image');
        rmSync(image, { recursive: true, force: true });
        mkdirSync(image);
        disk.cut(random, image);
        const acknowledged = acknowledgedBy(marks);
        const found = await lookAfterCut(image, acknowledged, images % WHOLLY === 0);
        images += 1;
        looked += acknowledged.cards.size + acknowledged.wraps.size + acknowledged.blobs.size;
        lost += found.lost;
        if (found.lost > 0) imagesWithLoss += 1;
        damaged.push(...found.damaged.map((what) => `seed ${seed}, cut ${cut}: ${what}`));
      }
    }
  } finally {
    remove();
  }
  return { images, looked, lost, imagesWithLoss, damaged };
};
