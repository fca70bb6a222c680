import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aLeaf, id } from '../../tests/builders/entries.ts';
import { canonicalText, fromBase64url, ProblemError, toBase64url } from '../vocabulary/index.ts';
import { leafBytes, parseLeaf } from './leaf.ts';

const leaf = aLeaf({
  entry_id: id(1),
  reason: 'Қайта қаралды "иә"\n',
  values: {
    form: 'rally',
    persons: 40,
    gap: { missing: 'refused' },
    sanctions: [{ row_id: 'r1', values: { kind: 'fine' } }],
  },
});
const text = canonicalText(leaf.body);
const bytes = leafBytes({ body: leaf.body, text, signature: leaf.signature }, leaf.received_at);
const decoded = new TextDecoder().decode(bytes);
const encode = (value: string): Uint8Array => new TextEncoder().encode(value);

/** The leaf, or the code of the refusal; any other error is a failure. */
const readOrRefuse = (written: Uint8Array): unknown => {
  try {
    return parseLeaf(written).leaf;
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0]?.code;
    throw error;
  }
};

describe('a leaf', () => {
  it('is the canonical JSON of body, signature and receipt', () => {
    expect(decoded).toBe(canonicalize(leaf));
  });
  it('reads back as it was, with the text that was signed', () => {
    expect(parseLeaf(bytes)).toEqual({ leaf, text });
  });
  it.each([
    ['a space', decoded.replace('{"body"', '{ "body"')],
    [
      'another order of members',
      `{"signature":"${leaf.signature}","received_at":"${leaf.received_at}","body":${text}}`,
    ],
    ['an unknown member', decoded.replace('"author"', '"also":1,"author"')],
    ['a member twice', decoded.replace('"author":"aru"', '"author":"aru","author":"aru"')],
    ['a missing member', decoded.replace('"author":"aru",', '')],
    ['a fraction', decoded.replace('40', '40.5')],
    ['a number beyond the safe ones', decoded.replace('40', '90071992547409930')],
    ['null for a gap', decoded.replace('{"missing":"refused"}', 'null')],
    ['a reason for a gap that does not exist', decoded.replace('refused', 'whatever')],
    ['an escaped letter', decoded.replace('rally', '\\u0072ally')],
    ['a number in another spelling', decoded.replace('40', '4e1')],
    ['no JSON', decoded.slice(1)],
  ])('with %s is refused', (_, changed) => {
    expect(() => parseLeaf(encode(changed))).toThrow(/entry_shape/);
  });
  it('with bytes that are no UTF-8 is refused', () => {
    expect(() => parseLeaf(Uint8Array.of(0xff, ...bytes))).toThrow(/entry_shape/);
  });
  it('is never read as the same leaf after one byte was changed', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        expect(readOrRefuse(changed)).not.toEqual(leaf);
      }),
      { numRuns: 500 },
    );
  });
});

describe('base64url', () => {
  it('gives back any bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (b) => void expect(fromBase64url(toBase64url(b))).toEqual(b)));
  });
  it.each(['AB', 'A', 'AA=', 'A+', 'AAA/'])('%s is no spelling of ours', (written) => {
    expect(fromBase64url(written)).toBeUndefined();
  });
});
