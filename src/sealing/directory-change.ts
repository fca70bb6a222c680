import { findUser, knownUser, sortedBy, taken, unknown } from './directory-names.ts';
import type { DirectoryDevice, DirectoryUser, KeyDirectory, SignedDirectory } from './key-directory.ts';

/**
 * What a key ceremony, an enrolment and a revocation do to the key directory; `team-change.ts` has what happens to teams. Each
 * gives a changed directory; several changes can go into one. `nextDirectory` numbers the result, which is then signed with the root key.
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
