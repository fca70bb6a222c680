import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  decryptWith,
  encryptTo,
  type KeyDirectory,
  lockUserKey,
  makeIdentity,
  openDirectory,
  recipientOf,
  type SignedDirectory,
  signDirectory,
  unlockUserKey,
} from '../sealing/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { signingKey } from './device-key.ts';
import { readRootKey, rootKeyText, type TrustedRoot } from './root-key.ts';
import { writeDurably } from './write-durably.ts';

/**
 * The folder of the offline machine: the root key and every directory that it signed. `root.age` is the key's seed in an age
 * file; `root.lock` holds the age identity that opens it, locked by a passphrase as a user key is; `root.txt` is the public
 * part. No file of it is ever needed on the server but the directories.
 */
const [SEED, LOCK, PUBLIC] = ['root.age', 'root.lock', 'root.txt'];
const directoryFile = (number: number): string => `directory-${String(number).padStart(5, '0')}.txt`;

export interface RootFolder {
  readonly root: TrustedRoot;
  /** Signs a directory and keeps it in the folder. Resolves to it and its file. */
  sign(directory: KeyDirectory): Promise<{ readonly signed: SignedDirectory; readonly file: string }>;
}

/** Throws ProblemError `data_folder_exists` when the folder has anything in it. */
export const makeRootFolder = async (
  dir: string,
  {
    org,
    passphrase,
    random,
  }: { readonly org: string; readonly passphrase: string; readonly random: (bytes: number) => Uint8Array },
): Promise<RootFolder> => {
  if (existsSync(dir) && readdirSync(dir).length > 0)
    throw new ProblemError(problem('data_folder_exists', { dir }));
  const seed = random(32);
  const identity = await makeIdentity();
  const lock = await lockUserKey({ org, user: 'root', identity }, passphrase, { random });
  const { publicKey } = signingKey(seed);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeDurably(join(dir, SEED), await encryptTo(seed, [await recipientOf(identity)]), 0o600);
  writeDurably(join(dir, LOCK), lock, 0o600);
  writeDurably(join(dir, PUBLIC), `${rootKeyText({ org, publicKey })}\n`, 0o600);
  return folderWith(dir, seed);
};

/** Throws ProblemError `file_missing`, `user_key_not_opened`, `user_key_damaged`, `user_key_weak`, `data_folder_damaged`. */
export const openRootFolder = async (dir: string, passphrase: string): Promise<RootFolder> => {
  const { identity } = await unlockUserKey(read(dir, LOCK).toString('utf8'), passphrase);
  const seed = await decryptWith(read(dir, SEED), [identity]);
  if (seed?.length !== 32) throw damaged(dir, SEED);
  return folderWith(dir, seed);
};

const folderWith = (dir: string, seed: Uint8Array): RootFolder => {
  const { publicKey, sign } = signingKey(seed);
  const root = rootOf(dir);
  if (rootKeyText({ org: root.org, publicKey }) !== rootKeyText(root)) throw damaged(dir, PUBLIC);
  return {
    root,
    sign: async (directory) => {
      const signed = await signDirectory(directory, publicKey, sign);
      const file = join(dir, directoryFile(directory.number));
      writeDurably(file, signed.note, 0o600);
      return { signed, file };
    },
  };
};

/** The public part of the root key of an offline folder; needs no passphrase. */
export const rootOf = (dir: string): TrustedRoot => readRootKey(read(dir, PUBLIC).toString('utf8'));

/** The newest directory in an offline folder. Throws ProblemError `directory_missing`, `directory_forged`. */
export const newestDirectory = async (dir: string): Promise<SignedDirectory> => {
  const root = rootOf(dir);
  const file = readdirSync(dir)
    .filter((name) => /^directory-\d{5,}\.txt$/.test(name))
    .toSorted()
    .at(-1);
  if (file === undefined) throw new ProblemError(problem('directory_missing', { place: dir }));
  return openDirectory(read(dir, file).toString('utf8'), root);
};

const read = (dir: string, name: string): Buffer => {
  const file = join(dir, name);
  if (!existsSync(file)) throw new ProblemError(problem('file_missing', { file }));
  return readFileSync(file);
};
const damaged = (dir: string, name: string): ProblemError =>
  new ProblemError(problem('data_folder_damaged', { file: join(dir, name), what: 'root' }));
