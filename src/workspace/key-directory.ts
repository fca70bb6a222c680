import { hash } from 'node:crypto';
import {
  type Appendable,
  type Finding,
  type LogReport,
  type LogStore,
  type StoredLeaf,
  sha256Hex,
} from '../log/index.ts';
import {
  type EntryBody,
  type EntryDraft,
  type Leaf,
  readLeaf,
  uuid8,
  type Verify,
} from '../records/index.ts';
import { type KnownDirectory, openDirectory, type SignedDirectory } from '../sealing/index.ts';
import { fromBase64url, ProblemError, problem } from '../vocabulary/index.ts';
import type { WorkspaceConfig } from './config.ts';
import { verifierOf } from './device-key.ts';
import { readRootKey, type TrustedRoot } from './root-key.ts';

/** Directory entries belong to no study of anybody's. */
const STUDY = 'baqylau';

/** All directories of an organisation are one record, the same on every machine. */
export const directoryRecord = (org: string): string =>
  uuid8(hash('sha256', `baqylau/directory/v1\n${org}`, 'buffer'));

/** The key directories in a log, as far as they are to be trusted. */
export interface LogDirectories {
  /** The newest that the root key signed; undefined when there is none. */
  readonly newest: SignedDirectory | undefined;
  /** Why one that stands in the log cannot be used: its text is gone, or is not the root key's. Nothing may be appended. */
  readonly fault: ProblemError | undefined;
  /** Entry ids of the last directory entries: the parents of the next. */
  readonly heads: readonly string[];
  /** Entries whose directory the root key did not sign, or not as the next: somebody with the device's key put them in. */
  readonly refused: readonly Pick<StoredLeaf, 'position' | 'entryId'>[];
}

/** Reads the directories of a log with the root key that the folder has pinned in its config. */
export const readDirectories = async (
  store: LogStore,
  config: Pick<WorkspaceConfig, 'org' | 'root'>,
  place: string,
): Promise<LogDirectories> => {
  const stored = (await store.ofRecord(directoryRecord(config.org)))
    .map((leaf) => ({ ...leaf, body: readLeaf(leaf.bytes).body }))
    .filter(({ body }) => body.kind === 'directory');
  const heads = stored.slice(-1).map(({ entryId }) => entryId);
  const none = { newest: undefined, fault: undefined, heads, refused: [] };
  if (stored.length === 0) return none;
  if (config.root === undefined)
    return { ...none, fault: new ProblemError(problem('root_key_missing', { place })) };
  const root = readRootKey(config.root);
  let [newest, fault]: [SignedDirectory | undefined, ProblemError | undefined] = [undefined, undefined];
  const refused: LogDirectories['refused'][number][] = [];
  for (const { body, position, entryId } of stored)
    try {
      newest = await directoryOf(store, body, root, known(newest));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      fault ??= error;
      refused.push({ position, entryId });
    }
  return { newest, fault, heads, refused };
};

/** A report of the log with the directories that do not belong there, where nothing else has shown them. */
export const withRefused = (report: LogReport, refused: LogDirectories['refused']): LogReport => {
  const told = new Set(report.findings.map((finding) => finding.position));
  const more = refused
    .filter(({ position }) => !told.has(position))
    .map((at): Finding => ({ what: 'inserted', ...at, shownBy: 'signature' }));
  const findings = [...report.findings, ...more].toSorted((a, b) => a.position - b.position);
  return { ...report, findings };
};

export const known = (signed: SignedDirectory | undefined): KnownDirectory | undefined =>
  signed && { number: signed.directory.number, sha256: signed.sha256 };

type DirectoryEntry = Pick<EntryBody, 'values'>;

/** The directory that an entry names. Throws ProblemError as `openDirectory` does. */
const directoryOf = async (
  store: LogStore,
  { values }: DirectoryEntry,
  root: TrustedRoot,
  before: KnownDirectory | undefined,
): Promise<SignedDirectory> => {
  const blob = await store.getBlob(String(values.sha256));
  if (blob === undefined || sha256Hex(blob) !== values.sha256)
    throw new ProblemError(problem('directory_forged'));
  const signed = await openDirectory(new TextDecoder().decode(blob), root, before);
  if (signed.directory.number !== values.number) throw new ProblemError(problem('directory_forged'));
  return signed;
};

