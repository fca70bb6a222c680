import { describe, expect, it } from 'vitest';
import { aStudy } from '../../tests/builders/study-files.ts';
import type { Instrument } from '../study/index.ts';
import { toBase64url } from '../vocabulary/index.ts';
import type { EntryValues, SealedField } from './entry.ts';
import { sealedFault } from './sealed-fault.ts';

const card = 'street/instruments/gathering.yaml';
const study = aStudy({
  [card]: [
    [
      '{name: kind, type: select_one,',
      '{name: person, type: text, label: {kk: Кім, ru: Кто, en: Who}, sensitivity: identity},\n      {name: kind, type: select_one,',
    ],
    [
      '  - {name: organiser,',
      '  - {name: exact, type: point, label: {kk: Нүкте, ru: Точка, en: Point}, sensitivity: identity}\n  - {name: organiser,',
    ],
  ],
});
const instrument = study.instruments.get('gathering') as Instrument;
const bytes = (n: number): string => toBase64url(new Uint8Array(n));
const aSealed = (given: Partial<SealedField> = {}): SealedField => ({
  field: 'organiser',
  compartment: 'street/north',
  key_id: bytes(16),
  suite: 1,
  nonce: bytes(24),
  ct: bytes(64 + 16),
  ...given,
});
const fault = (sealed: readonly SealedField[], values: EntryValues = {}, version = 1) =>
  sealedFault(instrument, { study: 'street', instrument_version: version, values, sealed });

describe('sealed fields of an entry', () => {
  it.each([
    ['an identity field', aSealed()],
    ['a part of a point', aSealed({ field: 'exact.lat' })],
    ['an identity field in a row', aSealed({ field: 'sanctions.person', row_id: 'r1' })],
    ['a longer text, padded to a power of two', aSealed({ ct: bytes(1024 + 16) })],
  ])('%s passes', (_, sealed) => {
    expect(fault([sealed])).toBeUndefined();
  });
  it('a field that is counted passes where its value says that it is sealed', () => {
    expect(fault([aSealed({ field: 'place' })], { place: { missing: 'sealed' } })).toBeUndefined();
    const rows = { sanctions: [{ row_id: 'r1', values: { kind: { missing: 'sealed' } } }] } as const;
    expect(fault([aSealed({ field: 'sanctions.kind', row_id: 'r1' })], rows)).toBeUndefined();
  });
  it.each([
    ['a field that is counted', 'field', aSealed({ field: 'place' })],
    ['a field that does not exist', 'field', aSealed({ field: 'nobody' })],
    ['a point as a whole', 'field', aSealed({ field: 'exact' })],
    ['a field of a row without its row', 'field', aSealed({ field: 'sanctions.person' })],
    ['a field of the card in a row', 'field', aSealed({ row_id: 'r1' })],
    ['an unknown suite', 'suite', aSealed({ suite: 2 })],
    ['a nonce of another cipher', 'nonce', aSealed({ nonce: bytes(12) })],
    ['a nonce that is no base64url', 'nonce', aSealed({ nonce: '+'.repeat(32) })],
    ['a ciphertext without padding', 'ct', aSealed({ ct: bytes(65 + 16) })],
    ['a ciphertext that is too short', 'ct', aSealed({ ct: bytes(16) })],
    ['a key id of another length', 'key_id', aSealed({ key_id: bytes(8) })],
    ['a compartment of another study', 'compartment', aSealed({ compartment: 'streets/north' })],
  ])('%s is refused', (_, reason, sealed) => {
    expect(fault([sealed])).toEqual({ field: sealed.field, reason });
  });
  it('the same place twice is refused, the same field in two rows is not', () => {
    expect(fault([aSealed(), aSealed()])).toEqual({ field: 'organiser', reason: 'twice' });
    const row = (row_id: string) => aSealed({ field: 'sanctions.person', row_id });
    expect(fault([row('r1'), row('r2')])).toBeUndefined();
  });
  it('a field under the name of an earlier version is the field of now', () => {
    const renamed: Instrument = {
      ...instrument,
      version: 2,
      upgrades: [{ from: 1, rename: new Map([['leader', 'organiser']]), recode: new Map() }],
    };
    const entry = {
      study: 'street',
      instrument_version: 1,
      values: {},
      sealed: [aSealed({ field: 'leader' })],
    };
    expect(sealedFault(renamed, entry)).toBeUndefined();
    expect(sealedFault(renamed, { ...entry, instrument_version: 2 })).toMatchObject({ reason: 'field' });
  });
});
