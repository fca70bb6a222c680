import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aLeaf, id } from '../../tests/builders/entries.ts';
import { canonicalText } from '../vocabulary/index.ts';
import { readAny, readPlain } from './leaf.ts';

/** What the full check says of a text: the leaf's text, or that it is none. */
const byFullCheck = (written: string, parsed: unknown): string | undefined => {
  try {
    return readAny(written, parsed).text;
  } catch {
    return undefined;
  }
};

const sealed = { field: 'f', compartment: 'c', key_id: 'k', suite: 1, nonce: 'n', ct: 'x' };
const attachment = {
  id: 'a',
  ct_sha256: 'ab'.repeat(32),
  ct_size: 3,
  media_type: 'image/png',
  key_id: 'k',
};
const rows = [{ row_id: 'r1', values: { kind: 'fine', gap: { missing: 'refused' as const } } }];
const honest = aLeaf({
  entry_id: id(1),
  parents: [id(2)],
  values: { form: 'rally', persons: 40, held: true, codes: ['a', 'b'], rows },
});

/** Something else in the place of a member, at any depth, plausible or not. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    'x'.repeat(513),
    'x'.repeat(4097),
    -0,
    -1,
    0.5,
    2 ** 53,
    [],
    [1],
    ['a', 1],
    {},
    rows,
    [sealed],
    [{ ...sealed, row_id: 'r' }],
    [attachment],
    { missing: 'refused' },
    { missing: 'never' },
    { b: 1, a: 2 },
    { '10': 1, '9': 2 },
    { __proto__: 1 },
    '\ud800',
    '\\ud800',
    id(3),
  ),
  fc.jsonValue(),
);
const members = [...Object.keys(honest.body), 'also'] as const;
const aText = fc
  .record({
    changes: fc.dictionary(fc.constantFrom(...members), odd, { maxKeys: 2 }),
    values: fc.dictionary(fc.string(), odd, { maxKeys: 2 }),
    around: fc.dictionary(fc.constantFrom('received_at', 'signature', 'also'), odd, { maxKeys: 1 }),
    spelling: fc.constantFrom(JSON.stringify, (value: unknown) => {
      try {
        return canonicalText(value);
      } catch {
        return JSON.stringify(value);
      }
    }),
  })
  .map(({ changes, values, around, spelling }) =>
    spelling({
      body: { ...honest.body, values: { ...honest.body.values, ...values }, ...changes },
      received_at: honest.received_at,
      signature: honest.signature,
      ...around,
    }),
  );

describe('the check of everyday leaves', () => {
  const plain = (written: string): string | undefined => readPlain(written, JSON.parse(written))?.text;

  it('knows an honest leaf, with sealed fields and attachments too', () => {
    for (const given of [{}, { sealed: [sealed] }, { attachments: [attachment] }]) {
      const written = canonicalText({ ...honest, body: { ...honest.body, ...given } });
      expect(plain(written)).toBe(byFullCheck(written, JSON.parse(written)));
      expect(plain(written)).toBeDefined();
    }
  });
  it('never takes what the full check refuses, and reads the same text', () => {
    fc.assert(
      fc.property(aText, (written) => {
        const read = plain(written);
        expect(read ?? byFullCheck(written, JSON.parse(written))).toBe(
          byFullCheck(written, JSON.parse(written)),
        );
      }),
      { numRuns: 20_000 },
    );
  });
});
