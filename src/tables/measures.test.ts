import { describe, expect, it } from 'vitest';
import {
  aCountingStudy,
  aLabel,
  aMeasure,
  aTable,
  by,
  call,
  count,
  distinct,
  expression,
  field,
  is,
  num,
  op,
  rows,
  sum,
  text,
} from '../../tests/builders/counting.ts';
import { aSnapshotWith, codes, days, gap, numbers } from '../../tests/builders/snapshot.ts';
import type { ExpressionNode, Measure, Study, TableDefinition } from '../study/index.ts';
import { fraction, isMissing, ProblemError, roundTo } from '../vocabulary/index.ts';
import { type Cell, countTables, findCell, type Table } from './index.ts';

const study = aCountingStudy();
/** Seven assemblies: two cities, two forms, one with a gap in everything that can have one. */
const snapshot = aSnapshotWith({
  assembly: {
    columns: {
      place: codes(
        ['astana', 'astana', 'astana', 'almaty', 'almaty', 'almaty', 'almaty'],
        ['astana', 'almaty', 'aktau'],
      ),
      form: codes(['rally', 'picket', 'picket', 'rally', 'rally', 'rally', 'picket']),
      organiser: codes(['u1', 'u1', 'u2', 'u2', 'u3', gap(), 'u3']),
      duration: numbers([10, 20, 60, 5, 5, 8, gap()]),
      score: numbers([7, 6, 1, 7, gap('refused'), 2, 3]),
      attribute: numbers([2, 1, gap(), 1, 0, 0, gap('refused')]),
      'detained.best': numbers([0, 3, 0, 0, 1, gap(), 0]),
      'police.best': numbers([10, 5, 0, 2, 2, 4, 1]),
      amount: numbers([150, 250, 0, 100, 100, 100, 100], 2),
      date: days(['2018-01-05', '2018-01', '2018', '2018-06-01', '2018-06-30', '2018-12-31', '2018-02-01']),
      'date.last': days(
        ['2018-01-05', '2018-01', '2018', '2018-06-01', '2018-06-30', '2018-12-31', '2018-02-01'],
        'last',
      ),
    },
  },
  'assembly.attribute': {
    columns: { value: codes(['placard', 'banner', 'placard', 'placard'], ['placard', 'banner', 'sound']) },
    parent: { table: 'assembly', rows: [0, 0, 1, 3] },
  },
  'assembly.sanctions': {
    columns: { kind: codes(['fine', 'fine', 'arrest', gap()]), persons: numbers([2, 1, gap(), 4]) },
    parent: { table: 'assembly', rows: [0, 3, 3, 4] },
  },
});

const counted = (definition: Partial<TableDefinition>, of: Study = study): Table =>
  countTables(of, snapshot, [aTable({ id: 't', ...definition })])[0] as Table;
const at = (table: Table, address: string): Cell => {
  const cell = findCell(table, `t/${address}`);
  if (cell === undefined) throw new Error(`no cell ${address}`);
  return cell;
};
const shown = (cell: Cell, decimals = 2): string =>
  isMissing(cell.value) ? cell.value.missing : roundTo(cell.value, decimals);
const one = (measure: Measure): Cell => at(counted({ measures: [measure] }), `_/_/${measure.id}`);
const statistic = (name: 'mean', path = 'duration') =>
  one(aMeasure('m', { kind: 'statistic', statistic: name, field: path }));

