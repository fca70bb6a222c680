import { describe, expect, it } from 'vitest';
import type { WireTable } from '../../src/contract/index.ts';
import { sortedRows } from './counted-table.tsx';

/** A row of a value column: a number, a gap, or the total. */
const aRow = (label: string, number: number | undefined, total = false): WireTable['rows'][number] => ({
  labels: [label],
  total,
  cells: [
    { address: label, text: '', marks: '', origin: 'computed', ...(number === undefined ? {} : { number }) },
  ],
});
const rows = [aRow('two', 2), aRow('gap', undefined), aRow('five', 5), aRow('all', 7, true)];
const order = (sort: Parameters<typeof sortedRows>[1]) => sortedRows(rows, sort).map((r) => r.labels[0]);

describe('rows of a table', () => {
  it('stand as printed when nobody sorts them', () => {
    expect(order(undefined)).toEqual(['two', 'gap', 'five', 'all']);
  });
  it('with the largest first have gaps last and the total below', () => {
    expect(order({ column: 0, descending: true })).toEqual(['five', 'two', 'gap', 'all']);
  });
  it('with the smallest first have gaps last and the total below', () => {
    expect(order({ column: 0, descending: false })).toEqual(['two', 'five', 'gap', 'all']);
  });
});
