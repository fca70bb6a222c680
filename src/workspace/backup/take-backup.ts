import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '../../../adapters/store-sqlite/index.ts';
import { copyOf, EMPTY_TREE, growTree, type LogStore, rootOf, vaultCopyOf } from '../../log/index.ts';
import type { Effects } from '../../records/index.ts';
import { makeIdentity, recipientOf } from '../../sealing/index.ts';
import { ProblemError, problem } from '../../vocabulary/index.ts';
import { CONFIG_FILE } from '../config.ts';
import { copyAbout } from '../log-copy.ts';
import type { Workspace } from '../workspace.ts';
import { writeDurably } from '../write-durably.ts';
import { putInPlace, writeDraft } from '../write-stream.ts';
import { backupDamaged, backupName, nameOfBackup, sealBackup, setOf, timeOfSet } from './backup-file.ts';
import { type Opened, openInto } from './open-into.ts';
import { outlived } from './retention.ts';
import { withScratch } from './scratch.ts';
import { keepTombstones, readTombstones } from './tombstones.ts';

export interface BackupRequest {
  /** Folder of the backups. */
  readonly to: string;
  /** The recovery recipient (`age1…`): who can open it later. */
  readonly recipient: string;
  readonly effects: Effects;
}

/** A backup that is written and not yet proved: under names that nothing restores from. */
export interface BackupDraft {
  readonly to: string;
  readonly set: string;
  readonly log: string;
  readonly vault: string;
  readonly canary: string;
  /** Made for this run, kept in memory only and forgotten with it: opens the drafts for their proof. */
  readonly identity: string;
  /** Size of the log when the run began: the backup has at least these. */
  readonly size: number;
  readonly bytes: number;
}

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

/** Writes the drafts: the log first, so that the vault has the keys of every entry in it. */
export const writeBackup = async (
  workspace: Workspace,
  { to, recipient, effects }: BackupRequest,
): Promise<BackupDraft> => {
  const { store, config, dir } = workspace;
  const set = setAfter(to, effects.clock());
  const canary = Buffer.from(effects.random(32)).toString('hex');
  const identity = await makeIdentity();
  const recipients = [recipient, await recipientOf(identity)];
  const { size } = await store.tree();
  const part = { set, canary, org: config.org };
  const [log, vault] = [
    `${join(to, backupName('log', set))}.new`,
    `${join(to, backupName('vault', set))}.new`,
  ];

  const settings = readFileSync(join(dir, CONFIG_FILE), 'utf8');
  const copy = copyOf(store, await copyAbout(workspace));
  const sealed = await sealBackup({ ...part, series: 'log', config: settings }, copy, recipients);
  const { bytes } = await writeDraft(log, sealed);

  const keys = Object.fromEntries(
    readdirSync(join(dir, 'keys')).map((name) => [name, readFileSync(join(dir, 'keys', name), 'base64')]),
  );
  // Read before the vault: every entry up to here has its wraps in what is read next.
  const { size: covered } = await store.tree();
  const vaultPart = { ...part, series: 'vault', size: covered, keys } as const;
  await writeDraft(vault, await sealBackup(vaultPart, vaultCopyOf(store, config.org), recipients));
  return { to, set, log, vault, canary, identity, size, bytes };
};

/** Restores the drafts into scratch and compares with the live log. Throws ProblemError `backup_damaged`, `copy_damaged`. */
export const proveBackup = async (
  workspace: Workspace,
  draft: BackupDraft,
  scratch: string,
): Promise<Opened> => {
  const { log, vault, canary, identity } = draft;
  const tombstones = readTombstones(draft.to);
  const opened = await openInto(scratch, { log, vault, tombstones }, [identity]);
  const isOurs = opened.logPart.canary === canary && opened.vaultPart.canary === canary;
  if (!isOurs) throw backupDamaged(log, 'mixed');
  const restored = openSqliteStore(scratch, { readOnly: true });
  try {
    const { size, root } = opened.header;
    const isWhole =
      size >= draft.size &&
      (await restored.size()) === size &&
      // The live root comes from the hashes that were stored at each append, not from what the copy read.
      (await rootAt(workspace.store, size)) === root &&
      (await rootAt(restored, size)) === root &&
      (await sameWraps(workspace.store, restored));
    if (!isWhole) throw backupDamaged(log, 'differs');
    return opened;
  } finally {
    await restored.close();
  }
};

const rootAt = async (store: LogStore, size: number): Promise<string> => {
  let tree = EMPTY_TREE;
  for await (const { hash } of store.hashes(0, size)) tree = growTree(tree, [hash]);
  return Buffer.from(rootOf(tree)).toString('hex');
};

/** Every wrap is the live one, unless it was erased meanwhile. */
const sameWraps = async (live: LogStore, restored: LogStore): Promise<boolean> => {
  for await (const { keyId, wrap } of restored.vault()) {
    const now = await live.vaultGet(keyId);
    if (now !== undefined && Buffer.compare(now, wrap) !== 0) return false;
  }
  return true;
};

/** The newest run that has a file in the folder; undefined in an empty one. */
const newestSet = (folder: string): string | undefined =>
  readdirSync(folder)
    .flatMap((name) => (name.endsWith('.new') ? [] : (nameOfBackup(name)?.set ?? [])))
    .sort()
    .at(-1);

/** Names sort by time, and the newest is restored: with a clock that is behind, a new backup would never be found. */
const setAfter = (folder: string, now: number): string => {
  const [set, newest] = [setOf(new Date(now)), newestSet(folder)];
  if (newest !== undefined && newest >= set)
    throw new ProblemError(
      problem('backup_clock', {
        newest: new Date(timeOfSet(newest)).toISOString(),
        now: new Date(now).toISOString(),
      }),
    );
  return set;
};

/** Puts a proved backup in place, vault first: a log is never there without its keys. */
export const settleBackup = (
  workspace: Pick<Workspace, 'dir'>,
  { to, set, log, vault, bytes }: BackupDraft,
  { header, erased }: Pick<Opened, 'header' | 'erased'>,
  effects: Effects,
): BackupDone => {
  keepTombstones(to, erased);
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
