import { existsSync, readFileSync } from 'node:fs';
import { ProblemError, problem } from '../../vocabulary/index.ts';
import { openWorkspace, readRootKey } from '../../workspace/index.ts';
import { type Command, DATA, required } from '../command.ts';
import { recordEffects } from '../record-effects.ts';

/** The server takes in a directory that was signed offline. */
export const keysInstall: Command = {
  name: 'keys install',
  args: [{ name: 'FILE', required: true }],
  options: [DATA, { name: 'root', kind: 'text', value: 'KEY' }],
  run: async (input, effects) => {
    const [file = ''] = input.args;
    if (!existsSync(file)) throw new ProblemError(problem('file_missing', { file }));
    const root = input.options['root'] === undefined ? undefined : readRootKey(input.options['root']);
    const workspace = await openWorkspace(required(input, 'data'), { effects: recordEffects(effects) });
    try {
      const { signed, isNew, writtenAfterEnd } = await workspace.installDirectory(
        readFileSync(file, 'utf8'),
        root,
      );
      const { number } = signed.directory;
      const how = isNew ? 'new' : 'known';
      effects.out(`${effects.messages(effects.language, 'cli.keys_install.done', { number, how })}\n`);
      for (const { device, entries } of writtenAfterEnd)
        effects.note(
          `${effects.messages(effects.language, 'cli.keys_install.after_end', { device, entries })}\n`,
        );
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
