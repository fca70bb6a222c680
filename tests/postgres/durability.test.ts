import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertSettings, DURABLE_SETTINGS, openPostgresStore } from '../../adapters/store-postgres/index.ts';
import { appendEntries, type LogStore } from '../../src/log/index.ts';
import { fieldCard, fieldDevice, verifyDeviceLog } from '../faults/field-device.ts';
import { keepFigure } from '../reliability/figure.ts';
import { aCluster, type Cluster } from './a-cluster.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await aCluster({ megabytes: 24 });
});
afterAll(() => cluster.remove());

const append = (store: LogStore, n: number): Promise<unknown> =>
  appendEntries(store, fieldDevice, [fieldCard(n)]);

/** Every way in which at least one of these is wrong. */
const wrongWays = (names: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: 2 ** names.length - 1 }, (_, i) => names.filter((__, bit) => ((i + 1) >> bit) & 1));

describe('R3: a server that would lose what it confirmed', () => {
  const RELOADED = ['fsync', 'full_page_writes'];
  const refusalOf = async (readOnly = false): Promise<readonly string[]> => {
    try {
      const store = await openPostgresStore({ url: cluster.url, org: 'asserted', readOnly });
      await store.close();
      return [];
    } catch (error) {
      return [...String((error as Error).message).matchAll(/log_not_durable .*?"setting":"(\w+)"/g)].map(
        (found) => found[1] ?? '',
      );
    }
  };
  const boots = async (checksums: 'on' | 'off'): Promise<number> => {
    let refused = 0;
    for (const wrong of [[], ...wrongWays(RELOADED)]) {
      const expected = [...wrong, ...(checksums === 'off' ? ['data_checksums'] : [])];
      cluster.configure(
        Object.fromEntries(RELOADED.map((name) => [name, wrong.includes(name) ? 'off' : 'on'])),
      );
      await cluster.stop();
      await cluster.start();
      expect((await refusalOf()).toSorted()).toEqual(expected.toSorted());
      if (expected.length > 0) refused += 1;
    }
    cluster.configure({ fsync: 'on', full_page_writes: 'on' });
    return refused;
  };

  it('is refused under every wrong setting, alone and together, and all are named', {
    timeout: 90_000,
  }, async () => {
    await (await openPostgresStore({ url: cluster.url, org: 'asserted', create: true })).close();
    const withChecksums = await boots('on');
    await cluster.stop();
    cluster.run('pg_checksums', '--disable', '-D', join(cluster.folder, 'data'));
    const without = await boots('off');
    await cluster.stop();
    cluster.run('pg_checksums', '--enable', '-D', join(cluster.folder, 'data'));
    await cluster.start();
    expect(await refusalOf()).toEqual([]);
    for (const { name } of DURABLE_SETTINGS)
      expect(() =>
        assertSettings({
          ...Object.fromEntries(DURABLE_SETTINGS.map((s) => [s.name, s.reads])),
          [name]: 'off',
        }),
      ).toThrow(new RegExp(`^log_not_durable .*"${name}"`));
    keepFigure({
      id: 'R3',
      part: 'PostgreSQL',
      found: `${withChecksums + without} of ${2 ** 3 - 1} wrong combinations of fsync, full_page_writes and data_checksums refused at the start, each wrong one named; synchronous_commit is set and read back on every connection`,
      control: 'with all of them right the store opens',
    });
  });
  it('that is set so while it runs takes no further entry, and goes on when it is put right', async () => {
    const store = await openPostgresStore({ url: cluster.url, org: 'reloaded', create: true });
    await append(store, 0);
    for (const name of RELOADED) {
      await cluster.sql(`ALTER SYSTEM SET ${name} = off`);
      await cluster.sql('SELECT pg_reload_conf(), pg_sleep(0.2)');
      await expect(append(store, 1)).rejects.toThrow(new RegExp(`log_not_durable .*"${name}"`));
      await cluster.sql(`ALTER SYSTEM RESET ${name}`);
      await cluster.sql('SELECT pg_reload_conf(), pg_sleep(0.2)');
    }
    await append(store, 1);
    expect(await store.size()).toBe(2);
    await store.close();
  });
  it('a role that comes with synchronous_commit off gets it switched on', async () => {
    await cluster.sql('ALTER ROLE aru SET synchronous_commit = off');
    try {
      const store = await openPostgresStore({ url: cluster.url, org: 'unsynced', create: true });
      await append(store, 0);
      await store.putBlob('ab', Uint8Array.of(1));
      expect(await store.size()).toBe(1);
      await store.close();
    } finally {
      await cluster.sql('ALTER ROLE aru RESET synchronous_commit');
    }
  });
});

describe('a deleted wrap', () => {
  const filesWith = (marker: string): readonly string[] =>
    readdirSync(join(cluster.folder, 'data/base'), { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name))
      .filter((file) => readFileSync(file).includes(marker));

  it('is gone from the files of the tables', async () => {
    const marker = 'a wrap that must not stay on disk';
    const store = await openPostgresStore({ url: cluster.url, org: 'forgetful', create: true });
    await store.vaultPut([
      { keyId: 'k', wrap: Buffer.from(marker) },
      { keyId: 'l', wrap: Buffer.from('another wrap') },
    ]);
    await cluster.sql('CHECKPOINT');
    expect(filesWith(marker), 'control: it was there').toHaveLength(1);
    await store.vaultDelete(['k']);
    await cluster.sql('CHECKPOINT');
    expect(filesWith(marker)).toEqual([]);
    expect(filesWith('another wrap')).toHaveLength(1);
    await store.close();
  });
});

// Last: a disk that was full leaves the server unable to write a checkpoint for a while.
describe('R4: a full disk under PostgreSQL', () => {
  it('refuses with disk_full, keeps what it confirmed, and takes entries again when there is room', {
    timeout: 90_000,
  }, async () => {
    await cluster.sql(`CREATE TABLESPACE small LOCATION '${cluster.smallDisk}'`);
    await cluster.sql('CREATE DATABASE small TABLESPACE small');
    const url = cluster.urlFor({ database: 'small' });
    const store = await openPostgresStore({ url, org: 'small', create: true });
    const other = new Client({ connectionString: url });
    await other.connect();
    await other.query('CREATE TABLE public.filler AS SELECT generate_series(1, 150000)');
    const acknowledged: number[] = [];
    let refusal: unknown;
    for (let n = 0; refusal === undefined && n < 2000; n += 1)
      try {
        await appendEntries(store, fieldDevice, [fieldCard(n, randomBytes(50_000).toString('base64'))]);
        acknowledged.push(n);
      } catch (error) {
        refusal = error;
      }
    expect(String(refusal)).toMatch(/disk_full/);
    expect(await store.size()).toBe(acknowledged.length);
    await other.query('DROP TABLE public.filler');
    await other.end();
    await append(store, acknowledged.length);
    expect((await verifyDeviceLog(store)).findings).toEqual([]);
    expect(await store.size()).toBe(acknowledged.length + 1);
    await store.close();
    keepFigure({
      id: 'R4',
      part: 'PostgreSQL',
      found: `disk full after ${acknowledged.length} acknowledged entries: refused, 0 lost; takes entries again once there is room`,
      control: 'the next entry goes in after room is made: the refusal was the full disk',
    });
  });
});
