import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, STUDIES } from '../command.ts';
import { runSite } from '../run-site.ts';
import { createSampleOrganisation } from '../sample-organisation.ts';

/** What `npm start` runs: the sample organisation if there is none yet, then the site. */
export const start: Command = {
  name: 'start',
  args: [],
  options: [
    { name: 'data', kind: 'text', default: 'data', value: 'DIR' },
    STUDIES,
    { name: 'port', kind: 'text', default: '4380', value: 'N' },
  ],
  run: async (input, effects) => {
    const { messages, language, out } = effects;
    const dir = input.options['data'] ?? 'data';
    if (!existsSync(join(dir, 'config.yaml'))) {
      const { records, entries, workspace } = await createSampleOrganisation(dir);
      await workspace.close();
      out(`${messages(language, 'cli.demo.done', { dir, records, entries })}\n`);
      out(`${messages(language, 'cli.demo.synthetic')}\n`);
    }
    return runSite(dir, input, effects);
  },
};
