import {
  heldIdentities,
  openUserKey,
  openWorkspace,
  rewrapVault,
  trustFolder,
} from '../../workspace/index.ts';
import { type Command, DATA, required } from '../command.ts';
import { KEYS } from '../key-option.ts';
import { PASSPHRASE_FILE, passphraseOf } from '../passphrase.ts';
import { recordEffects } from '../record-effects.ts';

/** After a rotation a member lets the present team open what was sealed to the one before. */
export const keysRewrap: Command = {
  name: 'keys rewrap',
  args: [],
  options: [DATA, KEYS, PASSPHRASE_FILE],
  run: async (input, effects) => {
    const keys = required(input, 'keys');
    const workspace = await openWorkspace(required(input, 'data'), { effects: recordEffects(effects) });
    try {
      const { directory: signed, keep } = await trustFolder(keys, workspace);
      const key = await openUserKey(keys, await passphraseOf(input, effects, keys));
      const identities = await heldIdentities(signed.directory, key);
      const counts = await rewrapVault(workspace.store, { directory: signed.directory, identities });
      keep();
      effects.out(`${effects.messages(effects.language, 'cli.keys.rewrapped', { ...counts })}\n`);
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
