import {
  argon2Sync,
  createHash,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign as signEd25519,
  verify as verifyEd25519,
} from 'node:crypto';
import {
  type Argon2id,
  addUser,
  firstDirectory,
  type KeyDirectory,
  makeIdentity,
  makeTeam,
  type RootKey,
  type RootVerify,
  recipientOf,
  type SignedDirectory,
  signDirectory,
} from '../../src/sealing/index.ts';
import { signRootNote } from '../../src/sealing/root-note.ts';

export const effects = {
  random: (bytes: number): Uint8Array => new Uint8Array(randomBytes(bytes)),
  clock: (): number => Date.UTC(2026, 10, 22),
  sha256: () => createHash('sha256'),
};

/** Argon2id of Node itself: a second opinion on hash-wasm, and it remembers what it has worked out. */
export const argon2OfNode = (): Argon2id => {
  const known = new Map<string, Uint8Array>();
  return async (message, nonce, cost) => {
    const asked = JSON.stringify([[...message], [...nonce], cost]);
    const { memory, passes, lanes: parallelism } = cost;
    const key =
      known.get(asked) ??
      new Uint8Array(argon2Sync('argon2id', { message, nonce, memory, passes, parallelism, tagLength: 32 }));
    known.set(asked, key);
    return key;
  };
};

export interface Person {
  readonly user: string;
  readonly identity: string;
  readonly recipient: string;
}

export const aPerson = async (user: string): Promise<Person> => {
  const identity = await makeIdentity();
  return { user, identity, recipient: await recipientOf(identity) };
};

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The root key of an organisation, as the ceremony makes it. */
export const aRoot = (org = 'sample') => {
  const key = Buffer.concat([PKCS8_ED25519, randomBytes(32)]);
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  const verify: RootVerify = (bytes, signature) => verifyEd25519(null, bytes, publicKey, signature);
  const root: RootKey & { readonly verify: RootVerify } = { org, publicKey: raw, verify };
  const signBytes = (bytes: Uint8Array): Uint8Array => signEd25519(null, bytes, privateKey);
  return {
    root,
    sign: (directory: KeyDirectory): Promise<SignedDirectory> => signDirectory(directory, raw, signBytes),
    /** The root key under any text, as whoever holds it could. */
    signText: (text: string): Promise<string> => signRootNote(text, root, signBytes),
  };
};

/** An organisation of three: aru, beket and saule in the team for Almaty, aru alone in the one for all regions. */
export const anOrganisation = async () => {
  const [aru, beket, saule, recovery] = await Promise.all(
    ['aru', 'beket', 'saule', 'recovery'].map(aPerson) as [
      Promise<Person>,
      Promise<Person>,
      Promise<Person>,
      Promise<Person>,
    ],
  );
  const { root, sign, signText } = aRoot();
  let directory = firstDirectory(
    { org: 'sample', recovery: { recipient: recovery.recipient, threshold: 3, shares: 5 } },
    effects,
  );
  for (const { user, recipient } of [aru, beket, saule]) directory = addUser(directory, { user, recipient });
  directory = await makeTeam(directory, 'assemblies/_all', ['aru']);
  directory = await makeTeam(directory, 'assemblies/almaty', ['aru', 'beket', 'saule']);
  return { aru, beket, saule, recovery, root, sign, signText, directory };
};
