import { readFileSync, writeFileSync } from 'node:fs';
import { proveEntry } from '../../log/index.ts';
import { ProblemError, problem } from '../../vocabulary/index.ts';
import { copyAbout, openWorkspace } from '../../workspace/index.ts';
import { type Command, DATA, isFlagged, required } from '../command.ts';
import { recordEffects } from '../record-effects.ts';

export const prove: Command = {
  name: 'prove',
  args: [{ name: 'ENTRY', required: true }],
  options: [
    DATA,
    { name: 'out', kind: 'text', required: true, value: 'FILE' },
    { name: 'with-entry', kind: 'flag' },
    { name: 'witness', kind: 'text', value: 'FILE' },
  ],
  run: async (input, effects) => {
    const [entry = ''] = input.args;
    const file = required(input, 'out');
    const workspace = await openWorkspace(required(input, 'data'), {
      effects: recordEffects(effects),
      readOnly: true,
    });
    try {
      const { org, checkpoint_key, devices } = await copyAbout(workspace);
      const listed = (await workspace.directory())?.directory.devices;
      const deviceKey = (device: string): string =>
        listed?.find((d) => d.device === device)?.public_key ?? devices[device] ?? '';
      const witness = input.options['witness'];
      const proof = await proveEntry(workspace.store, { org, checkpoint_key, deviceKey }, entry, {
        withEntry: isFlagged(input, 'with-entry'),
        earlier: witness === undefined ? undefined : readOr(witness),
      });
      writeFileSync(file, `${JSON.stringify(proof, undefined, 2)}\n`);
      effects.out(
        `${effects.messages(effects.language, 'cli.prove.done', { file, position: proof.position, shown: isFlagged(input, 'with-entry') ? 'yes' : 'no' })}\n`,
      );
      return 0;
    } finally {
      await workspace.close();
    }
  },
};

/** Throws ProblemError `study_file_missing` when there is no such file. */
const readOr = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ProblemError(problem('study_file_missing', { file }));
  }
};
