import { mkdirSync } from 'node:fs';
import { pinRoot, readRootKey, rootKeyText, safetyNumber } from '../../workspace/index.ts';
import { type Command, required } from '../command.ts';
import { KEYS } from '../key-option.ts';

/** A person pins the organisation's root key, as it stands on the paper of the ceremony. */
export const keysTrust: Command = {
  name: 'keys trust',
  args: [{ name: 'KEY', required: true }],
  options: [KEYS],
  run: async (input, effects) => {
    const [typed = ''] = input.args;
    const root = readRootKey(typed);
    const keys = required(input, 'keys');
    mkdirSync(keys, { recursive: true, mode: 0o700 });
    pinRoot(keys, root);
    const { org } = root;
    const code = safetyNumber(rootKeyText(root));
    effects.out(`${effects.messages(effects.language, 'cli.keys_trust.done', { org, code })}\n`);
    return 0;
  },
};
