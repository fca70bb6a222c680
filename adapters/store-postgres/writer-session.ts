import { createHash } from 'node:crypto';
import { Client, type QueryConfig, type QueryResult } from 'pg';
import { ProblemError, problem } from '../../src/vocabulary/index.ts';
import { assertSettings, SET_DURABLE, SETTINGS_SQL } from './durability.ts';
import { isLost, readFailure, saidBy, sqlState, writeFailure } from './failures.ts';

/** The one session that writes an organisation's log. */
export interface WriterSession {
  /** Queries go out at once and are answered in order. A failure is a ProblemError where a person can do something. */
  query(query: QueryConfig | string): Promise<QueryResult>;
  /** Throws ProblemError `store_failed` for ever after the session was lost: the lock went with it. */
  assertAlive(): void;
  readonly client: Client;
  close(): Promise<void>;
}

/** How long a writer that was just killed may still hold its lock. */
const LOCK_WAIT = '2s';
const LOCK_NOT_AVAILABLE = '55P03';

/** One number for one organisation, by chance in 2^64 that of another. */
const lockOf = (org: string): bigint =>
  createHash('sha256').update(`baqylau/writer\n${org}`).digest().readBigInt64BE();

/** A host that vanished without a word is noticed within a minute, and its lock released. */
const SESSION = `${SET_DURABLE}; SET lock_timeout = '${LOCK_WAIT}'; SET tcp_keepalives_idle = 30;
SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3; SET application_name = 'baqylau writer'`;

/**
 * Opens the session and takes the organisation's advisory lock in it: the server releases it when the session ends, however
 * that comes, so there is no stale lock to remove by hand, and whoever lost the session cannot write any more.
 * Throws ProblemError `data_folder_in_use`, `log_not_durable`, `database_unreachable`.
 */
export const openWriter = async (url: string, org: string, place: string): Promise<WriterSession> => {
  const client = new Client({
    connectionString: url,
    pipeline: true,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  });
  let [lost, closing]: [ProblemError | undefined, boolean] = [undefined, false];
  const lose = (error: unknown): void => {
    lost ??= new ProblemError(problem('store_failed', { place, what: saidBy(error) }));
  };
  client.on('error', lose);
  client.on('end', () => {
    if (!closing) lose({ message: 'the connection to the database was lost' });
  });
  const query: WriterSession['query'] = async (asked) => {
    if (lost !== undefined) throw lost;
    try {
      return await client.query(asked);
    } catch (error) {
      if (isLost(error)) lose(error);
      throw lost ?? writeFailure(error, place);
    }
  };
  try {
    await client.connect();
    await client.query(SESSION);
    const found = await client.query(`SELECT ${SETTINGS_SQL} AS settings`);
    assertSettings(found.rows[0]?.settings ?? {});
    await client.query('SELECT pg_advisory_lock($1)', [lockOf(org)]);
    await client.query('SET lock_timeout = 0'); // later locks wait for readers, who are soon done
  } catch (error) {
    closing = true;
    await client.end().catch(() => undefined);
    if (sqlState(error) === LOCK_NOT_AVAILABLE)
      throw new ProblemError(problem('data_folder_in_use', { dir: place }));
    throw readFailure(error, place);
  }
  return {
    query,
    client,
    assertAlive: () => {
      if (lost !== undefined) throw lost;
    },
    close: async () => {
      closing = true;
      await client.end().catch(() => undefined);
    },
  };
};
