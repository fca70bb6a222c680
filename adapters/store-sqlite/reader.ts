import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { ProblemError, problem } from '../../src/vocabulary/index.ts';
import { refuseNewer } from './schema.ts';

const CANTOPEN = 14;

/** Throws ProblemError `data_folder_read_only` for a folder on a read-only disk, or one that this user may only read. */
export const refuseReadOnlyDisk = (dir: string): void => {
  if (!mayWrite(dir)) throw new ProblemError(problem('data_folder_read_only', {}));
};

const mayWrite = (dir: string): boolean => {
  try {
    accessSync(dir, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * A connection that only reads, of its own, so that it never sees an append that is not yet durable. Works on a read-only
 * disk too, such as a copy kept as evidence, when its log was closed in good order: otherwise it must be recovered first,
 * which writes (`data_folder_read_only`).
 */
export const openReader = (file: string): DatabaseSync => {
  try {
    return connect(file);
  } catch (error) {
    const { errcode } = error as { errcode?: number };
    if (errcode !== CANTOPEN || mayWrite(dirname(file))) throw error;
    const wal = `${file}-wal`;
    if (existsSync(wal) && statSync(wal).size > 0)
      throw new ProblemError(problem('data_folder_read_only', {}));
    // Where nobody can write, SQLite needs no index of the write-ahead log, which it could not make.
    return connect(`${pathToFileURL(file).href}?immutable=1`);
  }
};

const connect = (location: string): DatabaseSync => {
  const db = new DatabaseSync(location, { readOnly: true, timeout: 5000 });
  try {
    db.exec('PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16384');
    refuseNewer(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};
