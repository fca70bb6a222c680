import type { ClientBase } from 'pg';
import { ProblemError, problem } from '../../src/vocabulary/index.ts';
import { sqlState } from './failures.ts';

/** Raised with every change of the tables; each version knows how to open the ones before it. */
export const SCHEMA_VERSION = 1;

export const APPEND_ONLY = ['log', 'leaf_hash', 'checkpoint'] as const;

/**
 * Every table is keyed by organisation first, so that all rows of one lie together when tables are distributed by `org`.
 * Keys compare byte by byte (collation C), as they do in SQLite: the order of records is part of what a snapshot is.
 * No foreign keys: their check locks the row it finds, which takes the right to UPDATE, and nobody has that on the log.
 */
const TABLES = `
CREATE SCHEMA IF NOT EXISTS baqylau;
CREATE TABLE baqylau.schema_version (version integer NOT NULL);
INSERT INTO baqylau.schema_version VALUES (${SCHEMA_VERSION});
CREATE TABLE baqylau.organisation (org text COLLATE "C" PRIMARY KEY);
CREATE TABLE baqylau.log (
  org       text COLLATE "C" NOT NULL,
  position  bigint NOT NULL,
  entry_id  text COLLATE "C" NOT NULL,
  record_id text COLLATE "C" NOT NULL,
  device    text COLLATE "C" NOT NULL,
  bytes     bytea NOT NULL,
  PRIMARY KEY (org, position),
  CONSTRAINT log_entry UNIQUE (org, entry_id)
);
CREATE INDEX log_record ON baqylau.log (org, record_id, position);
CREATE TABLE baqylau.leaf_hash (
  org      text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  hash     bytea NOT NULL,
  PRIMARY KEY (org, position)
);
CREATE TABLE baqylau.checkpoint (
  org  text COLLATE "C" NOT NULL,
  size bigint NOT NULL,
  note text NOT NULL,
  PRIMARY KEY (org, size)
);
CREATE TABLE baqylau.edge (org text COLLATE "C" PRIMARY KEY, hashes bytea[] NOT NULL);
CREATE TABLE baqylau.device_head (
  org      text COLLATE "C" NOT NULL,
  device   text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (org, device)
);
CREATE TABLE baqylau.blob (
  org    text COLLATE "C" NOT NULL,
  sha256 text COLLATE "C" NOT NULL,
  bytes  bytea NOT NULL,
  PRIMARY KEY (org, sha256)
);
-- Uncompressed out of line, so that a piece of a large blob is read without the rest.
ALTER TABLE baqylau.blob ALTER bytes SET STORAGE EXTERNAL;
CREATE TABLE baqylau.key_vault (
  org    text COLLATE "C" NOT NULL,
  key_id text COLLATE "C" NOT NULL,
  wrap   bytea NOT NULL,
  CONSTRAINT key_vault_key PRIMARY KEY (org, key_id)
);
`;

/** Two guards that do not know of each other: a trigger that fires for everybody, and rights that nobody has, owner included. */
const GUARDS = `
CREATE FUNCTION baqylau.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$;
${APPEND_ONLY.map(
  (table) => `
CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON baqylau.${table}
  FOR EACH STATEMENT EXECUTE FUNCTION baqylau.refuse_change();
ALTER TABLE baqylau.${table} ENABLE ALWAYS TRIGGER ${table}_append_only;
REVOKE UPDATE, DELETE, TRUNCATE ON baqylau.${table} FROM PUBLIC, CURRENT_USER;`,
).join('')}
`;

/**
 * PostgreSQL leaves deleted rows in the table's file until the space is used again. This writes the file anew without
 * them; it runs with the owner's right, because rewriting a table takes no less.
 */
const FORGETTING = `
CREATE FUNCTION baqylau.rewrite_key_vault() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$ BEGIN CLUSTER baqylau.key_vault USING key_vault_key; END $$;
REVOKE EXECUTE ON FUNCTION baqylau.rewrite_key_vault() FROM PUBLIC;
`;

const MAKING = 4_771_201_455; // any number that other programs on this database do not lock

/** Asked of the catalogue, which is read as it is now; `to_regclass` may answer from before another session made them. */
const TABLES_THERE = `SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'baqylau' AND c.relname = 'schema_version'`;

/** The version of the tables; undefined where there are none. Throws ProblemError `data_folder_newer` for a later one. */
const versionOf = async (client: ClientBase): Promise<number | undefined> => {
  if ((await client.query(TABLES_THERE)).rowCount === 0) return undefined;
  const found = await client.query('SELECT version FROM baqylau.schema_version');
  const version = Number(found.rows[0]?.version ?? 0);
  if (version > SCHEMA_VERSION)
    throw new ProblemError(problem('data_folder_newer', { version, supported: SCHEMA_VERSION }));
  return version;
};

/** Makes the tables where there are none. */
const ensureSchema = async (client: ClientBase): Promise<void> => {
  if ((await versionOf(client)) !== undefined) return;
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [MAKING]);
    if ((await versionOf(client)) === undefined) await client.query(`${TABLES}${GUARDS}${FORGETTING}`);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
};

/** A log of this organisation must be there. Throws ProblemError `database_without_log`, `data_folder_newer`. */
export const requireLog = async (client: ClientBase, org: string, place: string): Promise<void> => {
  const made = (await versionOf(client)) !== undefined;
  const found = made
    ? await client.query('SELECT 1 FROM baqylau.organisation WHERE org = $1', [org])
    : undefined;
  if (found?.rowCount !== 1) throw new ProblemError(problem('database_without_log', { org, place }));
};

/** Makes a new log. Throws ProblemError `store_not_empty` where the organisation has entries already. */
export const createLog = async (client: ClientBase, org: string, place: string): Promise<void> => {
  try {
    await ensureSchema(client);
  } catch (error) {
    // 42501: this role may not make tables; docs/how-to/outgrow-sqlite.md says which one does.
    if (sqlState(error) !== '42501') throw error;
    throw new ProblemError(problem('database_unreachable', { place, what: (error as Error).message }));
  }
  const entries = await client.query('SELECT 1 FROM baqylau.log WHERE org = $1 LIMIT 1', [org]);
  if (entries.rowCount !== 0) throw new ProblemError(problem('store_not_empty', { org, place }));
  await client.query('INSERT INTO baqylau.organisation VALUES ($1) ON CONFLICT DO NOTHING', [org]);
};
