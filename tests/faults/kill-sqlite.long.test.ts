import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { counted, keepFigure, rounds } from '../reliability/figure.ts';
import { type KillLoop, killLoop } from './kill-loop.ts';
import { openStore, sqlitePlace } from './sqlite-place.ts';

const KILLS = rounds(300, 10_000);
const LOOP: KillLoop = {
  kills: KILLS,
  seed: 1,
  module: join(import.meta.dirname, 'sqlite-place.ts'),
  open: openStore,
  place: sqlitePlace,
};

describe('R1: a process killed while it appends to SQLite', () => {
  it('loses and doubles nothing that it acknowledged, and is ready again within two seconds', {
    timeout: 3000 * KILLS + 120_000,
  }, async () => {
    const found = await killLoop(LOOP);
    expect(found).toMatchObject({ kills: KILLS, lost: 0, doubled: 0, damaged: [] });
    expect(found.acknowledged).toBeGreaterThan(KILLS);
    expect(found.slowestReady).toBeLessThanOrEqual(2000);
    // The slowest start of a process is that of a machine that is busy with other tests: it is told, not asked for.
    expect(found.usualStart).toBeLessThanOrEqual(2000);
    const control = await killLoop({ ...LOOP, kills: 10, early: true });
    expect(control.lost, 'control: acknowledged before the log has it').toBeGreaterThan(0);
    keepFigure({
      id: 'R1',
      part: 'SQLite',
      found: `${counted(found.kills)} kills, ${counted(found.acknowledged)} acknowledged, ${counted(found.lost)} lost, ${counted(found.doubled)} doubled, ${counted(found.damaged.length)} damaged; first acknowledgement at most ${counted(found.slowestReady)} ms after the log is opened; from the start of the process ${counted(found.usualStart)} ms in the middle, ${counted(found.slowestStart)} ms at most`,
      control: `acknowledging before the commit: ${counted(control.lost)} of ${counted(control.acknowledged)} lost in ${counted(control.kills)} kills`,
    });
  });
});
