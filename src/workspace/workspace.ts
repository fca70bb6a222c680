import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Appendable,
  type Appended,
  type Appender,
  FEW,
  groupCommit,
  type LogReport,
  type LogStore,
  logOrigin,
  rootOf,
  verifyLog,
} from '../log/index.ts';
import {
  type Effects,
  foldRecord,
  type Hmac,
  type Leaf,
  type RecordState,
  readLeaf,
  recordIdForImport,
  toBase64url,
} from '../records/index.ts';
import type { SignedDirectory } from '../sealing/index.ts';
import type { Instrument, Study } from '../study/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { readTombstones } from './backup/tombstones.ts';
import { readConfig, type WorkspaceConfig, writeConfig } from './config.ts';
import { type FolderKeys, makeKeys, readKeys, verifierOf } from './device-key.ts';
import { folderDirectory, type InstalledDirectory } from './folder-directory.ts';
import { identityGuard } from './identity-guard.ts';
import { type KnownDevices, withRefused } from './key-directory.ts';
import { newStoreKind, openStore, type StoreOptions } from './open-store.ts';
import type { TrustedRoot } from './root-key.ts';
import { isRegistered, registeredStudy } from './study-folders.ts';
import { type PackageFile, registerStudy, type StudyRegistration } from './study-registration.ts';

/** An open data folder: the log with the studies and records in it, its keys and its settings. */
export interface Workspace {
  readonly dir: string;
  readonly config: WorkspaceConfig;
  readonly store: LogStore;
  /** Entries in the log, and the root of its hash tree in hex: what a snapshot names. */
  head(): Promise<{ readonly size: number; readonly root: string; readonly checkpoint: string | undefined }>;
  /**
   * First use of a package version puts its files and a `study` entry into the log; the same again changes nothing.
   * Throws ProblemError `study_changed_without_version` when this version is known with other contents.
   */
  registerStudy(
    study: Study,
    files: Iterable<PackageFile> | AsyncIterable<PackageFile>,
  ): Promise<StudyRegistration>;
  /**
   * Signs and appends, all or none, durably (see `appendEntries`). Streams: memory does not grow with the input. Short arrays
   * that come at the same time share one transaction. Throws ProblemError `identity_needs_sealing` for an entry that states
   * an identity field of its study in plain.
   */
  append(entries: Iterable<Appendable> | AsyncIterable<Appendable>): Promise<Appended>;
  /**
   * The newest key directory in the log, undefined when there is none. Throws ProblemError `directory_forged` (and its kin)
   * when a directory stands there that the pinned root key did not sign.
   */
  directory(): Promise<SignedDirectory | undefined>;
  /**
   * Puts a signed key directory into the log; the newest again changes nothing. The root key is pinned at the first, and may
   * be left out later. Throws ProblemError `root_key_missing`, `root_key_other`, `directory_forged`, `directory_older`,
   * `directory_split`, `directory_other_org`, `directory_device_missing`.
   */
  installDirectory(note: string, root?: TrustedRoot): Promise<InstalledDirectory>;
  /**
   * The records of a study as they stand at a log size (default: now), in order of record id, one at a time. Answers given on
   * earlier versions of an instrument are read as the study's own version names them.
   */
  states(study: RecordStudy, at?: number): AsyncIterable<RecordState>;
  /** One record, or undefined. */
  record(recordId: string, study?: RecordStudy): Promise<RecordState | undefined>;
  /** A record's leaves, in log order. */
  entries(recordId: string): Promise<readonly Leaf[]>;
  /** The id that an imported row has on every machine with this folder's import key. */
  importId(study: string, instrument: string, key: readonly string[], occurrence?: number): string;
  /** Reads the whole log and names what was changed; `witnessed` are checkpoint notes kept elsewhere (see `verifyLog`). */
  verify(options?: VerifyOptions): Promise<LogReport>;
  /** HMAC-SHA-256 under the import key of this folder. */
  readonly hmac: Hmac;
  close(): Promise<void>;
}

/** A study whose records are read. */
export type RecordStudy = Pick<Study, 'id' | 'instruments'>;

export interface VerifyOptions {
  readonly witnessed?: readonly string[];
  readonly everySignature?: boolean;
  readonly progress?: (entries: number) => void;
}

export interface NewWorkspace {
  readonly dir: string;
  readonly org: string;
  /** What readers call the organisation. */
  readonly name?: string;
  readonly effects: Effects;
  readonly people?: readonly string[];
  readonly zone?: string;
  readonly synthetic?: boolean;
  /** Seed of the device key (32 bytes); default: from `effects.random`. */
  readonly deviceKey?: Uint8Array;
  /** Address of the database that takes the log; '' keeps it in the folder. Default: DATABASE_URL of the environment. */
  readonly databaseUrl?: string | undefined;
}

/**
 * Makes a data folder and opens it. Throws ProblemError `data_folder_exists` when the folder has anything in it; what was
 * made is removed when a later step fails.
 */
