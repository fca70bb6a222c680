import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ProblemError, problem } from '../../src/vocabulary/index.ts';

/**
 * One writer per data folder. The lock is an exclusive SQLite transaction on a file of its own: the operating system
 * releases it when the process dies, even by kill -9, so there is no stale lock to remove by hand.
 * Throws ProblemError `data_folder_in_use`. Returns the way to release it.
 */
export const lockFolder = (dir: string): (() => void) => {
  const db = new DatabaseSync(join(dir, 'lock.db'), { timeout: 0 });
  try {
    db.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    const busy = (error as { errcode?: number }).errcode === 5;
    throw busy ? new ProblemError(problem('data_folder_in_use', { dir })) : error;
  }
  return () => db.close();
};
