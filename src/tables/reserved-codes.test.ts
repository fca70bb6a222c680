import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LANGUAGES, labelText, RECORDED_MISSING, readCatalogue } from '../vocabulary/index.ts';
import { missingCode } from './coded-column.ts';
import { RESERVED_LABELS } from './reserved-codes.ts';

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