export const createWorkspace = async (options: NewWorkspace): Promise<Workspace> => {
  const { dir, org, effects, people = [], zone = 'Asia/Almaty', synthetic = false } = options;
  if (existsSync(dir) && readdirSync(dir).length > 0)
    throw new ProblemError(problem('data_folder_exists', { dir }));
  const isNew = !existsSync(dir);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  try {
    const keys = makeKeys(dir, options.deviceKey ?? effects.random(32), effects.random(32));
    const devices = { [keys.device]: toBase64url(keys.publicKey) };
    const named = options.name === undefined ? {} : { name: options.name };
    const kind = newStoreKind(options.databaseUrl);
    writeConfig(dir, {
      version: 1,
      org,
      ...named,
      device: keys.device,
      store: kind,
      zone,
      devices,
      people,
      synthetic,
    });
    const store = await openStore({ dir, org, kind }, { databaseUrl: options.databaseUrl, create: true });
    return workspaceOn(dir, readConfig(dir), keys, store, effects);
  } catch (error) {
    for (const name of isNew ? [''] : readdirSync(dir))
      rmSync(join(dir, name), { recursive: true, force: true });
    throw error;
  }
};

export interface OpenWorkspace extends Pick<StoreOptions, 'databaseUrl' | 'readOnly'> {
  readonly effects: Effects;
}

/**
 * Opens a data folder, by default to write, which one process may do at a time (`data_folder_in_use`). Read-only works
 * beside a running server and refuses every write. Throws ProblemError `data_folder_missing`, `data_folder_damaged`,
 * `data_folder_newer`, `log_not_durable`, `store_mismatch`, and of a log in PostgreSQL those of `openPostgresStore`.
 */
export const openWorkspace = async (
  dir: string,
  { effects, ...storeOptions }: OpenWorkspace,
): Promise<Workspace> => {
  const config = readConfig(dir);
  const keys = readKeys(dir);
  if (keys.device !== config.device)
    throw new ProblemError(problem('data_folder_damaged', { file: 'keys/device.key', what: config.device }));
  const { org, store: kind = 'sqlite' } = config;
  return workspaceOn(dir, config, keys, await openStore({ dir, org, kind }, storeOptions), effects);
};

const workspaceOn = (
  dir: string,
  config: WorkspaceConfig,
  keys: FolderKeys,
  store: LogStore,
  effects: Effects,
): Workspace => {
  const directories = folderDirectory(dir, config, store);
  const appender = appenderOf(config, keys, effects, directories);
  const guard = identityGuard({
    studyOf: async (id) => ((await isRegistered(workspace, id)) ? registeredStudy(workspace, id) : undefined),
    wrapOf: (keyId) => store.vaultGet(keyId),
    blobOf: (sha256) => store.getBlob(sha256),
  });
  const toLog = groupCommit(store, appender);
  const append: Workspace['append'] = async (entries) => {
    await directories.load();
    const isFew = Array.isArray(entries) && entries.length <= FEW;
    try {
      return await toLog(directories.guarded(guard.guarded(entries)), isFew);
    } finally {
      directories.appended();
    }
  };
  const entries = async (recordId: string): Promise<readonly Leaf[]> =>
    (await store.ofRecord(recordId)).map((stored) => readLeaf(stored.bytes));
  const importId: Workspace['importId'] = (study, instrument, key, occurrence) =>
    recordIdForImport(keys.hmac, study, instrument, key, occurrence);
  const workspace: Workspace = {
    dir,
    get config() {
      return directories.config();
    },
    store,
    directory: directories.current,
    installDirectory: (note, root) => directories.install(note, root, append),
    head: async () => {
      const tree = await store.tree();
      return {
        size: tree.size,
        root: Buffer.from(rootOf(tree)).toString('hex'),
        checkpoint: tree.checkpoint,
      };
    },
    registerStudy: async (study, files) => {
      const outcome = await registerStudy({ store, append, entries, importId, config }, study, files);
      guard.learn(study);
      return outcome;
    },
    append,
    async *states(study, at) {
      for await (const group of store.records(at)) {
        const leaves = group.map((stored) => readLeaf(stored.bytes));
        const isRecord =
          leaves[0]?.body.study === study.id && leaves.some((leaf) => leaf.body.kind !== 'study');
        if (isRecord) yield foldRecord(leaves, instrumentOf(leaves, study));
      }
    },
    record: async (recordId, study) => {
      const leaves = await entries(recordId);
      return leaves.length === 0 ? undefined : foldRecord(leaves, instrumentOf(leaves, study));
    },
    entries,
    importId,
    hmac: keys.hmac,
    verify: async (options = {}) => {
      const { refused } = await directories.load({ anew: true });
      const report = await verifyLog(store, {
        verifierOf: directories.verifierOf,
        endOf: directories.endOf,
        checkpointKey: appender.checkpointKey,
        verifyCheckpoint: verifierOf(keys.publicKey),
        erased: new Set(readTombstones(dir).map((t) => t.key_id)),
        ...options,
      });
      return withRefused(report, refused);
    },
    close: () => store.close(),
  };
  return workspace;
};

const instrumentOf = (leaves: readonly Leaf[], study: RecordStudy | undefined): Instrument | undefined =>
  study?.instruments.get(leaves.find((leaf) => leaf.body.instrument !== '')?.body.instrument ?? '');

const appenderOf = (
  config: WorkspaceConfig,
  keys: FolderKeys,
  effects: Effects,
  { verifierOf: known, endOf }: KnownDevices,
): Appender => ({
  org: config.org,
  device: keys.device,
  zone: config.zone,
  sign: keys.sign,
  checkpointKey: { name: logOrigin(config.org), publicKey: keys.publicKey },
  signCheckpoint: keys.sign,
  verifierOf: known,
  endOf,
  effects,
});
