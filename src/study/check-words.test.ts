import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { problemsOf } from '../../tests/builders/study-files.ts';
import { readCatalogue } from '../vocabulary/index.ts';
import { CATALOGUE_UNITS } from './check-words.ts';

const WORDS = 'street/words.yaml';
const TABLES = 'street/tables/tables.yaml';
const told = (edits: Parameters<typeof problemsOf>[0]): readonly unknown[] =>
  problemsOf(edits).map(({ code, details, at }) => [code, details['word'], at?.file]);

test('the units that need no words of a study are those of the catalogue', () => {
  const file = join(import.meta.dirname, '../vocabulary/messages/en.yaml');
  const ids = [...readCatalogue(readFileSync(file, 'utf8')).keys()].filter((id) => id.startsWith('unit.'));
  expect(ids.map((id) => id.slice('unit.'.length)).sort()).toEqual([...CATALOGUE_UNITS].sort());
});
test('a unit of a card without words is a problem, told once', () => {
  expect(told({ [WORDS]: '' })).toEqual([
    ['study_word_missing', 'unit.gathering', 'street/instruments/gathering.yaml'],
  ]);
});
test('a unit of a measure without words is a problem at the measure', () => {
  const ipk = '"sum(participants.best)"]';
  expect(told({ [TABLES]: [[`${ipk}, label`, `${ipk}, unit: per_head, label`]] })).toEqual([
    ['study_word_missing', 'unit.per_head', TABLES],
  ]);
});
test('a section of tables without words is a problem, told once', () => {
  const counted = 'unit: gathering';
  expect(told({ [TABLES]: [[counted, `section: streets\n  ${counted}`]] })).toEqual([
    ['study_word_missing', 'section.streets', TABLES],
  ]);
});
