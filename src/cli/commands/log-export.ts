import { exportLog, openWorkspace } from '../../workspace/index.ts';
import { type Command, DATA, required } from '../command.ts';
import { recordEffects } from '../record-effects.ts';

export const logExport: Command = {
  name: 'log export',
  args: [],
  options: [DATA, { name: 'out', kind: 'text', required: true, value: 'FILE' }],
  run: async (input, effects) => {
    const file = required(input, 'out');
    const workspace = await openWorkspace(required(input, 'data'), {
      effects: recordEffects(effects),
      readOnly: true,
    });
    try {
      const { bytes, checkpointKey, rootKey } = await exportLog(workspace, file);
      const done = { file, bytes, key: checkpointKey, root: rootKey || 'none' };
      effects.out(`${effects.messages(effects.language, 'cli.log_export.done', done)}\n`);
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