describe('terms', () => {
  it('a count with a condition counts what is surely true and reports what is not known', () => {
    const cell = one(aMeasure('m', { kind: 'term', term: rows(op(field('detained.best'), '>', num(0))) }));
    expect([shown(cell, 0), cell.n, cell.nMissing]).toEqual(['2', 2, 1]);
  });
  it('a sum with a condition sums recorded values of rows that fit it', () => {
    const cell = one(aMeasure('m', { kind: 'term', term: sum('police.best', is('form', 'rally')) }));
    expect([shown(cell, 0), cell.n]).toEqual(['18', 4]);
  });
  it('a sum of decimals is exact', () => {
    const cell = one(aMeasure('m', { kind: 'term', term: sum('amount') }));
    expect(cell.value).toEqual(fraction(8));
  });
  it('a distinct count counts different recorded values', () => {
    const cell = one(aMeasure('m', { kind: 'term', term: distinct('organiser') }));
    expect([shown(cell, 0), cell.n, cell.nMissing]).toEqual(['3', 3, 1]);
  });
  it('a table that counts a reference counts different ones, so its total is not the sum', () => {
    const table = counted({ distinct: 'organiser', dimensions: [by('place')], totals: ['place'] });
    expect(['astana', 'almaty', '_total'].map((c) => shown(at(table, `${c}/_/n`), 0))).toEqual([
      '2',
      '2',
      '3',
    ]);
  });
});

describe('shares', () => {
  const share = (within: 'table' | 'row' | 'column' | readonly string[]) =>
    counted({
      measures: [count(), aMeasure('s', { kind: 'share', measure: 'n', within }, 'percent')],
      dimensions: [by('place'), by('form')],
      totals: ['place', 'form'],
    });
  it.each([
    ['table', '42.86'],
    ['row', '75.00'],
    ['column', '75.00'],
    [['place'], '75.00'],
    [['form'], '75.00'],
  ] as const)('within %s is taken of its base', (within, expected) => {
    expect(shown(at(share(within), 'almaty/rally/s'))).toBe(expected);
  });
  it('within a column sum to 100 at its total', () => {
    expect(shown(at(share('column'), '_total/picket/s'))).toBe('100.00');
  });
  it('of an empty base is no_cases, not 0 %', () => {
    expect(at(share('row'), 'aktau/rally/s').value).toEqual({ missing: 'no_cases' });
  });
  it('on fewer than 30 is marked as resting on a small base', () => {
    expect(at(share('table'), 'almaty/rally/s').flags).toContain('small_base');
  });
  it('in a table with one dimension the column is the whole table', () => {
    const table = counted({
      measures: [count(), aMeasure('s', { kind: 'share', measure: 'n', within: 'column' }, 'percent')],
      dimensions: [by('place')],
    });
    expect(shown(at(table, 'astana/_/s'), 1)).toBe('42.9');
  });
});

describe('rates', () => {
  const ima = aMeasure('ima', { kind: 'rate', measure: 'n', per: 'month' }, 'assemblies_per_month');
  const rate = (dimension: string, of: Study) =>
    counted({ measures: [count(), ima], dimensions: [by(dimension)], totals: [dimension] }, of);
  it('are per month of the exposure of the period', () => {
    const cell = at(rate('period', study), '2018/_/ima');
    expect([shown(cell, 3), cell.denominator]).toEqual(['0.583', fraction(12)]);
  });
  it('without stated months are no_exposure, never divided by 12 by default', () => {
    const unstated = aCountingStudy({ periods: [{ id: '2018' }] });
    expect(at(rate('period', unstated), '2018/_/ima').value).toEqual({ missing: 'no_exposure' });
  });
  it('by city use the months of the periods of the snapshot', () => {
    expect(shown(at(rate('place', study), 'almaty/_/ima'), 3)).toBe('0.333');
  });
  it('by calendar month have no exposure of their own', () => {
    expect(at(rate('month', withDate), '2018-06/_/ima').value).toEqual({ missing: 'no_exposure' });
  });
});

