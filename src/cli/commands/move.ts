import { moveStore } from '../../workspace/index.ts';
import { type Command, DATA, oneOf, required } from '../command.ts';

export const move: Command = {
  name: 'move',
  args: [],
  options: [DATA, { name: 'to', kind: 'text', required: true, value: 'postgres|sqlite' }],
  run: async (input, effects) => {
    const to = oneOf('--to', required(input, 'to'), ['postgres', 'sqlite']);
    const databaseUrl = effects.env['DATABASE_URL'] ?? '';
    const moved = await moveStore({ dir: required(input, 'data'), to, databaseUrl });
    const done = { entries: moved.size, root: moved.root, from: moved.from, to: moved.to, kind: to };
    effects.out(`${effects.messages(effects.language, 'cli.move.done', done)}\n`);
    return 0;
  },
};
