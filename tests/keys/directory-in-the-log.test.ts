import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Appender, appendEntries, logOrigin, sha256Hex } from '../../src/log/index.ts';
import type { EntryDraft, SignedEntry } from '../../src/records/index.ts';
import { addDevice, endDevice, type SignedDirectory } from '../../src/sealing/index.ts';

import {
  openWorkspace,
  readKeys,
  rootKeyText,
  verifierOf,
  type Workspace,
} from '../../src/workspace/index.ts';
import { directoryRecord } from '../../src/workspace/key-directory.ts';
import { aDataFolder, aWorkspace, fixedEffects } from '../builders/workspace.ts';
import { aDirectory, anEntry, aRoot, changed, writtenBy } from './an-organisation.ts';

const holder = aRoot();
let folder: ReturnType<typeof aDataFolder>;
let workspace: Workspace;
let first: SignedDirectory;
beforeEach(async () => {
  folder = aDataFolder();
  workspace = await aWorkspace(folder.dir);
  await workspace.append([anEntry(workspace, 1)]);
  first = await holder.sign(await aDirectory(workspace));
});
afterEach(async () => {
  await workspace.close();
  folder.remove();
});

const refusal = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'taken in',
    (error: { problems?: { code: string }[] }) => error.problems?.[0]?.code ?? String(error),
  );
const directoryEntry = (signed: SignedDirectory, number = signed.directory.number): EntryDraft => ({
  study: 'baqylau',
  instrument: '',
  instrument_version: 0,
  record_id: directoryRecord(signed.directory.org),
  kind: 'directory',
  author: 'aru',
  values: { number, sha256: sha256Hex(new TextEncoder().encode(signed.note)) },
});
/** A directory put into the log by hand, as whoever runs the server can. */
const smuggle = async (signed: SignedDirectory, number?: number): Promise<void> => {
  const bytes = new TextEncoder().encode(signed.note);
  await workspace.store.putBlob(sha256Hex(bytes), bytes);
  await workspace.append([directoryEntry(signed, number)]);
};
/** The keys of the folder in the hands of whoever took it: they write to the log without our program. */
const appenderOf = (of: Workspace): Appender => {
  const { device, publicKey, sign } = readKeys(of.dir);
  const { org, zone } = of.config;
  const checkpointKey = { name: logOrigin(org), publicKey };
  const verify = verifierOf(publicKey);
  return {
    org,
    device,
    zone,
    sign,
    checkpointKey,
    signCheckpoint: sign,
    verifierOf: () => verify,
    effects: fixedEffects('thief'),
  };
};
const size = async (): Promise<number> => (await workspace.head()).size;

it('the first directory pins its root key, and is the newest from then on', async () => {
  await workspace.installDirectory(first.note, holder.root);
  expect(workspace.config.root).toBe(rootKeyText(holder.root));
  expect((await workspace.directory())?.sha256).toBe(first.sha256);
  await workspace.close();
  workspace = await openWorkspace(folder.dir, { effects: fixedEffects('later') });
  expect((await workspace.directory())?.sha256).toBe(first.sha256);
  expect((await workspace.verify()).findings).toEqual([]);
});
it('without the root key no directory is taken in', async () => {
  expect(await refusal(workspace.installDirectory(first.note))).toBe('root_key_missing');
  expect([await size(), workspace.config.root]).toEqual([1, undefined]);
});
it('the same directory again changes nothing', async () => {
  await workspace.installDirectory(first.note, holder.root);
  expect(await workspace.installDirectory(first.note)).toMatchObject({ isNew: false });
  expect(await size()).toBe(2);
});

it.each([
  [
    'signed by another root',
    'directory_forged',
    async (): Promise<string> => (await aRoot('other').sign(changed(first))).note,
  ],
  [
    'of which one letter was changed',
    'directory_forged',
    async (): Promise<string> => first.note.replace('aru', 'dan'),
  ],
  ['that is no directory', 'directory_forged', async (): Promise<string> => 'hello\n'],
] as const)('a directory %s is refused, and nothing changes', async (_, code, note) => {
  await workspace.installDirectory(first.note, holder.root);
  expect(await refusal(workspace.installDirectory(await note()))).toBe(code);
  expect(await size()).toBe(2);
});
it('an older directory is refused once a newer one is known', async () => {
  const second = await holder.sign(changed(first));
  await workspace.installDirectory(first.note, holder.root);
  await workspace.installDirectory(second.note);
  expect(await refusal(workspace.installDirectory(first.note))).toBe('directory_older');
});
it('two directories of one number are refused', async () => {
  const other = { ...first.directory, made_at: '2018-01-01T00:00:00.000Z' };
  await workspace.installDirectory(first.note, holder.root);
  expect(await refusal(workspace.installDirectory((await holder.sign(other)).note))).toBe('directory_split');
});
it('the root key of another organisation is refused', async () => {
  const other = aRoot('root', 'elsewhere').root;
  expect(await refusal(workspace.installDirectory(first.note, other))).toBe('directory_other_org');
});
it('another root key than the pinned one is refused', async () => {
  await workspace.installDirectory(first.note, holder.root);
  const { root } = aRoot('other');
  expect(await refusal(workspace.installDirectory(first.note, root))).toBe('root_key_other');
});
it('a directory without a device that has entries is refused: they could be verified no more', async () => {
  const without = await holder.sign({ ...first.directory, devices: [] });
  expect(await refusal(workspace.installDirectory(without.note, holder.root))).toBe(
    'directory_device_missing',
  );
});

