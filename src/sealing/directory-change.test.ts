import { describe, expect, it } from 'vitest';
import { anOrganisation, aPerson, effects, type Person } from '../../tests/sealing/an-organisation.ts';
import { recipientOf } from './age-keys.ts';
import { makeDataKey, openDataKey, wrapDataKey } from './data-key.ts';
import { addDevice, addUser, endDevice, nextDirectory } from './directory-change.ts';
import { type KeyDirectory, newestTeam, recipientsFor, teamIdentities } from './key-directory.ts';
import { addMember, departUser, makeTeam, replaceMembers, rotateTeam, teamsOf } from './team-change.ts';

const ALMATY = 'assemblies/almaty';
const { aru, beket, saule, recovery, sign, directory } = await anOrganisation();
const dana = await aPerson('dana');
const withDana = addUser(directory, { user: 'dana', recipient: dana.recipient });
const device = (name: string, user: string) => ({ device: name, public_key: 'A'.repeat(43), user });

/** Seals a data key as the directory says, and tells who of these can open it as another directory says. */
const openers = async (sealing: KeyDirectory, opening: KeyDirectory, people: readonly Person[]) => {
  const key = makeDataKey({ org: 'sample', record_id: 'r', compartment: ALMATY }, effects);
  const { wrap } = await wrapDataKey(key, recipientsFor(sealing, ALMATY));
  const able: string[] = [];
  for (const { user, identity } of people) {
    const identities = await teamIdentities(opening, user, identity, ALMATY);
    await openDataKey(wrap, key, identities).then(
      () => able.push(user),
      () => undefined,
    );
  }
  return able;
};

describe('the next directory', () => {
  it('has the next number, names the one before, and says when', async () => {
    const signed = await sign(directory);
    expect(nextDirectory(signed, withDana, effects)).toMatchObject({
      number: 2,
      previous: signed.sha256,
      made_at: '2026-11-22T00:00:00.000Z',
      users: withDana.users,
    });
  });
});

describe('enrolment', () => {
  it('adds a user and a device once', () => {
    const enrolled = addDevice(withDana, device('d1', 'dana'));
    expect(enrolled.users.map((u) => u.user)).toEqual(['aru', 'beket', 'dana', 'saule']);
    expect(() => addUser(enrolled, { user: 'dana', recipient: dana.recipient })).toThrow(
      'directory_name_taken',
    );
    expect(() => addDevice(enrolled, device('d1', 'aru'))).toThrow('directory_name_taken');
  });
  it('needs the user of the device', () => {
    expect(() => addDevice(directory, device('d1', 'dana'))).toThrow('directory_name_unknown');
  });
  it('leaves the directory it started from as it was', () => {
    expect(directory.users.map((u) => u.user)).toEqual(['aru', 'beket', 'saule']);
  });
});

describe('a new member of a team', () => {
  it('opens what is sealed, what was sealed, and what was sealed under earlier keys', async () => {
    const rotated = await rotateTeam(withDana, ALMATY);
    const joined = await addMember(rotated, { compartment: ALMATY, user: 'dana', holder: aru });
    for (const sealing of [directory, rotated, joined])
      expect(await openers(sealing, joined, [dana])).toEqual(['dana']);
  });
  it('(control: who was not added opens nothing)', async () => {
    expect(await openers(withDana, withDana, [dana])).toEqual([]);
  });
  it('is let in only by a member', async () => {
    const given = { compartment: ALMATY, user: 'dana', holder: dana };
    await expect(addMember(withDana, given)).rejects.toThrow('team_key_missing');
    const posing = { ...given, holder: { user: 'aru', identity: dana.identity } };
    await expect(addMember(withDana, posing)).rejects.toThrow('team_key_missing');
  });
  it('is a user, of a team that is there, and new to it', async () => {
    const add = (compartment: string, user: string) =>
      addMember(directory, { compartment, user, holder: aru });
    await expect(add(ALMATY, 'dana')).rejects.toThrow('directory_name_unknown');
    await expect(add('assemblies/astana', 'beket')).rejects.toThrow('directory_name_unknown');
    await expect(add(ALMATY, 'beket')).rejects.toThrow('directory_name_taken');
  });
});

