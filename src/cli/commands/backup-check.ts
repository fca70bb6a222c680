import { tmpdir } from 'node:os';
import { checkBackup, readIdentityFile } from '../../workspace/index.ts';
import { type Command, required } from '../command.ts';

export const backupCheck: Command = {
  name: 'backup check',
  args: [{ name: 'FILE', required: true }],
  options: [
    { name: 'identity', kind: 'text', required: true, value: 'FILE' },
    { name: 'scratch', kind: 'text', value: 'DIR' },
  ],
  run: async (input, effects) => {
    const [file = ''] = input.args;
    const identities = await readIdentityFile(required(input, 'identity'));
    const found = await checkBackup(file, identities, input.options['scratch'] ?? tmpdir());
    const { header, counts, madeAt } = found;
    const done = { madeAt, entries: header.size, root: header.root, wraps: counts.wraps };
    effects.out(`${effects.messages(effects.language, 'cli.backup_check.done', done)}\n`);
    return 0;
  },
};
