import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effects } from '../../tests/sealing/an-organisation.ts';
import { canonicalBytes, fromBase64url, toBase64url } from '../vocabulary/index.ts';
import { makeDataKey } from './data-key.ts';
import { type Json, openField, type SealedField, type SealedPlace, sealField } from './sealed-field.ts';

const place: SealedPlace = {
  org: 'sample',
  study: 'assemblies',
  record_id: 'record-1',
  entry_id: 'entry-1',
  field: 'organiser.name',
};
const key = makeDataKey({ ...place, compartment: 'assemblies/almaty' }, effects);

/** Sealed by hand with the cipher itself, so that the plaintext need not be what `sealField` writes. */
const sealBytes = (plain: Uint8Array, aad: Uint8Array): SealedField => {
  const nonce = effects.random(24);
  const ct = xchacha20poly1305(fromBase64url(key.key) ?? new Uint8Array(), nonce, aad).encrypt(plain);
  const { compartment, key_id } = key;
  return {
    field: place.field,
    compartment,
    key_id,
    suite: 1,
    nonce: toBase64url(nonce),
    ct: toBase64url(ct),
  };
};
const aad = canonicalBytes({ context: 'baqylau/sealed/v1', ...place, suite: 1 });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a sealed field', () => {
  it('opens to exactly what was sealed, whatever JSON it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        // JSON has no negative zero.
        const plain = JSON.parse(JSON.stringify(value)) as Json;
        const wellFormed =
          JSON.stringify(plain).isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(plain));
        fc.pre(wellFormed);
        expect(openField(key, place, sealField(key, place, plain, effects))).toEqual(plain);
      }),
      { numRuns: 300 },
    );
  });
  it('holds every letter of the three languages', () => {
    const text = 'Әсем Ұлан Қызғалдақ, ғ ң ө ү һ і; Ёлка; “quoted” 🐎';
    expect(openField(key, place, sealField(key, place, text, effects))).toBe(text);
  });
  it('is opened at the row it was sealed for', () => {
    const row = { ...place, row_id: 'row-1' };
    const sealed = sealField(key, row, 'dana', effects);
    expect(sealed.row_id).toBe('row-1');
    expect(openField(key, row, sealed)).toBe('dana');
  });
  it('is never the same twice, so that equal values do not show', () => {
    const [a, b] = [sealField(key, place, 'same', effects), sealField(key, place, 'same', effects)];
    expect(a.nonce).not.toBe(b.nonce);
    expect(a.ct).not.toBe(b.ct);
  });
  it.each([
    [1, 64],
    [62, 64],
    [63, 128],
    [126, 128],
    [127, 256],
    [5000, 8192],
  ])('of %i letters shows only that it is below a power of two: %i bytes', (letters, size) => {
    const ct = fromBase64url(sealField(key, place, 'a'.repeat(letters), effects).ct);
    expect(ct?.length).toBe(size + 16);
  });
  it('says nothing of its value in plain', () => {
    const sealed = sealField(key, place, 'a name that nobody may read', effects);
    expect(Object.keys(sealed).sort()).toEqual(['compartment', 'ct', 'field', 'key_id', 'nonce', 'suite']);
    expect(JSON.stringify(sealed)).not.toMatch(/nobody/);
  });
});

describe('a sealed field is refused', () => {
  const sealed = sealField(key, place, 'dana', effects);
  it('with the key of another record, before anything is tried', () => {
    const other = makeDataKey({ ...key, record_id: 'record-2' }, effects);
    expect(() => openField({ ...other, key_id: key.key_id }, place, sealed)).toThrow('sealed_wrong_key');
    expect(() => sealField(other, place, 'dana', effects)).toThrow('sealed_wrong_key');
  });
  it('with the key of another organisation', () => {
    expect(() => openField({ ...key, org: 'other' }, place, sealed)).toThrow('sealed_wrong_key');
  });
  it('with another key id', () => {
    expect(() => openField(makeDataKey(key, effects), place, sealed)).toThrow('sealed_wrong_key');
  });
  it('where its labels name another compartment, field or row than it is opened for', () => {
    expect(() => openField(key, place, { ...sealed, compartment: 'a/b' })).toThrow('sealed_wrong_key');
    expect(() => openField(key, place, { ...sealed, field: 'address' })).toThrow('sealed_damaged');
    expect(() => openField(key, place, { ...sealed, row_id: 'row-1' })).toThrow('sealed_damaged');
  });
  it('with a key that is not of fields', () => {
    expect(() => openField({ ...key, key: 'AGE-SECRET-KEY-1' }, place, sealed)).toThrow('sealed_wrong_key');
  });
  it('with other key bytes under the same id', () => {
    const other = { ...makeDataKey(key, effects), key_id: key.key_id };
    expect(() => openField(other, place, sealed)).toThrow('sealed_damaged');
  });
  it('with a suite that this version does not know', () => {
    expect(() => openField(key, place, { ...sealed, suite: 2 })).toThrow('sealed_suite_unknown');
  });
  it.each([0, 1, 15, 16, 79])('when only %i bytes of its ciphertext are left', (left) => {
    const cut = toBase64url((fromBase64url(sealed.ct) ?? new Uint8Array()).subarray(0, left));
    expect(() => openField(key, place, { ...sealed, ct: cut })).toThrow('sealed_damaged');
  });
  it('when base64url is spelled in a way that we do not write', () => {
    expect(() => openField(key, place, { ...sealed, ct: `${sealed.ct}=` })).toThrow('sealed_damaged');
    expect(() => openField(key, place, { ...sealed, nonce: `${sealed.nonce} ` })).toThrow('sealed_damaged');
  });
  it.each([
    ['no padding', '"dana"'],
    ['padding that is not spaces', `"dana"${'\0'.repeat(58)}`],
    ['padding to a larger size than needed', `"dana"${' '.repeat(122)}`],
    ['padding to no power of two', `"dana"${' '.repeat(60)}`],
    ['members out of order', `{"b":1,"a":2}${' '.repeat(51)}`],
    ['a number spelled another way', `1.0${' '.repeat(61)}`],
    ['the same member twice', `{"a":1,"a":2}${' '.repeat(51)}`],
    ['no JSON', 'x'.repeat(64)],
    ['nothing', ''],
  ])('when someone with the key wrote %s into it', (_, plain) => {
    expect(() => openField(key, place, sealBytes(bytes(plain), aad))).toThrow('sealed_damaged');
  });
  it('(control: the same by hand in the form that we write does open)', () => {
    expect(openField(key, place, sealBytes(bytes(`"dana"${' '.repeat(58)}`), aad))).toBe('dana');
  });
  it('for a value that JSON cannot hold', () => {
    expect(() => sealField(key, place, Number.NaN, effects)).toThrow(TypeError);
    expect(() => sealField(key, place, '\ud800', effects)).toThrow(TypeError);
  });
});

describe('the cipher', () => {
  // draft-irtf-cfrg-xchacha-03, A.3.1.
  const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));
  it('is XChaCha20-Poly1305 as its draft has it', () => {
    const cipher = xchacha20poly1305(
      hex('808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f'),
      hex('404142434445464748494a4b4c4d4e4f5051525354555657'),
      hex('50515253c0c1c2c3c4c5c6c7'),
    );
    const plain = bytes(
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
    );
    const ct = hex(`bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb
      731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452
      2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9
      21f9664c97637da9768812f615c68b13b52e c0875924c1c7987947deafd8780acf49`);
    expect(Buffer.from(cipher.encrypt(plain)).toString('hex')).toBe(Buffer.from(ct).toString('hex'));
    expect(cipher.decrypt(ct)).toEqual(plain);
  });
});
