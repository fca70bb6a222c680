import { existsSync, readFileSync } from 'node:fs';
import { type BroughtShare, combineShares, decryptWith } from '../../sealing/index.ts';
import { ProblemError, problem } from '../../vocabulary/index.ts';
import {
  openUserKey,
  openWorkspace,
  rewrapVault,
  type TrustedFolder,
  trustFolder,
  type Workspace,
} from '../../workspace/index.ts';
import { type Command, DATA, type Effects, type Input, isFlagged, list, required } from '../command.ts';
import { PASSPHRASE_FILE, passphraseOf } from '../passphrase.ts';
import { recordEffects } from '../record-effects.ts';

/**
 * Three custodians rebuild the recovery key in memory and, if asked, let the present teams open everything again. Without
 * `--rewrap` it is the drill: the key is rebuilt, compared with the directory and forgotten.
 */
export const keysRecover: Command = {
  name: 'keys recover',
  args: [],
  options: [
    DATA,
    { name: 'shares', kind: 'text', required: true, value: 'FILE,FILE,FILE' },
    { name: 'keys', kind: 'text', required: true, value: 'DIR,DIR,DIR' },
    { name: 'rewrap', kind: 'flag' },
    PASSPHRASE_FILE,
  ],
  run: async (input, effects) => {
    const folders = list(required(input, 'keys'));
    const isDrill = !isFlagged(input, 'rewrap');
    const workspace = await openWorkspace(required(input, 'data'), {
      effects: recordEffects(effects),
      readOnly: isDrill,
    });
    try {
      const trusted = await trustAll(folders, workspace);
      const [{ directory: signed }] = trusted;
      const { directory } = signed;
      const identity = await combineShares(
        await opened(input, effects, folders),
        directory.recovery.recipient,
      );
      if (isDrill) effects.out(`${effects.messages(effects.language, 'cli.keys_recover.drill')}\n`);
      else {
        const counts = await rewrapVault(workspace.store, { directory, identities: [identity] });
        effects.out(`${effects.messages(effects.language, 'cli.keys.rewrapped', { ...counts })}\n`);
      }
      for (const { keep } of trusted) keep();
      return 0;
    } finally {
      await workspace.close();
    }
  },
};

/** Each custodian's own pin must agree: one of them may have seen what the others have not. */
const trustAll = async (
  [first = '', ...others]: readonly string[],
  workspace: Workspace,
): Promise<readonly [TrustedFolder, ...TrustedFolder[]]> => {
  const trusted: [TrustedFolder, ...TrustedFolder[]] = [await trustFolder(first, workspace)];
  for (const folder of others) trusted.push(await trustFolder(folder, workspace));
  return trusted;
};

/** The shares, each opened with its custodian's key. Throws ProblemError `share_not_opened` naming the file. */
const opened = async (
  input: Input,
  effects: Effects,
  folders: readonly string[],
): Promise<readonly BroughtShare[]> => {
  const files = list(required(input, 'shares'));
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
  return brought;
};
