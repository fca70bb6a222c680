import { ERASURE_BASES } from '../../records/index.ts';
import { eraseRecord, findRecord, openWorkspace } from '../../workspace/index.ts';
import { type Command, DATA, oneOf, required } from '../command.ts';
import { recordEffects } from '../record-effects.ts';

export const erase: Command = {
  name: 'erase',
  args: [{ name: 'RECORD', required: true }],
  options: [
    DATA,
    { name: 'author', kind: 'text', required: true, value: 'CODE' },
    { name: 'approved-by', kind: 'text', required: true, value: 'CODE' },
    { name: 'basis', kind: 'text', required: true, value: 'CODE' },
  ],
  run: async (input, effects) => {
    const [named = ''] = input.args;
    const request = {
      author: required(input, 'author'),
      approvedBy: required(input, 'approved-by'),
      basis: oneOf('--basis', required(input, 'basis'), ERASURE_BASES),
    };
    const workspace = await openWorkspace(required(input, 'data'), { effects: recordEffects(effects) });
    try {
      const record = await findRecord(workspace, named);
      const { again, ...destroyed } = await eraseRecord(workspace, record, request);
      const say = `cli.erase.${again ? 'again' : 'done'}`;
      effects.out(`${effects.messages(effects.language, say, { record, ...destroyed })}\n`);
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
