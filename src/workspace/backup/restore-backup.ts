import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { readIdentity } from '../../sealing/index.ts';
import { ProblemError, problem } from '../../vocabulary/index.ts';
import { syncFolder } from '../write-durably.ts';
import { nameOfBackup, timeOfSet } from './backup-file.ts';
import { type BackupParts, type Opened, openInto } from './open-into.ts';
import { withScratch } from './scratch.ts';
import { readTombstones } from './tombstones.ts';

export interface Restored extends Pick<Opened, 'header' | 'counts' | 'buried'> {
  /** When the backup was made, ISO 8601. */
  readonly madeAt: string;
}

/**
 * The files to restore from: a log part, or the newest in a folder, with the newest vault part beside it, which lacks what was
 * erased since. Throws ProblemError `file_missing`, `backup_missing`.
 */
export const findBackup = (from: string): BackupParts => {
  if (!existsSync(from)) throw new ProblemError(problem('file_missing', { file: from }));
  const isFolder = statSync(from).isDirectory();
  const folder = isFolder ? from : dirname(from);
  const newest = (series: 'log' | 'vault'): string | undefined =>
    readdirSync(folder)
      .filter((name) => !name.endsWith('.new') && nameOfBackup(name)?.series === series)
      .sort()
      .at(-1);
  const log = isFolder ? newest('log') : basename(from);
  const vault = newest('vault');
  if (log === undefined || vault === undefined || nameOfBackup(log)?.series !== 'log')
    throw new ProblemError(problem('backup_missing', { from }));
  return { log: join(folder, log), vault: join(folder, vault), tombstones: readTombstones(folder) };
};

/**
 * The identities in a file, as age writes it: one a line, `#` begins a remark. Throws ProblemError `file_missing`,
 * `identity_unreadable`.
 */
export const readIdentityFile = async (file: string): Promise<readonly string[]> => {
  if (!existsSync(file)) throw new ProblemError(problem('file_missing', { file }));
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length === 0) throw new ProblemError(problem('identity_unreadable'));
  return Promise.all(lines.map(readIdentity));
};

const told = ({ header, counts, buried, logPart }: Opened): Restored => ({
  header,
  counts,
  buried,
  madeAt: new Date(timeOfSet(logPart.set)).toISOString(),
});

/**
 * Restores a backup into a new folder: in scratch beside it, and in one step into place when all of it is whole and what was
 * erased since is gone from it. Throws ProblemError `data_folder_exists`, `backup_wrong_key`, `backup_damaged`,
 * `copy_damaged`, `backup_missing`; nothing is then at the place.
 */
export const restoreBackup = async (
  from: string,
  identities: readonly string[],
  to: string,
): Promise<Restored> => {
  const dir = resolve(to);
  if (existsSync(dir)) throw new ProblemError(problem('data_folder_exists', { dir: to }));
  const parts = findBackup(from);
  mkdirSync(dirname(dir), { recursive: true });
  return withScratch(`${dir}.restoring`, async (scratch) => {
    const opened = await openInto(scratch, parts, identities);
    syncFolder(scratch);
    renameSync(scratch, dir);
    syncFolder(dirname(dir));
    return told(opened);
  });
};

/** A drill: restores a backup into scratch, and forgets it. Throws as `restoreBackup` does. */
export const checkBackup = (
  from: string,
  identities: readonly string[],
  scratch: string,
): Promise<Restored> =>
  withScratch(join(scratch, 'backup-check'), async (dir) =>
    told(await openInto(dir, findBackup(from), identities)),
  );
