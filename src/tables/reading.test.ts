import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  aCountingStudy,
  aLabel,
  aMeasure,
  aTable,
  by,
  count,
  expression,
  field,
  is,
  num,
  op,
} from '../../tests/builders/counting.ts';
import { aSnapshotWith, codes, numbers } from '../../tests/builders/snapshot.ts';
import type { Field, Instrument } from '../study/index.ts';
import {
  createMessages,
  type Fraction,
  fraction,
  type Language,
  missing,
  ProblemError,
} from '../vocabulary/index.ts';
import {
  addressOf,
  type Cell,
  countTables,
  crossTab,
  displayCell,
  findCell,
  foldRows,
  parseAddress,
  rowsBehind,
  type Table,
  tableToJson,
  tableToMarkdown,
} from './index.ts';

const source = (language: Language) =>
  readFileSync(new URL(`../vocabulary/messages/${language}.yaml`, import.meta.url), 'utf8');
const messages = createMessages({ kk: source('kk'), ru: source('ru'), en: source('en') });

const study = aCountingStudy();
const snapshot = aSnapshotWith({
  assembly: {
    columns: {
      place: codes(['astana', 'astana', 'almaty']),
      form: codes(['rally', 'picket', 'rally']),
      'police.best': numbers([10, 20, 5]),
    },
  },
});
const definition = aTable({
  id: 't',
  measures: [count(), aMeasure('share', { kind: 'share', measure: 'n', within: 'column' }, 'percent')],
  dimensions: [by('place'), by('form')],
  totals: ['place'],
});
const table = countTables(study, snapshot, [definition])[0] as Table;

describe('an address', () => {
  it('is table, row codes, column code, measure', () => {
    expect(table.cells.map((c) => addressOf(table, c)).slice(0, 3)).toEqual([
      't/astana/rally/n',
      't/astana/rally/share',
      't/astana/picket/n',
    ]);
  });
  it('of a table with one dimension has _ as its column, with none _/_', () => {
    const [single, bare] = countTables(study, snapshot, [
      aTable({ id: 'a', dimensions: [by('place')] }),
      aTable({ id: 'b' }),
    ]);
    expect(single && single.cells[0] && addressOf(single, single.cells[0])).toBe('a/astana/_/n');
    expect(bare && bare.cells[0] && addressOf(bare, bare.cells[0])).toBe('b/_/_/n');
  });
  it.each(['', 't', 't/a/b', 't/a/b/c/d', 't//b/n'])('%j is not one', (text) => {
    expect(() => parseAddress(text)).toThrow(ProblemError);
  });
  it('of another table or of no cell finds nothing', () => {
    expect(findCell(table, 'other/astana/rally/n')).toBeUndefined();
    expect(findCell(table, 't/nowhere/rally/n')).toBeUndefined();
  });
});

describe('the text of a cell', () => {
  const cell = (value: Cell['value'], more: Partial<Cell> = {}): Cell => ({
    ...(table.cells[0] as Cell),
    value,
    ...more,
  });
  const shown = (language: Language, value: Fraction, decimals: number) =>
    displayCell(messages, language, cell(value), { decimals });
  it.each([
    [fraction(125, 1000), 2, '0,13'],
    [fraction(-125, 1000), 2, '\u22120,13'],
    [fraction(3125, 100), 1, '31,3'],
    [fraction(499, 525), 2, '0,95'],
  ])('is rounded half away from zero: case %#', (value, decimals, expected) => {
    expect(shown('ru', value, decimals)).toBe(expected);
  });
  it('has the decimal mark of its language', () => {
    expect((['kk', 'ru', 'en'] as const).map((l) => shown(l, fraction(5, 2), 1))).toEqual([
      '2,5',
      '2,5',
      '2.5',
    ]);
  });
  it('groups thousands with a space that does not break', () => {
    expect(shown('kk', fraction(1_234_567), 0)).toBe('1\u202f234\u202f567');
    expect(shown('en', fraction(1_234_567), 0)).toBe('1,234,567');
  });
  it('of a gap is its reason in words', () => {
    expect(displayCell(messages, 'ru', cell(missing('no_cases')), { decimals: 0 })).toBe('нет случаев');
  });
  it('of a printed number has the digits it was printed with', () => {
    const printed = cell(fraction(15), { printed: { text: '15', decimals: 0 } });
    expect(displayCell(messages, 'en', printed, { decimals: 2 })).toBe('15');
  });
});

