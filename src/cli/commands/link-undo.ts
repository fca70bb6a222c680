import { openWorkspace, undoLink } from '../../workspace/index.ts';
import { type Command, DATA, required } from '../command.ts';
import { recordEffects } from '../record-effects.ts';

export const linkUndo: Command = {
  name: 'link undo',
  args: [{ name: 'PAIR', required: true }],
  options: [
    DATA,
    { name: 'author', kind: 'text', required: true, value: 'CODE' },
    { name: 'reason', kind: 'text', required: true, value: 'TEXT' },
  ],
  run: async (input, effects) => {
    const [pair = ''] = input.args;
    const by = { author: required(input, 'author'), reason: required(input, 'reason') };
    const workspace = await openWorkspace(required(input, 'data'), { effects: recordEffects(effects) });
    try {
      await undoLink(workspace, pair, by);
      effects.out(`${effects.messages(effects.language, 'cli.link_undo.done', { pair })}\n`);
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