/** The entry that puts a directory into the log. Its text is a blob, put there first. */
export const directoryDraft = (
  config: WorkspaceConfig,
  signed: SignedDirectory,
  parents: readonly string[],
): EntryDraft => ({
  study: STUDY,
  instrument: '',
  instrument_version: 0,
  record_id: directoryRecord(config.org),
  kind: 'directory',
  parents: [...parents],
  author: config.device,
  values: { number: signed.directory.number, sha256: sha256Hex(new TextEncoder().encode(signed.note)) },
});

/**
 * Passes entries on and stops at a directory that must not stand in the log, whoever appends it; tells of one that passed. Throws ProblemError
 * `root_key_missing`, `directory_forged`, `directory_older`, `directory_split`, `directory_other_org`,
 * `directory_device_missing`.
 */
export async function* guardedDirectories(
  entries: Iterable<Appendable> | AsyncIterable<Appendable>,
  folder: { readonly store: LogStore; readonly config: WorkspaceConfig; readonly place: string },
  newest: SignedDirectory | undefined,
  passed: (signed: SignedDirectory) => void,
): AsyncGenerator<Appendable> {
  const { store, config, place } = folder;
  let before = known(newest);
  for await (const entry of entries) {
    const body = 'body' in entry ? entry.body : entry;
    if (body.kind === 'directory') {
      if (config.root === undefined) throw new ProblemError(problem('root_key_missing', { place }));
      const named = { values: body.values ?? {} };
      const signed = await directoryOf(store, named, readRootKey(config.root), before);
      const isOurs = body.study === STUDY && body.record_id === directoryRecord(config.org);
      if (!isOurs) throw new ProblemError(problem('directory_forged'));
      await checkDevices(store, config, signed);
      before = known(signed);
      passed(signed);
    }
    yield entry;
  }
}

/**
 * A device that the directory leaves out could no longer be verified: its entries would look put in. The folder's own device,
 * which signs the checkpoints, must be there before its first entry.
 */
const checkDevices = async (
  store: LogStore,
  { device: own }: Pick<WorkspaceConfig, 'device'>,
  { directory }: SignedDirectory,
): Promise<void> => {
  const listed = new Set(directory.devices.map((device) => device.device));
  const numbers = await lastNumbers(store);
  for (const device of [own, ...numbers.keys()])
    if (!listed.has(device)) {
      const details = { device, entries: numbers.get(device) ?? 0 };
      throw new ProblemError(problem('directory_device_missing', details));
    }
};

/** How many entries each device has in the log: the number of its last. */
export const lastNumbers = async (store: LogStore): Promise<ReadonlyMap<string, number>> => {
  const numbers = new Map<string, number>();
  for (const [device, position] of await store.heads())
    numbers.set(device, (await leafAt(store, position))?.body.device_seq ?? 0);
  return numbers;
};

const leafAt = async (store: LogStore, position: number): Promise<Leaf | undefined> => {
  let found: StoredLeaf | undefined;
  for await (const stored of store.read(position, position + 1)) found = stored;
  return found && readLeaf(found.bytes);
};

/** Whose entries are taken in and verified, and where a revoked device ends. */
export interface KnownDevices {
  readonly verifierOf: (device: string) => Verify | undefined;
  readonly endOf: (device: string) => number | undefined;
}

/** From the newest directory; without one, from the folder's config. */
export const knownDevices = (
  config: Pick<WorkspaceConfig, 'devices'>,
  newest: SignedDirectory | undefined,
): KnownDevices => {
  const listed = newest?.directory.devices;
  const keys = listed?.map((d) => [d.device, d.public_key] as const) ?? Object.entries(config.devices);
  const verifiers = new Map(
    keys.map(([device, key]) => [device, verifierOf(fromBase64url(key) ?? new Uint8Array(32))]),
  );
  const ends = new Map(listed?.map((d) => [d.device, d.ends_at]));
  return { verifierOf: (device) => verifiers.get(device), endOf: (device) => ends.get(device) };
};
