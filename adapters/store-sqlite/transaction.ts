import type { DatabaseSync } from 'node:sqlite';
import type { LogTransaction, NewLeaf, StoredLeaf } from '../../src/log/index.ts';
import { ProblemError, problem } from '../../src/vocabulary/index.ts';

export interface LeafRow {
  readonly position: number;
  readonly entry_id: string;
  readonly record_id: string;
  readonly device: string;
  readonly bytes: Uint8Array;
}

export const storedLeaf = (row: LeafRow): StoredLeaf => ({
  position: row.position,
  entryId: row.entry_id,
  recordId: row.record_id,
  device: row.device,
  bytes: row.bytes,
});

const LEAF = 'log.position, entry_id, record_id, log.device, bytes';
export const PUT_WRAP =
  'INSERT INTO key_vault VALUES (?, ?) ON CONFLICT (key_id) DO UPDATE SET wrap = excluded.wrap';
const UNIQUE = 2067; // SQLITE_CONSTRAINT_UNIQUE

/** One append on the writer connection. `release` lets the next one begin. */
export const transactionOn = (db: DatabaseSync, release: () => void): LogTransaction => {
  let open = true;
  const end = (sql: string): void => {
    if (!open) return;
    open = false;
    try {
      db.exec(sql);
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    } finally {
      release();
    }
  };
  try {
    db.exec('BEGIN IMMEDIATE');
  } catch (error) {
    release();
    throw error;
  }
  let next = Number(db.prepare('SELECT coalesce(max(position) + 1, 0) AS next FROM log').get()?.next ?? 0);
  const insertLeaf = db.prepare('INSERT INTO log VALUES (?, ?, ?, ?, ?)');
  const insertHash = db.prepare('INSERT INTO leaf_hash VALUES (?, ?)');
  const setHead = db.prepare(
    'INSERT INTO device_head VALUES (?, ?) ON CONFLICT (device) DO UPDATE SET position = excluded.position',
  );
  const byEntry = db.prepare(`SELECT ${LEAF} FROM log WHERE entry_id = ?`);
  const byDevice = db.prepare(
    `SELECT ${LEAF} FROM log JOIN device_head USING (position) WHERE device_head.device = ?`,
  );
  const insert = (leaf: NewLeaf): void => {
    try {
      insertLeaf.run(next, leaf.entryId, leaf.recordId, leaf.device, leaf.bytes);
    } catch (error) {
      if ((error as { errcode?: number }).errcode === UNIQUE)
        throw new ProblemError(problem('entry_id_reused', { entry: leaf.entryId, record: leaf.recordId }));
      throw error;
    }
    insertHash.run(next, leaf.hash);
    next += 1;
  };
  return {
    add: async (leaves) => {
      const first = next;
      for (const leaf of leaves) insert(leaf);
      const heads = new Map(leaves.map((leaf, i) => [leaf.device, first + i]));
      for (const [device, position] of heads) setHead.run(device, position);
      return first;
    },
    find: async (entryId) => {
      const row = byEntry.get(entryId);
      return row === undefined ? undefined : storedLeaf(row as unknown as LeafRow);
    },
    lastOf: async (device) => {
      const row = byDevice.get(device);
      return row === undefined ? undefined : storedLeaf(row as unknown as LeafRow);
    },
    putWraps: async (wraps) => {
      const put = db.prepare(PUT_WRAP);
      for (const { keyId, wrap } of wraps) put.run(keyId, wrap);
    },
    addCheckpoints: async (checkpoints) => {
      const put = db.prepare('INSERT INTO checkpoint VALUES (?, ?)');
      for (const { size, note } of checkpoints) put.run(size, note);
    },
    commit: async ({ size, edge, checkpoint }) => {
      db.exec('DELETE FROM edge');
      const insertEdge = db.prepare('INSERT INTO edge VALUES (?, ?)');
      edge.forEach((hash, level) => void insertEdge.run(level, hash));
      db.prepare('INSERT INTO checkpoint VALUES (?, ?)').run(size, checkpoint);
      end('COMMIT');
    },
    // A full disk may have made SQLite roll back by itself.
    rollback: async () => end(db.isTransaction ? 'ROLLBACK' : ''),
  };
};
