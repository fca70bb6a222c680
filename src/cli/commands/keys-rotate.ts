import { replaceMembers, rotateTeam } from '../../sealing/index.ts';
import type { Command } from '../command.ts';
import { list } from '../command.ts';
import { changeDirectory, OFFLINE } from '../offline-machine.ts';
import { PASSPHRASE_FILE } from '../passphrase.ts';

/** A new key for a team: its members change, or its key may be known to others. */
export const keysRotate: Command = {
  name: 'keys rotate',
  args: [{ name: 'COMPARTMENT', required: true }],
  options: [OFFLINE, { name: 'members', kind: 'text', value: 'CODE,CODE' }, PASSPHRASE_FILE],
  run: async (input, effects) => {
    const [compartment = ''] = input.args;
    const members = input.options['members'];
    await changeDirectory(input, effects, (directory) =>
      members === undefined
        ? rotateTeam(directory, compartment)
        : replaceMembers(directory, compartment, list(members)),
    );
    effects.out(`${effects.messages(effects.language, 'cli.keys.then_rewrap')}\n`);
    return 0;
  },
};
