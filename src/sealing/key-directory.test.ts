import { describe, expect, it } from 'vitest';
import { anOrganisation, aPerson, aRoot, effects } from '../../tests/sealing/an-organisation.ts';
import { canonicalText, toBase64url } from '../vocabulary/index.ts';
import { encryptTo, makeIdentity, recipientOf } from './age-keys.ts';
import { addUser, firstDirectory, nextDirectory } from './directory-change.ts';
import { type KeyDirectory, openDirectory, recipientsFor, teamIdentities } from './key-directory.ts';

const { aru, beket, recovery, root, sign, signText, directory } = await anOrganisation();
const first = await sign(directory);
const known = { number: 1, sha256: first.sha256 };
const dana = await aPerson('dana');
const withDana = addUser(directory, { user: 'dana', recipient: dana.recipient });
const second = await sign(nextDirectory(first, withDana, effects));

describe('a signed directory', () => {
  it('opens to what was signed, with its hash', async () => {
    expect(await openDirectory(first.note, root)).toEqual({
      directory,
      note: first.note,
      sha256: first.sha256,
    });
  });
  it('is a signed note that names its purpose in the first line', () => {
    expect(first.note).toMatch(
      /^baqylau\/directory\/v1\n\{.*\}\n\n— baqylau\/sample\/root [A-Za-z0-9+/]{91}=\n$/,
    );
  });
  it('is accepted again, and followed by its successor', async () => {
    expect((await openDirectory(first.note, root, known)).directory.number).toBe(1);
    expect((await openDirectory(second.note, root, known)).directory.number).toBe(2);
  });
  it('may be several numbers on', async () => {
    const third = await sign(nextDirectory(second, second.directory, effects));
    expect((await openDirectory(third.note, root, known)).directory.number).toBe(3);
  });
});

describe('a directory is refused', () => {
  it('when another key signed it, even under the same name', async () => {
    const other = aRoot();
    await expect(openDirectory((await other.sign(directory)).note, root)).rejects.toThrow('directory_forged');
  });
  it('when a letter of it was changed under the signature, or of the signature', async () => {
    const changed = [
      first.note.replace('"threshold":3', '"threshold":2'),
      first.note.replace(/(.)=\n$/, (_, last) => `${last === 'A' ? 'E' : 'A'}=\n`),
      first.note.replace(/=\n$/, '\n'),
      first.note.replace(/\n$/, ''),
      first.note.replace('— baqylau/sample/root', '— baqylau/sample/ROOT'),
    ];
    for (const note of changed) {
      expect(note).not.toBe(first.note);
      await expect(openDirectory(note, root)).rejects.toThrow('directory_forged');
    }
  });
  it('when the root key signed it, but not as a directory in the one form that we write', async () => {
    const text = first.note.slice(0, first.note.indexOf('\n\n') + 1);
    const others = [
      text.replace('"number":1', '"number": 1'),
      text.replace('directory/v1', 'other/v1'),
      '{}\n',
    ];
    for (const other of others)
      await expect(openDirectory(await signText(other), root)).rejects.toThrow('directory_forged');
    expect((await openDirectory(await signText(text), root)).directory).toEqual(directory);
  });
  it('when it is older than what is known', async () => {
    const newer = { number: 2, sha256: second.sha256 };
    await expect(openDirectory(first.note, root, newer)).rejects.toThrow(
      'directory_older {"number":1,"known":2}',
    );
  });
  it('when the root key signed another one of the same number', async () => {
    const twin = await sign({ ...directory, made_at: '2026-11-23T00:00:00.000Z' });
    await expect(openDirectory(twin.note, root, known)).rejects.toThrow('directory_split');
  });
  it('when the next number does not follow the known one', async () => {
    const astray = await sign({ ...second.directory, previous: 'ab'.repeat(32) });
    await expect(openDirectory(astray.note, root, known)).rejects.toThrow('directory_split');
  });
  it('when it is of another organisation', async () => {
    const recoveryOf = { recipient: recovery.recipient, threshold: 3, shares: 5 };
    const theirs = await aRoot('other').sign(firstDirectory({ org: 'other', recovery: recoveryOf }, effects));
    await expect(openDirectory(theirs.note, root)).rejects.toThrow(
      'directory_other_org {"org":"sample","found":"other"}',
    );
  });
  it.each([
    ['empty', ''],
    ['no note', 'baqylau/directory/v1\n'],
    ['without a signature', first.note.slice(0, first.note.indexOf('\n\n') + 2)],
    ['with a line after the signature', `${first.note}\n`],
    ['with a second signature', first.note + (first.note.split('\n').at(-2) ?? '')],
  ])('%s', async (_, note) => {
    await expect(openDirectory(note, root)).rejects.toThrow('directory_forged');
  });
  it.each<[string, object]>([
    ['something more', { more: 1 }],
    ['no number', { number: 0 }],
    ['another version', { v: 2 }],
  ])('is not even signed with %s', async (_, wrong) => {
    await expect(sign({ ...directory, ...wrong } as KeyDirectory)).rejects.toThrow(
      /unrecognized_keys|too_small|invalid_value/,
    );
  });
});

