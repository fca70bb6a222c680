import {
  combineShares,
  decryptWith,
  lockedUser,
  lockUserKey,
  makeDataKey,
  makeIdentity,
  openDataKey,
  openDirectory,
  openField,
  recipientOf,
  sealField,
  splitRecovery,
  unlockUserKey,
  wrapDataKey,
} from '../../src/sealing/index.ts';
import { canonicalText } from '../../src/vocabulary/index.ts';
import { enrolmentFile, openEnrolment, readRootKey, rootKeyText } from '../../src/workspace/index.ts';
import { anOrganisation, aPerson, effects } from '../sealing/an-organisation.ts';
import type { Parser } from './fuzz.ts';
import { type Change, changedBytes, changedText, changedTree } from './mutate.ts';

const MARKS = ['"', '\n', '\n\n', '— ', 'AGE-SECRET-KEY-1', 'age1', '-> X25519 ', '---', '=', '_'];
const { aru, recovery, root, sign: signAll, directory } = await anOrganisation();
const first = await signAll(directory);

/** Canonical JSON with its tree changed, or the text itself. */
const changedJson = (text: string, list: readonly Change[], which: number): string => {
  if (which % 2 === 0) return changedText(text, list, MARKS);
  try {
    return `${canonicalText(changedTree(JSON.parse(text), list))}\n`;
  } catch {
    return text;
  }
};

export const directoryParser: Parser<string> = {
  name: 'key-directory',
  input: (list) => changedText(first.note, list, MARKS),
  parse: async (note) => {
    const opened = await openDirectory(note, root);
    if (opened.sha256 !== first.sha256) throw new Error('a changed directory opened');
  },
};

/** Cheap on purpose: what is tried is the file, not the passphrase. */
const noArgon2 = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array(32).fill(7));
const PASSPHRASE = '7kq2-m0ze-ptv4-91hc';
const userKey = await lockUserKey(
  { org: 'sample', user: 'aru', identity: aru.identity },
  PASSPHRASE,
  effects,
  noArgon2,
);
export const userKeyParser: Parser<string> = {
  name: 'user-key',
  input: (list, which) => changedJson(userKey, list, which),
  parse: async (text) => {
    lockedUser(text);
    if ((await unlockUserKey(text, PASSPHRASE, noArgon2)).identity !== aru.identity)
      throw new Error('another key opened');
  },
};

const identity = await makeIdentity();
const key = makeDataKey({ org: 'sample', record_id: 'record-1', compartment: 'assemblies/almaty' }, effects);
const { wrap } = await wrapDataKey(key, [await recipientOf(identity)]);
export const wrapParser: Parser<Uint8Array> = {
  name: 'age-wrap',
  input: (list) => changedBytes(wrap, list),
  parse: async (bytes) => {
    if ((await openDataKey(bytes, key, [identity])).key !== key.key)
      throw new Error('another key in the wrap');
  },
};

const PLACE = {
  org: 'sample',
  study: 'assemblies',
  record_id: 'record-1',
  field: 'organiser',
  entry_id: 'entry-1',
};
const sealed = sealField(key, PLACE, 'Ару', effects);
export const sealedFieldParser: Parser<unknown> = {
  name: 'sealed-field',
  input: (list) => changedTree(sealed, list),
  // The shape of an entry is checked before (`leaf`); here its members are of the right type and wrong in value.
  parse: (given) => {
    const field = { ...sealed, ...(typeof given === 'object' && given !== null ? given : {}) };
    const texts = Object.entries(field).every(
      ([name, v]) => typeof v === (name === 'suite' ? 'number' : 'string'),
    );
    if (texts && openField(key, PLACE, field) !== 'Ару') throw new Error('another value opened');
  },
};

const custodians = await Promise.all(['c1', 'c2', 'c3'].map(aPerson));
const split = await splitRecovery(
  { org: 'sample', identity: recovery.identity },
  custodians.map(({ user, recipient }) => ({ custodian: user, recipient })),
  2,
);
const shares = await Promise.all(
  split.map(async ({ custodian, file }, i) => ({
    name: custodian,
    text: new TextDecoder().decode(await decryptWith(file, [custodians[i]?.identity ?? ''])),
  })),
);
export const shareParser: Parser<string> = {
  name: 'recovery-share',
  input: (list, which) => changedJson(shares[0]?.text ?? '', list, which),
  parse: async (text) => {
    const made = await combineShares([{ name: 'c1', text }, ...shares.slice(1, 2)], recovery.recipient);
    if (made !== recovery.identity) throw new Error('another key was rebuilt');
  },
};

const rootText = rootKeyText(root);
export const rootKeyParser: Parser<string> = {
  name: 'root-key',
  input: (list) => changedText(rootText, list, ['+', '=']),
  parse: (text) => void readRootKey(text),
};

const enrolment = await enrolmentFile({ org: 'sample', user: 'aru', recipient: aru.recipient });
export const enrolmentParser: Parser<string> = {
  name: 'enrolment',
  input: (list, which) => changedJson(enrolment, list, which),
  parse: async (text) => void (await openEnrolment(text)),
};
