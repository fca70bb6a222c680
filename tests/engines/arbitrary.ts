import fc from 'fast-check';
import type { Snapshot } from '../../src/snapshot/index.ts';
import {
  type Dimension,
  type ExpressionNode,
  type Field,
  type Instrument,
  type Measure,
  type OverPeriods,
  STATISTICS,
  type Study,
  type TableDefinition,
  type Term,
  TIME_DIMENSIONS,
} from '../../src/study/index.ts';
import { fraction, RECORDED_MISSING } from '../../src/vocabulary/index.ts';
import {
  aCountingStudy,
  aLabel,
  aMeasure,
  aTable,
  call,
  counted,
  expression,
  field,
  num,
  op,
  text,
} from '../builders/counting.ts';
import {
  aSnapshotWith,
  booleans,
  codes,
  days,
  type Given,
  gap,
  numbers,
  texts,
} from '../builders/snapshot.ts';

const PLACES = ['astana', 'almaty', 'aktau', 'semey'];
const FORMS = ['rally', 'picket', 'march'];
const KINDS = ['warning', 'fine', 'admin_arrest'];
const ATTRIBUTES = ['placard', 'banner', 'sound'];

const aField = (path: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  path,
  type,
  label: aLabel(path),
  sensitivity: 'statistical',
  required: false,
  ...more,
});

const ASSEMBLY: Instrument = {
  id: 'assembly',
  version: 1,
  kind: 'card',
  unit: 'assembly',
  title: aLabel('Assembly'),
  sections: [],
  dateField: 'date',
  placeField: 'place',
  keyFields: [],
  unique: [],
  upgrades: [],
  fields: [
    aField('date', 'date'),
    aField('place', 'place'),
    aField('form', 'select_one', { codeList: 'form' }),
    aField('score', 'scale'),
    aField('attribute', 'select_multiple', { codeList: 'attribute' }),
    aField('sanctions', 'repeat', { fields: [aField('kind', 'select_one'), aField('persons', 'integer')] }),
  ],
};

/** Two periods of which one has no exposure, and years that lie in none; regroupings of every kind. */
export const STUDY: Study = aCountingStudy({
  instruments: new Map([['assembly', ASSEMBLY]]),
  periods: [
    { id: '2017', start: '2017-01-01', end: '2017-12-31' },
    {
      id: '2018',
      start: '2018-01-01',
      end: '2018-10-31',
      exposure: { months: fraction(12), source: 'stated' },
    },
  ],
  regroupings: new Map(
    (['keep', 'other', 'drop'] as const).map((rest) => [
      `places_${rest}`,
      {
        id: `places_${rest}`,
        rest,
        groups: [
          { code: 'capitals', label: aLabel('Capitals'), of: ['astana', 'almaty'] },
          { code: 'nowhere', label: aLabel('Nowhere'), of: [] },
        ],
      },
    ]),
  ),
});

const orGap = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Given<T>> =>
  fc.oneof(
    { weight: 4, arbitrary: value },
    { weight: 1, arbitrary: fc.constantFrom(...RECORDED_MISSING).map((r) => gap(r)) },
  );
