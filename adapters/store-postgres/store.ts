import type { LogStore } from '../../src/log/index.ts';
import { ProblemError, problem } from '../../src/vocabulary/index.ts';
import { shownAddress } from './address.ts';
import { PUT_BLOB, PUT_WRAPS } from './appending.ts';
import { readFailure } from './failures.ts';
import { openReaders, type Readers } from './readers.ts';
import { readingOf } from './reading.ts';
import { createLog, requireLog } from './schema.ts';
import { transactionOn, wrapValues } from './transaction.ts';
import { turns } from './turns.ts';
import { openWriter, type WriterSession } from './writer-session.ts';

export interface PostgresOptions {
  /** `postgres://USER:PASSWORD@HOST:PORT/DATABASE`. Never printed: `shownAddress` says where it is. */
  readonly url: string;
  readonly org: string;
  /** Makes the tables and the organisation's log; without it they must be there: a wrong database is no empty log. */
  readonly create?: boolean;
  /** Opens what is there without the organisation's lock, beside a running server; every write is refused. */
  readonly readOnly?: boolean;
}

const DELETE_BLOBS = 'DELETE FROM baqylau.blob WHERE org = $1 AND sha256 = ANY ($2)';
const DELETE_WRAPS = 'DELETE FROM baqylau.key_vault WHERE org = $1 AND key_id = ANY ($2)';

/**
 * The log of one organisation in PostgreSQL 15 or newer, one writer process, any number of readers. Throws ProblemError
 * `database_unreachable`, `data_folder_in_use` when another process writes this organisation's log, `database_without_log`,
 * `store_not_empty` (create), `data_folder_newer`, `log_not_durable`.
 */
export const openPostgresStore = async (options: PostgresOptions): Promise<LogStore> => {
  const { url, org, create = false, readOnly = false } = options;
  const place = shownAddress(url);
  if (readOnly) {
    const readers = openReaders(url, place);
    try {
      const client = await readers.pool.connect();
      try {
        await requireLog(client, org, place);
      } finally {
        client.release();
      }
      return storeOn(undefined, readers, org);
    } catch (error) {
      await readers.close();
      throw readFailure(error, place);
    }
  }
  const writer = await openWriter(url, org, place);
  try {
    if (create) await createLog(writer.client, org, place);
    await requireLog(writer.client, org, place);
    return storeOn(writer, openReaders(url, place), org);
  } catch (error) {
    await writer.close();
    throw readFailure(error, place);
  }
};

const storeOn = (session: WriterSession | undefined, readers: Readers, org: string): LogStore => {
  const takeTurn = turns();
  const writable = (): WriterSession => {
    if (session === undefined) throw new ProblemError(problem('data_folder_read_only', {}));
    session.assertAlive();
    return session;
  };
  const inTurn = async (work: (writer: WriterSession) => Promise<unknown>): Promise<void> => {
    const writer = writable();
    const release = await takeTurn();
    try {
      await work(writer);
    } finally {
      release();
    }
  };
  return {
    ...readingOf(readers, org),
    begin: async () => {
      const writer = writable();
      return transactionOn(writer, org, await takeTurn());
    },
    // Not in the writer's session, where it would be undone with an append that is open at the moment.
    putBlob: async (sha256, bytes) => {
      writable();
      await readers.write({ name: 'put_blob', text: PUT_BLOB, values: [org, sha256, Buffer.from(bytes)] });
    },
    // Their keys are gone: what the file keeps of them until the space is used again opens for nobody.
    deleteBlobs: async (sha256) => {
      writable();
      await readers.write({ name: 'delete_blobs', text: DELETE_BLOBS, values: [org, sha256] });
    },
    vaultPut: (wraps) =>
      inTurn((writer) => writer.query({ name: 'wraps', text: PUT_WRAPS, values: wrapValues(org, wraps) })),
    // Gone from the table and its file. The write-ahead log still holds the bytes until PostgreSQL uses its segments again
    // (a few checkpoints), and an archive of it or a base backup for as long as it is kept: docs/how-to/outgrow-sqlite.md.
    vaultDelete: (keyIds) =>
      inTurn(async (writer) => {
        await writer.query({ name: 'forget', text: DELETE_WRAPS, values: [org, keyIds] });
        await writer.query('SELECT baqylau.rewrite_key_vault()');
      }),
    close: async () => {
      await takeTurn();
      await Promise.all([readers.close(), session?.close()]);
    },
  };
};
