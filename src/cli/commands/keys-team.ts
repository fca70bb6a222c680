import { addMember, makeTeam, newestTeam } from '../../sealing/index.ts';
import { ProblemError, problem } from '../../vocabulary/index.ts';
import { openUserKey } from '../../workspace/index.ts';
import { type Command, list } from '../command.ts';
import { changeDirectory, OFFLINE } from '../offline-machine.ts';
import { PASSPHRASE_FILE, passphraseOf } from '../passphrase.ts';

/**
 * Who may open a compartment: makes its team, or lets further people into it. The key of a team is known to its members only,
 * so one of them passes it on, with their own key folder.
 */
export const keysTeam: Command = {
  name: 'keys team',
  args: [{ name: 'COMPARTMENT', required: true }],
  options: [
    OFFLINE,
    { name: 'members', kind: 'text', required: true, value: 'CODE,CODE' },
    { name: 'keys', kind: 'text', value: 'DIR' },
    PASSPHRASE_FILE,
  ],
  run: async (input, effects) => {
    const [compartment = ''] = input.args;
    const members = list(input.options['members'] ?? '');
    const keys = input.options['keys'];
    if (!/^[a-z][a-z0-9_]*\/[a-z_][a-z0-9_]*$/.test(compartment))
      throw new ProblemError(problem('compartment_invalid', { compartment }));
    await changeDirectory(input, effects, async (directory) => {
      if (newestTeam(directory, compartment) === undefined) return makeTeam(directory, compartment, members);
      if (keys === undefined) throw new ProblemError(problem('team_key_missing', { compartment }));
      const holder = await openUserKey(keys, await passphraseOf(input, effects, keys, 1));
      let changed = directory;
      for (const user of members) changed = await addMember(changed, { compartment, user, holder });
      return changed;
    });
    return 0;
  },
};
