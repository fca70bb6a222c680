import { join } from 'node:path';
import { ProblemError, problem } from '../../vocabulary/index.ts';
import { createWorkspace, isOrgCode } from '../../workspace/index.ts';
import { type Command, DATA, required } from '../command.ts';
import { recordEffects } from '../record-effects.ts';

export const init: Command = {
  name: 'init',
  args: [],
  options: [
    DATA,
    { name: 'org', kind: 'text', required: true, value: 'CODE' },
    { name: 'name', kind: 'text', value: 'TEXT' },
  ],
  run: async (input, effects) => {
    const dir = required(input, 'data');
    const org = required(input, 'org');
    if (!isOrgCode(org)) throw new ProblemError(problem('org_code_invalid', { org }));
    const workspace = await createWorkspace({
      dir,
      org,
      ...(input.options['name'] === undefined ? {} : { name: input.options['name'] }),
      effects: recordEffects(effects),
    });
    await workspace.close();
    effects.out(`${effects.messages(effects.language, 'cli.init.done', { dir, key: join(dir, 'keys') })}\n`);
    return 0;
  },
};
