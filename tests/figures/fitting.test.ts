import { describe, expect, test } from 'vitest';
import { fittingFigures } from '../../src/figures/index.ts';
import type { Table } from '../../src/tables/index.ts';
import { aTableOf, plain } from './builders.ts';
import * as examples from './examples.ts';

const kinds = (table: Table) => fittingFigures(table).map(({ kind }) => kind);

/** The same table with its first dimension a scale, as a code list with `ordered` makes it. */
const onAScale = (table: Table): Table => ({
  ...table,
  dimensions: table.dimensions.map((d, i) => (i === 0 ? { ...d, ordered: true } : d)),
});
const answers = aTableOf({
  measure: { unit: 'percent', decimals: 1 },
  by: ['answer', 'type'],
  columns: ['person', 'organisation'],
  rows: { no: ['10', '20'], perhaps: ['30', '30'], yes: ['60', '50'] },
});
/** Cities by kinds of violation, more kinds than bars can stand beside each other. */
const cityByKind = (columns: readonly string[]) =>
  aTableOf({
    by: ['place', 'kind'],
    columns,
    rows: Object.fromEntries(['almaty', 'astana', 'oral'].map((c) => [c, columns.map((_, i) => `${i + 1}`)])),
  });

describe('which pictures suit a table', () => {
  test('answers of a scale stand on both sides of a line, other answers do not', () => {
    expect(kinds(onAScale(answers))[0]).toBe('diverging');
    expect(kinds(answers)).not.toContain('diverging');
  });
  test('periods make a line, from three on', () => {
    expect(kinds(aTableOf({ columns: ['2016', '2017', '2018'], rows: { a: ['1', '2', '3'] } }))[0]).toBe(
      'line',
    );
    expect(kinds(aTableOf({ columns: ['2017', '2018'], rows: { a: ['1', '2'] } }))).not.toContain('line');
  });
  test('units make a map before they make bars', () => {
    expect(kinds(examples.units16).slice(0, 2)).toEqual(['map', 'bar']);
  });
  test('numbers of cases between two things flow', () => {
    expect(kinds(cityByKind(['arrest', 'fine', 'threat']))).toContain('flow');
  });
  test('percentages do not flow: a band could not be added to another', () => {
    const table = cityByKind(['arrest', 'fine', 'threat']);
    const [measure] = table.measures;
    if (measure === undefined) throw new Error('no measure');
    const shares = {
      ...table,
      measures: [{ ...measure, unit: 'percent' }],
      cells: table.cells.map((cell) => ({ ...cell, denominator: { num: 9n, den: 1n } })),
    };
    expect(kinds(shares)).not.toContain('flow');
  });
  test('of many columns that are no periods none stands for all: no bars', () => {
    expect(kinds(cityByKind(['a', 'b', 'c', 'd']))).toContain('bar');
    expect(kinds(cityByKind(['a', 'b', 'c', 'd', 'e']))).not.toContain('bar');
  });
  test('months by stage are a timeline, quarters are not', () => {
    const stages = (by: string) =>
      aTableOf({ by: ['stage', by], columns: ['1', '2', '3'], rows: { opened: ['1', '0', '2'] } });
    expect(kinds(stages('month'))).toContain('timeline');
    expect(kinds(stages('quarter'))).not.toContain('timeline');
  });
  test('several measures of the same rows are small panels, the one that says what is worse first', () => {
    const [table] = examples.indicators as [Table, ...Table[]];
    const [mean] = table.measures;
    if (mean === undefined) throw new Error('no measure');
    const plain = { ...mean, polarity: undefined };
    const [by] = table.dimensions;
    const several = {
      ...table,
      dimensions: by === undefined ? [] : [by],
      measures: [{ ...plain, id: 'people' }, mean, { ...plain, id: 'median' }],
    } as Table;
    expect(fittingFigures(several)).toContainEqual({
      kind: 'panels',
      measure: mean.id,
      others: ['people', 'median'],
    });
  });
  test('one row, or two periods, are no small panels', () => {
    const measures = ['n', 'mean', 'share'].map((id) => ({ id, label: plain(id), unit: 'x', decimals: 0 }));
    const panels = (by: string, columns: readonly string[]) =>
      kinds({
        ...aTableOf({ columns, rows: { a: columns.map(() => '1') } }),
        dimensions: [{ by, label: plain(by), codes: columns.map((code) => ({ code, label: plain(code) })) }],
        measures,
      }).includes('panels');
    expect([panels('city', ['one']), panels('city', ['one', 'two'])]).toEqual([false, true]);
    expect([panels('period', ['2017', '2018']), panels('period', ['2016', '2017', '2018'])]).toEqual([
      false,
      true,
    ]);
  });
  test('a table of one number is no picture', () => {
    expect(kinds({ ...examples.cities, dimensions: [] })).toEqual([]);
  });
});
