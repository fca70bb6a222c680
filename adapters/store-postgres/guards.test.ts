import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LogStore, leafHash } from '../../src/log/index.ts';
import { aCluster, type Cluster, PASSWORD } from '../../tests/postgres/a-cluster.ts';
import { openPostgresStore, type PostgresOptions } from './index.ts';

const OWNER = 'beket';
const APP = 'saule';
const APPEND_ONLY = ['log', 'leaf_hash', 'checkpoint'];

let cluster: Cluster;
beforeAll(async () => {
  cluster = await aCluster();
  for (const role of [OWNER, APP]) await cluster.sql(`CREATE ROLE ${role} LOGIN PASSWORD '${PASSWORD}'`);
  await cluster.sql(`CREATE DATABASE evidence OWNER ${OWNER}`);
});
afterAll(() => cluster.remove());

const as = (role: string): string => cluster.urlFor({ role, database: 'evidence' });
const withClient = async <T>(url: string, use: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
};
const evidence = (sql: string): Promise<unknown> =>
  withClient(cluster.urlFor({ database: 'evidence' }), (superuser) => superuser.query(sql));

const bytes = new TextEncoder().encode('leaf');
const append = async (store: LogStore, n: number): Promise<void> => {
  const transaction = await store.begin();
  try {
    await transaction.add(n, [
      { entryId: `e${n}`, recordId: 'r', device: 'd', bytes, hash: leafHash(bytes) },
    ]);
    await transaction.commit({ size: n + 1, edge: [], checkpoint: 'note\n' });
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
};

let organisations = 0;
/** A log with one entry, made by the owner; returns how to open it as the application. */
const aLog = async (): Promise<PostgresOptions> => {
  organisations += 1;
  const org = `org${organisations}`;
  const made = await openPostgresStore({ url: as(OWNER), org, create: true });
  await append(made, 0);
  await made.close();
  await withClient(as(OWNER), (owner) =>
    owner.query(
      readFileSync(join(import.meta.dirname, 'roles.sql'), 'utf8').replaceAll(':"app"', `"${APP}"`),
    ),
  );
  return { url: as(APP), org };
};

describe('nothing in the log can be changed or deleted in PostgreSQL', () => {
  const CHANGES = (table: string): readonly string[] => [
    `UPDATE baqylau.${table} SET org = org`,
    `DELETE FROM baqylau.${table}`,
    `TRUNCATE baqylau.${table}`,
  ];
  it.each(APPEND_ONLY)('%s: a trigger refuses it to a superuser', async (table) => {
    await aLog();
    for (const change of CHANGES(table))
      await expect(evidence(change), change).rejects.toThrow('the log is append-only');
  });
  it.each(APPEND_ONLY)('%s: the trigger fires in a replication session too', async (table) => {
    await aLog();
    await expect(
      evidence(`SET session_replication_role = replica; DELETE FROM baqylau.${table}`),
    ).rejects.toThrow('the log is append-only');
  });
  it.each(APPEND_ONLY)('%s: rights refuse it to the application, triggers or not', async (table) => {
    await aLog();
    await evidence(`ALTER TABLE baqylau.${table} DISABLE TRIGGER ALL`);
    try {
      for (const change of CHANGES(table))
        await expect(withClient(as(APP), (app) => app.query(change))).rejects.toThrow(/permission denied/);
    } finally {
      await evidence(`ALTER TABLE baqylau.${table} ENABLE ALWAYS TRIGGER ${table}_append_only`);
    }
  });
  it.each(APPEND_ONLY)('%s: rights refuse it to the owner until he gives them to himself', async (table) => {
    await aLog();
    for (const change of CHANGES(table))
      await expect(withClient(as(OWNER), (owner) => owner.query(change))).rejects.toThrow(
        /permission denied/,
      );
  });
  it('control: without both, a leaf is gone', async () => {
    const { org } = await aLog();
    await evidence('ALTER TABLE baqylau.log DISABLE TRIGGER ALL');
    await evidence(`DELETE FROM baqylau.log WHERE org = '${org}'`);
    await evidence('ALTER TABLE baqylau.log ENABLE ALWAYS TRIGGER log_append_only');
    const store = await openPostgresStore({ url: as(OWNER), org, readOnly: true });
    expect(await store.size()).toBe(0);
    await store.close();
  });
  it('the application cannot switch the triggers off or take the rights', async () => {
    await aLog();
    for (const statement of [
      'ALTER TABLE baqylau.log DISABLE TRIGGER ALL',
      `GRANT DELETE ON baqylau.log TO ${APP}`,
      'DROP TABLE baqylau.log',
    ])
      await withClient(as(APP), (app) => app.query(statement)).catch(() => undefined);
    await expect(withClient(as(APP), (app) => app.query('DELETE FROM baqylau.log'))).rejects.toThrow(
      /permission denied/,
    );
  });
  it('the application has all the rights it needs', async () => {
    const options = await aLog();
    const store = await openPostgresStore(options);
    await append(store, 1);
    await store.putBlob('ab', bytes);
    await store.deleteBlobs(['ab']);
    await store.vaultPut([{ keyId: 'k', wrap: bytes }]);
    await store.vaultPut([{ keyId: 'k', wrap: bytes }]);
    await store.vaultDelete(['k']);
    expect([await store.size(), await store.vaultGet('k')]).toEqual([2, undefined]);
    await store.close();
  });
});

describe('the PostgreSQL store', () => {
  it('a second writer of the organisation is refused, until the first has closed', async () => {
    const options = await aLog();
    const first = await openPostgresStore(options);
    await expect(openPostgresStore(options)).rejects.toThrow(/data_folder_in_use/);
    await first.close();
    await (await openPostgresStore(options)).close();
  });
  it('writers of two organisations do not meet, and do not see each other', async () => {
    const [one, other] = [await aLog(), await aLog()];
    const [first, second] = [await openPostgresStore(one), await openPostgresStore(other)];
    await append(first, 1);
    expect([await first.size(), await second.size()]).toEqual([2, 1]);
    await first.close();
    await second.close();
  });
  it('a reader beside the writer sees what is committed, and writes nothing', async () => {
    const options = await aLog();
    const [writer, reader] = [
      await openPostgresStore(options),
      await openPostgresStore({ ...options, readOnly: true }),
    ];
    expect(await reader.size()).toBe(1);
    await expect(reader.begin()).rejects.toThrow(/data_folder_read_only/);
    await expect(reader.vaultDelete(['k'])).rejects.toThrow(/data_folder_read_only/);
    await expect(reader.putBlob('ab', bytes)).rejects.toThrow(/data_folder_read_only/);
    await reader.close();
    await writer.close();
  });
  it('a writer whose session was cut never writes again, not even on a new connection', async () => {
    const options = await aLog();
    const store = await openPostgresStore(options);
    const transaction = await store.begin();
    await transaction.add(1, [{ entryId: 'lost', recordId: 'r', device: 'd', bytes, hash: leafHash(bytes) }]);
    await evidence(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'baqylau writer'",
    );
    await expect(transaction.commit({ size: 2, edge: [], checkpoint: 'note\n' })).rejects.toThrow(
      /store_failed/,
    );
    await transaction.rollback();
    await expect(store.begin()).rejects.toThrow(/store_failed/);
    await expect(store.vaultPut([{ keyId: 'k', wrap: bytes }])).rejects.toThrow(/store_failed/);
    await expect(store.putBlob('ab', bytes)).rejects.toThrow(/store_failed/);
    expect(await store.size()).toBe(1);
    await store.close();
    const next = await openPostgresStore(options);
    await append(next, 1);
    expect(await next.find('lost')).toBeUndefined();
    await next.close();
  });
  it('a commit that the server answers with ROLLBACK is no acknowledgement', async () => {
    const store = await openPostgresStore(await aLog());
    const transaction = await store.begin();
    await expect(transaction.addCheckpoints([{ size: 1, note: 'twice' }])).rejects.toThrow(/checkpoint_pkey/);
    await expect(transaction.commit({ size: 2, edge: [], checkpoint: 'note\n' })).rejects.toThrow(/aborted/);
    expect(await store.size()).toBe(1);
    await append(store, 1);
    await store.close();
  });
  it('tables of a later version are refused and left alone', async () => {
    const options = await aLog();
    await evidence('UPDATE baqylau.schema_version SET version = 99');
    try {
      for (const readOnly of [true, false])
        await expect(openPostgresStore({ ...options, readOnly })).rejects.toThrow(/data_folder_newer .*99/);
    } finally {
      await evidence('UPDATE baqylau.schema_version SET version = 1');
    }
  });
  it('an organisation that has no log there is refused: it is no empty log', async () => {
    await aLog();
    for (const readOnly of [true, false]) {
      const nobody = openPostgresStore({ url: as(APP), org: 'nobody', readOnly });
      await expect(nobody).rejects.toThrow(/database_without_log/);
      const empty = openPostgresStore({ url: cluster.url, org: 'nobody', readOnly });
      await expect(empty).rejects.toThrow(/database_without_log/);
    }
  });
  it('a new log is not made over one that has entries', async () => {
    const { org } = await aLog();
    await expect(openPostgresStore({ url: as(OWNER), org, create: true })).rejects.toThrow(/store_not_empty/);
  });
  it('a role that may make no tables is told so', async () => {
    const url = cluster.urlFor({ role: APP });
    await expect(openPostgresStore({ url, org: 'sample', create: true })).rejects.toThrow(
      /database_unreachable .*permission denied/,
    );
  });
  it('a large blob comes back in one piece', async () => {
    const store = await openPostgresStore(await aLog());
    const large = Buffer.alloc(40 * 1024 * 1024, 'no compression here?');
    large.writeUInt32BE(7, 39 * 1024 * 1024);
    await store.putBlob('large', large);
    expect(large.equals((await store.getBlob('large')) ?? Buffer.alloc(0))).toBe(true);
    await store.close();
  });
});

describe('the address of the database', () => {
  const refusalOf = async (url: string): Promise<string> => {
    const opened = await openPostgresStore({ url, org: 'sample' }).catch((error: Error) => error);
    return opened instanceof Error
      ? `${opened.message}\n${opened.stack}\n${JSON.stringify(opened)}`
      : 'opened';
  };
  it.each([
    ['a wrong password', () => as(APP).replace(PASSWORD, `${PASSWORD}-wrong`)],
    ['an unknown database', () => cluster.urlFor({ database: 'nowhere' })],
    ['an unknown role', () => cluster.urlFor({ role: 'dana' })],
    ['a port where nobody answers', () => `postgres://aru:${PASSWORD}@127.0.0.1:1/evidence`],
    ['an address that is none', () => `postgres://aru:${PASSWORD}@127.0.0.1:port/evidence`],
    ['another kind of database', () => `mysql://aru:${PASSWORD}@127.0.0.1/evidence`],
  ])('%s is refused, and the password is in no message', async (_, url) => {
    const refusal = await refusalOf(url());
    expect(refusal).toMatch(/database_unreachable/);
    expect(refusal).not.toContain(PASSWORD);
  });
});
