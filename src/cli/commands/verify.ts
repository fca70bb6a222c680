import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type MessageArguments, ProblemError, problem } from '../../vocabulary/index.ts';
import { openWorkspace } from '../../workspace/index.ts';
import { type Command, DATA, required } from '../command.ts';
import { recordEffects } from '../record-effects.ts';

/** A checkpoint that was kept elsewhere. Throws ProblemError `study_file_missing` when there is no such file. */
const witness = (file: string): string => {
  if (!existsSync(file)) throw new ProblemError(problem('study_file_missing', { file }));
  return readFileSync(file, 'utf8');
};

export const verify: Command = {
  name: 'verify',
  args: [],
  options: [
    DATA,
    { name: 'witness', kind: 'text', value: 'FILE' },
    { name: 'checkpoint', kind: 'text', value: 'FILE' },
  ],
  run: async (input, effects) => {
    const workspace = await openWorkspace(required(input, 'data'), {
      effects: recordEffects(effects),
      readOnly: true,
    });
    const say = (id: string, args: MessageArguments): string => effects.messages(effects.language, id, args);
    try {
      const witnessed = input.options['witness'] === undefined ? [] : [witness(input.options['witness'])];
      const found = await workspace.verify({ witnessed });
      const { entries, root, findings, more } = found;
      for (const { what, position, entryId, shownBy } of findings)
        effects.note(`${say('cli.verify.finding', { what, position, entry: entryId || 'none', shownBy })}\n`);
      if (findings.length > 0)
        throw new ProblemError(problem('log_tampered', { findings: findings.length + more }));
      const { checkpoint } = await workspace.head();
      const file = input.options['checkpoint'];
      if (file !== undefined && checkpoint !== undefined) writeFileSync(file, checkpoint);
      effects.out(`${say('cli.verify.done', { entries, root })}\n`);
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
