import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LOG_FILE } from './store.ts';

/** What SQLite finds wrong with the file of a folder: pages, indexes, references. Empty when it is whole. */
export const integrityFaults = (dir: string): readonly string[] => {
  const db = new DatabaseSync(join(dir, LOG_FILE), { readOnly: true });
  try {
    const found = db.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
    const loose = db.prepare('PRAGMA foreign_key_check').all() as { table: string }[];
    return [
      ...found.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
      ...loose.map((row) => `foreign key of ${row.table}`),
    ];
  } finally {
    db.close();
  }
};
