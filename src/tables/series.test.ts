import { describe, expect, it } from 'vitest';
import { aCountingStudy, aLabel, aMeasure, aTable, by, count } from '../../tests/builders/counting.ts';
import { aSnapshotWith, codes } from '../../tests/builders/snapshot.ts';
import type { PublishedNumber, Study, TableDefinition } from '../study/index.ts';
import { fraction, isMissing, missing, parseDecimal, roundTo } from '../vocabulary/index.ts';
import { type Cell, countTables, findCell, joinPublished, type Table } from './index.ts';

const printed = (
  row: readonly string[],
  period: string,
  text: string,
  more: Partial<PublishedNumber> = {},
): PublishedNumber => ({
  file: 'counts_by_year',
  line: 2,
  series: 's',
  measure: 'n',
  period,
  row,
  value: text === '-' ? missing('none_recorded') : parseDecimal(text),
  valueRaw: text,
  decimals: text.split('.')[1]?.length ?? 0,
  unit: 'assemblies',
  status: 'as_printed',
  sourceTable: 'T2',
  breakAfter: false,
  referenceRow: row.join('.'),
  referenceColumn: period,
  relation: 'eq',
  ...more,
});
const months = (n: number) => ({ months: fraction(n), source: 'stated' as const });
const definition: TableDefinition = aTable({
  id: 's',
  measures: [count(), aMeasure('share', { kind: 'share', measure: 'n', within: 'column' }, 'percent')],
  dimensions: [by('place', { empty: 'hide' }), by('period', { empty: 'hide' })],
  totals: ['place'],
  published: ['counts_by_year'],
});
const studyWith = (numbers: readonly PublishedNumber[], more: Partial<Study> = {}): Study =>
  aCountingStudy({
    periods: [
      { id: '2016', end: '2016-12-31', exposure: months(12) },
      { id: '2017', end: '2017-12-31', exposure: months(11) },
      { id: '2018', end: '2018-12-31', exposure: months(12) },
    ],
    tables: [definition],
    published: [{ id: 'counts_by_year', source: 'T2', numbers }],
    ...more,
  });
const snapshot = aSnapshotWith({
  assembly: { columns: { place: codes(['astana', 'astana', 'almaty'], ['astana', 'almaty', 'aktau']) } },
});
const joined = (study: Study): Table =>
  joinPublished(countTables(study, snapshot, [definition])[0] as Table, study);
const at = (table: Table, address: string): Cell => {
  const cell = findCell(table, address);
  if (cell === undefined) throw new Error(`no cell ${address}`);
  return cell;
};
const text = (cell: Cell): string => (isMissing(cell.value) ? cell.value.missing : roundTo(cell.value, 0));

describe('a series', () => {
  const table = joined(
    studyWith([
      printed(['astana'], '2016', '7'),
      printed(['astana'], '2017', '5', { line: 9 }),
      printed(['astana'], '2018', '99'),
      printed(['aktau'], '2017', '-'),
    ]),
  );
  it('runs over printed and counted periods in the order of the study', () => {
    expect(table.dimensions[1]?.codes.map((c) => c.code)).toEqual(['2016', '2017', '2018']);
  });
  it('takes a printed number with its file, line and digits', () => {
    const cell = at(table, 's/astana/2017/n');
    expect([text(cell), cell.origin, cell.source, cell.printed]).toEqual([
      '5',
      'published',
      'counts_by_year.csv:9',
      { text: '5', decimals: 0 },
    ]);
  });
  it('a period with records is counted, whatever was printed for it', () => {
    expect([text(at(table, 's/astana/2018/n')), at(table, 's/astana/2018/n').origin]).toEqual([
      '2',
      'computed',
    ]);
  });
  it('a city without cases this year is shown because it was printed before, with 0 and not with a gap', () => {
    expect(text(at(table, 's/aktau/2018/n'))).toBe('0');
  });
  it('a printed dash stays a dash', () => {
    expect(text(at(table, 's/aktau/2017/n'))).toBe('none_recorded');
  });
  it('what nobody printed is not published', () => {
    expect(text(at(table, 's/almaty/2016/n'))).toBe('not_published');
    expect(text(at(table, 's/astana/2016/share'))).toBe('not_published');
  });
  it('has every combination of rows, periods and measures', () => {
    expect(table.cells.length).toBe(4 * 3 * 2);
  });
});

describe('breaks of a series', () => {
  it('stand before the period in which the law changes, and mark its cells', () => {
    const law = {
      id: 'law',
      at: '2017-06-06',
      kind: 'legal_regime',
      label: aLabel('New law'),
      tables: [],
    } as const;
    const table = joined(
      studyWith([printed(['astana'], '2016', '7'), printed(['astana'], '2017', '5')], { breaks: [law] }),
    );
    expect(table.breaks.map((b) => [b.before, b.kind])).toEqual([
      ['2017', 'legal_regime'],
      ['2017', 'unequal_period'],
      ['2018', 'unequal_period'],
    ]);
    expect(at(table, 's/astana/2017/n').flags).toContain('break_before');
    expect(at(table, 's/astana/2016/n').flags).not.toContain('break_before');
  });
  it('of other tables do not touch it', () => {
    const law = {
      id: 'law',
      at: '2018',
      kind: 'geography',
      label: aLabel('Split'),
      tables: ['other'],
    } as const;
    const table = joined(studyWith([printed(['astana'], '2016', '7')], { breaks: [law] }));
    expect(table.breaks).toEqual([]);
  });
  it('are taken from the publication where it marks one', () => {
    const table = joined(studyWith([printed(['astana'], '2016', '7', { breakAfter: true })]));
    expect(table.breaks.map((b) => [b.before, b.kind])).toEqual([['2018', 'source_panel']]);
  });
});

it('a number that was printed as "at least" is a lower bound', () => {
  const table = joined(studyWith([printed(['astana'], '2016', '7', { relation: 'at_least' })]));
  expect(at(table, 's/astana/2016/n').flags).toContain('lower_bound');
});

it('a table without published numbers is returned as it was counted', () => {
  const [table] = countTables(studyWith([]), snapshot, [definition]);
  expect(joinPublished(table as Table, studyWith([])).cells.every((c) => c.origin === 'computed')).toBe(true);
});
