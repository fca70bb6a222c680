import { readIdentityFile, restoreBackup } from '../../workspace/index.ts';
import { type Command, DATA, required } from '../command.ts';

export const restore: Command = {
  name: 'restore',
  args: [],
  options: [
    DATA,
    { name: 'from', kind: 'text', required: true, value: 'DIR|FILE' },
    { name: 'identity', kind: 'text', required: true, value: 'FILE' },
  ],
  run: async (input, effects) => {
    const dir = required(input, 'data');
    const identities = await readIdentityFile(required(input, 'identity'));
    const { header, buried, madeAt } = await restoreBackup(required(input, 'from'), identities, dir);
    const done = { dir, madeAt, entries: header.size, root: header.root, buried };
    effects.out(`${effects.messages(effects.language, 'cli.restore.done', done)}\n`);
    return 0;
  },
};
