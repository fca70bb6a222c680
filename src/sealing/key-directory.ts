import { sha256 } from 'hash-wasm';
// The small form of zod: the large one compiles checks while running, which the policy of our pages forbids.
import * as z from 'zod/mini';
import { canonicalText, fromBase64url, ProblemError, problem } from '../vocabulary/index.ts';
import { decryptWith, recipientOf } from './age-keys.ts';
import { fallbackOf } from './compartment.ts';
import { openRootNote, type RootKey, type RootSign, type RootVerify, signRootNote } from './root-note.ts';

/**
 * Who has which key: the only list that readers and writers believe, because the root key signed it offline. The server hands
 * it on and cannot change it (security plan, 3.5). `number` only grows; `previous` chains it to the directory before.
 */
const text = z.string().check(z.minLength(1));
const directoryShape = z.strictObject({
  v: z.literal(1),
  org: text,
  number: z.int().check(z.positive()),
  /** ISO 8601, UTC. */
  made_at: z.string(),
  /** SHA-256 (hex) of the text of the directory before; empty in the first. */
  previous: z.string().check(z.regex(/^([0-9a-f]{64})?$/)),
  recovery: z.strictObject({
    recipient: z.string(),
    threshold: z.int().check(z.minimum(2)),
    shares: z.int().check(z.minimum(2)),
  }),
  users: z.readonly(z.array(z.strictObject({ user: text, recipient: z.string() }))),
  devices: z.readonly(
    z.array(
      z.strictObject({
        device: text,
        /** base64url of the raw Ed25519 key. */
        public_key: z.string(),
        user: z.string(),
        /** A revoked device: the last `device_seq` that counts. */
        ends_at: z.exactOptional(z.int().check(z.nonnegative())),
      }),
    ),
  ),
  teams: z.readonly(
    z.array(
      z.strictObject({
        compartment: text,
        /** Grows from 1 each time the team's key is changed; old versions stay, to open what was sealed to them. */
        version: z.int().check(z.positive()),
        recipient: z.string(),
        /** The team's identity as an age file (base64url) to each member. */
        members: z.readonly(z.array(z.strictObject({ user: z.string(), wrap: z.string() }))),
      }),
    ),
  ),
});

export type KeyDirectory = Readonly<z.infer<typeof directoryShape>>;
export type DirectoryUser = KeyDirectory['users'][number];
export type DirectoryDevice = KeyDirectory['devices'][number];
export type Team = KeyDirectory['teams'][number];

const CONTEXT = 'baqylau/directory/v1\n';

/** A directory with the text that was signed, and its SHA-256 (hex): what pins and the next directory name. */
export interface SignedDirectory {
  readonly directory: KeyDirectory;
  readonly note: string;
  readonly sha256: string;
}

/** What is known of the directories of an organisation before a new one is read. */
export interface KnownDirectory {
  readonly number: number;
  readonly sha256: string;
}

/** Signs a directory with the root key. */
export const signDirectory = async (
  directory: KeyDirectory,
  publicKey: Uint8Array,
  sign: RootSign,
): Promise<SignedDirectory> => {
  const text = directoryText(directoryShape.parse(directory));
  if (!isUnambiguous(directory)) throw new TypeError('a name stands twice in the key directory');
  const note = await signRootNote(text, { org: directory.org, publicKey }, sign);
  return { directory, note, sha256: await sha256(text) };
};

/**
 * Opens a signed directory. Throws ProblemError `directory_forged` for anything that the root key of this organisation did
 * not sign; for what it did sign `directory_other_org`, `directory_older` than what is known, or `directory_split`: it is not
 * the known one's successor.
 */
export const openDirectory = async (
  note: string,
  root: RootKey & { readonly verify: RootVerify },
  known?: KnownDirectory,
): Promise<SignedDirectory> => {
  const text = await openRootNote(note, root, root.verify);
  const directory = text === undefined ? undefined : readDirectory(text);
  if (text === undefined || directory?.org !== root.org) throw notOurs(note, root.org);
  const opened = { directory, note, sha256: await sha256(text) };
  if (known !== undefined) checkSuccession(opened, known);
  return opened;
};

