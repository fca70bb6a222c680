import { verifyLog } from '../../log/index.ts';
import { openWorkspace } from '../../workspace/index.ts';
import { type Command, DATA, required } from '../command.ts';
import { recordEffects } from '../record-effects.ts';

export const verify: Command = {
  name: 'verify',
  args: [],
  options: [DATA],
  run: async (input, effects) => {
    const workspace = await openWorkspace(required(input, 'data'), { effects: recordEffects(effects), readOnly: true });
    try {
      const found = await workspace.verify();
      effects.out(`${effects.messages(effects.language, 'cli.verify.done', { entries: found.size, root: found.root })}\n`);
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
