import type { DatabaseSync } from 'node:sqlite';

/** Pages (of 4 KiB) that the write-ahead log may hold before they are carried over: what SQLite does by itself. */
const PAGES = 1000;

/**
 * Carries the write-ahead log over into the database file when it has grown long. Call it between two writes. Throws
 * SQLite's error, which the automatic checkpoint would hide: a failed fsync of the database file must be known.
 */
export const checkpointWhenLong = (db: DatabaseSync): void => {
  const { log, checkpointed } = db.prepare('PRAGMA wal_checkpoint(NOOP)').get() as {
    readonly log: number;
    readonly checkpointed: number;
  };
  if (log - checkpointed >= PAGES) db.exec('PRAGMA wal_checkpoint(PASSIVE)');
};
