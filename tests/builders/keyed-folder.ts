import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import {
  addDevice,
  addUser,
  firstDirectory,
  type KeyDirectory,
  makeIdentity,
  makeTeam,
  nextDirectory,
  recipientOf,
  signDirectory,
} from '../../src/sealing/index.ts';
import { type Reader, type TrustedRoot, verifierOf, type Workspace } from '../../src/workspace/index.ts';
import { fixedEffects } from './workspace.ts';

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The keys of the people of a test folder, and the recovery key. */
export interface Keys {
  readonly people: Readonly<Record<string, Reader>>;
  readonly recovery: string;
  /** To which the recovery key opens. */
  readonly recipient: string;
  readonly root: TrustedRoot;
  /** Signs and installs a changed directory. */
  change(by: (directory: KeyDirectory) => KeyDirectory | Promise<KeyDirectory>): Promise<void>;
}

/** Installs a key directory in a folder: the people named, in teams by compartment; its device belongs to the first. */
export const withKeys = async (
  workspace: Workspace,
  teams: Readonly<Record<string, readonly string[]>>,
): Promise<Keys> => {
  const { org, devices } = workspace.config;
  const names = [...new Set(Object.values(teams).flat())];
  const people = Object.fromEntries(
    await Promise.all(names.map(async (user) => [user, { user, identity: await makeIdentity() }] as const)),
  );
  const recovery = await makeIdentity();
  const clock = fixedEffects();
  let directory = firstDirectory(
    { org, recovery: { recipient: await recipientOf(recovery), threshold: 3, shares: 5 } },
    clock,
  );
  for (const { user, identity } of Object.values(people))
    directory = addUser(directory, { user, recipient: await recipientOf(identity) });
  for (const [device, public_key] of Object.entries(devices))
    directory = addDevice(directory, { device, public_key, user: names[0] ?? '' });
  for (const [compartment, users] of Object.entries(teams))
    directory = await makeTeam(directory, compartment, users);
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8, fixedEffects('root').random(32)]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(12));
  const root = { org, publicKey, verify: verifierOf(publicKey) };
  const signed = (made: KeyDirectory) => signDirectory(made, publicKey, (bytes) => sign(null, bytes, key));
  let newest = await signed(directory);
  await workspace.installDirectory(newest.note, root);
  return {
    people,
    recovery,
    recipient: await recipientOf(recovery),
    root,
    change: async (by) => {
      newest = await signed(nextDirectory(newest, await by(newest.directory), clock));
      await workspace.installDirectory(newest.note);
    },
  };
};
