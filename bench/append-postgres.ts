import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import type { EntryDraft } from '../src/records/index.ts';
import type { Cluster } from '../tests/postgres/a-cluster.ts';
import { aCard, aDataFolder } from './append-cards.ts';
import { drive, ENTRIES, type Run } from './append-drive.ts';

let databases = 0;
const newDatabase = async (cluster: Cluster): Promise<string> => {
  databases += 1;
  await cluster.sql(`CREATE DATABASE bench${databases}`);
  return cluster.urlFor({ database: `bench${databases}` });
};

export const oursInPostgres = async (cluster: Cluster, clients: number): Promise<Run> => {
  const folder = mkdtempSync(join(tmpdir(), 'baqylau-append-'));
  const workspace = await aDataFolder(join(folder, 'data'), await newDatabase(cluster));
  try {
    const drafts = Array.from({ length: ENTRIES }, (_, n) => aCard(workspace, n));
    const run = await drive(`Baqylau, PostgreSQL, clients: ${clients}`, clients, (n) =>
      workspace.append([drafts[n] as EntryDraft]),
    );
    if ((await workspace.head()).size !== ENTRIES) throw new Error('an acknowledged entry is missing');
    return run;
  } finally {
    await workspace.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The same bytes as one row, one durable commit each; every client has a connection, so that the server groups commits. */
export const rawInPostgres = async (
  cluster: Cluster,
  bytes: readonly Uint8Array[],
  clients: number,
): Promise<Run> => {
  const pool = new Pool({ connectionString: await newDatabase(cluster), max: clients });
  try {
    await pool.query('CREATE TABLE raw (position bigint PRIMARY KEY, bytes bytea NOT NULL)');
    const buffers = bytes.map((each) => Buffer.from(each));
    return await drive(`raw INSERT, PostgreSQL, clients: ${clients}`, clients, (n) =>
      pool.query({ name: 'raw', text: 'INSERT INTO raw VALUES ($1, $2)', values: [n, buffers[n]] }),
    );
  } finally {
    await pool.end();
  }
};
