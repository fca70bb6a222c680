import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { integrityFaults, openSqliteStore } from '../../../adapters/store-sqlite/index.ts';
import { type CopyCounts, type CopyHeader, type LogStore, takeCopy, takeVaultCopy } from '../../log/index.ts';
import { readLeaf } from '../../records/index.ts';
import { toBase64url } from '../../vocabulary/index.ts';
import { CONFIG_FILE, readConfig, type WorkspaceConfig, writeConfig } from '../config.ts';
import { readKeys } from '../device-key.ts';
import { copyTrust } from '../log-copy.ts';
import { writeDurably } from '../write-durably.ts';
import {
  backupDamaged,
  type LogHeader,
  type OpenedPart,
  openLogPart,
  openVaultPart,
  type VaultHeader,
} from './backup-file.ts';
import { keepTombstones, type Tombstone, tombstonesOf } from './tombstones.ts';

/** The two files of a backup, and what was erased since. */
export interface BackupParts {
  readonly log: string;
  readonly vault: string;
  readonly tombstones: readonly Tombstone[];
}

export interface Opened {
  readonly header: CopyHeader;
  readonly counts: CopyCounts;
  readonly config: WorkspaceConfig;
  readonly logPart: LogHeader;
  readonly vaultPart: VaultHeader;
  /** Keys that were in the backup and were not brought back. */
  readonly buried: number;
  /** What the log itself says was erased. */
  readonly erased: readonly Tombstone[];
}

/**
 * Opens a backup into an empty folder, which then is a data folder: the one way from a backup to a log, for the proof of a new
 * backup, for drills and for restoring. Nothing of it is to be used when it throws: ProblemError `backup_wrong_key`,
 * `backup_damaged`, `copy_damaged`, `file_missing`.
 */
export const openInto = async (
  dir: string,
  parts: BackupParts,
  identities: readonly string[],
): Promise<Opened> => {
  const vault = await openVaultPart(parts.vault, identities);
  writeKeys(dir, vault.header);
  const log = await openLogPart(parts.log, identities);
  const config = writeSettings(dir, log.header, parts.log);
  const keys = readKeys(dir);
  const isOne =
    vault.header.org === config.org &&
    keys.device === config.device &&
    config.devices[keys.device] === toBase64url(keys.publicKey);
  if (!isOne) throw backupDamaged(parts.vault, 'mixed');

  const taken = await takeAll(dir, parts, { config, log: log.content, vault });
  if (integrityFaults(dir).length > 0) throw backupDamaged(parts.log, 'database');
  return { ...taken, config, logPart: log.header, vaultPart: vault.header };
};

interface Streams {
  readonly config: WorkspaceConfig;
  readonly log: AsyncIterable<Uint8Array>;
  readonly vault: OpenedPart<VaultHeader>;
}

/** Log first: what its entries say was erased is left out of the vault. */
const takeAll = async (
  dir: string,
  parts: BackupParts,
  { config, log, vault }: Streams,
): Promise<Pick<Opened, 'header' | 'counts' | 'buried' | 'erased'>> => {
  const store = openSqliteStore(dir);
  try {
    const erased: Tombstone[] = [];
    const { header, counts } = await takeCopy(log, store, copyTrust(config), (leaf) => {
      erased.push(...tombstonesOf(leaf));
    });
    // A vault that is older than the log lacks the keys of what came in between.
    if (vault.header.size < header.size) throw backupDamaged(parts.vault, 'mixed');
    const gone = new Set([...parts.tombstones, ...erased].map((t) => t.key_id));
    // Erased after the backup: no entry of the restored log says so, and the folder must know.
    const inLog = new Set(erased.map((t) => t.key_id));
    keepTombstones(
      dir,
      parts.tombstones.filter((t) => !inLog.has(t.key_id)),
    );
    const { wraps, buried } = await takeVault(vault.content, store, config.org, gone);
    await removeErased(store, gone);
    return { header, counts: { ...counts, wraps }, buried, erased };
  } finally {
    await store.close();
  }
};

const writeKeys = (dir: string, { keys }: VaultHeader): void => {
  mkdirSync(join(dir, 'keys'), { mode: 0o700 });
  for (const [name, content] of Object.entries(keys))
    writeDurably(join(dir, 'keys', name), Buffer.from(content, 'base64'), 0o600);
};

/** The settings as they were, but for the place of the log: what is restored lies in the folder. */
const writeSettings = (dir: string, { config, org }: LogHeader, file: string): WorkspaceConfig => {
  writeFileSync(join(dir, CONFIG_FILE), config);
  const read = readConfig(dir);
  if (read.org !== org) throw backupDamaged(file, 'mixed');
  writeConfig(dir, { ...read, store: 'sqlite' });
  return readConfig(dir);
};

/** Brings the wraps back but those of erased keys, which never touch this disk again. */
const takeVault = async (
  content: AsyncIterable<Uint8Array>,
  store: LogStore,
  org: string,
  gone: ReadonlySet<string>,
): Promise<{ readonly wraps: number; readonly buried: number }> => {
  let kept = 0;
  const { wraps } = await takeVaultCopy(content, org, async (some) => {
    const live = some.filter((wrap) => !gone.has(wrap.keyId));
    kept += live.length;
    if (live.length > 0) await store.vaultPut(live);
  });
  return { wraps: kept, buried: wraps - kept };
};

const HAS_ATTACHMENT = Buffer.from('"attachments":[{');

/** Deletes the sealed files of erased records: nobody has a key to them. */
const removeErased = async (store: LogStore, gone: ReadonlySet<string>): Promise<void> => {
  if (gone.size === 0) return;
  for await (const { bytes } of store.read(0)) {
    if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(HAS_ATTACHMENT)) continue;
    const { attachments } = readLeaf(bytes).body;
    const erased = attachments.filter((a) => gone.has(a.key_id)).map((a) => a.ct_sha256);
    if (erased.length > 0) await store.deleteBlobs(erased);
  }
};
