import type { KeyDirectory } from '../../sealing/index.ts';
import { ALL_REGIONS, newestTeam } from '../../sealing/index.ts';
import { ProblemError, problem } from '../../vocabulary/index.ts';
import {
  lastNumbers,
  newestDirectory,
  openWorkspace,
  readPin,
  readRootKey,
  rootKeyText,
  rootOf,
  safetyNumber,
  type TrustedRoot,
  trustFolder,
} from '../../workspace/index.ts';
import type { Command, Effects, Input } from '../command.ts';
import { recordEffects } from '../record-effects.ts';

/** Who can open what and who may sign, in plain words. */
export const keysShow: Command = {
  name: 'keys show',
  args: [],
  options: [
    { name: 'data', kind: 'text', value: 'DIR' },
    { name: 'offline', kind: 'text', value: 'DIR' },
    { name: 'keys', kind: 'text', value: 'DIR' },
  ],
  run: async (input, effects) => {
    const { directory, root, numbers } = await shown(input, effects);
    const say = (id: string, args: Record<string, string | number>): void =>
      effects.out(`${effects.messages(effects.language, `cli.keys_show.${id}`, args)}\n`);
    const { org, number, made_at: made, recovery, users, devices } = directory;
    say('directory', { org, number, made });
    say('root', { root: rootKeyText(root), code: safetyNumber(rootKeyText(root)) });
    say('recovery', { threshold: recovery.threshold, shares: recovery.shares });
    for (const compartment of new Set(directory.teams.map((team) => team.compartment))) {
      const team = newestTeam(directory, compartment);
      const members = team?.members.map((member) => member.user).join(', ') ?? '';
      const scope = compartment.endsWith(`/${ALL_REGIONS}`) ? 'all' : 'region';
      say('team', { compartment, scope, version: team?.version ?? 0, members });
    }
    for (const { user } of users)
      say('user', { user, teams: teamsNow(directory, user).join(', ') || 'none' });
    for (const { device, user, ends_at: end } of devices)
      say('device', { device, user, last: numbers?.get(device) ?? 0, end: end ?? 'none' });
    return 0;
  },
};

interface Shown {
  readonly directory: KeyDirectory;
  readonly root: TrustedRoot;
  /** Number of each device's last entry in the log; undefined where there is no log. */
  readonly numbers: ReadonlyMap<string, number> | undefined;
}

const shown = async (input: Input, effects: Effects): Promise<Shown> => {
  const { data, offline, keys } = input.options;
  if (data === undefined) {
    if (offline === undefined)
      throw new ProblemError(problem('option_missing', { option: '--data', command: 'keys show' }));
    return {
      directory: (await newestDirectory(offline)).directory,
      root: rootOf(offline),
      numbers: undefined,
    };
  }
  const workspace = await openWorkspace(data, { effects: recordEffects(effects), readOnly: true });
  try {
    const trusted = keys === undefined ? undefined : await trustFolder(keys, workspace);
    const signed = trusted?.directory ?? (await workspace.directory());
    if (signed === undefined) throw new ProblemError(problem('directory_missing', { place: data }));
    const root = readRootKey(keys === undefined ? (workspace.config.root ?? '') : readPin(keys).root);
    const numbers = await lastNumbers(workspace.store);
    trusted?.keep();
    return { directory: signed.directory, root, numbers };
  } finally {
    await workspace.close();
  }
};

const teamsNow = (directory: KeyDirectory, user: string): readonly string[] =>
  [...new Set(directory.teams.map((team) => team.compartment))].filter((compartment) =>
    newestTeam(directory, compartment)?.members.some((member) => member.user === user),
  );
