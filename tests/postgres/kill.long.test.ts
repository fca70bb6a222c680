import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KillLoop, killLoop } from '../faults/kill-loop.ts';
import { keepFigure, rounds } from '../reliability/figure.ts';
import { aCluster, type Cluster } from './a-cluster.ts';
import { aLog, openStore } from './crashed-log.ts';
import { lostWithoutSync, serverKillLoop } from './server-kill-loop.ts';

const KILLS = rounds(150, 5_000);
const READY = 2000;
/** The slowest of all is that of a machine that is busy with other tests: it is told, and asked for with room. */
const BUSY = 3 * READY;

let cluster: Cluster;
beforeAll(async () => {
  // After a crash the server syncs every file it has, one by one or the whole file system at once.
  cluster = await aCluster({ settings: { recovery_init_sync_method: 'syncfs' } });
});
afterAll(() => cluster.remove());

describe('R1: a process killed while it appends to PostgreSQL', () => {
  it('loses and doubles nothing that it acknowledged, and is ready again within two seconds', {
    timeout: 3000 * KILLS + 120_000,
  }, async () => {
    const loop: KillLoop = {
      kills: KILLS,
      seed: 2,
      module: join(import.meta.dirname, 'crashed-log.ts'),
      open: openStore,
      place: () => aLog(cluster),
    };
    const found = await killLoop(loop);
    expect(found).toMatchObject({ kills: KILLS, lost: 0, doubled: 0, damaged: [] });
    expect(found.acknowledged).toBeGreaterThan(KILLS / 5);
    expect(found.slowestReady).toBeLessThanOrEqual(BUSY);
    expect(found.usualStart).toBeLessThanOrEqual(READY);
    const control = await killLoop({ ...loop, kills: 10, early: true });
    expect(control.lost, 'control: acknowledged before the log has it').toBeGreaterThan(0);
    keepFigure({
      id: 'R1',
      part: 'PostgreSQL',
      found: `${found.kills} kills of the writing process, ${found.acknowledged} acknowledged, ${found.lost} lost, ${found.doubled} doubled, ${found.damaged.length} damaged (amcheck and verify); first acknowledgement at most ${found.slowestReady} ms after the log is opened; from the start of the process ${found.usualStart} ms in the middle, ${found.slowestStart} ms at most`,
      control: `acknowledging before the commit: ${control.lost} of ${control.acknowledged} lost in ${control.kills} kills`,
    });
  });
});

describe('R1: a PostgreSQL server killed with all its processes while it takes in entries', () => {
  it('loses and doubles nothing that was acknowledged, and takes entries again within two seconds of taking connections', {
    timeout: 3000 * KILLS + 120_000,
  }, async () => {
    const found = await serverKillLoop(cluster, { kills: KILLS, seed: 3 });
    expect(found).toMatchObject({ kills: KILLS, lost: 0, doubled: 0, damaged: [] });
    expect(found.acknowledged).toBeGreaterThan(KILLS);
    expect(found.slowestReady).toBeLessThanOrEqual(BUSY);
    expect(found.usualStart).toBeLessThanOrEqual(READY);
    const early = await serverKillLoop(cluster, { kills: 5, seed: 3, early: true });
    expect(early.lost, 'control: acknowledged before the log has it').toBeGreaterThan(0);
    const unsynced = await lostWithoutSync(cluster, 5);
    expect(unsynced.lost, 'control: synchronous_commit off').toBeGreaterThan(0);
    keepFigure({
      id: 'R1',
      part: 'PostgreSQL server',
      found: `${found.kills} kills of the whole server, ${found.acknowledged} acknowledged, ${found.lost} lost, ${found.doubled} doubled, ${found.damaged.length} damaged (amcheck and verify); first acknowledgement at most ${found.slowestReady} ms after it takes connections; from its start, recovery included, ${found.usualStart} ms in the middle, ${found.slowestStart} ms at most`,
      control: `acknowledging before the commit: ${early.lost} of ${early.acknowledged} lost; synchronous_commit off: ${unsynced.lost} of ${unsynced.acknowledged} rows lost in 5 kills`,
    });
  });
});
