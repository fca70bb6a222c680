import type { DatabaseSync } from 'node:sqlite';
import type { LogTransaction } from '../../src/log/index.ts';
import { checkpointWhenLong } from './checkpoint.ts';
import { guardTransaction, guardWrites } from './failure.ts';
import { transactionsOn } from './transaction.ts';

/** The writing connection: one write at a time, each failure told in the words of the log (failure.ts). */
export interface Writer {
  begin(): Promise<LogTransaction>;
  /** One durable change of the tables beside the log. `then` runs behind its commit, before the next write. */
  change(work: (db: DatabaseSync) => void, then?: (db: DatabaseSync) => void): Promise<void>;
  /** Resolves when nobody writes, then closes. */
  close(): Promise<void>;
}

export const writerOn = (db: DatabaseSync, file: string): Writer => {
  const guarded = guardWrites(file);
  const transaction = transactionsOn(db);
  let last: Promise<void> = Promise.resolve();
  /** Waits until nobody else writes; returns the way to let the next one in. */
  const turn = async (): Promise<() => void> => {
    const before = last;
    let release = (): void => undefined;
    last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  };
  /** What was committed is durable whatever comes of this; a disk that failed here is known to the next write. */
  const tidy = (): Promise<void> =>
    guarded(() => {
      if (!db.isTransaction) checkpointWhenLong(db);
    }).catch(() => undefined);

  return {
    begin: async () => {
      const release = await turn();
      const ended = (): void => void tidy().finally(release);
      try {
        return guardTransaction(await guarded(() => transaction(ended)), guarded);
      } catch (error) {
        release();
        throw error;
      }
    },
    change: async (work, then = () => undefined) => {
      const release = await turn();
      try {
        await guarded(() => {
          db.exec('BEGIN IMMEDIATE');
          work(db);
          db.exec('COMMIT');
        });
        await guarded(() => then(db));
        await tidy();
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      } finally {
        release();
      }
    },
    close: async () => {
      await last;
      db.close();
    },
  };
};
