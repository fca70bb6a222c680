import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { httpStatus } from '../../src/vocabulary/index.ts';
import { counted, keepFigure, rounds } from '../reliability/figure.ts';
import type { FilledDisk } from './disk-fill-run.ts';
import type { DiskFullFigures } from './disk-full-run.ts';
import { runOnFaultyDisk, runOnSmallDisk, scratchFolder } from './faulty-disk.ts';

const POINTS = rounds(500, 5000);
const MEGABYTES = 64;
/** The longest that an answer on a full disk may take, in milliseconds. */
const LIMIT = 2000;
const program = (name: string): string => join(import.meta.dirname, name);

describe('R4: a full disk', () => {
  let disk: ReturnType<typeof scratchFolder>;
  beforeEach(() => {
    disk = scratchFolder();
  });
  afterEach(() => disk.remove());

  const fillAtEachWrite = async (...args: readonly string[]): Promise<DiskFullFigures> => {
    const folder = scratchFolder();
    try {
      const { code, out, errors } = await runOnFaultyDisk(
        program('disk-full-run.ts'),
        [folder.dir, ...args],
        {
          folder: folder.dir,
        },
      );
      expect(errors).toBe('');
      expect(code).toBe(0);
      return JSON.parse(out) as DiskFullFigures;
    } finally {
      folder.remove();
    }
  };
  const fillToTheLastByte = async (): Promise<FilledDisk & { readonly on: string }> => {
    const mounted = await runOnSmallDisk(program('disk-fill-run.ts'), disk.dir, MEGABYTES);
    const on = mounted.code === 255 ? 'emulated disk' : 'tmpfs';
    const { code, out, errors } =
      mounted.code === 255
        ? await runOnFaultyDisk(program('disk-fill-run.ts'), [disk.dir], {
            folder: disk.dir,
            room: MEGABYTES * 1024 * 1024,
          })
        : mounted;
    expect(errors).toBe('');
    expect(code).toBe(0);
    return { ...(JSON.parse(out) as FilledDisk), on };
  };

  it('at any write loses nothing, is answered in time, and is forgotten when there is room', {
    timeout: POINTS * 100 + 120_000,
  }, async () => {
    const found = await fillAtEachWrite(String(POINTS));
    expect(found).toMatchObject({ points: POINTS, lost: 0, damaged: [], notHealed: 0 });
    expect(Object.keys(found.answers).toSorted()).toEqual(['acknowledged', 'disk_full']);
    expect(httpStatus('disk_full')).toBe(507);
    expect(found.slowestAnswer).toBeLessThanOrEqual(LIMIT);

    const filled = await fillToTheLastByte();
    expect(filled).toMatchObject({ after: 300, lost: 0, damaged: [] });
    expect(filled.before).toBeGreaterThan(1000);
    expect(new Set(filled.answers)).toEqual(new Set(['disk_full']));
    expect(filled.slowestAnswer).toBeLessThanOrEqual(LIMIT);

    const control = await fillAtEachWrite('100', 'careless');
    expect(control.lost, 'control: a refusal is taken for an acknowledgement').toBeGreaterThan(0);
    keepFigure({
      id: 'R4',
      part: 'SQLite',
      found: `disk full at ${counted(found.points)} writes: ${counted(found.answers['disk_full'] ?? 0)} times disk_full (507), ${counted(found.acknowledged)} acknowledged, ${counted(found.lost)} lost, ${counted(found.damaged.length)} damaged, ${counted(found.points - found.notHealed)} healed, answered after at most ${counted(found.slowestAnswer)} ms; ${MEGABYTES} MB ${filled.on}: ${counted(filled.before)} acknowledged, then ${counted(filled.answers.length)} times disk_full, ${counted(filled.after)} more when there was room, ${counted(filled.lost)} lost`,
      control: `refusals taken for acknowledgements: ${counted(control.lost)} of ${counted(control.acknowledged)} lost`,
    });
  });
});
