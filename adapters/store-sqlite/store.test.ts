import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leafHash } from '../../src/log/index.ts';
import { logStoreContract } from '../../tests/contract/log-store.ts';
import { applySettings, assertSettings, DURABLE_SETTINGS, openSqliteStore } from './index.ts';

const aFolder = (): string => mkdtempSync(join(tmpdir(), 'baqylau-store-'));

logStoreContract('SQLite', async () => {
  const dir = aFolder();
  return { open: async () => openSqliteStore(dir), remove: async () => rmSync(dir, { recursive: true }) };
});

describe('the SQLite store', () => {
  let dir: string;
  beforeEach(() => {
    dir = aFolder();
  });
  afterEach(() => rmSync(dir, { recursive: true }));
  const bytes = new TextEncoder().encode('leaf');
  const filled = async (): Promise<void> => {
    const store = openSqliteStore(dir);
    const transaction = await store.begin();
    await transaction.add(0, [{ entryId: 'e', recordId: 'r', device: 'd', bytes, hash: leafHash(bytes) }]);
    await transaction.commit({ size: 1, edge: [], checkpoint: 'note\n' });
    await store.vaultPut([
      { keyId: 'k', wrap: new TextEncoder().encode('a wrap that must not stay on disk') },
    ]);
    await store.vaultDelete(['k']);
    await store.putBlob('ab', new TextEncoder().encode('a blob that must not stay on disk'));
    await store.deleteBlobs(['ab']);
    await store.close();
  };
  const inFile = <T>(use: (db: DatabaseSync) => T): T => {
    const db = new DatabaseSync(join(dir, 'log.db'));
    try {
      return use(db);
    } finally {
      db.close();
    }
  };

  it('durable settings pass', () => {
    inFile((db) => {
      applySettings(db);
      expect(() => assertSettings(db)).not.toThrow();
    });
  });
  const WRONG = {
    journal_mode: 'DELETE',
    synchronous: 'NORMAL',
    wal_autocheckpoint: '1000',
    foreign_keys: 'OFF',
    trusted_schema: 'ON',
    secure_delete: 'OFF',
    fullfsync: 'OFF',
    checkpoint_fullfsync: 'OFF',
  };
  it.each(DURABLE_SETTINGS.map((s) => s.name))('a wrong %s is refused and named', (name) => {
    inFile((db) => {
      applySettings(db);
      db.exec(`PRAGMA ${name} = ${WRONG[name]}`);
      expect(() => assertSettings(db)).toThrow(new RegExp(`^log_not_durable .*"${name}"`));
    });
  });
  it('all wrong settings are named at once', () => {
    inFile((db) => {
      applySettings(db);
      for (const [name, value] of Object.entries(WRONG)) db.exec(`PRAGMA ${name} = ${value}`);
      expect(() => assertSettings(db)).toThrow(new RegExp(Object.keys(WRONG).join('.*')));
    });
  });
  it.each(['log', 'leaf_hash', 'checkpoint'])('nothing in %s can be changed or deleted', async (table) => {
    await filled();
    inFile((db) => {
      const column = { log: 'device', leaf_hash: 'hash', checkpoint: 'note' }[table];
      expect(() => db.exec(`DELETE FROM ${table}`)).toThrow('the log is append-only');
      expect(() => db.exec(`UPDATE ${table} SET ${column} = ${column}`)).toThrow('the log is append-only');
    });
  });
  it('a second writer on the folder is refused, until the first has closed', async () => {
    const first = openSqliteStore(dir);
    expect(() => openSqliteStore(dir)).toThrow(/data_folder_in_use/);
    await first.close();
    await openSqliteStore(dir).close();
  });
  it('a reader beside the writer sees what is committed, and writes nothing', async () => {
    await filled();
    const [writer, reader] = [openSqliteStore(dir), openSqliteStore(dir, { readOnly: true })];
    expect(await reader.size()).toBe(1);
    await expect(reader.begin()).rejects.toThrow(/data_folder_read_only/);
    await expect(reader.vaultDelete(['k'])).rejects.toThrow(/data_folder_read_only/);
    await reader.close();
    await writer.close();
  });
  it('a folder of a later version is refused and left alone', async () => {
    await filled();
    inFile((db) => db.exec('PRAGMA user_version = 99'));
    expect(() => openSqliteStore(dir)).toThrow(/data_folder_newer .*99/);
    await expect(async () => openSqliteStore(dir, { readOnly: true })).rejects.toThrow(/data_folder_newer/);
    expect(inFile((db) => db.prepare('SELECT count(*) AS n FROM log').get()?.n)).toBe(1);
  });
  it('a folder that is not there is refused', () => {
    expect(() => openSqliteStore(join(dir, 'nowhere'))).toThrow(/data_folder_missing/);
  });
  it('a deleted wrap or blob is gone from the file', async () => {
    await filled();
    for (const file of readdirSync(dir))
      expect(readFileSync(join(dir, file)).includes('must not stay on disk')).toBe(false);
  });
});
