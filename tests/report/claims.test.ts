import { describe, expect, it } from 'vitest';
import { addressOf, type Cell, type Table } from '../../src/tables/index.ts';
import { fraction, missing } from '../../src/vocabulary/index.ts';
import { aReportInput, aText, brief, build } from '../builders/report.ts';

/** The sample's tables with other values at some addresses. */
const withValue = (values: Readonly<Record<string, Cell['value']>>): readonly Table[] =>
  aReportInput(aText('')).tables.map((table) => ({
    ...table,
    cells: table.cells.map((cell) => ({ ...cell, value: values[addressOf(table, cell)] ?? cell.value })),
  }));

// 2017: Astana 1, Oral 3, Semey 0 of 4. 2018: Astana 4, Oral 1, Semey 0 of 5. Participants 100 and 200, mean 25.0 and 40.0.
const n = (city: string, period: string): string => `asm.count.by_city/${city}/${period}/n`;
const share = (city: string, period: string): string => `asm.count.by_city/${city}/${period}/share`;
const total = (period: string): string => `asm.participants/${period}/_/total`;

const claim = (cell: string, rest: string): string =>
  `Text {% claim cell="${cell}" ${rest} %}words{% /claim %}.`;
const problemsOf = (cell: string, rest: string): readonly string[] =>
  build(claim(cell, rest)).problems.map((p) => p.code);

const TRUE = [
  ['rose', n('astana', '2018'), `is="rose" than="${n('astana', '2017')}"`],
  ['fell', n('oral', '2018'), `is="fell" than="${n('oral', '2017')}"`],
  ['same', n('astana', '2017'), `is="same" than="${n('oral', '2018')}"`],
  ['most', n('astana', '2018'), 'is="most"'],
  ['least', n('semey', '2018'), 'is="least"'],
  ['most over the period', n('astana', '2018'), 'is="most" over="period"'],
  ['more than another cell', n('astana', '2018'), `is="more_than" than="${n('oral', '2018')}"`],
  ['more than half', share('astana', '2018'), 'is="more_than" than="half"'],
  ['more than a bound', total('2018'), 'is="more_than" than="199"'],
  ['less than a third', share('oral', '2018'), 'is="less_than" than="third"'],
  ['times, exactly', total('2018'), `is="times" k=2 than="${total('2017')}"`],
  ['half, exactly', total('2017'), `is="half" than="${total('2018')}"`],
  ['none', n('semey', '2018'), 'is="none"'],
] as const;

const FALSE = [
  ['rose', n('oral', '2018'), `is="rose" than="${n('oral', '2017')}"`],
  ['rose, when equal', n('oral', '2018'), `is="rose" than="${n('astana', '2017')}"`],
  ['fell', n('astana', '2018'), `is="fell" than="${n('astana', '2017')}"`],
  ['fell, when equal', n('oral', '2018'), `is="fell" than="${n('astana', '2017')}"`],
  ['same', n('astana', '2018'), `is="same" than="${n('astana', '2017')}"`],
  ['most', n('astana', '2017'), 'is="most"'],
  ['least', n('oral', '2018'), 'is="least"'],
  ['more than a bound it equals', total('2018'), 'is="more_than" than="200"'],
  ['less than a bound it equals', total('2018'), 'is="less_than" than="200"'],
  ['times', total('2018'), `is="times" k=3 than="${total('2017')}"`],
  ['times of zero', n('astana', '2018'), `is="times" k=2 than="${n('semey', '2018')}"`],
  ['half', share('astana', '2018'), 'is="half"'],
  ['third', share('oral', '2017'), 'is="third"'],
  ['first, when there were some before', n('astana', '2018'), 'is="first"'],
  ['first, when there are none now', n('semey', '2018'), 'is="first"'],
  ['none', n('oral', '2018'), 'is="none"'],
] as const;

describe('a claim', () => {
  it.each(TRUE)('holds: %s', (_, cell, rest) => {
    expect(problemsOf(cell, rest)).toEqual([]);
  });
  it.each(FALSE)('does not hold: %s', (_, cell, rest) => {
    expect(problemsOf(cell, rest)).toEqual(['report_claim_false']);
  });
  it('that is false shows the words, both values and both addresses, and where it stands', () => {
    const [found] = build(claim(n('oral', '2018'), `is="rose" than="${n('oral', '2017')}"`)).problems;
    expect(found).toEqual({
      code: 'report_claim_false',
      details: {
        text: 'words',
        is: 'rose',
        address: n('oral', '2018'),
        value: '1',
        other: '3',
        than: n('oral', '2017'),
      },
      at: { file: 'report.en.md', line: 7, column: 6 },
    });
  });
  it('that is false leaves no document', () => {
    expect(build(claim(n('oral', '2018'), 'is="none"')).document).toBeUndefined();
  });
  it('about chance is refused until a test stands behind it', () => {
    for (const is of ['significantly', 'no_difference'])
      expect(
        brief(build(claim(n('oral', '2018'), `is="${is}" than="${n('oral', '2017')}"`)).problems),
      ).toEqual(['7:6 report_claim_refused no_test']);
  });
  it('is refused without the value it needs, and with one it cannot use', () => {
    expect(brief(build(claim(n('oral', '2018'), 'is="fell"')).problems)).toEqual([
      '7:6 report_claim_refused missing_than',
    ]);
    expect(brief(build(claim(n('oral', '2018'), 'is="half"')).problems)).toEqual([
      '7:6 report_claim_refused missing_than',
    ]);
    expect(brief(build(claim(n('oral', '2018'), `is="times" than="${n('oral', '2017')}"`)).problems)).toEqual(
      ['7:6 report_claim_refused missing_k'],
    );
    expect(brief(build(claim(n('oral', '2018'), 'is="none" k=2')).problems)).toEqual([
      '7:6 report_claim_refused attribute',
    ]);
  });
  it('does not compare values of different units', () => {
    expect(brief(build(claim(n('oral', '2018'), `is="fell" than="${total('2018')}"`)).problems)).toEqual([
      '7:6 report_binding_broken units',
    ]);
  });
  it('is tested on printed values: 33.33 % and 33.3 % print alike, so they are the same', () => {
    const tables = withValue({
      [share('astana', '2018')]: fraction(100, 3),
      [share('oral', '2017')]: fraction(333, 10),
    });
    const same = `is="same" than="${share('oral', '2017')}"`;
    const rose = `is="rose" than="${share('oral', '2017')}"`;
    expect(build(claim(share('astana', '2018'), same), 'en', { tables }).problems).toEqual([]);
    expect(build(claim(share('astana', '2018'), rose), 'en', { tables }).problems.map((p) => p.code)).toEqual(
      ['report_claim_false'],
    );
  });
  it('first holds when every earlier period of the table has none', () => {
    const tables = withValue({ [n('astana', '2017')]: fraction(0) });
    expect(build(claim(n('astana', '2018'), 'is="first"'), 'en', { tables }).problems).toEqual([]);
  });
  it('cannot be made among values of which one is not known', () => {
    const unknown = withValue({ [n('semey', '2018')]: missing('suppressed') });
    expect(brief(build(claim(n('oral', '2018'), 'is="least"'), 'en', { tables: unknown }).problems)).toEqual([
      '7:6 report_binding_broken no_value',
    ]);
  });
  it('takes a printed dash as zero', () => {
    const dash = withValue({ [n('astana', '2017')]: missing('none_recorded') });
    expect(build(claim(n('astana', '2018'), 'is="first"'), 'en', { tables: dash }).problems).toEqual([]);
  });
});
