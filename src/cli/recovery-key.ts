import { existsSync, readFileSync } from 'node:fs';
import { type BroughtShare, combineShares, decryptWith } from '../sealing/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { openUserKey, readIdentityFile } from '../workspace/index.ts';
import { type Effects, type Input, list, type Option } from './command.ts';
import { PASSPHRASE_FILE, passphraseOf } from './passphrase.ts';

/** How a command that opens backups is given the recovery key: as a file, or as the custodians with their shares. */
export const RECOVERY_KEY: readonly Option[] = [
  { name: 'identity', kind: 'text', value: 'FILE' },
  { name: 'shares', kind: 'text', value: 'FILE,FILE,FILE' },
  { name: 'keys', kind: 'text', value: 'DIR,DIR,DIR' },
  PASSPHRASE_FILE,
];

/**
 * The recovery key in memory, rebuilt from `--shares`, each opened with its custodian's key in `--keys`. Compared with the
 * recipient that the key directory names; before there is one, what it opens shows whether it is the right one. Throws
 * ProblemError `share_not_opened` naming the file, `shares_and_keys`, `file_missing`, and those of `combineShares`.
 */
export const recoveryIdentity = async (
  input: Input,
  effects: Effects,
  recipient?: string,
): Promise<string> => {
  const [files, folders] = [list(input.options['shares'] ?? ''), list(input.options['keys'] ?? '')];
  if (files.length !== folders.length)
    throw new ProblemError(problem('shares_and_keys', { shares: files.length, keys: folders.length }));
  const brought: BroughtShare[] = [];
  for (const [i, file] of files.entries()) {
    const folder = folders[i] ?? '';
    if (!existsSync(file)) throw new ProblemError(problem('file_missing', { file }));
    const { identity } = await openUserKey(folder, await passphraseOf(input, effects, folder, i));
    const text = await decryptWith(readFileSync(file), [identity]);
    if (text === undefined) throw new ProblemError(problem('share_not_opened', { file, keys: folder }));
    brought.push({ name: file, text: new TextDecoder().decode(text) });
  }
  return combineShares(brought, recipient);
};

/** What opens a backup, from the options of `RECOVERY_KEY`. Throws ProblemError `option_missing` when there is neither. */
export const backupIdentities = async (
  input: Input,
  effects: Effects,
  command: string,
): Promise<readonly string[]> => {
  const file = input.options['identity'];
  if (file !== undefined) return readIdentityFile(file);
  if (input.options['shares'] !== undefined) return [await recoveryIdentity(input, effects)];
  throw new ProblemError(problem('option_missing', { option: '--identity', command }));
};
