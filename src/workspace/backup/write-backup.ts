import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOf, vaultCopyOf } from '../../log/index.ts';
import type { Effects } from '../../records/index.ts';
import { makeIdentity, recipientOf } from '../../sealing/index.ts';
import { ProblemError, problem } from '../../vocabulary/index.ts';
import { CONFIG_FILE } from '../config.ts';
import { copyAbout } from '../log-copy.ts';
import type { Workspace } from '../workspace.ts';
import { writeDraft } from '../write-stream.ts';
import { backupName, newestSet, sealBackup, setOf, timeOfSet } from './backup-file.ts';

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
