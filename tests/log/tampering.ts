import { createHash, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import {
  type Appender,
  appendEntries,
  EMPTY_TREE,
  type Finding,
  growTree,
  type LogStore,
  leafHash,
  type StoredLeaf,
  type VerificationKeys,
  verifyLog,
} from '../../src/log/index.ts';
import { canonicalText, type EntryDraft, type Leaf, parseLeaf } from '../../src/records/index.ts';
import { fixedEffects } from '../builders/workspace.ts';
import { copyOfContent, type LogContent, memoryStore, noContent } from './memory-store.ts';

/** Entries under one checkpoint: what has no signature of its own is located as well as this. */
export const INTERVAL = 50;

const SPKI_PREFIX = 12;
interface Device {
  readonly id: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}
const rawOf = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX);
const aDevice = (): Device => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = rawOf(publicKey);
  return { id: createHash('sha256').update(raw).digest('hex').slice(0, 32), publicKey, privateKey };
};

/** A log by three devices, every one in turn for one append, with what is needed to verify it. */
export interface SignedLog {
  readonly content: LogContent;
  readonly keys: VerificationKeys;
  /** The same, but what was never signed is not worked out to be so. */
  readonly knownKeys: VerificationKeys;
  /** Device -> raw Ed25519 public key, base64url. */
  readonly publicKeys: Readonly<Record<string, string>>;
  /** Signs as somebody whom the log does not know. */
  readonly stranger: Device;
}

const expectWhole = (findings: readonly Finding[]): void => {
  if (findings.length > 0) throw new Error('an honest log does not verify');
};

const draft = (n: number): EntryDraft => ({
  study: 's',
  instrument: '',
  instrument_version: 0,
  record_id: `00000000-0000-8000-8000-${String(n % 700).padStart(12, '0')}`,
  kind: 'submit',
  author: 'aru',
  zone: 'UTC',
  values: { n },
});

export const aSignedLog = async (size: number): Promise<SignedLog> => {
  const [server, ...monitors] = [aDevice(), aDevice(), aDevice()];
  const devices = [server, ...monitors];
  const content = noContent();
  const raw = rawOf(server.publicKey);
  const checkpointKey = { name: 'baqylau/sample', publicKey: new Uint8Array(raw) };
  const effects = fixedEffects('tampering');
  const good = new Set<string>();
  const verifierOf = rememberingVerifiers(devices, true, good);
  for (let n = 0; n < size; n += INTERVAL) {
    const { id, privateKey } = devices[(n / INTERVAL) % devices.length] as Device;
    const appender: Appender = {
      org: 'sample',
      device: id,
      zone: 'UTC',
      sign: (bytes) => sign(null, bytes, privateKey),
      checkpointKey,
      signCheckpoint: (bytes) => sign(null, bytes, server.privateKey),
      verifierOf,
      effects,
    };
    const drafts = Array.from({ length: Math.min(INTERVAL, size - n) }, (_, i) => draft(n + i));
    await appendEntries(memoryStore(content), appender, drafts);
  }
  const verifyCheckpoint = rememberingVerifier(server.publicKey, true, new Set());
  const keys = { verifierOf, checkpointKey, verifyCheckpoint };
  expectWhole((await verifyLog(memoryStore(content), { ...keys, everySignature: true })).findings);
  const knownKeys = { ...keys, verifierOf: rememberingVerifiers(devices, false, good) };
  const publicKeys = Object.fromEntries(
    devices.map(({ id, publicKey }) => [id, rawOf(publicKey).toString('base64url')]),
  );
  return { content, keys, knownKeys, publicKeys, stranger: aDevice() };
};

/**
 * Each good signature is checked once: an honest entry that is read ten thousand times need not be checked as often. What is
 * not known to be good is checked each time, or held to be bad where a million forgeries would only measure Ed25519.
 */
const rememberingVerifier = (publicKey: KeyObject, checksOthers: boolean, good: Set<string>) => {
  return (bytes: Uint8Array, signature: Uint8Array): boolean => {
    const seen = `${Buffer.from(signature).toString('latin1')}${Buffer.from(bytes).toString('latin1')}`;
    if (good.has(seen)) return true;
    const isGood = checksOthers && verify(null, bytes, publicKey, signature);
    if (isGood) good.add(seen);
    return isGood;
  };
};
const rememberingVerifiers = (devices: readonly Device[], checksOthers: boolean, good: Set<string>) => {
  const verifiers = new Map(
    devices.map(({ id, publicKey }) => [id, rememberingVerifier(publicKey, checksOthers, good)]),
  );
  return (device: string) => verifiers.get(device);
};

/** What `verifyLog` says after somebody has been at a copy of the log. */
export const after = async (
  { content, keys, knownKeys }: SignedLog,
  tamper: (content: LogContent) => void,
  { witnessed = [], store = memoryStore, known = false }: AfterOptions = {},
): Promise<readonly Finding[]> => {
  const copy = copyOfContent(content);
  tamper(copy);
  return (await verifyLog(store(copy), { ...(known ? knownKeys : keys), witnessed })).findings;
};
export interface AfterOptions {
  readonly witnessed?: readonly string[];
  readonly store?: (content: LogContent) => LogStore;
  /** Takes what is not known to be signed as not signed. */
  readonly known?: boolean;
}

/** The leaf with one byte changed by these bits. */
export const flipped = (leaf: StoredLeaf, byte: number, bits: number): StoredLeaf => {
  const bytes = Uint8Array.from(leaf.bytes);
  bytes[byte] = (bytes[byte] ?? 0) ^ bits;
  return { ...leaf, bytes };
};

/** Where `received_at` stands in a leaf, with its quotation marks: the only part that no device signs. */
export const receiptIn = ({ bytes }: StoredLeaf): readonly [from: number, to: number] => {
  const start = Buffer.from(bytes).lastIndexOf('","signature":"') - '2018-06-01T00:00:01.000Z'.length;
  return [start, start + '2018-06-01T00:00:01.000Z'.length];
};

/** All that an attacker without a device key can mend: positions, leaf hashes, the tree's edge, index columns, chain ends. */
export const mend = (content: LogContent): void => {
  content.leaves = content.leaves.map((leaf, position) => {
    const body = bodyOf(leaf);
    const columns =
      body === undefined ? {} : { entryId: body.entry_id, recordId: body.record_id, device: body.device };
    return { ...leaf, ...columns, position };
  });
  content.hashes = content.leaves.map(({ bytes, position }) => ({ position, hash: leafHash(bytes) }));
  content.edge = growTree(
    EMPTY_TREE,
    content.hashes.map(({ hash }) => hash),
  ).edge;
  content.heads = new Map(content.leaves.map(({ device, position }) => [device, position]));
};

const bodyOf = ({ bytes }: StoredLeaf): Leaf['body'] | undefined => {
  try {
    return parseLeaf(bytes).leaf.body;
  } catch {
    return undefined;
  }
};

/** The entry with other contents, signed by a key of the attacker's own. */
export const resigned = (
  leaf: StoredLeaf,
  { privateKey }: Device,
  change: Partial<Leaf['body']>,
): StoredLeaf => {
  const honest = parseLeaf(leaf.bytes).leaf;
  const body = { ...honest.body, ...change };
  const signature = sign(null, Buffer.from(`baqylau/entry/v1\n${canonicalText(body)}`), privateKey);
  const text = canonicalText({ ...honest, body, signature: signature.toString('base64url') });
  return { ...leaf, bytes: new TextEncoder().encode(text) };
};
