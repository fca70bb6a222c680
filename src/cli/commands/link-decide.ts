import { decideLink, openWorkspace } from '../../workspace/index.ts';
import { type Command, DATA, oneOf, required } from '../command.ts';
import { KEYS } from '../key-option.ts';
import { linkReader } from '../link-reader.ts';
import { PASSPHRASE_FILE } from '../passphrase.ts';
import { recordEffects } from '../record-effects.ts';

export const linkDecide: Command = {
  name: 'link decide',
  args: [
    { name: 'PAIR', required: true },
    { name: 'DECISION', required: true },
  ],
  options: [
    DATA,
    { name: 'author', kind: 'text', required: true, value: 'CODE' },
    { name: 'reason', kind: 'text', required: true, value: 'TEXT' },
    { ...KEYS, required: false },
    PASSPHRASE_FILE,
  ],
  run: async (input, effects) => {
    const [pair = '', said = ''] = input.args;
    const decision = oneOf('DECISION', said, ['same', 'different'] as const);
    const by = { author: required(input, 'author'), reason: required(input, 'reason') };
    const workspace = await openWorkspace(required(input, 'data'), { effects: recordEffects(effects) });
    try {
      const { reader, keep } = await linkReader(input, effects, workspace);
      const score = await decideLink(workspace, pair, decision, by, reader);
      keep();
      const args = { pair, decision, score: score === undefined ? 'none' : score.toFixed(1) };
      effects.out(`${effects.messages(effects.language, 'cli.link_decide.done', args)}\n`);
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
