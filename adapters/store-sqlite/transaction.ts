import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { endsElsewhere, type LogTransaction, type NewLeaf, type StoredLeaf } from '../../src/log/index.ts';
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
export const PUT_BLOB = 'INSERT INTO blob VALUES (?, ?) ON CONFLICT DO NOTHING';
const UNIQUE = 2067; // SQLITE_CONSTRAINT_UNIQUE

/** Appends on the writer connection; `ended` is called when one is committed or rolled back. Statements are prepared once. */
export const transactionsOn = (db: DatabaseSync): ((ended: () => void) => LogTransaction) => {
  const statements = {
    nextPosition: db.prepare('SELECT coalesce(max(position) + 1, 0) AS next FROM log'),
    insertLeaf: db.prepare('INSERT INTO log VALUES (?, ?, ?, ?, ?)'),
    insertHash: db.prepare('INSERT INTO leaf_hash VALUES (?, ?)'),
    setHead: db.prepare(
      'INSERT INTO device_head VALUES (?, ?) ON CONFLICT (device) DO UPDATE SET position = excluded.position',
    ),
    byEntry: db.prepare(`SELECT ${LEAF} FROM log WHERE entry_id = ?`),
    byDevice: db.prepare(
      `SELECT ${LEAF} FROM log JOIN device_head USING (position) WHERE device_head.device = ?`,
    ),
    putWrap: db.prepare(PUT_WRAP),
    putBlob: db.prepare(PUT_BLOB),
    insertCheckpoint: db.prepare('INSERT INTO checkpoint VALUES (?, ?)'),
    setEdge: db.prepare(
      'INSERT INTO edge VALUES (?, ?) ON CONFLICT (level) DO UPDATE SET hash = excluded.hash',
    ),
    dropEdges: db.prepare('DELETE FROM edge WHERE level >= ?'),
  };
  return (ended) => transactionOn(db, statements, ended);
};
type Statements = Readonly<
  Record<
    | 'nextPosition'
    | 'insertLeaf'
    | 'insertHash'
    | 'setHead'
    | 'byEntry'
    | 'byDevice'
    | 'putWrap'
    | 'putBlob'
    | 'insertCheckpoint'
    | 'setEdge'
    | 'dropEdges',
    StatementSync
  >
>;

const transactionOn = (db: DatabaseSync, statements: Statements, ended: () => void): LogTransaction => {
  const { insertLeaf, insertHash, setHead, byEntry, byDevice, putWrap, insertCheckpoint } = statements;
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
      ended();
    }
  };
  db.exec('BEGIN IMMEDIATE');
  let next = Number(statements.nextPosition.get()?.next ?? 0);
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
    add: async (position, leaves) => {
      if (position !== next) throw endsElsewhere(next, position);
      for (const leaf of leaves) insert(leaf);
      const heads = new Map(leaves.map((leaf, i) => [leaf.device, position + i]));
      for (const [device, last] of heads) setHead.run(device, last);
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
      for (const { keyId, wrap } of wraps) putWrap.run(keyId, wrap);
    },
    putBlobs: async (blobs) => {
      for (const { sha256, bytes } of blobs) statements.putBlob.run(sha256, bytes);
    },
    addCheckpoints: async (checkpoints) => {
      for (const { size, note } of checkpoints) insertCheckpoint.run(size, note);
    },
    commit: async ({ size, edge, checkpoint }) => {
      edge.forEach((hash, level) => void statements.setEdge.run(level, hash));
      statements.dropEdges.run(edge.length);
      insertCheckpoint.run(size, checkpoint);
      end('COMMIT');
    },
    // A full disk may have made SQLite roll back by itself.
    rollback: async () => end(db.isTransaction ? 'ROLLBACK' : ''),
  };
};
