import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { LogStore, StoredCheckpoint, StoredLeaf } from '../../src/log/index.ts';
import { ProblemError, problem } from '../../src/vocabulary/index.ts';
import { applySettings, assertSettings } from './durability.ts';
import { problemOf } from './failure.ts';
import { lockFolder } from './folder-lock.ts';
import { openReader, refuseReadOnlyDisk } from './reader.ts';
import { ensureSchema, refuseNewer } from './schema.ts';
import { type LeafRow, PUT_BLOB, PUT_WRAP, storedLeaf } from './transaction.ts';
import { type Writer, writerOn } from './writer.ts';

export const LOG_FILE = 'log.db';

export interface SqliteOptions {
  /** Opens what is there without the folder's lock, beside a running server; every write is refused. */
  readonly readOnly?: boolean;
}

/**
 * The embedded store: one file `log.db` in the data folder, one writer process. Throws ProblemError `data_folder_in_use`
 * when another process writes to the folder, `data_folder_missing`, `data_folder_newer`, `log_not_durable`; and, here and
 * with every write, `disk_full`, `data_folder_read_only`, `store_failed` (failure.ts).
 */
export const openSqliteStore = (dir: string, { readOnly = false }: SqliteOptions = {}): LogStore => {
  const file = join(dir, LOG_FILE);
  if (!existsSync(dir) || (readOnly && !existsSync(file)))
    throw new ProblemError(problem('data_folder_missing', { dir }));
  if (readOnly) return storeOn(undefined, openReader(file), () => undefined);
  try {
    return openWriting(dir, file);
  } catch (error) {
    throw problemOf(error, file) ?? error;
  }
};

const openWriting = (dir: string, file: string): LogStore => {
  refuseReadOnlyDisk(dir);
  const unlock = lockFolder(dir);
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { timeout: 5000 });
    refuseNewer(db);
    applySettings(db);
    assertSettings(db);
    ensureSchema(db);
    syncFolder(dir);
    return storeOn(writerOn(db, file), openReader(file), unlock);
  } catch (error) {
    db?.close();
    unlock();
    throw error;
  }
};

/**
 * The names of the log and its write-ahead log are on disk before anything is acknowledged. SQLite does this too, but keeps a
 * failure to itself.
 */
