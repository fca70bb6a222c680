import { openSqliteStore } from '../../../adapters/store-sqlite/index.ts';
import { EMPTY_TREE, growTree, type LogStore, rootOf } from '../../log/index.ts';
import type { Workspace } from '../workspace.ts';
import { backupDamaged } from './backup-file.ts';
import { type Opened, openInto } from './open-into.ts';
import { readTombstones } from './tombstones.ts';
import type { BackupDraft } from './write-backup.ts';

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
