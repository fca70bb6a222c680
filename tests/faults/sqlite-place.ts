import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LOG_FILE, openSqliteStore } from '../../adapters/store-sqlite/index.ts';
import type { LogStore } from '../../src/log/index.ts';
import type { CrashedStore } from './kill-loop.ts';

export const openStore = async (dir: string): Promise<LogStore> => openSqliteStore(dir);

/** SQLite's own check of a folder's log: nothing, or what it complains of. Recovers the log first, as any opening does. */
export const sqliteComplaints = (dir: string): readonly string[] => {
  const db = new DatabaseSync(join(dir, LOG_FILE));
  try {
    const rows = [
      ...db.prepare('PRAGMA integrity_check').all(),
      ...db.prepare('PRAGMA foreign_key_check').all(),
    ];
    return rows.map((row) => JSON.stringify(row)).filter((row) => row !== '{"integrity_check":"ok"}');
  } finally {
    db.close();
  }
};

export const sqlitePlace = async (): Promise<CrashedStore> => {
  const place = mkdtempSync(join(tmpdir(), 'baqylau-crash-'));
  return {
    place,
    integrity: async () => sqliteComplaints(place),
    remove: async () => rmSync(place, { recursive: true, force: true }),
  };
};
