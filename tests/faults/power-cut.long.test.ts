import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { counted, keepFigure, rounds } from '../reliability/figure.ts';
import { powerCuts } from './power-cut.ts';

const IMAGES = rounds(2000, 100_000);
const PLAN = {
  images: IMAGES,
  perTrace: rounds(100, 500),
  program: join(import.meta.dirname, 'power-cut-run.ts'),
  args: (folder: string, seed: number) => [folder, String(seed)],
};

describe('R2: a power cut with lost, reordered and torn writes', () => {
  it('loses nothing that was acknowledged, and the log verifies', {
    timeout: IMAGES * 100 + 120_000,
  }, async () => {
    const found = await powerCuts(PLAN);
    expect(found.damaged.slice(0, 10)).toEqual([]);
    expect(found).toMatchObject({ images: IMAGES, lost: 0 });

    const control = await powerCuts({
      ...PLAN,
      images: 200,
      args: (folder, seed) => [...PLAN.args(folder, seed), 'normal'],
    });
    expect(control.imagesWithLoss, 'control: synchronous=NORMAL').toBeGreaterThanOrEqual(control.images / 2);
    keepFigure({
      id: 'R2',
      part: 'SQLite',
      found: `${counted(found.images)} disk images, ${counted(found.looked)} acknowledged entries, wraps and blobs looked for, ${counted(found.lost)} lost, ${counted(found.damaged.length)} damaged`,
      control: `synchronous=NORMAL: ${counted(control.imagesWithLoss)} of ${counted(control.images)} images lost something`,
    });
  });
});
