import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { type EntryDraft, parseLeaf, type SignedEntry } from '../../src/records/index.ts';
import {
  addDevice,
  addUser,
  firstDirectory,
  type KeyDirectory,
  makeIdentity,
  nextDirectory,
  recipientOf,
  type SignedDirectory,
  signDirectory,
} from '../../src/sealing/index.ts';
import { type TrustedRoot, verifierOf, type Workspace } from '../../src/workspace/index.ts';
import { fixedEffects } from '../builders/workspace.ts';

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A root key as the holder of the offline machine has it; `name` makes it another. */
export interface RootHolder {
  readonly root: TrustedRoot;
  sign(directory: KeyDirectory): Promise<SignedDirectory>;
}

export const aRoot = (name = 'root', org = 'sample'): RootHolder => {
  const seed = fixedEffects(name).random(32);
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(12));
  return {
    root: { org, publicKey, verify: verifierOf(publicKey) },
    sign: (directory) => signDirectory(directory, publicKey, (bytes) => sign(null, bytes, key)),
  };
};

/** The first directory: one person, and the devices that the folder's log already knows. */
export const aDirectory = async (workspace: Workspace): Promise<KeyDirectory> => {
  const { org, devices } = workspace.config;
  const recovery = { recipient: await recipientOf(await makeIdentity()), threshold: 3, shares: 5 };
  const clock = fixedEffects();
  const withAru = addUser(firstDirectory({ org, recovery }, clock), {
    user: 'aru',
    recipient: await recipientOf(await makeIdentity()),
  });
  return Object.entries(devices).reduce(
    (directory, [device, public_key]) => addDevice(directory, { device, public_key, user: 'aru' }),
    withAru,
  );
};

/** The directory after a change, numbered. */
export const changed = (
  before: SignedDirectory,
  change: (directory: KeyDirectory) => KeyDirectory = (directory) => directory,
): KeyDirectory => nextDirectory(before, change(before.directory), fixedEffects());

/** An entry of the log's own, for tests that only need one to be there. */
export const anEntry = (workspace: Workspace, n: number): EntryDraft => ({
  study: 'street',
  instrument: '',
  instrument_version: 0,
  record_id: workspace.importId('street', '', [String(n)]),
  kind: 'study',
  author: 'aru',
  values: { version: n },
});

/** What the device of one folder wrote, signed by it, as it arrives at another. */
export const writtenBy = async (workspace: Workspace): Promise<readonly SignedEntry[]> => {
  const entries: SignedEntry[] = [];
  for await (const { bytes } of workspace.store.read(0)) {
    const { leaf, text } = parseLeaf(bytes);
    entries.push({ body: leaf.body, text, signature: leaf.signature });
  }
  return entries;
};
