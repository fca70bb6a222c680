import { expect, test } from 'vitest';
import { aStudy } from '../../tests/builders/study-files.ts';
import type { EntryValues } from './entry.ts';
import { identityValues } from './identity-values.ts';

const INSTRUMENT = 'street/instruments/gathering.yaml';
const PLACE = '      {name: kind, type: select_one, list: sanction,';
const gathering = aStudy({
  [INSTRUMENT]: [
    [PLACE, `      {name: who, type: text, label: {kk: a, ru: b, en: c}, sensitivity: identity},\n${PLACE}`],
    [
      '  - {name: organiser,',
      '  - {name: spot, type: point, label: {kk: a, ru: b, en: c}, sensitivity: identity}\n  - {name: organiser,',
    ],
  ],
}).instruments.get('gathering');

const found = (values: EntryValues): readonly string[] =>
  gathering === undefined ? [] : identityValues(gathering, { instrument_version: 1, values });

test('parts of a compound answer are the answer', () => {
  expect(found({ 'spot.lat': '51.1', 'spot.lon': '71.4' })).toEqual(['spot.lat', 'spot.lon']);
});
test('answers in rows are found, once for all rows', () => {
  const rows = ['r1', 'r2'].map((row_id) => ({ row_id, values: { who: 'somebody', kind: 'fine' } }));
  expect(found({ sanctions: rows })).toEqual(['sanctions.who']);
});
test('control: what the server may read is not told', () => {
  expect(found({ number: 1, form: 'rally', sanctions: [{ row_id: 'r', values: { kind: 'fine' } }] })).toEqual(
    [],
  );
});
