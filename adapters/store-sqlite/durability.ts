import type { DatabaseSync } from 'node:sqlite';
import { ProblemError, problem } from '../../src/vocabulary/index.ts';

/**
 * The settings under which "stored" means "survives a power cut" (design 4, section 3.2), with the value each must read
 * back as. WAL with `synchronous=NORMAL` loses acknowledged rows; some drivers set it silently, so nothing is assumed.
 */
export const DURABLE_SETTINGS = [
  { name: 'journal_mode', set: 'WAL', reads: 'wal' },
  { name: 'synchronous', set: 'FULL', reads: 2 },
  // SQLite's automatic checkpoint keeps its failures to itself; ours (checkpoint.ts) does not.
  { name: 'wal_autocheckpoint', set: '0', reads: 0 },
  { name: 'foreign_keys', set: 'ON', reads: 1 },
  { name: 'trusted_schema', set: 'OFF', reads: 0 },
  { name: 'secure_delete', set: 'ON', reads: 1 },
  // On macOS fsync does not reach the disk; elsewhere these two change nothing.
  { name: 'fullfsync', set: 'ON', reads: 1 },
  { name: 'checkpoint_fullfsync', set: 'ON', reads: 1 },
] as const;

export const applySettings = (db: DatabaseSync): void => {
  for (const { name, set } of DURABLE_SETTINGS) db.exec(`PRAGMA ${name} = ${set}`);
};

/** Reads every setting back. Throws ProblemError `log_not_durable` naming the settings that are not as they must be. */
export const assertSettings = (db: DatabaseSync): void => {
  const wrong = DURABLE_SETTINGS.flatMap(({ name, reads }) => {
    const actual = Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    return actual === reads
      ? []
      : [problem('log_not_durable', { setting: name, expected: String(reads), actual: String(actual) })];
  });
  if (wrong.length > 0) throw new ProblemError(wrong);
};
