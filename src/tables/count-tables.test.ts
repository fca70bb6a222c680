import { describe, expect, it } from 'vitest';
import {
  aCountingStudy,
  aMeasure,
  aTable,
  by,
  call,
  count,
  counted,
  distinct,
  expression,
  field,
  is,
  num,
  op,
  rows,
  sum,
} from '../../tests/builders/counting.ts';
import { aSnapshotWith, booleans, codes, days, gap, numbers } from '../../tests/builders/snapshot.ts';
import { isMissing, roundTo } from '../vocabulary/index.ts';
import { type Cell, countTables, findCell, type Table } from './index.ts';

const study = aCountingStudy();
/** Police and participants by city as printed in T14 of the 2018 report. */
const CITIES = ['almaty', 'astana', 'shymkent', 'uralsk', 'aktobe', 'semey', 'taldykorgan', 'oskemen'];
const POLICE = [155, 180, 70, 37, 25, 10, 22, 0];
const PARTICIPANTS = [210, 130, 70, 33, 26, 25, 29, 2];
const t14 = aSnapshotWith({
  assembly: {
    columns: {
      place: codes(CITIES),
      'police.best': numbers(POLICE),
      'participants.best': numbers(PARTICIPANTS),
    },
  },
});
const ipk = aMeasure(
  'ipk',
  { kind: 'ratio', numerator: sum('police.best'), denominator: sum('participants.best'), scale: 1 },
  'officers_per_participant',
  2,
);
const only = (tables: readonly Table[]): Table => tables[0] as Table;
const cell = (table: Table, address: string): Cell => {
  const found = findCell(table, address);
  if (found === undefined) throw new Error(`no cell ${address}`);
  return found;
};
const shown = (c: Cell, decimals = 2): string =>
  isMissing(c.value) ? c.value.missing : roundTo(c.value, decimals);

describe('the index of police control', () => {
  const table = only(
    countTables(study, t14, [
      aTable({ id: 't14', measures: [ipk], dimensions: [by('place')], totals: ['place'] }),
    ]),
  );
  it('is police per participant, pooled: 499 / 525 = 0.95', () => {
    const total = cell(table, 't14/_total/_/ipk');
    expect([total.numerator?.num, total.denominator?.num, shown(total)]).toEqual([499n, 525n, '0.95']);
  });
  it('gives each city of the worked check', () => {
    expect(CITIES.map((c) => shown(cell(table, `t14/${c}/_/ipk`)))).toEqual([
      '0.74',
      '1.38',
      '1.00',
      '1.12',
      '0.96',
      '0.40',
      '0.76',
      '0.00',
    ]);
  });
});

describe('gaps', () => {
  const snapshot = aSnapshotWith({
    assembly: {
      columns: {
        place: codes(['astana', 'astana', 'almaty', gap('in_conflict')], ['astana', 'almaty', 'aktau']),
        'police.best': numbers([10, gap(), gap(), 4]),
        'participants.best': numbers([20, 30, 40, 0]),
      },
    },
  });
  const definition = aTable({
    id: 'g',
    measures: [count(), aMeasure('police', { kind: 'term', term: sum('police.best') }, 'persons', 0), ipk],
    dimensions: [by('place')],
    totals: ['place'],
  });
  const table = only(countTables(study, snapshot, [definition]));
  it('a ratio uses rows where both parts are recorded and reports the rest', () => {
    const c = cell(table, 'g/astana/_/ipk');
    expect([c.numerator?.num, c.denominator?.num, c.n, c.nMissing]).toEqual([10n, 20n, 1, 1]);
  });
  it('a row whose dimension has a gap stands under its reason, so that totals foot', () => {
    expect(table.dimensions[0]?.codes.map((c) => c.code)).toEqual([
      'astana',
      'almaty',
      'aktau',
      '_in_conflict',
      '_total',
    ]);
    expect(cell(table, 'g/_in_conflict/_/n').n).toBe(1);
    expect(cell(table, 'g/_total/_/n').n).toBe(4);
  });
  it('a sum over rows that all have gaps is not zero', () => {
    expect(cell(table, 'g/almaty/_/police').value).toEqual({ missing: 'undefined' });
  });
  it('a city without assemblies has no ratio: no_cases', () => {
    expect(cell(table, 'g/aktau/_/ipk').value).toEqual({ missing: 'no_cases' });
    expect(shown(cell(table, 'g/aktau/_/n'), 0)).toBe('0');
  });
  it('a ratio over zero participants is undefined', () => {
    expect(cell(table, 'g/_in_conflict/_/ipk').value).toEqual({ missing: 'undefined' });
  });
  it('where keeps only rows that are surely true', () => {
    const where = expression(op(field('police.best'), '<', num(100)));
    const counted = only(countTables(study, snapshot, [aTable({ id: 'w', where })]));
    expect(cell(counted, 'w/_/_/n').n).toBe(2);
  });
});
void [booleans, days, distinct, is, counted, rows, call];
