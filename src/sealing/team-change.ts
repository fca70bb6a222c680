import { ProblemError, problem, toBase64url } from '../vocabulary/index.ts';
import { encryptTo, makeIdentity, recipientOf } from './age-keys.ts';
import { endDevice } from './directory-change.ts';
import { knownUser, sortedBy, taken, unknown } from './directory-names.ts';
import { type KeyDirectory, newestTeam, type Team, teamIdentity } from './key-directory.ts';

/** A team with a key of its own. Throws `directory_name_taken`, `directory_name_unknown`, `team_without_members`. */
export const makeTeam = async (
  directory: KeyDirectory,
  compartment: string,
  users: readonly string[],
): Promise<KeyDirectory> => {
  if (newestTeam(directory, compartment) !== undefined) throw taken('team', compartment);
  return withTeam(directory, await newTeam(directory, compartment, 1, users));
};

/**
 * Lets a user open what is and was sealed for a compartment, as far back as `holder`, a member, holds its keys. Throws
 * `directory_name_unknown`, `directory_name_taken`, and `team_key_missing` when the holder has not the team's newest key.
 */
export const addMember = async (
  directory: KeyDirectory,
  {
    compartment,
    user,
    holder,
  }: {
    readonly compartment: string;
    readonly user: string;
    readonly holder: { readonly user: string; readonly identity: string };
  },
): Promise<KeyDirectory> => {
  const newest = newestTeam(directory, compartment);
  if (newest === undefined) throw unknown('team', compartment);
  if (newest.members.some((member) => member.user === user)) throw taken('member', user);
  const { recipient } = knownUser(directory, user);
  const teams = directory.teams.map(async (team): Promise<Team> => {
    if (team.compartment !== compartment) return team;
    const identity = await teamIdentity(team, holder.user, holder.identity);
    if (identity === undefined && team === newest)
      throw new ProblemError(problem('team_key_missing', { compartment }));
    return identity === undefined ? team : withMember(team, user, await wrapIdentity(identity, recipient));
  });
  return { ...directory, teams: await Promise.all(teams) };
};

/**
 * A new key for a team, which `without` do not get: what is sealed from now on they cannot open. Earlier keys they may have
 * kept. Throws `directory_name_unknown`, `team_without_members`.
 */
export const rotateTeam = async (
  directory: KeyDirectory,
  compartment: string,
  without: readonly string[] = [],
): Promise<KeyDirectory> => {
  const newest = newestTeam(directory, compartment);
  if (newest === undefined) throw unknown('team', compartment);
  const left = newest.members.map((member) => member.user).filter((user) => !without.includes(user));
  const rotated = withTeam(directory, await newTeam(directory, compartment, newest.version + 1, left));
  return withoutMembers(rotated, compartment, without);
};

/** Takes the wraps of people out of every version of a team. */
const withoutMembers = (
  directory: KeyDirectory,
  compartment: string,
  without: readonly string[],
): KeyDirectory => ({
  ...directory,
  teams: directory.teams.map((team) =>
    team.compartment === compartment
      ? { ...team, members: team.members.filter((member) => !without.includes(member.user)) }
      : team,
  ),
});

/**
 * A new key for a team that exactly these people get: who takes over from those that left or lost their keys. Throws
 * `directory_name_unknown`, `team_without_members`.
 */
export const replaceMembers = async (
  directory: KeyDirectory,
  compartment: string,
  users: readonly string[],
): Promise<KeyDirectory> => {
  const newest = newestTeam(directory, compartment);
  if (newest === undefined) throw unknown('team', compartment);
  const replaced = withTeam(directory, await newTeam(directory, compartment, newest.version + 1, users));
  const gone = newest.members.map((member) => member.user).filter((user) => !users.includes(user));
  return withoutMembers(replaced, compartment, gone);
};

/**
 * Someone leaves: every team they are in gets a new key, their devices end (`endsAt`: the last entry number of a device that
 * counts), their recipient goes. Throws `directory_name_unknown`, `team_without_members`.
 */
export const departUser = async (
  directory: KeyDirectory,
  user: string,
  endsAt: (device: string) => number,
): Promise<KeyDirectory> => {
  knownUser(directory, user);
  let changed: KeyDirectory = { ...directory, users: directory.users.filter((u) => u.user !== user) };
  for (const { device, ends_at } of directory.devices.filter((d) => d.user === user))
    if (ends_at === undefined) changed = endDevice(changed, device, endsAt(device));
  for (const compartment of teamsOf(directory, user))
    changed = await rotateTeam(changed, compartment, [user]);
  return changed;
};

/** The compartments in whose team, of any version, a user is. */
export const teamsOf = (directory: KeyDirectory, user: string): readonly string[] => [
  ...new Set(
    directory.teams
      .filter((team) => team.members.some((member) => member.user === user))
      .map((team) => team.compartment),
  ),
];

const newTeam = async (
  directory: KeyDirectory,
  compartment: string,
  version: number,
  users: readonly string[],
): Promise<Team> => {
  if (users.length === 0) throw new ProblemError(problem('team_without_members', { compartment }));
  const identity = await makeIdentity();
  const members = await Promise.all(
    [...new Set(users)].toSorted().map(async (user) => ({
      user,
      wrap: await wrapIdentity(identity, knownUser(directory, user).recipient),
    })),
  );
  return { compartment, version, recipient: await recipientOf(identity), members };
};

const wrapIdentity = async (identity: string, recipient: string): Promise<string> =>
  toBase64url(await encryptTo(new TextEncoder().encode(identity), [recipient]));

const withTeam = (directory: KeyDirectory, team: Team): KeyDirectory => ({
  ...directory,
  teams: sortedBy(
    [...directory.teams, team],
    (t) => `${t.compartment} ${String(t.version).padStart(9, '0')}`,
  ),
});

const withMember = (team: Team, user: string, wrap: string): Team => ({
  ...team,
  members: sortedBy([...team.members.filter((m) => m.user !== user), { user, wrap }], (m) => m.user),
});