describe('statistics of the recorded durations 5 5 8 10 20 60', () => {
  it.each([
    ['mean', '18.00'],
    ['median', '9.00'],
    ['mode', '5.00'],
    ['trimmed_mean', '18.00'],
    ['min', '5.00'],
    ['max', '60.00'],
    ['q1', '5.75'],
    ['q3', '17.50'],
    ['spread', '21.31'],
    ['geometric_mean', '11.57'],
  ])('%s is %s, as R gives it', (name, expected) => {
    expect(shown(statistic(name as 'mean'))).toBe(expected);
  });
  it('the mean of assemblies is not the pooled mean of cities', () => {
    const table = counted({
      measures: [aMeasure('m', { kind: 'statistic', statistic: 'mean', field: 'duration' })],
      dimensions: [by('place')],
      totals: ['place'],
    });
    expect(['astana', 'almaty', '_total'].map((c) => shown(at(table, `${c}/_/m`)))).toEqual([
      '30.00',
      '6.00',
      '18.00',
    ]);
  });
  it('a spread of one value is undefined', () => {
    const table = counted({
      measures: [aMeasure('m', { kind: 'statistic', statistic: 'spread', field: 'duration' })],
      where: expression(op(field('duration'), '=', num(60))),
    });
    expect(at(table, '_/_/m').value).toEqual({ missing: 'undefined' });
  });
  it('a geometric mean over a zero is undefined', () => {
    expect(statistic('geometric_mean' as 'mean', 'police.best').value).toEqual({ missing: 'undefined' });
  });
});

describe('ratios', () => {
  it('are pooled: the sum of the parts, not the mean of ratios', () => {
    const cell = one(
      aMeasure('m', {
        kind: 'ratio',
        numerator: sum('detained.best'),
        denominator: sum('police.best'),
        scale: 1,
      }),
    );
    expect([cell.numerator, cell.denominator, cell.n, cell.nMissing]).toEqual([
      fraction(4),
      fraction(20),
      6,
      1,
    ]);
  });
  it('a top box is the percent of recorded answers at the chosen codes', () => {
    const cell = one(aMeasure('m', { kind: 'top_box', field: 'score', codes: ['6', '7'] }, 'percent'));
    expect([shown(cell, 1), cell.n, cell.nMissing]).toEqual(['50.0', 6, 1]);
  });
});

const withDate = aCountingStudy({
  instruments: new Map([
    [
      'assembly',
      {
        id: 'assembly',
        version: 1,
        kind: 'card',
        unit: 'assembly',
        title: aLabel('Assembly'),
        sections: [],
        fields: [],
        dateField: 'date',
        keyFields: [],
        unique: [],
        upgrades: [],
      },
    ],
  ]),
});

describe('dimensions', () => {
  it('a partial date has no month of its own', () => {
    const table = counted({ dimensions: [by('month', { empty: 'hide' })] }, withDate);
    expect(table.dimensions[0]?.codes.map((c) => c.code)).toEqual([
      '2018-01',
      '2018-02',
      '2018-06',
      '2018-12',
      '_not_recorded',
    ]);
    expect(at(table, '_not_recorded/_/n').n).toBe(1);
  });
  it('a table of answers stands under the cities of their assemblies', () => {
    const table = counted({ of: 'assembly.attribute', dimensions: [by('value'), by('place')] });
    expect(shown(at(table, 'placard/astana/n'), 0)).toBe('2');
  });
  it('are ordered by a measure, and hide what has no cases', () => {
    const order = { kind: 'measure', measure: 'n', descending: true } as const;
    const table = counted({ dimensions: [by('place', { order, empty: 'hide' })], totals: ['place'] });
    expect(table.dimensions[0]?.codes.map((c) => c.code)).toEqual(['almaty', 'astana', '_total']);
  });
  it.each([
    ['keep', ['south', 'astana', 'aktau']],
    ['other', ['south', 'other']],
    ['drop', ['south']],
  ] as const)('regrouped codes keep, gather or drop the rest: %s', (rest, expected) => {
    const groups = [{ code: 'south', label: aLabel('South'), of: ['almaty', 'shymkent'] }];
    const regrouped = aCountingStudy({ regroupings: new Map([['r', { id: 'r', groups, rest }]]) });
    const table = counted({ dimensions: [by('place', { regroup: 'r' })], totals: ['place'] }, regrouped);
    expect(table.dimensions[0]?.codes.map((c) => c.code)).toEqual([...expected, '_total']);
    expect(shown(at(table, '_total/_/n'), 0)).toBe(rest === 'drop' ? '4' : '7');
  });
  it('groups that overlap are refused: no total would foot', () => {
    const groups = [
      { code: 'a', label: aLabel('A'), of: ['almaty'] },
      { code: 'b', label: aLabel('B'), of: ['almaty'] },
    ];
    const overlapping = aCountingStudy({ regroupings: new Map([['r', { id: 'r', groups, rest: 'keep' }]]) });
    expect(() => counted({ dimensions: [by('place', { regroup: 'r' })] }, overlapping)).toThrow(ProblemError);
  });
  it('a field that the table does not have is refused with file and line', () => {
    const attempt = () => counted({ dimensions: [by('weather')] });
    expect(attempt).toThrow(/table_field_unknown .*"field":"weather".*"file":"tables\/test.yaml","line":1/);
  });
});

