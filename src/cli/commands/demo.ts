import { type Command, DATA, required } from '../command.ts';
import { createSampleOrganisation } from '../sample-organisation.ts';

export const demo: Command = {
  name: 'demo',
  args: [],
  options: [DATA],
  run: async (input, { messages, language, out }) => {
    const dir = required(input, 'data');
    const { records, entries, workspace } = await createSampleOrganisation(dir);
    await workspace.close();
    out(
      `${messages(language, 'cli.demo.done', { dir, records, entries })}\n${messages(language, 'cli.demo.synthetic')}\n`,
    );
    return 0;
  },
};