/** Another organisation's directory is a mistake that people make; told by what it claims, since it is refused anyway. */
const notOurs = (note: string, org: string): ProblemError => {
  const found = readDirectory(note.slice(0, note.lastIndexOf('\n\n') + 1))?.org ?? org;
  return new ProblemError(
    found === org ? problem('directory_forged') : problem('directory_other_org', { org, found }),
  );
};

const checkSuccession = ({ directory, sha256 }: SignedDirectory, known: KnownDirectory): void => {
  const { number } = directory;
  if (number < known.number)
    throw new ProblemError(problem('directory_older', { number, known: known.number }));
  const isOther = number === known.number && sha256 !== known.sha256;
  const isNoSuccessor = number === known.number + 1 && directory.previous !== known.sha256;
  if (isOther || isNoSuccessor) throw new ProblemError(problem('directory_split', { number }));
};

/** A name that stood twice could mean one key to one reader and another to the next. */
const isUnambiguous = ({ users, devices, teams, recovery }: KeyDirectory): boolean => {
  const names = [
    ...users.map(({ user }) => `user ${user}`),
    ...devices.map(({ device }) => `device ${device}`),
    ...teams.map(({ compartment, version }) => `team ${version} ${compartment}`),
    ...teams.flatMap(({ compartment, version, members }) =>
      members.map(({ user }) => `member ${version} ${canonicalText([compartment, user])}`),
    ),
  ];
  return new Set(names).size === names.length && recovery.threshold <= recovery.shares;
};

const directoryText = (directory: KeyDirectory): string => `${CONTEXT}${canonicalText(directory)}\n`;

const readDirectory = (text: string): KeyDirectory | undefined => {
  try {
    // Whatever stood in place of the context is seen in the comparison.
    const directory = directoryShape.parse(JSON.parse(text.slice(CONTEXT.length)));
    return directoryText(directory) === text && isUnambiguous(directory) ? directory : undefined;
  } catch {
    return undefined;
  }
};

/** The team that seals for a compartment now: its newest version. */
export const newestTeam = (directory: KeyDirectory, compartment: string): Team | undefined =>
  directory.teams
    .filter((team) => team.compartment === compartment)
    .reduce<Team | undefined>(
      (newest, team) => (newest === undefined || team.version > newest.version ? team : newest),
      undefined,
    );

/**
 * Whom to encrypt a data key of this compartment to: its team, or the team for all regions of the study, and the recovery
 * key. Throws ProblemError `compartment_without_team`.
 */
export const recipientsFor = (directory: KeyDirectory, compartment: string): readonly string[] => {
  const team = newestTeam(directory, compartment) ?? newestTeam(directory, fallbackOf(compartment));
  if (team === undefined) throw new ProblemError(problem('compartment_without_team', { compartment }));
  return [team.recipient, directory.recovery.recipient];
};

/**
 * The identities of the team of a compartment, and of the team for all regions, that a user holds, of all versions, the
 * newest first. Empty for someone who is in neither. A wrap that does not open to the key of its team is left out: it was
 * swapped.
 */
export const teamIdentities = async (
  directory: KeyDirectory,
  user: string,
  userIdentity: string,
  compartment: string,
): Promise<readonly string[]> => {
  const teams = [...new Set([compartment, fallbackOf(compartment)])].flatMap((name) =>
    directory.teams.filter((team) => team.compartment === name).toSorted((a, b) => b.version - a.version),
  );
  const identities = await Promise.all(teams.map((team) => teamIdentity(team, user, userIdentity)));
  return identities.filter((identity) => identity !== undefined);
};

/** The identity of one version of a team, or undefined when this user does not hold it. */
export const teamIdentity = async (
  team: Team,
  user: string,
  userIdentity: string,
): Promise<string | undefined> => {
  const wrap = fromBase64url(team.members.find((member) => member.user === user)?.wrap ?? '');
  const bytes = wrap === undefined ? undefined : await decryptWith(wrap, [userIdentity]);
  if (bytes === undefined) return undefined;
  try {
    const identity = new TextDecoder().decode(bytes);
    return (await recipientOf(identity)) === team.recipient ? identity : undefined;
  } catch {
    return undefined;
  }
};
