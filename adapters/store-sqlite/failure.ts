import type { LogTransaction } from '../../src/log/index.ts';
import { ProblemError, problem } from '../../src/vocabulary/index.ts';

/** Primary result codes of SQLite; an extended code has its primary code in its lowest byte (sqlite.org/rescode.html). */
const READONLY = 8;
const IOERR = 10;
const FULL = 13;
/** The shared index of the write-ahead log could not grow: that file is never data, and only a full disk stops it. */
const IOERR_SHMSIZE = 4874;

/** What a failure of SQLite means to whoever writes, or undefined when it is not one of its files. */
export const problemOf = (error: unknown, file: string): ProblemError | undefined => {
  const { errcode = 0, errstr = '', code } = error as { errcode?: number; errstr?: string; code?: string };
  if (code === 'EIO') return new ProblemError(problem('store_failed', { place: file, what: code }));
  const primary = errcode & 0xff;
  if (primary === FULL || errcode === IOERR_SHMSIZE)
    return new ProblemError(problem('disk_full', { place: file }));
  if (primary === READONLY) return new ProblemError(problem('data_folder_read_only', {}));
  if (primary === IOERR)
    return new ProblemError(problem('store_failed', { place: file, what: `${errstr} (${errcode})` }));
  return undefined;
};

/** Runs one step of a write. */
export type Guarded = <T>(step: () => T | Promise<T>) => Promise<T>;

/**
 * Says what went wrong with a write in the words of the log: `disk_full` (rolled back; goes on when there is room),
 * `data_folder_read_only`, `store_failed`. After a failed read, write or fsync of the file the state of the disk is not
 * known, and a second fsync that succeeds proves nothing (the kernel may have dropped the pages that the first could not
 * write), so from then on every step is refused with `store_failed`: only a new process, which reads what is really
 * there, may write again.
 */
export const guardWrites = (file: string): Guarded => {
  let failed: ProblemError | undefined;
  return async (step) => {
    if (failed !== undefined) throw failed;
    try {
      return await step();
    } catch (error) {
      const told = problemOf(error, file);
      if (told?.problems[0]?.code === 'store_failed') failed = told;
      throw told ?? error;
    }
  };
};

/** A transaction whose steps are guarded. Rolling back is always allowed. */
export const guardTransaction = (transaction: LogTransaction, guarded: Guarded): LogTransaction => ({
  add: (position, leaves) => guarded(() => transaction.add(position, leaves)),
  find: (entryId) => guarded(() => transaction.find(entryId)),
  lastOf: (device) => guarded(() => transaction.lastOf(device)),
  putWraps: (wraps) => guarded(() => transaction.putWraps(wraps)),
  putBlobs: (blobs) => guarded(() => transaction.putBlobs(blobs)),
  addCheckpoints: (checkpoints) => guarded(() => transaction.addCheckpoints(checkpoints)),
  commit: (tree) => guarded(() => transaction.commit(tree)),
  rollback: () => transaction.rollback(),
});
