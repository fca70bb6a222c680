import { endDevice } from '../../sealing/index.ts';
import { ProblemError, problem } from '../../vocabulary/index.ts';
import { type Command, required } from '../command.ts';
import { changeDirectory, OFFLINE } from '../offline-machine.ts';
import { PASSPHRASE_FILE } from '../passphrase.ts';

/** A device was lost or seized: what it signed up to a number stays good, anything later does not count. */
export const keysEndDevice: Command = {
  name: 'keys end-device',
  args: [{ name: 'DEVICE', required: true }],
  options: [OFFLINE, { name: 'after', kind: 'text', required: true, value: 'N' }, PASSPHRASE_FILE],
  run: async (input, effects) => {
    const [device = ''] = input.args;
    const after = required(input, 'after');
    if (!/^\d{1,15}$/.test(after))
      throw new ProblemError(
        problem('option_value', { option: '--after', value: after, known: '0, 1, 2, …' }),
      );
    await changeDirectory(input, effects, (directory) => endDevice(directory, device, Number(after)));
    return 0;
  },
};