const syncFolder = (dir: string): void => {
  if (process.platform === 'win32') return; // a directory cannot be opened for fsync there
  const folder = openSync(dir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};

const PAGE = 512;
const LEAF = 'position, entry_id, record_id, device, bytes';

const storeOn = (writer: Writer | undefined, db: DatabaseSync, unlock: () => void): LogStore => {
  const byPosition = db.prepare(
    `SELECT ${LEAF} FROM log WHERE position >= ? AND position < ? ORDER BY position LIMIT ${PAGE}`,
  );
  const byRecord = db.prepare(
    `SELECT ${LEAF} FROM log WHERE (record_id, position) > (?, ?) AND position < ? ORDER BY record_id, position LIMIT ${PAGE}`,
  );
  const ofRecord = db.prepare(`SELECT ${LEAF} FROM log WHERE record_id = ? ORDER BY position`);
  const byEntry = db.prepare(`SELECT ${LEAF} FROM log WHERE entry_id = ?`);
  const hashPage = db.prepare(
    `SELECT position, hash FROM leaf_hash WHERE position >= ? AND position < ? ORDER BY position LIMIT ${PAGE}`,
  );
  const checkpointPage = db.prepare(
    `SELECT size, note FROM checkpoint WHERE size > ? ORDER BY size LIMIT ${PAGE}`,
  );
  const lastCheckpoint = db.prepare('SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1');
  const edges = db.prepare('SELECT hash FROM edge ORDER BY level');
  const heads = db.prepare('SELECT device, position FROM device_head');
  const count = db.prepare('SELECT count(*) AS size FROM log');
  const blob = db.prepare('SELECT bytes FROM blob WHERE sha256 = ?');
  const wrap = db.prepare('SELECT wrap FROM key_vault WHERE key_id = ?');
  const wrapPage = db.prepare(
    `SELECT key_id, wrap FROM key_vault WHERE key_id > ? ORDER BY key_id LIMIT ${PAGE}`,
  );
  const blobPage = db.prepare('SELECT sha256, bytes FROM blob WHERE sha256 > ? ORDER BY sha256 LIMIT 1');
  const change: Writer['change'] = async (work, then) => {
    if (writer === undefined) throw new ProblemError(problem('data_folder_read_only', {}));
    await writer.change(work, then);
  };
  const forget = (sql: string, keys: readonly string[]): Promise<void> =>
    change(
      (tables) => {
        const drop = tables.prepare(sql);
        for (const key of keys) drop.run(key);
      },
      // secure_delete overwrites the page; the write-ahead log still holds the old one until it starts anew.
      (tables) => tables.exec('PRAGMA wal_checkpoint(TRUNCATE)'),
    );

  return {
    begin: async () => {
      if (writer === undefined) throw new ProblemError(problem('data_folder_read_only', {}));
      return writer.begin();
    },
    async *read(from, to = Number.MAX_SAFE_INTEGER) {
      for (let next = from; ; ) {
        const rows = byPosition.all(next, to) as unknown as LeafRow[];
        for (const row of rows) yield storedLeaf(row);
        const last = rows.at(-1);
        if (last === undefined || rows.length < PAGE) return;
        next = last.position + 1;
      }
    },
    async *records(to = Number.MAX_SAFE_INTEGER) {
      let group: StoredLeaf[] = [];
      let [recordId, position] = ['', -1];
      for (;;) {
        const rows = byRecord.all(recordId, position, to) as unknown as LeafRow[];
        for (const row of rows) {
          const leaf = storedLeaf(row);
          if (group.length > 0 && group[0]?.recordId !== leaf.recordId) {
            yield group;
            group = [];
          }
          group.push(leaf);
        }
        const last = rows.at(-1);
        if (last === undefined || rows.length < PAGE) break;
        [recordId, position] = [last.record_id, last.position];
      }
      if (group.length > 0) yield group;
    },
    size: async () => Number(count.get()?.size ?? 0),
    find: async (entryId) => storedOrNone(byEntry.get(entryId)),
    ofRecord: async (recordId) => (ofRecord.all(recordId) as unknown as LeafRow[]).map(storedLeaf),
    tree: async () => {
      const last = lastCheckpoint.get() as { size: number; note: string } | undefined;
      const edge = (edges.all() as { hash: Uint8Array }[]).map((row) => row.hash);
      return { size: last?.size ?? 0, edge, checkpoint: last?.note };
    },
    async *checkpoints() {
      for (let after = -1; ; ) {
        const rows = checkpointPage.all(after) as unknown as StoredCheckpoint[];
        yield* rows;
        const last = rows.at(-1);
        if (last === undefined || rows.length < PAGE) return;
        after = last.size;
      }
    },
    async *hashes(from, to = Number.MAX_SAFE_INTEGER) {
      for (let next = from; ; ) {
        const rows = hashPage.all(next, to) as unknown as { position: number; hash: Uint8Array }[];
        yield* rows;
        const last = rows.at(-1);
        if (last === undefined || rows.length < PAGE) return;
        next = last.position + 1;
      }
    },
    heads: async () =>
      new Map((heads.all() as { device: string; position: number }[]).map((h) => [h.device, h.position])),
    putBlob: (sha256, bytes) =>
      change((tables) => {
        tables.prepare(PUT_BLOB).run(sha256, bytes);
      }),
    getBlob: async (sha256) => (blob.get(sha256) as { bytes: Uint8Array } | undefined)?.bytes,
    async *blobs() {
      for (let after = ''; ; ) {
        const rows = blobPage.all(after) as unknown as { sha256: string; bytes: Uint8Array }[];
        yield* rows;
        const last = rows.at(-1);
        if (last === undefined) return;
        after = last.sha256;
      }
    },
    deleteBlobs: (sha256) => forget('DELETE FROM blob WHERE sha256 = ?', sha256),
    vaultPut: (wraps) =>
      change((vault) => {
        const put = vault.prepare(PUT_WRAP);
        for (const { keyId, wrap } of wraps) put.run(keyId, wrap);
      }),
    vaultGet: async (keyId) => (wrap.get(keyId) as { wrap: Uint8Array } | undefined)?.wrap,
    vaultDelete: (keyIds) => forget('DELETE FROM key_vault WHERE key_id = ?', keyIds),
    async *vault() {
      for (let after = ''; ; ) {
        const rows = wrapPage.all(after) as unknown as { key_id: string; wrap: Uint8Array }[];
        for (const row of rows) yield { keyId: row.key_id, wrap: row.wrap };
        const last = rows.at(-1);
        if (last === undefined || rows.length < PAGE) return;
        after = last.key_id;
      }
    },
    close: async () => {
      db.close();
      await writer?.close();
      unlock();
    },
  };
};

const storedOrNone = (row: unknown): StoredLeaf | undefined =>
  row === undefined ? undefined : storedLeaf(row as LeafRow);