describe('a team', () => {
  it('is made once, of users, and of at least one', async () => {
    await expect(makeTeam(directory, ALMATY, ['aru'])).rejects.toThrow('directory_name_taken');
    await expect(makeTeam(directory, 'x/_all', ['dana'])).rejects.toThrow('directory_name_unknown');
    await expect(makeTeam(directory, 'x/_all', [])).rejects.toThrow('team_without_members');
    await expect(makeTeam(directory, 'x/_all', ['aru', 'aru'])).resolves.toBeDefined();
  });
  it('gets a new key without someone, who opens nothing that is sealed from then on', async () => {
    const rotated = await rotateTeam(directory, ALMATY, ['beket']);
    expect(await openers(rotated, rotated, [aru, beket, saule])).toEqual(['aru', 'saule']);
    // Not even with the directory from before, which beket kept.
    expect(await openers(rotated, directory, [beket])).toEqual([]);
  });
  it('still opens what was sealed before its key was changed', async () => {
    const rotated = await rotateTeam(directory, ALMATY, ['beket']);
    expect(await openers(directory, rotated, [aru, beket, saule])).toEqual(['aru', 'saule']);
  });
  it('is taken over by exactly the people named; who is not named opens nothing any more', async () => {
    const replaced = await replaceMembers(withDana, ALMATY, ['dana', 'saule']);
    expect(newestTeam(replaced, ALMATY)?.members.map((m) => m.user)).toEqual(['dana', 'saule']);
    expect(await openers(replaced, replaced, [aru, beket, saule, dana])).toEqual(['saule', 'dana']);
    // What was sealed before: who stayed, not who is new.
    expect(await openers(withDana, replaced, [aru, beket, saule, dana])).toEqual(['saule']);
    await expect(replaceMembers(withDana, ALMATY, [])).rejects.toThrow('team_without_members');
    await expect(replaceMembers(withDana, 'x/_all', ['dana'])).rejects.toThrow('directory_name_unknown');
  });
  it('keeps at least one member, and is there', async () => {
    const everyone = ['aru', 'beket', 'saule'];
    await expect(rotateTeam(directory, ALMATY, everyone)).rejects.toThrow('team_without_members');
    await expect(rotateTeam(directory, 'assemblies/astana')).rejects.toThrow('directory_name_unknown');
  });
  it('never shares the key of another, and the recovery key opens for all', async () => {
    const recipients = directory.teams.map((team) => team.recipient);
    expect(new Set(recipients).size).toBe(recipients.length);
    const key = makeDataKey({ org: 'sample', record_id: 'r', compartment: ALMATY }, effects);
    const { wrap } = await wrapDataKey(key, recipientsFor(directory, ALMATY));
    expect(await openDataKey(wrap, key, [recovery.identity])).toEqual(key);
  });
});

describe('a departure', () => {
  const enrolled = addDevice(addDevice(directory, device('d1', 'beket')), device('d2', 'aru'));
  it('ends the devices at a number, takes the user out, and changes the key of every team they were in', async () => {
    const left = await departUser(enrolled, 'beket', () => 7);
    expect(left.devices).toEqual([{ ...device('d1', 'beket'), ends_at: 7 }, device('d2', 'aru')]);
    expect(left.users.map((u) => u.user)).toEqual(['aru', 'saule']);
    expect(teamsOf(left, 'beket')).toEqual([]);
    expect(newestTeam(left, ALMATY)?.version).toBe(2);
    expect(newestTeam(left, 'assemblies/_all')?.version).toBe(1);
    expect(await openers(left, enrolled, [beket])).toEqual([]);
    expect(await openers(left, left, [aru, saule])).toEqual(['aru', 'saule']);
  });
  it('leaves a device that had ended where it ended', async () => {
    const left = await departUser(endDevice(enrolled, 'd1', 3), 'beket', () => 7);
    expect(left.devices[0]?.ends_at).toBe(3);
  });
  it('is of a user who is there, and not of the last member of a team', async () => {
    await expect(departUser(enrolled, 'dana', () => 7)).rejects.toThrow('directory_name_unknown');
    await expect(departUser(enrolled, 'aru', () => 7)).rejects.toThrow('team_without_members');
  });
  it('ends only devices that are there', () => {
    expect(() => endDevice(directory, 'd9', 1)).toThrow('directory_name_unknown');
  });
});

describe('the key of a team', () => {
  it('is the one that its recipient names, the newest first', async () => {
    const rotated = await rotateTeam(await rotateTeam(directory, ALMATY), ALMATY);
    const identities = await teamIdentities(rotated, 'aru', aru.identity, ALMATY);
    const versions = rotated.teams.filter((team) => team.compartment === ALMATY);
    const allRegions = newestTeam(rotated, 'assemblies/_all');
    const expected = [...versions.toReversed(), allRegions].map((team) => team?.recipient);
    expect(await Promise.all(identities.map(recipientOf))).toEqual(expected);
  });
});
