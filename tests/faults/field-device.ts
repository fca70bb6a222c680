import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { type Appender, type LogReport, type LogStore, logOrigin, verifyLog } from '../../src/log/index.ts';
import { type EntryDraft, uuid7 } from '../../src/records/index.ts';

/** The parts of an Ed25519 key in PKCS #8 that are the same for every key (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const key = createPrivateKey({
  key: Buffer.concat([PKCS8, digest('field device')]),
  format: 'der',
  type: 'pkcs8',
});
const publicKey = createPublicKey(key);
const rawPublicKey = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(12));
const device = createHash('sha256').update(rawPublicKey).digest('hex').slice(0, 32);
const checkpointKey = { name: logOrigin('sample'), publicKey: rawPublicKey };
const checked = (bytes: Uint8Array, signature: Uint8Array): boolean =>
  verify(null, bytes, publicKey, signature);

/** A device with a key that is the same in every process, so that one that was killed goes on with the same chain. */
export const fieldDevice: Appender = {
  org: 'sample',
  device,
  zone: 'Asia/Almaty',
  sign: (bytes) => sign(null, bytes, key),
  signCheckpoint: (bytes) => sign(null, bytes, key),
  checkpointKey,
  verifierOf: (id) => (id === device ? checked : undefined),
  effects: { clock: Date.now, random: (bytes) => new Uint8Array(digest('field device').subarray(0, bytes)) },
};

/** Reads the whole log that the device wrote. */
export const verifyDeviceLog = (store: LogStore): Promise<LogReport> =>
  verifyLog(store, { verifierOf: fieldDevice.verifierOf, checkpointKey, verifyCheckpoint: checked });

/** An id that belongs to a number: the same in every process. */
const numbered = (what: string, n: number): string =>
  uuid7({
    clock: () => Date.UTC(2018, 5, 1) + n,
    random: (bytes) => new Uint8Array(digest(`${what} ${n}`).subarray(0, bytes)),
  });
export const cardEntryId = (n: number): string => numbered('entry', n);

/** Card number `n`, always of the same record under the same entry id: sent again, it must not be stored again. */
export const fieldCard = (n: number, note = ''): EntryDraft => ({
  study: 'street',
  instrument: 'gathering',
  instrument_version: 1,
  record_id: numbered('record', n),
  entry_id: cardEntryId(n),
  kind: 'submit',
  author: 'aru',
  values: { number: n, form: 'rally', note },
});
