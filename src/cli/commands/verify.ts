import { type MessageArguments, ProblemError, problem } from '../../vocabulary/index.ts';
import { openWorkspace } from '../../workspace/index.ts';
import { type Command, DATA, required } from '../command.ts';
import { recordEffects } from '../record-effects.ts';

export const verify: Command = {
  name: 'verify',
  args: [],
  options: [DATA],
  run: async (input, effects) => {
    const workspace = await openWorkspace(required(input, 'data'), {
      effects: recordEffects(effects),
      readOnly: true,
    });
    const say = (id: string, args: MessageArguments): string => effects.messages(effects.language, id, args);
    try {
      const found = await workspace.verify();
      const { entries, root, findings, more } = found;
      for (const { what, position, entryId, shownBy } of findings)
        effects.note(`${say('cli.verify.finding', { what, position, entry: entryId || 'none', shownBy })}\n`);
      if (findings.length > 0)
        throw new ProblemError(problem('log_tampered', { findings: findings.length + more }));
      effects.out(`${say('cli.verify.done', { entries, root })}\n`);
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
