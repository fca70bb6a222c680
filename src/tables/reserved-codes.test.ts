import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { aCountingStudy } from '../../tests/builders/counting.ts';
import { codesOf, EVIDENCE, REVIEW } from '../study/index.ts';
import { LANGUAGES, labelText, RECORDED_MISSING, readCatalogue } from '../vocabulary/index.ts';
import { missingCode } from './coded-column.ts';
import { RESERVED_LABELS, STATE_LABELS } from './reserved-codes.ts';

/** Tables are counted without a catalogue at hand; so that words cannot drift, they are compared with it here. */
test.each(LANGUAGES)('the row of a gap is called what the catalogue calls the gap (%s)', (language) => {
  const file = new URL(`../vocabulary/messages/${language}.yaml`, import.meta.url);
  const catalogue = readCatalogue(readFileSync(file, 'utf8'));
  const said = RECORDED_MISSING.map((reason) => {
    const label = RESERVED_LABELS.get(missingCode(reason));
    return label === undefined ? undefined : labelText(label, language);
  });
  expect(said).toEqual(RECORDED_MISSING.map((reason) => catalogue.get(`missing.${reason}`)));
});

test.each([EVIDENCE, REVIEW])('every state of %s has a name of its own in each language', (list) => {
  const codes = codesOf(aCountingStudy(), list) ?? [];
  expect(codes.length).toBeGreaterThan(4);
  for (const language of LANGUAGES) {
    const names = codes.map(({ code }) => {
      const label = STATE_LABELS.get(list)?.[code];
      return label === undefined ? code : labelText(label, language);
    });
    expect(new Set(names).size).toBe(codes.length);
    expect(names.filter((name) => codes.some(({ code }) => code === name))).toEqual([]);
  }
});
