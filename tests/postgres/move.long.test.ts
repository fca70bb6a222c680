import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSampleOrganisation } from '../../src/cli/sample-organisation.ts';
import type { Appendable } from '../../src/log/index.ts';
import { openWorkspace, type Workspace } from '../../src/workspace/index.ts';
import { aCard, aDataFolder, fixedEffects } from '../builders/workspace.ts';
import { keepFigure, rounds } from '../reliability/figure.ts';
import { aCluster, type Cluster } from './a-cluster.ts';

const ENTRIES = rounds(20_000, 1_000_000);
const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');

let cluster: Cluster;
const folder = aDataFolder();
beforeAll(async () => {
  cluster = await aCluster();
});
afterAll(async () => {
  await cluster.remove();
  folder.remove();
});

const baqylau = (databaseUrl: string, ...args: readonly string[]): string => {
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  const run = spawnSync(process.execPath, [MAIN, ...args, '--data', folder.dir], {
    encoding: 'utf8',
    env,
    maxBuffer: 1 << 28,
  });
  expect(run.status, run.stderr).toBe(0);
  return run.stdout;
};

const open = (databaseUrl: string, readOnly = true): Promise<Workspace> =>
  openWorkspace(folder.dir, { effects: fixedEffects('move'), databaseUrl, readOnly });

/** The sample organisation, cards of another study up to the number, and wraps of data keys. */
const fill = async (): Promise<void> => {
  const { workspace, entries } = await createSampleOrganisation(folder.dir);
  await workspace.close();
  const writer = await open('', false);
  const cards = function* (): Generator<Appendable> {
    for (let n = entries; n < ENTRIES; n += 1) yield aCard(writer, n);
  };
  await writer.append(cards());
  const wraps = Array.from({ length: ENTRIES / 20 }, (_, n) => ({
    keyId: `key-${n}`,
    wrap: Buffer.from(`wrap ${n}`),
  }));
  await writer.store.vaultPut(wraps);
  await writer.close();
};

interface State {
  readonly size: number;
  readonly root: string;
  readonly findings: number;
  readonly checkpoints: readonly string[];
  /** SHA-256 of all blobs, and of all wraps, with their keys, in order. */
  readonly blobs: string;
  readonly vault: string;
  readonly wraps: number;
  /** Every table of the study, as CSV. */
  readonly tables: string;
}

const hashOf = async (parts: AsyncIterable<readonly [string, Uint8Array]>): Promise<string> => {
  const hash = createHash('sha256');
  for await (const [key, bytes] of parts) hash.update(`${key} ${bytes.length}\n`).update(bytes);
  return hash.digest('hex');
};
async function* blobsOf({ store }: Workspace): AsyncGenerator<readonly [string, Uint8Array]> {
  for await (const { sha256, bytes } of store.blobs()) yield [sha256, bytes];
}
async function* wrapsOf({ store }: Workspace): AsyncGenerator<readonly [string, Uint8Array]> {
  for await (const { keyId, wrap } of store.vault()) yield [keyId, wrap];
}

const stateOf = async (databaseUrl: string): Promise<State> => {
  const workspace = await open(databaseUrl);
  try {
    const checkpoints = await Array.fromAsync(workspace.store.checkpoints());
    const { size, root } = await workspace.head();
    return {
      size,
      root,
      findings: (await workspace.verify()).findings.length,
      checkpoints: checkpoints.map((c) => `${c.size} ${c.note}`),
      blobs: await hashOf(blobsOf(workspace)),
      vault: await hashOf(wrapsOf(workspace)),
      wraps: (await Array.fromAsync(workspace.store.vault())).length,
      tables: baqylau(databaseUrl, 'table', '--all', '--format', 'csv', '--study', 'assemblies'),
    };
  } finally {
    await workspace.close();
  }
};

/** Peak memory of a process that reads the records up to a size, as freezing does. */
const memoryOfReading = (to: number): number => {
  const program = resolve(import.meta.dirname, 'read-all.ts');
  const args = [program, cluster.url, 'sample', String(to)];
  const run = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(run.status, run.stderr).toBe(0);
  const told = JSON.parse(run.stdout) as { readonly leaves: number; readonly mebibytes: number };
  expect(told.leaves).toBe(to);
  return told.mebibytes;
};
/** What the pages in hand and the garbage of the others may add. */
const PAGES = 96;

describe('R12: the log moves from SQLite to PostgreSQL and back', () => {
  it('with the same tree root, checkpoints, blobs, key vault, and the same tables byte for byte', {
    timeout: 240_000 + ENTRIES * 4,
  }, async () => {
    await fill();
    const before = await stateOf('');
    expect([before.size, before.findings]).toEqual([ENTRIES, 0]);
    expect(before.tables.split('\n').length).toBeGreaterThan(1000);
    expect(before.wraps).toBe(ENTRIES / 20);
    const start = performance.now();
    baqylau(cluster.url, 'move', '--to', 'postgres');
    const seconds = (performance.now() - start) / 1000;
    const inPostgres = await stateOf(cluster.url);
    expect(inPostgres).toEqual(before);
    const memory = memoryOfReading(ENTRIES);
    expect(memory - memoryOfReading(1000)).toBeLessThan(PAGES);
    for (const name of readdirSync(folder.dir)) if (name.startsWith('log.db')) rmSync(join(folder.dir, name));
    baqylau(cluster.url, 'move', '--to', 'sqlite');
    expect(await stateOf('')).toEqual(before);
    await cluster.sql(
      "UPDATE baqylau.key_vault SET wrap = 'other' WHERE key_id = (SELECT min(key_id) FROM baqylau.key_vault)",
    );
    const again = spawnSync(process.execPath, [MAIN, 'move', '--to', 'postgres', '--data', folder.dir], {
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: cluster.url },
    });
    expect(again.status, 'control: one wrap is another').not.toBe(0);
    expect((await open('')).config.store).toBe('sqlite');
    keepFigure({
      id: 'R12',
      found: `${before.size} entries, ${before.checkpoints.length} checkpoints, ${before.wraps} wraps to PostgreSQL in ${seconds.toFixed(0)} s and back: the same tree root, checkpoints, blobs and wraps; every table of the study the same, ${before.tables.length} bytes; verify clean; all records read with ${memory.toFixed(0)} MiB`,
      control: 'one wrap changed in the target: the move is refused and the folder stays where it was',
    });
  });
});
