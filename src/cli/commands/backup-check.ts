import { tmpdir } from 'node:os';
import { checkBackup } from '../../workspace/index.ts';
import type { Command } from '../command.ts';
import { backupIdentities, RECOVERY_KEY } from '../recovery-key.ts';

export const backupCheck: Command = {
  name: 'backup check',
  args: [{ name: 'FILE', required: true }],
  options: [...RECOVERY_KEY, { name: 'scratch', kind: 'text', value: 'DIR' }],
  run: async (input, effects) => {
    const [file = ''] = input.args;
    const identities = await backupIdentities(input, effects, 'backup check');
    const found = await checkBackup(file, identities, input.options['scratch'] ?? tmpdir());
    const { header, counts, madeAt } = found;
    const done = { madeAt, entries: header.size, root: header.root, wraps: counts.wraps };
    effects.out(`${effects.messages(effects.language, 'cli.backup_check.done', done)}\n`);
    return 0;
  },
};
