import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  decryptWith,
  encryptTo,
  makeDataKey,
  openAttachment,
  openDataKey,
  recipientOf,
  recipientsFor,
  sealAttachment,
  splitRecovery,
  wrapDataKey,
} from '../../src/sealing/index.ts';
import { canonicalText, fromBase64url } from '../../src/vocabulary/index.ts';
import { anOrganisation, aPerson, effects } from './an-organisation.ts';

/** What is sealed outlives this program: Debian's age opens all of it, and we open what age wrote. */
const folder = mkdtempSync(join(tmpdir(), 'baqylau-age-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const put = (name: string, content: Uint8Array | string): string => {
  const path = join(folder, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
};
const age = (args: readonly string[], input?: Uint8Array): Buffer => {
  const { status, stdout, stderr, error } = spawnSync('age', args, {
    input: input ?? new Uint8Array(),
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`age: ${error?.message ?? stderr.toString()}`);
  return stdout;
};
const ageOpens = (identity: string, file: Uint8Array): Buffer =>
  age(['--decrypt', '--identity', put('identity.txt', `${identity}\n`)], file);

const { aru, beket, recovery, directory } = await anOrganisation();
const key = makeDataKey({ org: 'sample', record_id: 'record-1', compartment: 'assemblies/almaty' }, effects);
const { wrap } = await wrapDataKey(key, recipientsFor(directory, key.compartment));

describe("Debian's age", () => {
  it('opens the whole chain: the key of a user, of a team, of a record', () => {
    const team = directory.teams.find((t) => t.compartment === key.compartment);
    const member = team?.members.find((m) => m.user === 'beket');
    const teamIdentity = ageOpens(beket.identity, fromBase64url(member?.wrap ?? '') ?? new Uint8Array());
    expect(teamIdentity.toString()).toMatch(/^AGE-SECRET-KEY-1/);
    const opened = JSON.parse(ageOpens(teamIdentity.toString(), wrap).toString()) as object;
    expect(opened).toEqual({ v: 1, context: 'baqylau/data-key/v1', ...key });
  });
  it('opens the same with the recovery key', () => {
    expect(JSON.parse(ageOpens(recovery.identity, wrap).toString())).toMatchObject({ key: key.key });
  });
  it('does not open it with the key of someone who is not in the team', async () => {
    const dana = await aPerson('dana');
    expect(() => ageOpens(dana.identity, wrap)).toThrow('no identity matched');
  });
  it('opens an attachment, behind the line that says where it belongs', async () => {
    const content = effects.random(200_000);
    const place = { org: 'sample', study: 'assemblies', record_id: 'record-1', attachment_id: 'a-1' };
    const about = { place, compartment: key.compartment, name: 'video.mp4' };
    const made = await sealAttachment(new Blob([Uint8Array.from(content)]).stream(), about, effects);
    const opened = ageOpens(made.key.key, Buffer.concat(await Array.fromAsync(made.ct)));
    const end = opened.indexOf('\n');
    expect(JSON.parse(opened.subarray(0, end).toString())).toMatchObject({ ...place, name: 'video.mp4' });
    expect(Buffer.compare(opened.subarray(end + 1), content)).toBe(0);
  });
  it('opens a recovery share for its custodian', async () => {
    const custodians = await Promise.all(['c1', 'c2', 'c3'].map(aPerson));
    const given = custodians.map(({ user, recipient }) => ({ custodian: user, recipient }));
    const [first] = await splitRecovery({ org: 'sample', identity: recovery.identity }, given, 2);
    const text = ageOpens(custodians[0]?.identity ?? '', first?.file ?? new Uint8Array()).toString();
    expect(JSON.parse(text)).toMatchObject({ number: 1, threshold: 2, recipient: recovery.recipient });
  });
  it('opens a file of the size of a backup that we encrypted to several', async () => {
    const content = effects.random(3_000_000);
    const file = await encryptTo(content, [aru.recipient, recovery.recipient]);
    expect(Buffer.compare(ageOpens(recovery.identity, file), content)).toBe(0);
  });
});

describe('what age wrote', () => {
  it('opens here, to any of its recipients', async () => {
    const content = effects.random(150_000);
    const file = age(['--encrypt', '--recipient', aru.recipient, '--recipient', recovery.recipient], content);
    expect(Buffer.compare((await decryptWith(file, [aru.identity])) ?? new Uint8Array(), content)).toBe(0);
  });
  it('as the wrap of a data key is a wrap like ours', async () => {
    const text = canonicalText({ v: 1, context: 'baqylau/data-key/v1', ...key });
    const file = age(['--encrypt', '--recipient', aru.recipient], new TextEncoder().encode(text));
    expect(await openDataKey(file, key, [aru.identity])).toEqual(key);
  });
  it('as an attachment is an attachment like ours', async () => {
    const place = { org: 'sample', study: 'assemblies', record_id: 'record-1', attachment_id: 'a-1' };
    const header = canonicalText({ v: 1, context: 'baqylau/attachment/v1', ...place, name: 'note.txt' });
    const file = age(
      ['--encrypt', '--recipient', aru.recipient],
      new TextEncoder().encode(`${header}\nthe note`),
    );
    const its = { ...key, key: aru.identity };
    const { name, content } = await openAttachment(new Blob([Uint8Array.from(file)]).stream(), its, place);
    expect(name).toBe('note.txt');
    expect(Buffer.concat(await Array.fromAsync(content)).toString()).toBe('the note');
  });
  it('keygen made is a key like ours', async () => {
    const { stdout } = spawnSync('age-keygen', [], { encoding: 'utf8' });
    const identity = stdout.split('\n').find((line) => line.startsWith('AGE-SECRET-KEY-')) ?? '';
    const recipient = /public key: (age1\S+)/.exec(stdout)?.[1];
    expect(await recipientOf(identity)).toBe(recipient);
  });
  it('is no file of ours when it was encrypted with a passphrase: nobody is asked for one here', async () => {
    const scrypt = readFileSync(join(import.meta.dirname, 'fixtures', 'with-passphrase.age'));
    expect(await decryptWith(scrypt, [aru.identity])).toBeUndefined();
  });
});
