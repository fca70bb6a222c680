import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RecordState } from '../../src/records/index.ts';
import { freezeStudy, type NewWorkspace, openWorkspace, type Workspace } from '../../src/workspace/index.ts';
import { aStudy } from '../builders/study-files.ts';
import { aCard, aDataFolder, aWorkspace, cards, fixedEffects } from '../builders/workspace.ts';
import { aCluster, type Cluster, PASSWORD } from './a-cluster.ts';

let cluster: Cluster;
let folder: ReturnType<typeof aDataFolder>;
let databases = 0;
let databaseUrl: string;
beforeAll(async () => {
  cluster = await aCluster();
});
afterAll(() => cluster.remove());
beforeEach(async () => {
  folder = aDataFolder();
  databases += 1;
  await cluster.sql(`CREATE DATABASE d${databases}`);
  databaseUrl = cluster.urlFor({ database: `d${databases}` });
});
afterEach(() => folder.remove());

const file = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });
const FILES = [file('street/study.yaml', 'id: street')];
const open = (
  given: { readonly readOnly?: boolean; readonly databaseUrl?: string } = {},
): Promise<Workspace> => openWorkspace(folder.dir, { effects: fixedEffects('open'), databaseUrl, ...given });
const using = async <T>(
  workspace: Workspace | Promise<Workspace>,
  use: (workspace: Workspace) => Promise<T>,
): Promise<T> => {
  const opened = await workspace;
  try {
    return await use(opened);
  } finally {
    await opened.close();
  }
};
const made = (given: Partial<NewWorkspace> = {}): Promise<Workspace> =>
  aWorkspace(folder.dir, { databaseUrl, ...given });
const states = (workspace: Workspace, at?: number): Promise<RecordState[]> =>
  Array.fromAsync(workspace.states(aStudy(), at));

describe('a data folder with its log in PostgreSQL', () => {
  it('has settings and keys, no log, and not the address of the database', async () => {
    await using(made(), async ({ config }) => expect(config.store).toBe('postgres'));
    expect(readdirSync(folder.dir).toSorted()).toEqual(['config.yaml', 'keys']);
    const config = readFileSync(join(folder.dir, 'config.yaml'), 'utf8');
    expect(config).not.toContain(PASSWORD);
    expect(config).not.toContain('127.0.0.1');
  });
  it('that cannot be made leaves nothing behind', async () => {
    await expect(made({ databaseUrl: cluster.urlFor({ database: 'nowhere' }) })).rejects.toThrow(
      /database_unreachable/,
    );
    expect(existsSync(folder.dir)).toBe(false);
  });
  it('is the same, byte for byte, as one in SQLite: tree root, records, snapshot', async () => {
    const work = async (workspace: Workspace): Promise<readonly unknown[]> => {
      await workspace.registerStudy(aStudy(), FILES);
      await workspace.append(cards(workspace, 0, 40));
      await workspace.append([aCard(workspace, 3, { kind: 'exclude', values: {}, reason: 'twice' })]);
      const snapshot = await freezeStudy(workspace, aStudy());
      return [(await workspace.head()).root, await states(workspace), snapshot.manifest];
    };
    const inPostgres = await using(made(), work);
    const other = aDataFolder();
    const inSqlite = await using(aWorkspace(other.dir, { databaseUrl: '' }), work);
    other.remove();
    expect(inPostgres).toEqual(inSqlite);
  });
  it('keeps records over a restart, folded, in order of id, and as of an earlier size', async () => {
    await using(made(), async (w) => {
      await w.append(cards(w, 0, 3));
      await w.append(cards(w, 3, 9));
    });
    await using(open(), async (w) => {
      const found = await states(w);
      expect(found.map((s) => s.recordId)).toEqual(found.map((s) => s.recordId).toSorted());
      expect([found.length, (await states(w, 3)).length]).toEqual([9, 3]);
      const recordId = w.importId('street', 'gathering', ['4']);
      expect(await w.record(recordId)).toMatchObject({ recordId });
    });
  });
  it('verifies, and names what was changed behind its back', async () => {
    await using(made(), async (w) => {
      await w.registerStudy(aStudy(), FILES);
      await w.append(cards(w, 0, 5));
      expect((await w.verify()).findings).toEqual([]);
    });
    const intruder = new Client({ connectionString: databaseUrl });
    await intruder.connect();
    await intruder.query('ALTER TABLE baqylau.log DISABLE TRIGGER ALL');
    await intruder.query("UPDATE baqylau.log SET bytes = bytes || ' '::bytea WHERE position = 2");
    await intruder.query("UPDATE baqylau.blob SET bytes = ''");
    await intruder.end();
    await using(open({ readOnly: true }), async (w) => {
      const { findings } = await w.verify();
      expect(findings).toMatchObject([
        { what: 'changed', position: 0, shownBy: 'blob' },
        { what: 'changed', position: 2 },
      ]);
    });
  });
  it('the same entry sent again after a lost answer is stored once', async () => {
    await using(made(), async (w) => {
      const entry_id = '01900000-0000-7000-8000-000000000001';
      const card = aCard(w, 1, { entry_id });
      expect([await w.append([card]), await w.append([card])]).toMatchObject([
        { added: 1, repeated: 0 },
        { added: 0, repeated: 1 },
      ]);
    });
  });
  it('a second time to write is refused, to read is not', async () => {
    await using(made(), async (w) => {
      await w.append(cards(w, 0, 2));
      await expect(open()).rejects.toThrow(/data_folder_in_use/);
      await using(open({ readOnly: true }), async (reader) => {
        expect((await reader.head()).size).toBe(2);
        await expect(reader.append(cards(reader, 2, 3))).rejects.toThrow(/data_folder_read_only/);
      });
    });
  });
  it('a second folder of the same organisation is refused once the first has entries', async () => {
    await using(made(), (w) => w.append(cards(w, 0, 1)));
    const other = aDataFolder();
    await expect(aWorkspace(other.dir, { databaseUrl })).rejects.toThrow(/store_not_empty/);
    expect(existsSync(other.dir)).toBe(false);
    other.remove();
  });
});

describe('a log is never looked for in the wrong place', () => {
  it('a folder with its log in PostgreSQL is refused without DATABASE_URL', async () => {
    await (await made()).close();
    await expect(open({ databaseUrl: '' })).rejects.toThrow(/store_mismatch .*"postgres"/);
  });
  it('a folder with its log in itself is refused with DATABASE_URL', async () => {
    await (await made({ databaseUrl: '' })).close();
    await expect(open()).rejects.toThrow(/store_mismatch .*"sqlite"/);
    await (await open({ databaseUrl: '' })).close();
  });
  it('another database, where there is no such log, is refused', async () => {
    await (await made()).close();
    for (const readOnly of [true, false])
      await expect(open({ databaseUrl: cluster.url, readOnly })).rejects.toThrow(/database_without_log/);
  });
  it('DATABASE_URL of the environment is all it takes', async () => {
    process.env['DATABASE_URL'] = databaseUrl;
    try {
      await using(aWorkspace(folder.dir), async ({ config }) => expect(config.store).toBe('postgres'));
      const reopened = await openWorkspace(folder.dir, { effects: fixedEffects('open') });
      await reopened.close();
    } finally {
      delete process.env['DATABASE_URL'];
    }
  });
});