describe('conditions over child rows', () => {
  const n = (root: Parameters<typeof expression>[0]) =>
    shown(at(counted({ where: expression(root) }), '_/_/n'), 0);
  it('any() is true when one row is', () => {
    expect(n(call('any', is('sanctions.kind', 'fine')))).toBe('2');
  });
  it('not any() leaves out a row whose child has a gap', () => {
    expect(n(call('not', call('any', is('sanctions.kind', 'fine'))))).toBe('4');
  });
  it('sum() over child rows ignores gaps and is 0 without rows', () => {
    expect(n(op(call('sum', field('sanctions.persons')), '=', num(0)))).toBe('4');
  });
  it('selected() asks the set of answers', () => {
    const placard = call('selected', field('attribute'), text('placard'));
    expect(n(op(placard, 'and', is('form', 'rally')))).toBe('2');
  });
});

describe('a question with several answers', () => {
  const placard = call('selected', field('attribute'), text('placard'));
  const share = (root: ExpressionNode): Cell => one(aMeasure('m', { kind: 'term', term: rows(root) }));
  it('counts those who chose, and reports those who gave no answer', () => {
    expect([shown(share(placard), 0), share(placard).nMissing]).toEqual(['3', 2]);
  });
  it('has who answered and did not choose, without those who gave no answer', () => {
    expect(shown(share(call('not', placard)), 0)).toBe('2');
  });
  it('is answered by choosing nothing', () => {
    expect(shown(share(call('present', field('attribute'))), 0)).toBe('5');
    expect(shown(share(op(call('count-selected', field('attribute')), '=', num(0))), 0)).toBe('2');
  });
});

describe('intervals', () => {
  const inPercent = { unit: 'percent', interval: 'wilson' } as const;
  const bounds = ({ interval }: Cell): readonly string[] =>
    interval === undefined ? [] : [interval.method, roundTo(interval.low, 1), roundTo(interval.high, 1)];
  const share = (root: ExpressionNode): Measure => ({
    ...aMeasure('m', { kind: 'ratio', numerator: rows(root), denominator: rows(), scale: 100 }),
    ...inPercent,
  });
  it('of a percentage follow from its counts', () => {
    // 3 of 7: Wilson, by R: prop.test(3, 7, correct = FALSE)
    expect(bounds(one(share(is('form', 'picket'))))).toEqual(['wilson', '15.8', '75.0']);
  });
  it('are left out where there is no value', () => {
    const none = { ...share(is('form', 'picket')), denominator: rows(is('form', 'march')) } as Measure;
    expect(bounds(one(none))).toEqual([]);
  });
  it('are left out where the definition asks for none', () => {
    const { interval: _none, ...plain } = share(is('form', 'picket'));
    expect(bounds(one(plain))).toEqual([]);
  });
});

