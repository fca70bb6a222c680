import { ProblemError, problem, toBase64url } from '../vocabulary/index.ts';
import { encryptTo, makeIdentity, recipientOf } from './age-keys.ts';
import {
  type DirectoryDevice,
  type DirectoryUser,
  type KeyDirectory,
  newestTeam,
  type SignedDirectory,
  type Team,
  teamIdentity,
} from './key-directory.ts';

/**
 * What a key ceremony, an enrolment, a rotation and a departure do to the key directory. Each gives a changed directory;
 * several changes can go into one. `nextDirectory` numbers the result, which is then signed with the root key.
 */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly clock: () => number;
}

/** The directory of a new organisation: nobody in it but the recovery key. */
export const firstDirectory = (
  { org, recovery }: Pick<KeyDirectory, 'org' | 'recovery'>,
  { clock }: Clock,
): KeyDirectory => ({
  v: 1,
  org,
  number: 1,
  made_at: new Date(clock()).toISOString(),
  previous: '',
  recovery,
  users: [],
  devices: [],
  teams: [],
});

/** What follows a signed directory once it was changed. */
export const nextDirectory = (
  before: Pick<SignedDirectory, 'directory' | 'sha256'>,
  changed: KeyDirectory,
  { clock }: Clock,
): KeyDirectory => ({
  ...changed,
  number: before.directory.number + 1,
  made_at: new Date(clock()).toISOString(),
  previous: before.sha256,
});

/** Throws ProblemError `directory_name_taken`. */
export const addUser = (directory: KeyDirectory, user: DirectoryUser): KeyDirectory => {
  if (findUser(directory, user.user) !== undefined) throw taken('user', user.user);
  return { ...directory, users: sortedBy([...directory.users, user], (u) => u.user) };
};

/** Throws ProblemError `directory_name_taken`, `directory_name_unknown` (its user). */
export const addDevice = (directory: KeyDirectory, device: DirectoryDevice): KeyDirectory => {
  if (directory.devices.some((d) => d.device === device.device)) throw taken('device', device.device);
  knownUser(directory, device.user);
  return { ...directory, devices: sortedBy([...directory.devices, device], (d) => d.device) };
};

/** Revokes a device: what it signed after its entry number `endsAt` no longer counts. Throws `directory_name_unknown`. */
export const endDevice = (directory: KeyDirectory, device: string, endsAt: number): KeyDirectory => {
  if (!directory.devices.some((d) => d.device === device)) throw unknown('device', device);
  return {
    ...directory,
    devices: directory.devices.map((d) => (d.device === device ? { ...d, ends_at: endsAt } : d)),
  };
};

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

const sortedBy = <T>(items: readonly T[], key: (item: T) => string): readonly T[] =>
  items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));

const findUser = (directory: KeyDirectory, user: string): DirectoryUser | undefined =>
  directory.users.find((u) => u.user === user);

const knownUser = (directory: KeyDirectory, user: string): DirectoryUser => {
  const found = findUser(directory, user);
  if (found === undefined) throw unknown('user', user);
  return found;
};

type Kind = 'user' | 'device' | 'team' | 'member';
const unknown = (kind: Kind, name: string): ProblemError =>
  new ProblemError(problem('directory_name_unknown', { kind, name }));
const taken = (kind: Kind, name: string): ProblemError =>
  new ProblemError(problem('directory_name_taken', { kind, name }));