it('a forged directory that is appended by hand is refused', async () => {
  await workspace.installDirectory(first.note, holder.root);
  expect(await refusal(smuggle(await aRoot('other').sign(changed(first))))).toBe('directory_forged');
  expect(await size()).toBe(2);
});
it('an older directory that is appended by hand is refused', async () => {
  await workspace.installDirectory(first.note, holder.root);
  await workspace.installDirectory((await holder.sign(changed(first))).note);
  expect(await refusal(smuggle(first))).toBe('directory_older');
});
it('a directory under another number is refused', async () => {
  await workspace.installDirectory(first.note, holder.root);
  expect(await refusal(smuggle(await holder.sign(changed(first)), 9))).toBe('directory_forged');
});
it('control: the right directory appended by hand is taken in', async () => {
  await workspace.installDirectory(first.note, holder.root);
  const second = await holder.sign(changed(first));
  await smuggle(second);
  expect((await workspace.directory())?.sha256).toBe(second.sha256);
});

it('a forged directory that the server wrote past the program is found, and the one before stays the newest', async () => {
  await workspace.installDirectory(first.note, holder.root);
  const forged = await aRoot('other').sign(changed(first));
  const bytes = new TextEncoder().encode(forged.note);
  await workspace.store.putBlob(sha256Hex(bytes), bytes);
  await appendEntries(workspace.store, appenderOf(workspace), [directoryEntry(forged)]);
  await workspace.close();
  workspace = await openWorkspace(folder.dir, { effects: fixedEffects('later') });
  expect((await workspace.verify()).findings).toMatchObject([
    { what: 'inserted', position: 2, shownBy: 'signature' },
  ]);
  expect(await refusal(workspace.directory())).toBe('directory_forged');
  expect(await refusal(workspace.append([anEntry(workspace, 2)]))).toBe('directory_forged');
});
it('the text of a directory that was taken out is found, and nothing can be appended', async () => {
  await workspace.installDirectory(first.note, holder.root);
  const { store } = workspace;
  await store.deleteBlobs([sha256Hex(new TextEncoder().encode(first.note))]);
  await workspace.close();
  workspace = await openWorkspace(folder.dir, { effects: fixedEffects('later') });
  expect((await workspace.verify()).findings).toMatchObject([
    { what: 'removed', position: 1, shownBy: 'blob' },
  ]);
  expect(await refusal(workspace.append([anEntry(workspace, 2)]))).toBe('directory_forged');
});

describe('a device of a monitor', () => {
  let laptop: Workspace;
  let entries: readonly SignedEntry[];
  let device: string;
  beforeEach(async () => {
    laptop = await aWorkspace(`${folder.dir}-laptop`, { effects: fixedEffects('laptop') });
    await laptop.append([1, 2, 3].map((n) => anEntry(laptop, n)));
    entries = await writtenBy(laptop);
    ({ device } = laptop.config);
    const key = { device, public_key: laptop.config.devices[device] ?? '', user: 'aru' };
    first = await holder.sign(addDevice(first.directory, key));
  });
  afterEach(() => laptop.close());
  const end = async (number: number): Promise<SignedDirectory> =>
    holder.sign(changed(first, (directory) => endDevice(directory, device, number)));

  it('is known from the directory on, and not before', async () => {
    expect(await refusal(workspace.append(entries))).toBe('entry_signature_invalid');
    await workspace.installDirectory(first.note, holder.root);
    expect(await workspace.append(entries)).toMatchObject({ added: 3 });
  });
  it('appends nothing after its end, and what it wrote before stays good', async () => {
    await workspace.installDirectory(first.note, holder.root);
    await workspace.append(entries.slice(0, 2));
    expect(await workspace.installDirectory((await end(2)).note)).toMatchObject({ writtenAfterEnd: [] });
    expect(await refusal(workspace.append(entries))).toBe('device_revoked');
    expect((await workspace.verify()).findings).toEqual([]);
  });
  it('that wrote on before its end was known is told at once, and found for ever', async () => {
    await workspace.installDirectory(first.note, holder.root);
    await workspace.append(entries);
    expect(await workspace.installDirectory((await end(2)).note)).toMatchObject({
      writtenAfterEnd: [{ device, entries: 1 }],
    });
    expect((await workspace.verify()).findings).toMatchObject([
      { what: 'inserted', position: 4, shownBy: 'chain' },
    ]);
  });
});
