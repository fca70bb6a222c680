import { Pool, type QueryConfig, type QueryResult } from 'pg';
import { assertSettings, SET_DURABLE, SETTINGS_SQL } from './durability.ts';
import { readFailure, writeFailure } from './failures.ts';

/** Sessions beside the writer's: they see what is committed and nothing else. */
export interface Readers {
  query(query: QueryConfig): Promise<QueryResult>;
  /** One statement that commits by itself: for blobs, which mean nothing until an entry names them. */
  write(query: QueryConfig): Promise<QueryResult>;
  readonly pool: Pool;
  close(): Promise<void>;
}

const SESSIONS = 4;

export const openReaders = (url: string, place: string): Readers => {
  const pool = new Pool({
    connectionString: url,
    max: SESSIONS,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    application_name: 'baqylau reader',
    onConnect: async (client) => {
      await client.query(SET_DURABLE);
    },
  });
  pool.on('error', () => undefined); // a session that nobody uses was cut; the next query opens another
  return {
    pool,
    query: async (query) => {
      try {
        return await pool.query(query);
      } catch (error) {
        throw readFailure(error, place);
      }
    },
    write: async (query) => {
      const client = await pool.connect().catch((error: unknown) => {
        throw readFailure(error, place);
      });
      try {
        assertSettings((await client.query(`SELECT ${SETTINGS_SQL} AS settings`)).rows[0]?.settings ?? {});
        return await client.query(query);
      } catch (error) {
        throw writeFailure(error, place);
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
};
