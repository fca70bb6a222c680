import { describe, expect, test } from 'vitest';
import { fraction, type Label, missing } from '../vocabulary/index.ts';
import type { Cell, Table } from './cell.ts';
import { tableGrid } from './grid.ts';

const text = (en: string): Label => ({ kk: { text: en }, ru: { text: en }, en: { text: en } });
const aCell = (value: Cell['value'], more: Partial<Cell> = {}): Cell => ({
  at: {},
  measure: 'n',
  value,
  n: 1,
  nMissing: 0,
  unit: 'assemblies',
  origin: 'computed',
  flags: [],
  ...more,
});
const notPublished = aCell(missing('not_published'), { origin: 'published', n: 0 });
const measure = (id: string) => ({ id, label: text(id), unit: 'assemblies', decimals: 0 });
const aTable = (
  rows: readonly string[],
  columns: readonly string[],
  measures: readonly string[],
  cells: readonly Cell[],
): Table => ({
  id: 't',
  title: text('t'),
  unit: 'assembly',
  snapshot: 's',
  dimensions: [
    { by: 'place', label: text('place'), codes: rows.map((code) => ({ code, label: text(code) })) },
    { by: 'period', label: text('period'), codes: columns.map((code) => ({ code, label: text(code) })) },
  ],
  measures: measures.map(measure),
  cells,
  breaks: [],
});

describe('the printed grid', () => {
  const index = aCell(fraction(4n));
  const count = aCell(fraction(6n));

  test('a column of which nothing was published is left out', () => {
    const grid = tableGrid(
      aTable(
        ['a', 'b'],
        ['2017', '2018'],
        ['n', 'ima'],
        [notPublished, index, count, index, notPublished, index, count, index],
      ),
    );
    expect(grid.columns.map((c) => `${c.column?.code} ${c.measure.id}`)).toEqual([
      '2017 ima',
      '2018 n',
      '2018 ima',
    ]);
    expect(grid.rows.map((r) => r.cells)).toEqual([
      [index, count, index],
      [index, count, index],
    ]);
  });

  test('a column with one published number stays', () => {
    const grid = tableGrid(aTable(['a', 'b'], ['2017'], ['n'], [notPublished, count]));
    expect(grid.columns).toHaveLength(1);
  });
});
