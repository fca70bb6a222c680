import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalText } from '../records/index.ts';
import { diskProblem, syncFolder } from './write-durably.ts';

/** The list of who looked into what, in the data folder: one JSON value a line, the newest last. No name and no value. */
const REVEALS_FILE = 'reveals.jsonl';

/** One look into the sealed fields of a record. */
export interface RevealNote {
  /** ISO time. */
  readonly at: string;
  /** Code of the person whose key was used. */
  readonly user: string;
  readonly record: string;
  /** As the person gave it. */
  readonly reason: string;
  /** `opened`, or the code of the problem that it ended with. */
  readonly outcome: string;
  /** Paths of the fields that were opened. */
  readonly fields: readonly string[];
  /** Whether attached files were to be written out. */
  readonly files_written: boolean;
}

/**
 * Puts a look on the list; durable when it returns, and who cannot be noted must not look. Returns the file. Throws
 * ProblemError `disk_full`, `store_failed`, `data_folder_read_only`.
 */
export const noteReveal = (dir: string, note: RevealNote): string => {
  const file = join(dir, REVEALS_FILE);
  try {
    const list = openSync(file, 'a', 0o600);
    try {
      // One write, so that two who look at once do not mix their lines.
      writeSync(list, `${canonicalText(note)}\n`);
      fsyncSync(list);
    } finally {
      closeSync(list);
    }
    syncFolder(dir);
    return file;
  } catch (error) {
    throw diskProblem(error, file) ?? error;
  }
};
