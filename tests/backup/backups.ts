import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Effects } from '../../src/records/index.ts';
import { makeIdentity, recipientOf } from '../../src/sealing/index.ts';
import { restoreBackup } from '../../src/workspace/backup/restore-backup.ts';
import { type BackupDone, takeBackup } from '../../src/workspace/backup/take-backup.ts';
import { openWorkspace, type Workspace } from '../../src/workspace/index.ts';
import { fixedEffects } from '../builders/workspace.ts';
import { aLog, contentOf, type LogPlan } from '../log-copy/logs.ts';

/** An organisation with a log, a folder for backups and a recovery key of its own. */
export interface Place {
  readonly data: string;
  readonly backups: string;
  readonly identity: string;
  readonly recipient: string;
  /** A path in the same temporary folder. */
  path(name: string): string;
  remove(): void;
}

export const aPlan = (entries: number): LogPlan => ({
  appends: [entries - 1, 1],
  blobs: [new TextEncoder().encode('a file'), new Uint8Array(5000).map((_, i) => i)],
  wraps: [Uint8Array.of(1, 2, 3), new Uint8Array(300)],
});

/** Places of one seed have the same device and import keys. */
export const aPlace = async (plan: LogPlan, seed?: string): Promise<Place> => {
  const dir = mkdtempSync(join(tmpdir(), 'baqylau-backup-'));
  const path = (name: string): string => join(dir, name);
  await (await aLog(path('data'), plan, seed)).close();
  const identity = await makeIdentity();
  return {
    data: path('data'),
    backups: path('backups'),
    identity,
    recipient: await recipientOf(identity),
    path,
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
};

/** A clock that stands still, so that a test says when it is. */
export const at = (iso: string): Effects => ({
  clock: () => Date.parse(iso),
  random: fixedEffects(iso).random,
});

let minutes = 0;
/** A minute later each time. */
export const later = (): Effects => at(new Date(Date.UTC(2026, 0, 1, 0, (minutes += 1))).toISOString());

export const withWorkspace = async <T>(
  dir: string,
  run: (workspace: Workspace) => Promise<T>,
  readOnly = true,
  databaseUrl = '',
): Promise<T> => {
  const effects = { clock: Date.now, random: (bytes: number) => new Uint8Array(randomBytes(bytes)) };
  const workspace = await openWorkspace(dir, { effects, readOnly, databaseUrl });
  try {
    return await run(workspace);
  } finally {
    await workspace.close();
  }
};

export const backUp = (place: Place, effects: Effects = later(), databaseUrl = ''): Promise<BackupDone> =>
  withWorkspace(
    place.data,
    (workspace) => takeBackup(workspace, { to: place.backups, recipient: place.recipient, effects }),
    true,
    databaseUrl,
  );

/** Everything that the log of a folder holds. */
export const contentIn = (dir: string, databaseUrl = '') =>
  withWorkspace(dir, ({ store }) => contentOf(store), true, databaseUrl);

/** SHA-256 of every file of a folder that says something: what must not change. */
export const hashesOf = (dir: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('-shm') && entry.name !== 'lock.db')
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );

/** A copy of the backups, to be damaged. */
export const copyOfBackups = (place: Place, name: string): string => {
  const dir = place.path(name);
  mkdirSync(dir);
  for (const file of readdirSync(place.backups)) copyFileSync(join(place.backups, file), join(dir, file));
  return dir;
};

/** Tries to restore; what stopped it. Leaves nothing behind. */
export const refusal = async (place: Place, from: string, identity = place.identity): Promise<string> => {
  const to = place.path('restored');
  try {
    await restoreBackup(from, [identity], to);
    return 'restored';
  } catch (error) {
    const left = existsSync(to) || existsSync(`${to}.restoring`);
    return left ? `something was left behind: ${String(error)}` : String(error);
  } finally {
    rmSync(to, { recursive: true, force: true });
  }
};