describe('statistics of people who answer more than once', () => {
  // u1 says 10 and 20, u2 says 60 and 5, u3 says 5, and who said 8 is not known.
  const people = (more: Partial<Measure>): Cell => {
    const measures = [
      aMeasure('people', { kind: 'term', term: distinct('organiser') }, 'persons'),
      { ...aMeasure('m', { kind: 'statistic', statistic: 'mean', field: 'duration' }), ...more } as Measure,
    ];
    return at(counted({ persons: 'people', measures }), '_/_/m');
  };
  const bounds = ({ interval }: Cell): readonly string[] =>
    interval === undefined ? [] : [roundTo(interval.low, 2), roundTo(interval.high, 2)];
  it('move between two values when one person is left out', () => {
    expect(bounds(people({ interval: 'leave_one_out' }))).toEqual(['10.75', '20.60']);
  });
  it('have a bootstrap interval around them, the same every time', () => {
    const [low, high] = bounds(people({ interval: 'bootstrap' })).map(Number);
    expect(low).toBeLessThan(18);
    expect(high).toBeGreaterThan(18);
    expect(bounds(people({ interval: 'bootstrap' }))).toEqual(bounds(people({ interval: 'bootstrap' })));
  });
  it('are marked when one person gives over a fifth of the sum, where the definition shows how far one moves them', () => {
    expect(people({ interval: 'leave_one_out' }).flags).toContain('carried_by_few');
    expect(people({ interval: 'bootstrap' }).flags).not.toContain('carried_by_few');
  });
  it('are marked when they rest on too few people, however many rows there are', () => {
    expect(people({}).flags).toEqual(['below_threshold']);
    expect(statistic('mean').flags).toEqual([]);
  });
});

describe('flags', () => {
  const modeOf = (...answers: readonly number[]): Cell => {
    const given = aSnapshotWith({ assembly: { columns: { score: numbers(answers) } } });
    const mode = aMeasure('m', { kind: 'statistic', statistic: 'mode', field: 'score' });
    return at(countTables(study, given, [aTable({ id: 't', measures: [mode] })])[0] as Table, '_/_/m');
  };
  it('mark a mode that shares its place with another value, and name the least', () => {
    expect([shown(modeOf(5, 3, 3, 5, 1), 0), modeOf(5, 3, 3, 5, 1).flags]).toEqual(['3', ['tied_mode']]);
    expect(modeOf(5, 3, 3, 3, 5, 1).flags).toEqual([]);
  });
  it('say that the records are invented', () => {
    const synthetic = { ...snapshot, manifest: { ...snapshot.manifest, synthetic: true } };
    expect(countTables(study, synthetic, [aTable()])[0]?.cells[0]?.flags).toEqual(['synthetic']);
  });
  it('mark a number that is a lower bound where the study says so', () => {
    const measure: Measure = { ...count(), lowerBound: true };
    expect(one(measure).flags).toEqual(['lower_bound']);
  });
  it('mark cells of few questionnaires where each is one person', () => {
    const asked = { ...study, disclosure: { ...study.disclosure, ofOnePerson: new Set(['assembly']) } };
    const share = aMeasure('s', { kind: 'share', measure: 'n', within: 'table' }, 'percent');
    const measures = [{ ...count(), unit: 'assembly' }, share];
    const table = counted({ measures, dimensions: [by('place')] }, asked);
    const flagged = table.cells.filter((c) => c.flags.includes('below_threshold'));
    expect(flagged.map((c) => `${c.at['place']} ${c.measure}`)).toEqual(['astana n', 'almaty n']);
  });
  it('mark cells that rest on fewer persons than the policy allows', () => {
    const cell = one(aMeasure('m', { kind: 'term', term: sum('detained.best') }, 'persons'));
    expect(cell.flags).toEqual(['below_threshold']);
  });
});

it('tables counted together are the same as tables counted alone', () => {
  const definitions = [
    aTable({ id: 'a', dimensions: [by('place'), by('form')], totals: ['place'] }),
    aTable({ id: 'b', dimensions: [by('form')], totals: ['form'] }),
    aTable({
      id: 'c',
      measures: [aMeasure('m', { kind: 'statistic', statistic: 'median', field: 'duration' })],
    }),
  ];
  const alone = definitions.flatMap((d) => countTables(study, snapshot, [d]));
  expect(countTables(study, snapshot, definitions)).toEqual(alone);
});
