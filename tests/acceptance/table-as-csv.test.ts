import { expect, test } from 'vitest';
import { writeCsv } from '../../src/sheets/index.ts';
import { type Cell, type Table, tableToRecords } from '../../src/tables/index.ts';
import { fraction } from '../../src/vocabulary/index.ts';
import { aLabel } from '../builders/counting.ts';

const cellAt = (at: Readonly<Record<string, string>>): Cell => ({
  at,
  measure: 'n',
  value: fraction(1),
  numerator: fraction(1),
  n: 1,
  nMissing: 0,
  unit: 'assemblies',
  origin: 'computed',
  flags: [],
});

const aTableWith = (cell: Cell): Table => ({
  id: 't',
  title: aLabel('Table'),
  unit: 'assembly',
  snapshot: '',
  dimensions: ['place', 'form'].map((by) => ({ by, label: aLabel(by), codes: [] })),
  measures: [],
  cells: [cell],
  breaks: [],
});

/** Command line and site both write a table so. */
const csvOf = (cell: Cell): string => writeCsv(tableToRecords(aTableWith(cell)));

test('a table in CSV has one line a cell', () => {
  const fields = 'astana,rally,n,1,,1,,1,0,assemblies,computed,,,,,,not_checked'.split(',');
  const line = csvOf(cellAt({ place: 'astana', form: 'rally' })).split('\r\n')[1];
  expect(line).toBe(fields.map((field) => `"${field}"`).join(','));
});

test('every line of a table in CSV says that nobody checked what it discloses', () => {
  const [head, line] = csvOf(cellAt({ place: 'astana', form: 'rally' })).split('\r\n');
  expect(head?.split(',').at(-1)).toBe('"disclosure"');
  expect(line?.split(',').at(-1)).toBe('"not_checked"');
});

test('the interval of a number stands in its line of a CSV', () => {
  const interval = { low: fraction(1, 2), high: fraction(3), method: 'wilson' };
  expect(csvOf({ ...cellAt({ place: 'astana', form: 'rally' }), interval })).toContain(
    '"0.5000000000","3","wilson"',
  );
});

test('no field of a table in CSV runs as a formula', () => {
  const evil = cellAt({ place: '=HYPERLINK("x")', form: 'a,b' });
  expect(csvOf(evil)).toContain(`"'=HYPERLINK(""x"")","a,b"`);
});