describe('a table as text', () => {
  it('in JSON has numbers beside their exact form', () => {
    const { cells, dimensions } = tableToJson(table);
    expect(cells.find((c) => c.address === 't/astana/rally/share')).toMatchObject({
      value: 50,
      exact: '50',
      numerator: 1,
      denominator: 2,
      n: 2,
      n_missing: 0,
      origin: 'computed',
    });
    expect(dimensions[0]).toEqual({ by: 'place', codes: ['astana', 'almaty', '_total'] });
  });
  it('in JSON a gap is a reason, not null', () => {
    expect(tableToJson(table).cells.every((c) => c.value !== null)).toBe(true);
    const [empty] = countTables(study, snapshot, [
      aTable({ ...definition, id: 'e', where: expression(is('form', 'march')) }),
    ]);
    expect(tableToJson(empty as Table).cells.find((c) => c.measure === 'share')?.value).toEqual({
      missing: 'no_cases',
    });
  });
  it('in Markdown is headed by labels and measures', () => {
    expect(tableToMarkdown(messages, 'en', table).split('\n')[2]).toBe(
      '| place | rally: n | rally: share | picket: n | picket: share |',
    );
  });
});

describe('the rows behind a cell', () => {
  it('of a share are all rows of its base, with a part of 0 where they are not in the cell', () => {
    const rows = rowsBehind(study, snapshot, definition, 't/astana/rally/share');
    expect(rows.map((r) => [r.recordId, r.numerator.num, r.denominator.num])).toEqual([
      ['record-0', 1n, 1n],
      ['record-2', 0n, 1n],
    ]);
    expect(foldRows(rows)).toEqual({ numerator: fraction(1), denominator: fraction(2) });
  });
  it('of a cell that the table does not have are refused', () => {
    expect(() => rowsBehind(study, snapshot, definition, 't/nowhere/rally/n')).toThrow(/cell_unknown/);
  });
});

describe('a cross-tab', () => {
  const aField = (path: string, type: Field['type'], sensitivity: Field['sensitivity']): Field => ({
    path,
    type,
    sensitivity,
    label: aLabel(path),
    required: false,
  });
  const instrument: Instrument = {
    id: 'assembly',
    version: 1,
    kind: 'card',
    unit: 'assembly',
    title: aLabel('Assembly'),
    sections: [],
    fields: [
      aField('place', 'place', 'statistical'),
      aField('form', 'select_one', 'statistical'),
      aField('monitor', 'select_one', 'restricted'),
      aField('demands', 'text', 'identity'),
      aField('police', 'count', 'statistical'),
    ],
    keyFields: [],
    unique: [],
    upgrades: [],
  };
  const described = aCountingStudy({ instruments: new Map([['assembly', instrument]]) });
  it('is a definition like any other: it can be counted and addressed', () => {
    const tab = crossTab(described, { of: 'assembly', rows: ['place'], columns: ['form'] });
    const counted = countTables(described, snapshot, [tab])[0] as Table;
    expect(findCell(counted, `${tab.id}/_total/rally/n`)?.value).toEqual(fraction(2));
  });
  it.each([
    ['a restricted field', { of: 'assembly', rows: ['monitor'], columns: [] }, /dimension_restricted/],
    ['a field of identity', { of: 'assembly', rows: ['demands'], columns: [] }, /snapshot_identity_field/],
    ['an unknown field', { of: 'assembly', rows: ['weather'], columns: [] }, /table_field_unknown/],
    ['a dimension twice', { of: 'assembly', rows: ['form'], columns: ['form'] }, /dimension_twice/],
    ['an unknown table', { of: 'weather', rows: [], columns: [] }, /table_field_unknown/],
  ])('refuses %s', (_, request, reason) => {
    expect(() => crossTab(described, request)).toThrow(reason);
  });
  it('refuses a filter that reads a restricted field', () => {
    const where = expression(op(field('monitor'), '=', num(1)));
    expect(() => crossTab(described, { of: 'assembly', rows: ['place'], columns: [], where })).toThrow(
      /dimension_restricted/,
    );
  });
});
