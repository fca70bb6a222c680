import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { lockUserKey, makeIdentity, recipientOf, type UserKey, unlockUserKey } from '../sealing/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { isDataFolder } from './config.ts';
import { writeDurably } from './write-durably.ts';

/**
 * A person's key folder, kept outside every data folder: `user.key` (their identity, locked by a passphrase) and `pin.json`
 * (what they have seen of the organisation).
 */
const KEY_FILE = 'user.key';

interface NewUserKey {
  readonly org: string;
  readonly user: string;
  /** From paper; default: a new one. */
  readonly identity?: string;
  readonly passphrase: string;
  readonly random: (bytes: number) => Uint8Array;
}

export const hasUserKey = (dir: string): boolean => existsSync(join(dir, KEY_FILE));

/**
 * Makes the folder (mode 0700) with a user key (0600). Throws ProblemError `data_folder_exists` when there is one, and
 * `keys_in_data_folder`: backups of the server would carry the key.
 */
export const makeUserKey = async (dir: string, given: NewUserKey): Promise<UserKey> => {
  if (hasUserKey(dir)) throw new ProblemError(problem('data_folder_exists', { dir }));
  if (isWithinDataFolder(dir)) throw new ProblemError(problem('keys_in_data_folder', { dir }));
  const { org, user, passphrase, random, identity = await makeIdentity() } = given;
  const locked = await lockUserKey({ org, user, identity }, passphrase, { random });
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeDurably(join(dir, KEY_FILE), locked, 0o600);
  return { org, user, identity, recipient: await recipientOf(identity) };
};

/** Whether a folder, there or still to be made, lies in a data folder or is one. */
export const isWithinDataFolder = (folder: string): boolean => {
  const dir = resolve(folder);
  return isDataFolder(dir) || (dirname(dir) !== dir && isWithinDataFolder(dirname(dir)));
};

/** Throws ProblemError `file_missing`, `user_key_damaged`, `user_key_weak`, `user_key_not_opened`. */
export const openUserKey = async (dir: string, passphrase: string): Promise<UserKey> => {
  const file = join(dir, KEY_FILE);
  if (!existsSync(file)) throw new ProblemError(problem('file_missing', { file }));
  return unlockUserKey(readFileSync(file, 'utf8'), passphrase);
};
