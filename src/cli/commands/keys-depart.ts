import { departUser } from '../../sealing/index.ts';
import { ProblemError, problem } from '../../vocabulary/index.ts';
import { type Command, list } from '../command.ts';
import { changeDirectory, OFFLINE } from '../offline-machine.ts';
import { PASSPHRASE_FILE } from '../passphrase.ts';

/** Somebody leaves: their teams get new keys, their devices end, their key goes. */
export const keysDepart: Command = {
  name: 'keys depart',
  args: [{ name: 'USER', required: true }],
  options: [OFFLINE, { name: 'devices', kind: 'text', value: 'DEVICE=N,DEVICE=N' }, PASSPHRASE_FILE],
  run: async (input, effects) => {
    const [user = ''] = input.args;
    const ends = new Map(list(input.options['devices'] ?? '').map(deviceEnd));
    await changeDirectory(input, effects, (directory) =>
      departUser(directory, user, (device) => {
        const end = ends.get(device);
        if (end === undefined) throw new ProblemError(problem('device_end_missing', { device, user }));
        return end;
      }),
    );
    effects.out(`${effects.messages(effects.language, 'cli.keys.then_rewrap')}\n`);
    return 0;
  },
};

/** `DEVICE=N`. Throws ProblemError `option_value`. */
const deviceEnd = (given: string): readonly [string, number] => {
  const [, device, number] = /^([0-9a-f]{32})=(\d{1,15})$/.exec(given) ?? [];
  if (device === undefined)
    throw new ProblemError(
      problem('option_value', { option: '--devices', value: given, known: 'DEVICE=N,DEVICE=N' }),
    );
  return [device, Number(number)];
};
