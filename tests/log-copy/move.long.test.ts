import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPostgresStore } from '../../adapters/store-postgres/index.ts';
import { openSqliteStore } from '../../adapters/store-sqlite/index.ts';
import type { LogStore } from '../../src/log/index.ts';
import { readConfig, writeConfig } from '../../src/workspace/config.ts';
import { openWorkspace } from '../../src/workspace/index.ts';
import { moveStore } from '../../src/workspace/move-store.ts';
import { cards, fixedEffects } from '../builders/workspace.ts';
import { aCluster, type Cluster } from '../postgres/a-cluster.ts';
import { keepFigure, rounds } from '../reliability/figure.ts';
import { aFolder, aLog, contentOf } from './logs.ts';

let cluster: Cluster;
let folder: ReturnType<typeof aFolder>;
let database = 0;
let databaseUrl: string;
let dir: string;
beforeAll(async () => {
  cluster = await aCluster();
  folder = aFolder();
});
afterAll(async () => {
  await cluster.remove();
  folder.remove();
});
beforeEach(async () => {
  const name = `moved_${(database += 1)}`;
  await cluster.sql(`CREATE DATABASE ${name}`);
  databaseUrl = cluster.urlFor({ database: name });
  dir = folder.path(name);
  const plan = {
    appends: [3, 700, 1],
    blobs: [Uint8Array.of(1, 2), new Uint8Array(100_000)],
    wraps: [Uint8Array.of(7)],
  };
  await (await aLog(dir, plan)).close();
});

const storeIn = (): string =>
  /^store: (.*)$/m.exec(readFileSync(join(dir, 'config.yaml'), 'utf8'))?.[1] ?? '';
const inStore = async <T>(store: LogStore, look: (store: LogStore) => Promise<T>): Promise<T> => {
  try {
    return await look(store);
  } finally {
    await store.close();
  }
};
const sqlite = () => inStore(openSqliteStore(dir, { readOnly: true }), contentOf);
const postgres = async () =>
  inStore(await openPostgresStore({ url: databaseUrl, org: 'sample', readOnly: true }), contentOf);

describe('a move from SQLite to PostgreSQL', () => {
  it('brings all of the log over, leaves the old one, and new entries go to the new one', async () => {
    const before = await sqlite();
    const moved = await moveStore({ dir, to: 'postgres', databaseUrl });
    expect(moved.size).toBe(704);
    expect(storeIn()).toBe('postgres');
    expect(await postgres()).toEqual(before);
    expect(await sqlite()).toEqual(before);
    const workspace = await openWorkspace(dir, { effects: fixedEffects('after'), databaseUrl });
    await workspace.append(cards(workspace, 5000, 5002));
    expect((await workspace.verify()).findings).toEqual([]);
    await workspace.close();
    expect((await postgres()).leaves).toHaveLength(706);
    expect(await sqlite()).toEqual(before);
  });
  it('is refused when another log of the organisation is there, and the old one still serves', async () => {
    const other = folder.path(`other-${database}`);
    await (await aLog(other, { appends: [2], blobs: [], wraps: [] })).close();
    await moveStore({ dir: other, to: 'postgres', databaseUrl });
    await expect(moveStore({ dir, to: 'postgres', databaseUrl })).rejects.toThrow(/store_not_empty/);
    expect(storeIn()).toBe('sqlite');
    expect((await postgres()).leaves).toHaveLength(2);
  });
  it('is refused while somebody has the log open to write', async () => {
    const workspace = await openWorkspace(dir, { effects: fixedEffects(), databaseUrl: '' });
    await expect(moveStore({ dir, to: 'postgres', databaseUrl })).rejects.toThrow(/data_folder_in_use/);
    await workspace.close();
  });
  it('that was stopped before the switch goes on when it is run again', async () => {
    await moveStore({ dir, to: 'postgres', databaseUrl });
    writeConfig(dir, { ...readConfig(dir), store: 'sqlite' });
    expect((await moveStore({ dir, to: 'postgres', databaseUrl })).size).toBe(704);
    expect(storeIn()).toBe('postgres');
  });
  it('does not switch to a log in which one wrap differs', async () => {
    await moveStore({ dir, to: 'postgres', databaseUrl });
    writeConfig(dir, { ...readConfig(dir), store: 'sqlite' });
    const store = await openPostgresStore({ url: databaseUrl, org: 'sample' });
    await store.vaultPut([{ keyId: 'key-0', wrap: Uint8Array.of(8) }]);
    await store.close();
    await expect(moveStore({ dir, to: 'postgres', databaseUrl })).rejects.toThrow(/move_differs.*copy/);
    expect(storeIn()).toBe('sqlite');
  });
});

describe('a move back from PostgreSQL to SQLite', () => {
  beforeEach(async () => {
    await moveStore({ dir, to: 'postgres', databaseUrl });
    const workspace = await openWorkspace(dir, { effects: fixedEffects('after'), databaseUrl });
    await workspace.append(cards(workspace, 5000, 5002));
    await workspace.close();
  });
  it('is refused while the log that was left behind lies in the folder', async () => {
    await expect(moveStore({ dir, to: 'sqlite', databaseUrl })).rejects.toThrow(/store_not_empty/);
    expect(storeIn()).toBe('postgres');
  });
  it('brings all of it back', async () => {
    for (const name of readdirSync(dir)) if (name.startsWith('log.db')) rmSync(join(dir, name));
    const before = await postgres();
    await moveStore({ dir, to: 'sqlite', databaseUrl });
    expect(await sqlite()).toEqual(before);
    expect(storeIn()).toBe('sqlite');
  });
});

const MOVER = join(import.meta.dirname, 'mover.ts');
/** Starts a move in a process of its own and kills it after a while; whether it was still running. */
const moveUntilKilled = async (milliseconds: number): Promise<boolean> => {
  const child = spawn(process.execPath, [MOVER, dir, databaseUrl], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), milliseconds));
  const [, signal] = (await exit) as [number | null, string | null];
  return signal === 'SIGKILL';
};

describe('a move killed at any point', () => {
  it('leaves the old log in service, whole, or the new one', async () => {
    const runs = rounds(4, 100);
    const before = await sqlite();
    const served = { killed: 0, sqlite: 0, postgres: 0 };
    for (let run = 0; run < runs; run += 1) {
      if (await moveUntilKilled((run * 900) / runs)) served.killed += 1;
      const url = storeIn() === 'postgres' ? databaseUrl : '';
      const workspace = await openWorkspace(dir, {
        effects: fixedEffects(),
        databaseUrl: url,
        readOnly: true,
      });
      expect(await contentOf(workspace.store)).toEqual(before);
      await workspace.close();
      served[url === '' ? 'sqlite' : 'postgres'] += 1;
      // From the start again, with an empty database.
      writeConfig(dir, { ...readConfig(dir), store: 'sqlite' });
      await cluster.sql(`DROP DATABASE moved_${database} WITH (FORCE)`);
      await cluster.sql(`CREATE DATABASE moved_${database}`);
    }
    expect(served.killed).toBeGreaterThan(0);
    keepFigure({
      id: 'R12',
      part: 'killed',
      found: `${served.killed} of ${runs} moves killed: the old store served ${served.sqlite} times, the new one ${served.postgres} times, 0 entries lost`,
      control: 'a target in which one wrap differs was not switched to',
    });
  });
});
