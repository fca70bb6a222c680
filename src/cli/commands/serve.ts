import { type Command, DATA, required, STUDIES } from '../command.ts';
import { runSite } from '../run-site.ts';

export const serve: Command = {
  name: 'serve',
  args: [],
  options: [DATA, STUDIES, { name: 'port', kind: 'text', default: '4380', value: 'N' }],
  run: (input, effects) => runSite(required(input, 'data'), input, effects),
};
