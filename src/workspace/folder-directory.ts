import type { Appendable, Appended, LogStore } from '../log/index.ts';
import { openDirectory, type SignedDirectory } from '../sealing/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { type WorkspaceConfig, writeConfig } from './config.ts';
import {
  directoryDraft,
  guardedDirectories,
  type KnownDevices,
  known,
  knownDevices,
  type LogDirectories,
  lastNumbers,
  readDirectories,
} from './key-directory.ts';
import { readRootKey, rootKeyText, type TrustedRoot } from './root-key.ts';

/** What an installation did. */
export interface InstalledDirectory {
  readonly signed: SignedDirectory;
  /** False when it was the newest already. */
  readonly isNew: boolean;
  /** Devices that had written on after their end before it was known: `verify` names those entries from now on. */
  readonly writtenAfterEnd: readonly { readonly device: string; readonly entries: number }[];
}

/**
 * The key directory of a data folder: its pinned root key, and the newest directory in its log. Its devices are those of that
 * directory from the moment it is read or passes into the log.
 */
export interface FolderDirectory extends KnownDevices {
  readonly config: () => WorkspaceConfig;
  /** Throws ProblemError when a directory in the log is not what the root key signed. */
  current(): Promise<SignedDirectory | undefined>;
  /** Reads what there is; `anew` where another process may have written. */
  load(options?: { readonly anew?: boolean }): Promise<LogDirectories>;
  /** Entries on their way into the log: a directory among them is checked against the newest. */
  guarded(entries: Iterable<Appendable> | AsyncIterable<Appendable>): AsyncIterable<Appendable>;
  /** To be called when an append has ended, well or not: what it may have brought is read anew. */
  appended(): void;
  install(
    note: string,
    root: TrustedRoot | undefined,
    append: (entries: readonly Appendable[]) => Promise<Appended>,
  ): Promise<InstalledDirectory>;
}

export const folderDirectory = (dir: string, opened: WorkspaceConfig, store: LogStore): FolderDirectory => {
  let config = opened;
  let devices = knownDevices(config, undefined);
  // A folder has one writer, so what was read holds until this process appends a directory itself.
  let kept: LogDirectories | undefined;
  let isStale = false;
  const read = async (): Promise<LogDirectories> => {
    if (kept === undefined) {
      kept = await readDirectories(store, config, dir);
      devices = knownDevices(config, kept.newest);
    }
    return kept;
  };
  const current = async (): Promise<SignedDirectory | undefined> => {
    const { newest, fault } = await read();
    if (fault !== undefined) throw fault;
    return newest;
  };
  return {
    config: () => config,
    current,
    verifierOf: (device) => devices.verifierOf(device),
    endOf: (device) => devices.endOf(device),
    load: async ({ anew = false } = {}) => {
      if (anew) kept = undefined;
      return read();
    },
    async *guarded(entries) {
      yield* guardedDirectories(entries, { store, config, place: dir }, await current(), (passed) => {
        isStale = true;
        devices = knownDevices(config, passed);
      });
    },
    appended: () => {
      if (isStale) kept = undefined;
      isStale = false;
    },
    install: async (note, root, append) => {
      const pinned = trustedRoot(config, root, dir);
      const { newest, fault, heads } = await read();
      if (fault !== undefined && config.root !== undefined) throw fault;
      const signed = await openDirectory(note, pinned, known(newest));
      const isNew = signed.sha256 !== newest?.sha256;
      if (isNew) {
        const draft = directoryDraft(config, signed, heads);
        // The text is durable before the entry that names it, and the root before the first directory that needs it.
        await store.putBlob(String(draft.values?.sha256), new TextEncoder().encode(note));
        if (config.root === undefined) {
          config = { ...config, root: rootKeyText(pinned) };
          writeConfig(dir, config);
          kept = undefined;
        }
        await append([draft]);
      }
      return { signed, isNew, writtenAfterEnd: await writtenAfterEnd(store, signed) };
    },
  };
};

/** The root that the folder has pinned, or is to pin now. Throws ProblemError `root_key_missing`, `root_key_other`. */
const trustedRoot = (
  { org, root: pinned }: WorkspaceConfig,
  given: TrustedRoot | undefined,
  place: string,
): TrustedRoot => {
  if (given !== undefined && given.org !== org)
    throw new ProblemError(problem('directory_other_org', { org, found: given.org }));
  if (pinned === undefined) {
    if (given === undefined) throw new ProblemError(problem('root_key_missing', { place }));
    return given;
  }
  if (given !== undefined && rootKeyText(given) !== pinned)
    throw new ProblemError(problem('root_key_other', { place }));
  return readRootKey(pinned);
};

const writtenAfterEnd = async (
  store: LogStore,
  { directory }: SignedDirectory,
): Promise<InstalledDirectory['writtenAfterEnd']> => {
  const numbers = await lastNumbers(store);
  return directory.devices.flatMap(({ device, ends_at: end }) => {
    const entries = end === undefined ? 0 : (numbers.get(device) ?? 0) - end;
    return entries > 0 ? [{ device, entries }] : [];
  });
};