const list = <T>(rows: number, value: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(value, { minLength: rows, maxLength: rows });

const day = fc
  .tuple(
    fc.integer({ min: 2016, max: 2018 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
    fc.constantFrom(4, 7, 10),
  )
  .map(([y, m, d, length]) =>
    `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`.slice(0, length),
  );

const assemblies = (rows: number) =>
  fc.record({
    place: list(rows, orGap(fc.constantFrom(...PLACES))),
    form: list(rows, fc.constantFrom(...FORMS)),
    period: list(rows, orGap(fc.constantFrom('2017', '2018'))),
    counted: list(rows, fc.boolean()),
    sanctioned: list(rows, orGap(fc.boolean())),
    police: list(rows, orGap(fc.integer({ min: 0, max: 40 }))),
    participants: list(rows, orGap(fc.integer({ min: 0, max: 300 }))),
    score: list(rows, orGap(fc.integer({ min: 1, max: 7 }))),
    answered: list(rows, orGap(fc.constant(1))),
    amount: list(rows, orGap(fc.integer({ min: -500, max: 5000 }))),
    date: list(rows, orGap(day)),
    article: list(rows, orGap(fc.constantFrom('488', '400-1', ''))),
  });

/** Rows of a child table: the parent's row of each, ascending. */
const parents = (rows: number): fc.Arbitrary<number[]> =>
  rows === 0
    ? fc.constant([])
    : fc.array(fc.integer({ min: 0, max: rows - 1 }), { maxLength: 25 }).map((p) => p.sort((a, b) => a - b));

/** A small snapshot with gaps of every reason, two child tables and partial dates. */
export const snapshots: fc.Arbitrary<Snapshot> = fc.integer({ min: 0, max: 25 }).chain((rows) =>
  fc.tuple(assemblies(rows), parents(rows), parents(rows)).chain(([a, attributeOf, sanctionOf]) =>
    fc
      .record({
        attribute: list(attributeOf.length, orGap(fc.constantFrom(...ATTRIBUTES))),
        kind: list(sanctionOf.length, orGap(fc.constantFrom(...KINDS))),
        persons: list(sanctionOf.length, orGap(fc.integer({ min: 0, max: 9 }))),
        upheld: list(sanctionOf.length, orGap(fc.boolean())),
      })
      .map((c) =>
        aSnapshotWith(
          {
            assembly: {
              columns: {
                place: codes(a.place, PLACES),
                form: codes(a.form, FORMS),
                period: codes(a.period, ['2017', '2018']),
                counted: booleans(a.counted),
                sanctioned: booleans(a.sanctioned),
                'police.best': numbers(a.police),
                'participants.best': numbers(a.participants),
                score: numbers(a.score),
                amount: numbers(a.amount, 2),
                date: days(a.date),
                'date.last': days(a.date, 'last'),
                article: texts(a.article),
                attribute: numbers(a.answered),
              },
            },
            'assembly.attribute': {
              columns: { value: codes(c.attribute, ATTRIBUTES) },
              parent: { table: 'assembly', rows: attributeOf },
            },
            'assembly.sanctions': {
              columns: {
                kind: codes(c.kind, KINDS),
                persons: numbers(c.persons),
                upheld: booleans(c.upheld),
              },
              parent: { table: 'assembly', rows: sanctionOf },
            },
          },
          { periods: ['2018'] },
        ),
      ),
  ),
);

// --- expressions

const NUMBERS = ['police.best', 'participants.best', 'score', 'amount'];
const isConst = (path: string, options: readonly string[]) =>
  fc.constantFrom(...options).map((code) => op(field(path), '=', text(code)));
const comparison = fc.constantFrom('=', '!=', '<', '<=', '>', '>=');

const numeric = (of: string, depth: number): fc.Arbitrary<ExpressionNode> => {
  const leaf = fc.oneof(
    fc.constantFrom(...NUMBERS).map(field),
    fc.constantFrom('0', '3', '12.5', '100').map(num),
    ...(of === 'assembly.sanctions' ? [fc.constant(field('persons'))] : []),
    ...(of === 'assembly'
      ? [
          fc.constantFrom(
            call('count', field('sanctions')),
            call('count', field('sanctions.upheld')),
            call('sum', field('sanctions.persons')),
            call('max', field('sanctions.persons')),
            call('min', field('sanctions.persons')),
            call('count-selected', field('attribute')),
            call('count', op(field('sanctions.kind'), '=', text('fine'))),
          ),
        ]
      : []),
  );
  if (depth === 0) return leaf;
  const inner = numeric(of, depth - 1);
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    fc
      .tuple(inner, fc.constantFrom('+', '-', '*', 'div', 'mod'), inner)
      .map(([a, o, b]) => op(a, o as '+', b)),
    fc.tuple(inner, fc.constantFrom('0', '1')).map(([a, d]) => call('round', a, num(d))),
    inner.map((a) => call('int', a)),
    fc.tuple(inner, inner).map(([a, b]) => call('coalesce', a, b)),
    fc.tuple(inner, inner).map(([a, b]) => call('max', a, b)),
    inner.map((operand): ExpressionNode => ({ kind: 'negate', at: 0, type: 'number', operand })),
    fc.constantFrom('year', 'month').map((f) => call(f, field('date'))),
    fc.constant(call('days', field('date'), field('date.last'))),
  );
};

/** Conditions over a table, three-valued, with child rows where there are any. */
export const conditions = (of: string, depth: number): fc.Arbitrary<ExpressionNode> => {
  const leaf = fc.oneof(
    isConst('place', PLACES),
    isConst('form', FORMS),
    fc.constant(counted),
    fc.constant(field('sanctioned')),
    fc.tuple(numeric(of, 1), comparison, numeric(of, 1)).map(([a, o, b]) => op(a, o as '<', b)),
    fc
      .tuple(comparison, fc.constantFrom('2017', '2017-06', '2018-01-15'))
      .map(([o, d]) => op(field('date'), o as '<', text(d))),
    fc.constantFrom('place', 'police.best', 'date', 'sanctioned').map((f) => call('present', field(f))),
    fc.constantFrom('place', 'amount').map((f) => call('missing', field(f))),
    fc.constantFrom('4.*', '[0-9]+', '').map((p) => call('regex', field('article'), text(p))),
    fc
      .constantFrom(...(of === 'assembly' ? ATTRIBUTES : ['rally']))
      .map((c) => call('selected', field(of === 'assembly' ? 'attribute' : 'form'), text(c))),
    ...(of === 'assembly'
      ? [
          fc
            .constantFrom(...KINDS)
            .map((k) =>
              call(
                'any',
                op(
                  op(field('sanctions.kind'), '=', text(k)),
                  'and',
                  op(field('sanctions.persons'), '>', num(2)),
                ),
              ),
            ),
        ]
      : []),
    ...(of === 'assembly.attribute' ? [isConst('value', ATTRIBUTES)] : []),
    ...(of === 'assembly.sanctions' ? [isConst('kind', KINDS)] : []),
  );
  if (depth === 0) return leaf;
  const inner = conditions(of, depth - 1);
  return fc.oneof(
    { weight: 2, arbitrary: leaf },
    fc.tuple(inner, fc.constantFrom('and', 'or'), inner).map(([a, o, b]) => op(a, o as 'and', b)),
    inner.map((a) => call('not', a)),
    fc.tuple(inner, inner, inner).map(([a, b, c]) => call('if', a, b, c)),
  );
};

// --- definitions

const optionalWhere = (of: string) => fc.option(conditions(of, 1).map(expression), { nil: undefined });
const withWhere = <T extends object>(base: fc.Arbitrary<T>, of: string) =>
  fc.tuple(base, optionalWhere(of)).map(([b, where]) => (where === undefined ? b : { ...b, where }));

const terms = (of: string): fc.Arbitrary<Term> => {
  const fields = of === 'assembly.sanctions' ? [...NUMBERS, 'persons'] : NUMBERS;
  const bases: fc.Arbitrary<Term> = fc.oneof(
    fc.constant<Term>({ kind: 'count' }),
    fc.constantFrom(...fields).map((path): Term => ({ kind: 'sum', field: path })),
    fc
      .constantFrom('place', 'record_id', 'score', 'article', 'form')
      .map((path): Term => ({ kind: 'distinct', field: path })),
  );
  return withWhere(bases, of) as fc.Arbitrary<Term>;
};

const measureKinds = (of: string, by: readonly string[]) =>
  fc.oneof(
    fc
      .tuple(terms(of), fc.constantFrom<OverPeriods | undefined>(undefined, 'distinct', 'sum'))
      .map(([term, overPeriods]) => ({
        kind: 'term' as const,
        term,
        ...(overPeriods === undefined ? {} : { overPeriods }),
      })),
    fc.oneof(fc.constantFrom('table', 'row', 'column'), fc.subarray([...by])).map((within) => ({
      kind: 'share' as const,
      measure: 'base',
      within: within as 'table',
    })),
    fc.tuple(terms(of), terms(of), fc.constantFrom(1, 100)).map(([numerator, denominator, scale]) => ({
      kind: 'ratio' as const,
      numerator,
      denominator,
      scale,
    })),
    fc.constant({ kind: 'rate' as const, measure: 'base', per: 'month' as const }),
    withWhere(
      fc.record({
        kind: fc.constant('statistic' as const),
        statistic: fc.constantFrom(...STATISTICS),
        field: fc.constantFrom(...NUMBERS),
      }),
      of,
    ),
    fc
      .subarray(['1', '2', '3', '7'])
      .map((chosen) => ({ kind: 'top_box' as const, field: 'score', codes: chosen })),
  );

const TIME: ReadonlySet<string> = new Set(TIME_DIMENSIONS);
const dimensions = (of: string): fc.Arbitrary<Dimension[]> => {
  const own = of === 'assembly' ? [] : of === 'assembly.attribute' ? ['value'] : ['kind'];
  return fc
    .shuffledSubarray(
      ['place', 'form', 'period', 'score', 'sanctioned', 'year', 'quarter', 'month', ...own],
      { maxLength: 3 },
    )
    .chain((by) =>
      fc.tuple(
        ...by.map((name) =>
          fc
            .record({
              order: fc.constantFrom<Dimension['order']>(
                { kind: 'list' },
                { kind: 'measure', measure: 'base', descending: true },
                { kind: 'measure', measure: 'base', descending: false },
              ),
              empty: fc.constantFrom<'show' | 'hide'>('show', 'hide'),
              date: TIME.has(name) ? fc.constantFrom(undefined, 'date') : fc.constant(undefined),
              regroup:
                name === 'place'
                  ? fc.constantFrom(undefined, 'places_keep', 'places_other', 'places_drop')
                  : fc.constant(undefined),
            })
            .map(
              ({ regroup, date, ...rest }): Dimension => ({
                by: name,
                ...rest,
                ...(date === undefined ? {} : { date }),
                ...(regroup === undefined ? {} : { regroup }),
              }),
            ),
        ),
      ),
    );
};

/** Any definition over any of the tables: every measure kind, up to three dimensions, totals, regroupings, conditions. */
export const definitions: fc.Arbitrary<TableDefinition> = fc
  .constantFrom('assembly', 'assembly.attribute', 'assembly.sanctions')
  .chain((of) =>
    dimensions(of).chain((dims) => {
      const by = dims.map((d) => d.by);
      return fc
        .record({
          base: terms(of),
          overPeriods: fc.constantFrom<OverPeriods>('distinct', 'sum'),
          more: fc.array(measureKinds(of, by), { maxLength: 3 }),
          where: optionalWhere(of),
          totals: fc.subarray(by),
          distinct: fc.option(fc.constantFrom('record_id', 'place'), { nil: undefined, freq: 5 }),
        })
        .map(({ base, overPeriods, more, where, totals, distinct }): TableDefinition => {
          const measures: Measure[] = [
            aMeasure('base', { kind: 'term', term: base, overPeriods }),
            ...more.map((m, i) => aMeasure(`m${i}`, m as never)),
          ];
          return aTable({
            id: 'random.table',
            of,
            measures,
            dimensions: dims,
            totals,
            ...(where === undefined ? {} : { where }),
            ...(distinct === undefined ? {} : { distinct }),
          });
        });
    }),
  );
