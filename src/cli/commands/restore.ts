import { restoreBackup } from '../../workspace/index.ts';
import { type Command, DATA, required } from '../command.ts';
import { backupIdentities, RECOVERY_KEY } from '../recovery-key.ts';

export const restore: Command = {
  name: 'restore',
  args: [],
  options: [DATA, { name: 'from', kind: 'text', required: true, value: 'DIR|FILE' }, ...RECOVERY_KEY],
  run: async (input, effects) => {
    const dir = required(input, 'data');
    const identities = await backupIdentities(input, effects, 'restore');
    const { header, buried, madeAt } = await restoreBackup(required(input, 'from'), identities, dir);
    const done = { dir, madeAt, entries: header.size, root: header.root, buried };
    effects.out(`${effects.messages(effects.language, 'cli.restore.done', done)}\n`);
    return 0;
  },
};
