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
import { aSnapshotWith, booleans, codes, days, gap, numbers, texts } from '../../tests/builders/snapshot.ts';
import { isMissing, roundTo } from '../vocabulary/index.ts';
import { type Cell, countedOnce, countTables, findCell, rowsBehind, type Table } from './index.ts';

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

/** Three cases: the first was heard in both years, the second in one, the third in one and in a year without reports. */
const heard = aSnapshotWith({
  assembly: { columns: { date: days(['2018-01-05', '2018-02-06', '2018-03-07']) } },
  'assembly.hearings': {
    columns: {
      record_id: texts(['a', 'a', 'a', 'b', 'c', 'c', 'c']),
      date: days([
        '2017-05-01',
        '2017-06-01',
        '2018-01-05',
        '2018-02-06',
        '2018-03-07',
        '2016-12-31',
        gap('refused'),
      ]),
    },
    parent: { table: 'assembly', rows: [0, 0, 0, 1, 2, 2, 2] },
  },
});
const years = aCountingStudy({
  periods: ['2017', '2018'].map((id) => ({ id, start: `${id}-01-01`, end: `${id}-12-31` })),
});
const different = distinct('record_id');

describe('a case heard in several periods', () => {
  const [byPeriod, byMonth] = countTables(years, heard, [
    aTable({
      id: 'p',
      of: 'assembly.hearings',
      measures: [
        aMeasure('cases', { kind: 'term', term: different }),
        aMeasure('sum', { kind: 'term', term: different, overPeriods: 'sum' }),
        aMeasure('share', { kind: 'share', measure: 'sum', within: 'table' }),
      ],
      dimensions: [by('period', { date: 'date', empty: 'hide' })],
      totals: ['period'],
    }),
    aTable({
      id: 'm',
      of: 'assembly.hearings',
      dimensions: [by('month', { date: 'date', empty: 'hide' })],
    }),
  ]);
  const row = (measure: string): readonly string[] =>
    ['2017', '2018', '_refused', '_total'].map((code) =>
      shown(cell(byPeriod as Table, `p/${code}/_/${measure}`), 0),
    );
  it('is one in each of them and one in the total', () => {
    expect(row('cases')).toEqual(['1', '3', '1', '3']);
  });
  it('is one in each of them in the total, where periods add up', () => {
    expect(row('sum')).toEqual(['1', '3', '1', '5']);
  });
  it('leaves shares of 100 % in a table whose periods add up', () => {
    expect(row('share')).toEqual(['20', '60', '20', '100']);
  });
  it('is told of: the measure whose periods add up to more than its total', () => {
    expect(countedOnce(byPeriod as Table).map((m) => m.id)).toEqual(['cases']);
  });
  it('has the records behind a sum in every period they stand in', () => {
    const definition = aTable({
      id: 'p',
      of: 'assembly.hearings',
      measures: [aMeasure('sum', { kind: 'term', term: different, overPeriods: 'sum' })],
      dimensions: [by('period', { date: 'date' })],
      totals: ['period'],
    });
    const behind = rowsBehind(years, heard, definition, 'p/_total/_/sum');
    expect(behind.map((r) => `${r.recordId}${r.numerator.num}`)).toEqual([
      'a1',
      'a0',
      'a1',
      'b1',
      'c1',
      'c1',
    ]);
  });
  it('is placed by the date of the hearing, not by that of the case', () => {
    expect(byMonth?.dimensions[0]?.codes.map((c) => c.code)).toEqual([
      '2016-12',
      '2017-05',
      '2017-06',
      '2018-01',
      '2018-02',
      '2018-03',
      '_refused',
    ]);
  });
});

describe('a condition on a text', () => {
  const cards = aSnapshotWith({
    assembly: { columns: { card: texts(['a', gap('not_recorded'), 'b', 'c']) } },
    'assembly.hearings': {
      columns: { kind: codes(['x', 'x', 'x']) },
      parent: { table: 'assembly', rows: [0, 0, 1] },
    },
  });
  const n = (root: Parameters<typeof expression>[0], of = 'assembly'): string => {
    const [table] = countTables(study, cards, [aTable({ id: 'c', of, where: expression(root) })]);
    return shown(cell(table as Table, 'c/_/_/n'), 0);
  };
  it('keeps the rows that have it', () => {
    expect(n(is('card', 'a'))).toBe('1');
    expect(n(op(is('card', 'a'), 'or', is('card', 'c')))).toBe('2');
  });
  it('is neither true nor false of a gap', () => {
    expect(n(call('not', is('card', 'a')))).toBe('2');
  });
  it('is met together with others', () => {
    expect(n(op(counted, 'and', op(is('card', 'b'), 'and', call('missing', field('card')))))).toBe('0');
    expect(n(op(counted, 'and', is('card', 'b')))).toBe('1');
  });
  it('is asked of the card above by the rows of a repeat', () => {
    expect(n(is('card', 'a'), 'assembly.hearings')).toBe('2');
  });
});

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
