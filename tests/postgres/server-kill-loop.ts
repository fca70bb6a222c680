import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { appendEntries, type LogStore } from '../../src/log/index.ts';
import { ProblemError } from '../../src/vocabulary/index.ts';
import { seeded } from '../../tools/samples/random.ts';
import { cardEntryId, fieldCard, fieldDevice, verifyDeviceLog } from '../faults/field-device.ts';
import type { KillFigures } from '../faults/kill-loop.ts';
import type { Cluster } from './a-cluster.ts';
import { aLog, openStore } from './crashed-log.ts';

export interface ServerKillLoop {
  readonly kills: number;
  readonly seed: number;
  /** The control: cards are acknowledged before the log has them. */
  readonly early?: boolean;
}

export interface ServerKillFigures
  extends Pick<KillFigures, 'kills' | 'acknowledged' | 'lost' | 'doubled' | 'damaged'> {
  /** The longest time from where the server takes connections again to the first acknowledgement, in milliseconds. */
  readonly slowestReady: number;
  /** From the start of the server, its recovery included, to the first acknowledgement: the median and the longest. */
  readonly usualStart: number;
  readonly slowestStart: number;
}

const KILLS_A_LOG = 25;
const SENDERS = 4;

/** What a sender is told when the server dies: that this was not stored, or that it is not there. */
const isLoss = (error: unknown): boolean =>
  error instanceof ProblemError &&
  ['store_failed', 'database_unreachable'].includes(error.problems[0]?.code ?? '');

/** Sends cards from number `from` on, as four phones would, until the store fails. Notes what was acknowledged. */
const sendUntilFailure = async (
  store: LogStore,
  from: number,
  early: boolean,
  acknowledge: (n: number) => void,
): Promise<void> => {
  const send = async (first: number): Promise<void> => {
    for (let n = first; ; n += SENDERS) {
      if (early) acknowledge(n);
      await appendEntries(store, fieldDevice, [fieldCard(n)]);
      if (!early) acknowledge(n);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: SENDERS }, (_, i) => send(from + i)));
  for (const sender of ended) if (sender.status === 'rejected' && !isLoss(sender.reason)) throw sender.reason;
};

/** One life of the server: starts, takes cards, and is killed with all its processes after `after` milliseconds. */
const oneLife = async (
  cluster: Cluster,
  place: string,
  from: number,
  { after, early }: { readonly after: number; readonly early: boolean },
): Promise<{ readonly acknowledged: readonly number[]; readonly ready: number; readonly ack: number }> => {
  const born = performance.now();
  await cluster.start();
  const accepting = performance.now();
  const acknowledged: number[] = [];
  let first = Number.NaN;
  const store = await openStore(place);
  const sent = sendUntilFailure(store, from, early, (n) => {
    if (acknowledged.length === 0) first = performance.now();
    acknowledged.push(n);
  });
  await sleep(after);
  await cluster.kill();
  await sent;
  await store.close();
  return { acknowledged, ready: first - born, ack: first - accepting };
};

/** Row R1 for a database server that dies, not its client: SIGKILL to the postmaster and every backend, again and again. */
export const serverKillLoop = async (cluster: Cluster, loop: ServerKillLoop): Promise<ServerKillFigures> => {
  const { between } = seeded(loop.seed);
  const ready: number[] = [];
  const figures = { kills: 0, acknowledged: 0, lost: 0, doubled: 0, slowestReady: 0 };
  const damaged: string[] = [];
  while (figures.kills < loop.kills) {
    const { place, integrity } = await aLog(cluster);
    const acknowledged = new Set<number>();
    await cluster.stop();
    for (let [kill, from] = [0, 0]; kill < KILLS_A_LOG && figures.kills < loop.kills; kill += 1) {
      const life = await oneLife(cluster, place, from, {
        after: between(20, 300),
        early: loop.early ?? false,
      });
      for (const n of life.acknowledged) acknowledged.add(n);
      while (acknowledged.has(from)) from += 1;
      figures.kills += 1;
      if (Number.isNaN(life.ready)) continue;
      ready.push(life.ready);
      figures.slowestReady = Math.max(figures.slowestReady, Math.round(life.ack));
    }
    await cluster.start();
    const store = await openStore(place);
    const stored = new Map<string, number>();
    for await (const leaf of store.read(0)) stored.set(leaf.entryId, (stored.get(leaf.entryId) ?? 0) + 1);
    for await (const leaves of store.records()) if (leaves.length > 1) figures.doubled += 1;
    const { findings } = await verifyDeviceLog(store);
    await store.close();
    damaged.push(...(await integrity()), ...findings.map(({ what, position }) => `${what} at ${position}`));
    figures.acknowledged += acknowledged.size;
    figures.lost += [...acknowledged].filter((n) => !stored.has(cardEntryId(n))).length;
  }
  const sorted = ready.map(Math.round).toSorted((a, b) => a - b);
  const usualStart = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return { ...figures, usualStart, slowestStart: sorted.at(-1) ?? 0, damaged };
};

/**
 * What the settings are for: rows that a plain client inserts with `synchronous_commit` off, and that were acknowledged,
 * gone after the server was killed. Returns acknowledged and lost.
 */
export const lostWithoutSync = async (
  cluster: Cluster,
  kills: number,
): Promise<{ readonly acknowledged: number; readonly lost: number }> => {
  await cluster.sql('CREATE TABLE IF NOT EXISTS public.plain (n bigint PRIMARY KEY)');
  const acknowledged: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const client = new Client({ connectionString: cluster.url });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('SET synchronous_commit = off');
    const inserting = (async () => {
      for (let n = kill * 1_000_000; ; n += 1) {
        await client.query('INSERT INTO public.plain VALUES ($1)', [n]);
        acknowledged.push(n);
      }
    })().catch(() => undefined);
    await sleep(150);
    await cluster.kill();
    await inserting;
    await cluster.start();
  }
  const stored = new Set((await cluster.sql('SELECT n FROM public.plain')).map((row) => Number(row['n'])));
  return { acknowledged: acknowledged.length, lost: acknowledged.filter((n) => !stored.has(n)).length };
};