describe('a directory in which a name means two things', () => {
  const [user] = directory.users;
  const [team] = directory.teams;
  const device = { device: 'd1', public_key: 'A'.repeat(43), user: 'aru' };
  it.each<[string, Partial<KeyDirectory>]>([
    ['a user', { users: [...directory.users, ...(user ? [{ ...user, recipient: 'age1other' }] : [])] }],
    ['a device', { devices: [device, { ...device, ends_at: 3 }] }],
    ['a version of a team', { teams: [...directory.teams, ...(team ? [team] : [])] }],
    ['a member', { teams: team ? [{ ...team, members: [...team.members, ...team.members] }] : [] }],
    ['more shares needed than there are', { recovery: { ...directory.recovery, threshold: 6 } }],
  ])('%s: is not signed, and refused if someone signed it', async (_, wrong) => {
    const twice: KeyDirectory = { ...directory, ...wrong };
    await expect(sign(twice)).rejects.toThrow('stands twice');
    const text = `baqylau/directory/v1\n${canonicalText(twice)}\n`;
    const note = await signText(text);
    await expect(openDirectory(note, root)).rejects.toThrow('directory_forged');
  });
  it('(control: the same text by hand, with every name once, opens)', async () => {
    const note = await signText(`baqylau/directory/v1\n${canonicalText(directory)}\n`);
    expect((await openDirectory(note, root)).directory).toEqual(directory);
  });
});

describe('whom to seal to', () => {
  const teamOf = (compartment: string): string =>
    directory.teams.find((team) => team.compartment === compartment)?.recipient ?? '';
  it('is the team of the compartment and the recovery key', () => {
    expect(recipientsFor(directory, 'assemblies/almaty')).toEqual([
      teamOf('assemblies/almaty'),
      recovery.recipient,
    ]);
  });
  it('is the team for all regions where the region has none', () => {
    expect(recipientsFor(directory, 'assemblies/astana')).toEqual([
      teamOf('assemblies/_all'),
      recovery.recipient,
    ]);
  });
  it('is nobody in a study without teams, which is an error', () => {
    expect(() => recipientsFor(directory, 'defenders/almaty')).toThrow('compartment_without_team');
    expect(() => recipientsFor(directory, 'defenders')).toThrow('compartment_without_team');
  });
});

describe('the team keys of a user', () => {
  it('are those of the compartment and of all regions', async () => {
    const identities = await teamIdentities(directory, 'aru', aru.identity, 'assemblies/almaty');
    const recipients = await Promise.all(identities.map(recipientOf));
    expect(recipients.sort()).toEqual(directory.teams.map((team) => team.recipient).sort());
  });
  it('are none in a team of others, nor with the key of someone else', async () => {
    expect(await teamIdentities(directory, 'beket', beket.identity, 'assemblies/astana')).toEqual([]);
    expect(await teamIdentities(directory, 'aru', beket.identity, 'assemblies/almaty')).toEqual([]);
    expect(await teamIdentities(directory, 'nobody', beket.identity, 'assemblies/almaty')).toEqual([]);
  });
  it('leave out a wrap that holds the key of another team, or no key', async () => {
    const swapped = async (text: string): Promise<KeyDirectory> => {
      const wrap = toBase64url(await encryptTo(new TextEncoder().encode(text), [beket.recipient]));
      const teams = directory.teams.map((team) => ({
        ...team,
        members: team.members.map((m) => (m.user === 'beket' ? { ...m, wrap } : m)),
      }));
      return { ...directory, teams };
    };
    const evil = await makeIdentity();
    for (const text of [evil, 'no key'])
      expect(await teamIdentities(await swapped(text), 'beket', beket.identity, 'assemblies/almaty')).toEqual(
        [],
      );
  });
});
