import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { applySettings, assertSettings } from '../adapters/store-sqlite/index.ts';
import type { EntryDraft } from '../src/records/index.ts';
import { aCluster } from '../tests/postgres/a-cluster.ts';
import { aCard, aDataFolder } from './append-cards.ts';
import { drive, ENTRIES, type Run } from './append-drive.ts';
import { oursInPostgres, rawInPostgres } from './append-postgres.ts';
import { type Bench, finding, median, type Section } from './bench.ts';

const ROUNDS = 3;
/** Ours to raw, entries a second (issue: at least half of raw). */
const HALF = 0.5;

const inFolder = async <T>(work: (dir: string) => Promise<T>): Promise<T> => {
  // Beside the program, not in /tmp: that may be memory, where nothing is made durable.
  const dir = mkdtempSync(resolve(import.meta.dirname, '../.cache-append-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

const ours = (clients: number): Promise<Run> =>
  inFolder(async (folder) => {
    const workspace = await aDataFolder(join(folder, 'data'));
    const drafts = Array.from({ length: ENTRIES }, (_, n) => aCard(workspace, n));
    const run = await drive(`Baqylau, SQLite, clients: ${clients}`, clients, (n) =>
      workspace.append([drafts[n] as EntryDraft]),
    );
    if ((await workspace.head()).size !== ENTRIES) throw new Error('an acknowledged entry is missing');
    await workspace.close();
    return run;
  });

/** The least that any program must do: the same bytes as one row, one durable commit each, the same settings. */
const raw = (bytes: readonly Uint8Array[]): Promise<Run> =>
  inFolder(async (folder) => {
    const db = new DatabaseSync(join(folder, 'raw.db'));
    applySettings(db);
    assertSettings(db);
    db.exec('PRAGMA wal_autocheckpoint = 1000'); // as SQLite does by itself; ours counts the pages too
    db.exec('CREATE TABLE raw (position INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT');
    const insert = db.prepare('INSERT INTO raw VALUES (?, ?)');
    const run = await drive('raw INSERT, SQLite', 1, (n) => void insert.run(n, bytes[n] as Uint8Array));
    db.close();
    return run;
  });

/** The stored bytes of the same cards. */
const leavesOfCards = (): Promise<readonly Uint8Array[]> =>
  inFolder(async (folder) => {
    const workspace = await aDataFolder(join(folder, 'data'));
    await workspace.append(
      (function* () {
        for (let n = 0; n < ENTRIES; n += 1) yield aCard(workspace, n);
      })(),
    );
    const leaves = await Array.fromAsync(workspace.store.read(0), (leaf) => leaf.bytes);
    await workspace.close();
    return leaves;
  });

const one = (n: number): string => n.toFixed(n < 10 ? 2 : 0);

/** A way to append, and the raw one that it is measured by. */
interface Way {
  readonly run: () => Promise<Run>;
  readonly base: number;
}

/** All ways in turn, so that a busy machine is busy for all of them; the median of each. */
const inTurn = async (ways: readonly Way[]): Promise<readonly (Run & { readonly toRaw: number })[]> => {
  const runs: Run[][] = ways.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [i, way] of ways.entries()) runs[i]?.push(await way.run());
  const rows = runs.map((of) => ({
    name: of[0]?.name ?? '',
    perSecond: median(of.map((r) => r.perSecond)),
    p50: median(of.map((r) => r.p50)),
    p99: median(of.map((r) => r.p99)),
  }));
  return rows.map((row, i) => ({
    ...row,
    toRaw: row.perSecond / (rows[ways[i]?.base ?? 0]?.perSecond ?? Number.NaN),
  }));
};

const compare = async (bytes: readonly Uint8Array[]) => {
  const cluster = await aCluster();
  try {
    return await inTurn([
      { run: () => raw(bytes), base: 0 },
      { run: () => ours(1), base: 0 },
      { run: () => ours(16), base: 0 },
      { run: () => rawInPostgres(cluster, bytes, 1), base: 3 },
      { run: () => oursInPostgres(cluster, 1), base: 3 },
      { run: () => rawInPostgres(cluster, bytes, 16), base: 5 },
      { run: () => oursInPostgres(cluster, 16), base: 5 },
    ]);
  } finally {
    await cluster.remove();
  }
};

export const appendBench: Bench = {
  id: 'append',
  run: async (): Promise<Section> => {
    const bytes = await leavesOfCards();
    const rows = await compare(bytes);
    return {
      title: 'Durable acknowledged entries',
      about:
        `${ENTRIES.toLocaleString('en')} entries of ${Math.round(bytes.reduce((sum, b) => sum + b.length, 0) / bytes.length)} bytes, sent one by one; each is acknowledged after fsync. ` +
        'Ours signs the entry, links it to its chain, grows the hash tree, signs a checkpoint and keeps three indexes; raw writes the same bytes as a row, one commit each. ' +
        `The same settings on the same disk, in turn in one run, median of ${ROUNDS}. To raw: to the raw way above it with the same database; in SQLite one client is all that raw can have.`,
      tables: [
        {
          head: ['way', 'entries/s', 'to raw', 'median wait, ms', 'p99, ms'],
          rows: rows.map((r) => [r.name, one(r.perSecond), r.toRaw.toFixed(2), one(r.p50), one(r.p99)]),
        },
      ],
      findings: rows
        .filter((r) => r.name.startsWith('Baqylau'))
        .map((r) =>
          finding(
            r.toRaw >= HALF,
            `${r.name}: ${r.toRaw.toFixed(2)} × raw inserts (asked: at least ${HALF} ×)`,
          ),
        ),
    };
  },
};
