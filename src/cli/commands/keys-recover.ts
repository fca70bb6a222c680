import { ProblemError, problem } from '../../vocabulary/index.ts';
import {
  newestDirectory,
  openWorkspace,
  rewrapVault,
  type TrustedFolder,
  trustFolder,
  type Workspace,
} from '../../workspace/index.ts';
import { type Command, type Effects, type Input, isFlagged, list, required } from '../command.ts';
import { PASSPHRASE_FILE } from '../passphrase.ts';
import { recordEffects } from '../record-effects.ts';
import { recoveryIdentity } from '../recovery-key.ts';

/**
 * Three custodians rebuild the recovery key in memory and, if asked, let the present teams open everything again. Without
 * `--rewrap` it is the drill: the key is rebuilt, compared with the directory and forgotten; at the ceremony, where there is no
 * data folder yet, with the directory of the offline machine.
 */
export const keysRecover: Command = {
  name: 'keys recover',
  args: [],
  options: [
    { name: 'data', kind: 'text', value: 'DIR' },
    { name: 'offline', kind: 'text', value: 'DIR' },
    { name: 'shares', kind: 'text', required: true, value: 'FILE,FILE,FILE' },
    { name: 'keys', kind: 'text', required: true, value: 'DIR,DIR,DIR' },
    { name: 'rewrap', kind: 'flag' },
    PASSPHRASE_FILE,
  ],
  run: async (input, effects) => {
    const { data, offline } = input.options;
    if (data !== undefined) await atDataFolder(data, input, effects);
    else if (offline !== undefined && !isFlagged(input, 'rewrap')) {
      const { directory } = await newestDirectory(offline);
      await recoveryIdentity(input, effects, directory.recovery.recipient);
      effects.out(`${effects.messages(effects.language, 'cli.keys_recover.drill')}\n`);
    } else throw new ProblemError(problem('option_missing', { option: '--data', command: 'keys recover' }));
    return 0;
  },
};

const atDataFolder = async (data: string, input: Input, effects: Effects): Promise<void> => {
  const readOnly = !isFlagged(input, 'rewrap');
  const workspace = await openWorkspace(data, { effects: recordEffects(effects), readOnly });
  try {
    const trusted = await trustAll(list(required(input, 'keys')), workspace);
    const [{ directory: signed }] = trusted;
    const { directory } = signed;
    const identity = await recoveryIdentity(input, effects, directory.recovery.recipient);
    const said = readOnly
      ? effects.messages(effects.language, 'cli.keys_recover.drill')
      : effects.messages(effects.language, 'cli.keys.rewrapped', {
          ...(await rewrapVault(workspace.store, { directory, identities: [identity] })),
        });
    for (const { keep } of trusted) keep();
    effects.out(`${said}\n`);
  } finally {
    await workspace.close();
  }
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
