import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { ProblemError, problem } from '../vocabulary/index.ts';

/**
 * Writes a whole file or nothing, and returns when it is on disk. Refuses characters of no file name by itself. Throws
 * ProblemError `disk_full`, `store_failed` (the disk failed; what stands there is not known), `data_folder_read_only`.
 */
export const writeDurably = (file: string, content: string | Uint8Array, mode: number): void => {
  try {
    writeAndSync(`${file}.new`, content, mode);
    renameSync(`${file}.new`, file);
    syncFolder(dirname(file));
  } catch (error) {
    // What is half written takes room that others need.
    rmSync(`${file}.new`, { force: true });
    throw diskProblem(error, file) ?? error;
  }
};

/** What a person is told of a disk that did not take a file; undefined for any other error. */
export const diskProblem = (error: unknown, file: string): ProblemError | undefined => {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new ProblemError(problem('disk_full', { place: file }));
  if (code === 'EIO') return new ProblemError(problem('store_failed', { place: file, what: code }));
  if (code === 'EROFS') return new ProblemError(problem('data_folder_read_only', {}));
  return undefined;
};

const writeAndSync = (file: string, content: string | Uint8Array, mode: number): void => {
  const out = openSync(file, 'w', mode);
  try {
    const bytes = Buffer.from(content);
    for (let at = 0; at < bytes.length; ) at += writeSync(out, bytes, at);
    fsyncSync(out);
  } finally {
    closeSync(out);
  }
};

/** The name of a file is durable when its folder is. */
export const syncFolder = (dir: string): void => {
  if (process.platform === 'win32') return; // a directory cannot be opened for fsync there
  const folder = openSync(dir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};
