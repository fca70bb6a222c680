import type { DatabaseSync } from 'node:sqlite';
import { ProblemError, problem } from '../../src/vocabulary/index.ts';

/** Raised with every change of the tables; each version knows how to open the ones before it. */
export const SCHEMA_VERSION = 1;

const APPEND_ONLY = ['log', 'leaf_hash', 'checkpoint'] as const;

const TABLES = `
CREATE TABLE log (
  position  INTEGER PRIMARY KEY,
  entry_id  TEXT NOT NULL UNIQUE,
  record_id TEXT NOT NULL,
  device    TEXT NOT NULL,
  bytes     BLOB NOT NULL
) STRICT;
CREATE INDEX log_record ON log (record_id, position);
CREATE TABLE leaf_hash  (position INTEGER PRIMARY KEY REFERENCES log, hash BLOB NOT NULL) STRICT;
CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
CREATE TABLE edge       (level INTEGER PRIMARY KEY, hash BLOB NOT NULL) STRICT;
CREATE TABLE device_head (device TEXT PRIMARY KEY, position INTEGER NOT NULL REFERENCES log) STRICT;
CREATE TABLE blob       (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
CREATE TABLE key_vault  (key_id TEXT PRIMARY KEY, wrap BLOB NOT NULL) STRICT;
${APPEND_ONLY.flatMap((table) =>
  ['UPDATE', 'DELETE'].map(
    (verb) => `
CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;`,
  ),
).join('')}
PRAGMA user_version = ${SCHEMA_VERSION};
`;

const versionOf = (db: DatabaseSync): number =>
  Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);

/** Before anything is changed. Throws ProblemError `data_folder_newer` for a file of a later version. */
export const refuseNewer = (db: DatabaseSync): void => {
  const version = versionOf(db);
  if (version > SCHEMA_VERSION)
    throw new ProblemError(problem('data_folder_newer', { version, supported: SCHEMA_VERSION }));
};

/** Makes the tables of a new file. */
export const ensureSchema = (db: DatabaseSync): void => {
  if (versionOf(db) === 0) db.exec(`BEGIN IMMEDIATE;${TABLES}COMMIT;`);
};
