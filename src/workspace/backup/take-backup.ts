import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Effects } from '../../records/index.ts';
import type { Workspace } from '../workspace.ts';
import { writeDurably } from '../write-durably.ts';
import { putInPlace } from '../write-stream.ts';
import { backupName, newestSet, timeOfSet } from './backup-file.ts';
import type { Opened } from './open-into.ts';
import { proveBackup } from './prove-backup.ts';
import { outlived } from './retention.ts';
import { withScratch } from './scratch.ts';
import { keepTombstones, readTombstones } from './tombstones.ts';
import { type BackupDraft, type BackupRequest, writeBackup } from './write-backup.ts';

/** What the last backup that counts has: everything before `size` is safe elsewhere. */
export interface Watermark {
  readonly at: string;
  readonly set: string;
  readonly size: number;
  readonly root: string;
}

export interface BackupDone extends Watermark {
  readonly file: string;
  readonly bytes: number;
  /** Older backups that went. */
  readonly pruned: readonly string[];
}

export const WATERMARK_FILE = 'backup-watermark.json';

/**
 * Backs a data folder up, beside a running server: writes both series, restores them at once into scratch, compares, and only
 * then puts them in place and moves the watermark. Throws ProblemError `backup_damaged` when what was written does not give
 * the log back, `recipient_invalid`, `backup_clock`, `data_folder_in_use` while another backup of this folder runs. What was there stays.
 */
export const takeBackup = (workspace: Workspace, request: BackupRequest): Promise<BackupDone> =>
  withScratch(join(workspace.dir, 'backup-scratch'), async (scratch) => {
    mkdirSync(request.to, { recursive: true, mode: 0o700 });
    removeDrafts(request.to);
    try {
      const draft = await writeBackup(workspace, request);
      const opened = await proveBackup(workspace, draft, scratch);
      return settleBackup(workspace, draft, opened, request.effects);
    } catch (error) {
      removeDrafts(request.to);
      throw error;
    }
  });

/** What failed and killed runs have left. */
const removeDrafts = (folder: string): void => {
  for (const name of readdirSync(folder))
    if (name.endsWith('.age.new')) rmSync(join(folder, name), { force: true });
};

/** Puts a proved backup in place, vault first: a log is never there without its keys. */
export const settleBackup = (
  workspace: Pick<Workspace, 'dir'>,
  { to, set, log, vault, bytes }: BackupDraft,
  { header, erased }: Pick<Opened, 'header' | 'erased'>,
  effects: Effects,
): BackupDone => {
  keepTombstones(to, [...erased, ...readTombstones(workspace.dir)]);
  const before = newestSet(to);
  const file = join(to, backupName('log', set));
  putInPlace(vault, join(to, backupName('vault', set)));
  putInPlace(log, file);
  const watermark = {
    at: new Date(effects.clock()).toISOString(),
    set,
    size: header.size,
    root: header.root,
  };
  writeDurably(join(workspace.dir, WATERMARK_FILE), `${JSON.stringify(watermark)}\n`, 0o644);
  // As of the run before: one run with a clock that is ahead must not take all older backups with it.
  const pruned = before === undefined ? [] : outlived(readdirSync(to), timeOfSet(before));
  for (const name of pruned) rmSync(join(to, name), { force: true });
  return { ...watermark, file, bytes, pruned };
};
