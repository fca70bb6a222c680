import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { logOrigin } from '../log/index.ts';
import { openDirectory, type SignedDirectory } from '../sealing/index.ts';
import { fromBase64url, ProblemError, problem } from '../vocabulary/index.ts';
import { verifierOf } from './device-key.ts';
import { readDirectories } from './key-directory.ts';
import { continuedCheckpoint } from './log-pin.ts';
import { readRootKey, rootKeyText, type TrustedRoot } from './root-key.ts';
import type { Workspace } from './workspace.ts';
import { writeDurably } from './write-durably.ts';

/**
 * What a person has seen of the organisation, kept beside their key and outside every data folder: a server that shows
 * something older or other is found out (security plan, 3.5).
 */
export interface Pin {
  readonly v: 1;
  readonly org: string;
  /** Text of the root key. */
  readonly root: string;
  /** Newest key directory seen; 0 and '' before the first. */
  readonly number: number;
  readonly sha256: string;
  /** Newest checkpoint of the log seen; '' before the first. */
  readonly checkpoint: string;
}

const PIN_FILE = 'pin.json';
const shape: z.ZodType<Pin> = z.strictObject({
  v: z.literal(1),
  org: z.string(),
  root: z.string(),
  number: z.int().nonnegative(),
  sha256: z.string().regex(/^([0-9a-f]{64})?$/),
  checkpoint: z.string(),
});

/** Throws ProblemError `root_key_missing` when nothing is pinned yet, `data_folder_damaged` for a file that is no pin. */
export const readPin = (keys: string): Pin => {
  const file = join(keys, PIN_FILE);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ProblemError(problem('root_key_missing', { place: keys }));
  }
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw new ProblemError(problem('data_folder_damaged', { file, what: PIN_FILE }, { file }));
  }
};

const writePin = (keys: string, pin: Pin): void =>
  writeDurably(join(keys, PIN_FILE), `${JSON.stringify(pin, undefined, 2)}\n`, 0o600);

/** Pins a root key that was handed over in person. Throws ProblemError `root_key_other` when another one is pinned. */
export const pinRoot = (keys: string, root: TrustedRoot): void => {
  const text = rootKeyText(root);
  let pinned: Pin | undefined;
  try {
    pinned = readPin(keys);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problems[0]?.code !== 'root_key_missing') throw error;
  }
  if (pinned === undefined)
    writePin(keys, { v: 1, org: root.org, root: text, number: 0, sha256: '', checkpoint: '' });
  else if (pinned.root !== text) throw new ProblemError(problem('root_key_other', { place: keys }));
};

/** A data folder whose directory and log passed the pin of a person. */
export interface TrustedFolder {
  readonly directory: SignedDirectory;
  /** Moves the pin forward; to be called when what was to be done has succeeded. */
  keep(): void;
}

/**
 * Checks a data folder against the pin in a key folder: its newest key directory is signed by the pinned root and not older
 * than the one seen last, and its log continues the log seen last. Throws ProblemError `root_key_missing`,
 * `directory_other_org`, `directory_missing`, `directory_forged`, `directory_older`, `directory_split`,
 * `directory_device_missing`, `log_rolled_back`, `log_tampered`.
 */
export const trustFolder = async (
  keys: string,
  { dir, store, config }: Pick<Workspace, 'dir' | 'store' | 'config'>,
): Promise<TrustedFolder> => {
  const pin = readPin(keys);
  const { org } = pin;
  if (config.org !== org) throw new ProblemError(problem('directory_other_org', { org, found: config.org }));
  const { newest, fault } = await readDirectories(store, pin, dir);
  if (fault !== undefined) throw fault;
  if (newest === undefined) throw new ProblemError(problem('directory_missing', { place: dir }));
  const directory = await openDirectory(
    newest.note,
    readRootKey(pin.root),
    pin.number === 0 ? undefined : pin,
  );
  const checkpoint = await continuedCheckpoint(store, checkpointSigner(directory, config), pin.checkpoint);
  const { number } = directory.directory;
  return { directory, keep: () => writePin(keys, { ...pin, number, sha256: directory.sha256, checkpoint }) };
};

/** A log's checkpoints are signed by the device of its folder, which the directory must list. */
const checkpointSigner = (
  { directory }: SignedDirectory,
  { org, device }: Workspace['config'],
): Parameters<typeof continuedCheckpoint>[1] => {
  const listed = directory.devices.find((known) => known.device === device);
  const publicKey = fromBase64url(listed?.public_key ?? '');
  if (publicKey?.length !== 32)
    throw new ProblemError(problem('directory_device_missing', { device, entries: 0 }));
  return { key: { name: logOrigin(org), publicKey }, verify: verifierOf(publicKey) };
};
