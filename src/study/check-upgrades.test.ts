import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from '../../tests/builders/study-files.ts';
import { loadStudy } from './index.ts';

const folder = join(import.meta.dirname, '../../tests/fixtures/studies/version-3');
const INSTRUMENT = 'vigil/instruments/vigil.yaml';

/** What is told of the third version of a study with one replacement in its instrument. */
const told = (from: string, to: string): readonly unknown[] => {
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')] as const),
  );
  const text = files.get(INSTRUMENT) ?? '';
  if (!text.includes(from)) throw new Error(`no ${from}`);
  files.set(INSTRUMENT, text.replace(from, to));
  return loadStudy(files, 'vigil', sha256).problems.map(({ code, details, at }) => [
    code,
    details['field'] ?? details['code'],
    at?.line,
  ]);
};

test('control: the steps of a study in order are not touched', () => {
  expect(told('upgrades:', 'upgrades:')).toEqual([]);
});
test('the last step renames to a field that exists', () => {
  expect(told('sanctions.kind: sanctions.type', 'sanctions.kind: sanctions.tipe')).toEqual([
    ['study_field_unknown', 'sanctions.tipe', 20],
  ]);
});
test('a code is recoded to one of the present list, also through a later rename', () => {
  expect(told('{march: procession}', '{march: prosession}')).toEqual([
    ['study_code_unknown', 'prosession', 20],
  ]);
  expect(told('{jail: arrest}', '{jail: arest}')).toEqual([['study_code_unknown', 'arest', 19]]);
});
test('the last step recodes a field that exists', () => {
  expect(told('recode: {form: {march', 'recode: {from: {march')).toEqual([
    ['study_field_unknown', 'from', 20],
  ]);
});
