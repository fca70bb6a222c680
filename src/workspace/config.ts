import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { ProblemError, problem, readYamlText } from '../vocabulary/index.ts';
import { writeDurably } from './write-durably.ts';

/** Where the log is: in the folder itself, or in the database that DATABASE_URL names. */
export type StoreKind = 'sqlite' | 'postgres';

/** What a data folder says about itself, in a file a person can read: `config.yaml`. Secrets are in `keys/`, never here. */
export interface WorkspaceConfig {
  readonly version: 1;
  /** Code of the organisation; part of every entry. */
  readonly org: string;
  /** What readers call the organisation; printed on reports. Default: its code. */
  readonly name?: string | undefined;
  /** The device of this folder: the first 16 bytes of SHA-256 of its public key, in hex. */
  readonly device: string;
  /** Missing in folders from before there was a choice: sqlite. The address of the database is never in here. */
  readonly store?: StoreKind | undefined;
  /** IANA zone that entries made here carry when they state none. */
  readonly zone: string;
  /**
   * Device -> its Ed25519 public key (32 bytes, base64url). Only their entries are taken in; once there is a key directory in
   * the log, those of the devices that it lists.
   */
  readonly devices: Readonly<Record<string, string>>;
  /** The organisation's root key, pinned at the first installation of a key directory: `readRootKey` reads it. */
  readonly root?: string | undefined;
  /** Codes of the people who may stand in an entry. Names belong in no file here. */
  readonly people: readonly string[];
  /** True in the sample organisation: everything counted here says that it is synthetic. */
  readonly synthetic: boolean;
}

export const CONFIG_FILE = 'config.yaml';

const ORG_CODE = /^[a-z][a-z0-9_-]{0,62}$/;
/** Whether a text may be the code of an organisation: it stands in every entry for ever. */
export const isOrgCode = (text: string): boolean => ORG_CODE.test(text);

/** What this program reads; raised when an older one could not make sense of a folder. */
const VERSION = 1;
const shape: z.ZodType<WorkspaceConfig> = z.strictObject({
  version: z.literal(VERSION),
  org: z.string().regex(ORG_CODE),
  name: z.string().min(1).optional(),
  device: z.string().regex(/^[0-9a-f]{32}$/),
  store: z.enum(['sqlite', 'postgres']).optional(),
  zone: z.string().min(1),
  devices: z.record(z.string().regex(/^[0-9a-f]{32}$/), z.string().regex(/^[A-Za-z0-9_-]{43}$/)),
  root: z.string().min(1).optional(),
  people: z.array(z.string().min(1)),
  synthetic: z.boolean(),
});

/** Throws ProblemError `data_folder_missing`, `data_folder_newer` or `data_folder_damaged`. */
export const readConfig = (dir: string): WorkspaceConfig => {
  const file = join(dir, CONFIG_FILE);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ProblemError(problem('data_folder_missing', { dir }));
  }
  const stated = parseYaml(text);
  refuseNewer(stated);
  const checked = shape.safeParse(stated);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  throw new ProblemError(
    problem('data_folder_damaged', { file, what: `${issue?.path.join('.')}: ${issue?.message}` }, { file }),
  );
};

/** A folder of a later version may have settings that we do not know: it is not damaged. */
const refuseNewer = (stated: unknown): void => {
  const { version } = (stated ?? {}) as { readonly version?: unknown };
  if (typeof version === 'number' && version > VERSION)
    throw new ProblemError(problem('data_folder_newer', { version, supported: VERSION }));
};

/** Whether this very folder is a data folder. */
export const isDataFolder = (dir: string): boolean => {
  const file = join(dir, CONFIG_FILE);
  return existsSync(file) && shape.safeParse(parseYaml(readFileSync(file, 'utf8'))).success;
};

/** The value of the file; what is no YAML has no part that a config needs, which is then said. */
const parseYaml = (text: string): unknown => {
  const read = readYamlText(text, CONFIG_FILE);
  if ('excess' in read) throw new ProblemError(read.excess);
  return 'value' in read ? read.value : undefined;
};

export const writeConfig = (dir: string, config: WorkspaceConfig): void =>
  writeDurably(join(dir, CONFIG_FILE), stringify(config), 0o644);
