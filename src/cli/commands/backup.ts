import { ProblemError, problem } from '../../vocabulary/index.ts';
import { openWorkspace, takeBackup, type Workspace } from '../../workspace/index.ts';
import { type Command, DATA, required } from '../command.ts';
import { recordEffects } from '../record-effects.ts';

/** Who can open the backup: the recovery key of the key directory; without one, whom the caller names. */
const recoveryRecipient = async (workspace: Workspace, named: string | undefined): Promise<string> => {
  const listed = (await workspace.directory())?.directory.recovery.recipient;
  if (listed !== undefined && named !== undefined && named !== listed)
    throw new ProblemError(problem('backup_recipient_other', { recipient: named }));
  const recipient = listed ?? named;
  if (recipient === undefined) throw new ProblemError(problem('backup_recipient_missing', {}));
  return recipient;
};

export const backup: Command = {
  name: 'backup',
  args: [],
  options: [
    DATA,
    { name: 'to', kind: 'text', required: true, value: 'DIR' },
    { name: 'recipient', kind: 'text', value: 'age1…' },
  ],
  run: async (input, effects) => {
    const workspace = await openWorkspace(required(input, 'data'), {
      effects: recordEffects(effects),
      readOnly: true,
    });
    try {
      const { file, size, root, bytes, pruned } = await takeBackup(workspace, {
        to: required(input, 'to'),
        recipient: await recoveryRecipient(workspace, input.options['recipient']),
        effects: recordEffects(effects),
      });
      const done = { file, entries: size, root, bytes, pruned: pruned.length };
      effects.out(`${effects.messages(effects.language, 'cli.backup.done', done)}\n`);
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
