import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addMember,
  addUser,
  departUser,
  firstDirectory,
  type KeyDirectory,
  makeDataKey,
  makeTeam,
  newestTeam,
  openDataKey,
  recipientsFor,
  replaceMembers,
  rotateTeam,
  teamIdentities,
  wrapDataKey,
} from '../../src/sealing/index.ts';
import { ProblemError } from '../../src/vocabulary/index.ts';
import { rounds } from '../reliability/figure.ts';
import { aPerson, effects, type Person } from './an-organisation.ts';

/** Who is in a team and who is not, through any history of people coming, going and coming back, is who can read and who cannot. */
const people: readonly Person[] = await Promise.all(['aru', 'beket', 'saule', 'dana'].map(aPerson));
const recovery = await aPerson('recovery');
const COMPARTMENTS = ['assemblies/_all', 'assemblies/almaty'];

const act = fc.record({
  what: fc.constantFrom('come', 'join', 'rotate', 'replace', 'depart'),
  who: fc.integer({ min: 0, max: people.length - 1 }),
  where: fc.constantFrom(...COMPARTMENTS),
  others: fc.subarray(people.map(({ user }) => user)),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

const after = async (directory: KeyDirectory, { what, who, where, others }: Act): Promise<KeyDirectory> => {
  const { user, recipient } = people[who] ?? recovery;
  const holder = people.find((p) => newestTeam(directory, where)?.members.some((m) => m.user === p.user));
  if (what === 'come') return addUser(directory, { user, recipient });
  if (what === 'rotate') return rotateTeam(directory, where, others);
  if (what === 'replace') return replaceMembers(directory, where, others);
  if (what === 'depart') return departUser(directory, user, () => 0);
  return addMember(directory, { compartment: where, user, holder: holder ?? recovery });
};

/** Who opens what is sealed now, with whatever of all directories they ever saw. */
const readers = async (
  directories: readonly KeyDirectory[],
  compartment: string,
): Promise<readonly string[]> => {
  const now = directories.at(-1);
  if (now === undefined) return [];
  const key = makeDataKey({ org: 'sample', record_id: 'r', compartment }, effects);
  const { wrap } = await wrapDataKey(key, recipientsFor(now, compartment));
  const able: string[] = [];
  for (const { user, identity } of people) {
    const held = await Promise.all(directories.map((d) => teamIdentities(d, user, identity, compartment)));
    const opened = await openDataKey(wrap, key, [...new Set(held.flat())]).catch(() => undefined);
    if (opened !== undefined) able.push(user);
  }
  return able;
};

/** Everybody is enrolled; dana is in no team yet. */
let start = firstDirectory(
  { org: 'sample', recovery: { recipient: recovery.recipient, threshold: 3, shares: 5 } },
  effects,
);
for (const { user, recipient } of people) start = addUser(start, { user, recipient });
start = await makeTeam(start, 'assemblies/_all', ['aru', 'saule']);
start = await makeTeam(start, 'assemblies/almaty', ['aru', 'beket']);

test('whoever is in the team of a compartment now opens what is sealed for it now, and nobody else ever did or will', async () => {
  let changes = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), async (acts) => {
      const directories = [start];
      for (const next of acts) {
        const before = directories.at(-1) as KeyDirectory;
        const changed = await after(before, next).catch((error: unknown) => {
          if (error instanceof ProblemError) return undefined;
          throw error;
        });
        if (changed !== undefined) directories.push(changed);
        changes += changed === undefined ? 0 : 1;
      }
      const now = directories.at(-1) as KeyDirectory;
      for (const compartment of COMPARTMENTS) {
        const team = newestTeam(now, compartment);
        const members = people
          .map(({ user }) => user)
          .filter((user) => team?.members.some((m) => m.user === user));
        expect(await readers(directories, compartment)).toEqual(members);
        expect(members.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: rounds(30, 300) },
  );
  expect(changes).toBeGreaterThan(rounds(30, 300));
}, 600_000);

test('(control: had only the list of members been changed and not the key, who left would still read)', async () => {
  const listed = {
    ...start,
    teams: start.teams.map((team) => ({ ...team, members: team.members.filter((m) => m.user !== 'beket') })),
  };
  expect(await readers([start, listed], 'assemblies/almaty')).toEqual(['aru', 'beket']);
  const rotated = await rotateTeam(start, 'assemblies/almaty', ['beket']);
  expect(await readers([start, rotated], 'assemblies/almaty')).toEqual(['aru']);
});
