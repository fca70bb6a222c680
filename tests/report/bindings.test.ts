import { describe, expect, it } from 'vitest';
import { buildReport, type Inline, plainText } from '../../src/report/index.ts';
import { type Language, missing } from '../../src/vocabulary/index.ts';
import { aReportInput, aReportStudy, aText, brief, build, inThree } from '../builders/report.ts';

const paragraph = (body: string, language: Language = 'en'): readonly Inline[] => {
  const { document, problems } = build(body, language);
  expect(problems).toEqual([]);
  const [block] = document?.sections[0]?.blocks ?? [];
  return block?.kind === 'paragraph' ? block.inlines : [];
};
/** The words of a paragraph after "So: ": a tag of a sentence does not stand alone on a line. */
const text = (body: string, language: Language = 'en'): string =>
  plainText(paragraph(`So: ${body}`, language)).slice('So: '.length);
const n = (attributes = '', cell = 'asm.count.by_city/_total/2018/n'): string =>
  `{% n cell="${cell}" ${attributes} /%}`;

describe('a number in the text', () => {
  it('is the number of its cell, and leads to how it was made', () => {
    const { document } = build(`So: ${n()}`);
    const trace = document?.traces.get('asm.count.by_city/_total/2018/n');
    expect(trace).toMatchObject({
      text: '5',
      n: 5,
      missing: 0,
      origin: 'computed',
      measure: 'Assemblies',
      anchor: 'how-1',
    });
  });
  it('of a share shows numerator, denominator and base', () => {
    const { document } = build(`So: ${n('', 'asm.count.by_city/astana/2018/share')}`);
    expect(document?.traces.get('asm.count.by_city/astana/2018/share')).toMatchObject({
      text: '80.0%',
      numerator: '4',
      denominator: '5',
      base: 'all cases of its column',
    });
  });
  it('{period} in an address is the period of the report', () => {
    expect(text(n('', 'asm.count.by_city/_total/{period}/n'))).toBe('5');
  });
  it('has the decimals of its measure and the marks of its language', () => {
    const share = n('', 'asm.count.by_city/oral/2017/share');
    expect([text(share), text(share, 'ru'), text(share, 'kk')]).toEqual([
      '75.0%',
      '75,0\u00a0%',
      '75,0\u00a0%',
    ]);
    expect(text(n('form="number"', 'asm.count.by_city/oral/2017/share'))).toBe('75.0');
  });
  it.each([
    ['nom', '5\u00a0собраний'],
    ['gen', '5\u00a0собраний'],
    ['dat', '5\u00a0собраниям'],
    ['ins', '5\u00a0собраниями'],
    ['pre', '5\u00a0собраниях'],
  ])('agrees with its Russian noun in case %s', (grammar, printed) => {
    expect(text(n(`noun="assembly" case="${grammar}"`), 'ru')).toBe(printed);
  });
  it('agrees with its noun in number: 1 собрание, 3 собрания, 5 собраний', () => {
    const of = (cell: string): string => text(n('noun="assembly"', `asm.count.by_city/${cell}/n`), 'ru');
    expect(['oral/2018', 'oral/2017', '_total/2018'].map(of)).toEqual([
      '1\u00a0собрание',
      '3\u00a0собрания',
      '5\u00a0собраний',
    ]);
  });
  it('printed with decimals takes the noun of fractions', () => {
    expect(text(n('noun="person"', 'asm.participants/2018/_/mean'), 'ru')).toBe('40,0\u00a0человека');
  });
  it('has one form of the noun in Kazakh and two in English', () => {
    expect(text(n('noun="city"'), 'kk')).toBe('5\u00a0қала');
    expect(text(n('noun="city"', 'asm.count.by_city/oral/2018/n'))).toBe('1\u00a0city');
  });
  it('may be written in words up to ten', () => {
    expect(text(n('form="words"'))).toBe('five');
    expect(text(n('form="words" case="gen"'), 'ru')).toBe('пяти');
    expect(text(n('form="words" gender="f" noun="minute"', 'asm.count.by_city/oral/2018/n'), 'ru')).toBe(
      'одна\u00a0минута',
    );
    expect(text(n('form="words"', 'asm.participants/2018/_/total'))).toBe('200');
  });
});

describe('a broken binding fails the build', () => {
  it.each([
    ['unknown_table', n('', 'asm.counts/_total/2018/n')],
    ['unknown_cell', n('', 'asm.count.by_city/paris/2018/n')],
    ['unknown_cell', n('', 'asm.count.by_city/astana/1999/n')],
    ['unknown_measure', n('', 'asm.count.by_city/astana/2018/m')],
    ['address', n('', 'asm.count.by_city/astana')],
    ['unknown_noun', n('noun="unicorn"')],
    ['unknown_label', '{% label list="form" code="circus" /%}'],
    ['unknown_label', '{% label list="forms" code="rally" /%}'],
    ['unknown_place', '{% see table="asm.count.by_city" /%}'],
    ['unknown_table', '{% table "asm.counts" /%}'],
    ['unknown_measure', '{% table "asm.count.by_city" measures="n,m" /%}'],
    ['unknown_period', '{% table "asm.count.by_city" periods="1999" /%}'],
    ['unknown_table', '{% figure "asm.counts" kind="bar" /%}'],
    [
      'unknown_dimension',
      '{% claim cell="asm.count.by_city/oral/2018/n" is="most" over="planet" %}most{% /claim %}',
    ],
  ])('%s: %s', (reason, body) => {
    const alone = /^\{% (table|figure)/.test(body);
    const { document, problems } = build(alone ? body : `So: ${body}`);
    expect(problems.map((p) => [p.code, p.details['reason']])).toEqual([['report_binding_broken', reason]]);
    expect(document).toBeUndefined();
  });
  it('a cell without a value is never printed as an empty number', () => {
    const input = aReportInput(aText(n()));
    const tables = input.tables.map((t) => ({
      ...t,
      cells: t.cells.map((c) => ({ ...c, value: missing('no_exposure') })),
    }));
    const { document, problems } = build(`So: ${n()}`, 'en', { tables });
    expect([document, brief(problems)]).toEqual([undefined, ['7:5 report_binding_broken no_value']]);
  });
  it('all problems of a text are told at once', () => {
    expect(
      brief(build(`So: ${n('', 'a/b/c/d')} and 12, ${n('', 'asm.count.by_city/x/2018/n')}`).problems),
    ).toHaveLength(3);
  });
  it('and without a fault there is a document (the control)', () => {
    expect(build(`So: ${n()}`).document).toBeDefined();
  });
});

describe('the shape of the text', () => {
  it.each([
    ['report_tag_unknown', '{% number cell="a/b/c/d" /%}'],
    ['report_tag_attribute', '{% n cel="a/b/c/d" /%}'],
    ['report_tag_attribute', '{% n cell="asm.count.by_city/_total/2018/n" /%}'],
    ['report_tag_attribute', 'Text {% table "asm.count.by_city" /%} text.'],
    ['report_tag_attribute', '{% lit "2018" as="number" /%}'],
    ['report_tag_attribute', 'Text {% lit "300" as="year" /%}'],
    ['report_tag_attribute', 'Text {% lit "about 300 people" as="date" /%}'],
    ['report_tag_attribute', 'Text {% lit "12 months" as="heading" /%}'],
    ['report_source_shape', 'Text ![picture](x.png).'],
    ['report_source_shape', 'Text `code`.'],
    ['report_source_shape', '{% claim cell="a/b/c/d" is="none" %}open'],
    ['report_source_shape', '## Without an id'],
    ['report_source_shape', '## Twice {% #chapter %}'],
    ['report_source_shape', '### Too deep {% #deep %}'],
  ])('%s: %s', (code, body) => {
    const { problems, document } = build(body);
    expect(problems.map((p) => p.code)).toContain(code);
    expect(document).toBeUndefined();
  });
  it.each([
    ['an unknown key', 'title: A\ncaption: B'],
    ['no title', 'subtitle: B'],
    ['another review word', 'title: A\nreview: done'],
    ['another annex word', 'title: A\nannex: some'],
    ['broken YAML', 'title: [A'],
  ])('a head with %s is refused', (_, head) => {
    expect(aReportInput(aText('Text.', head)).source.problems.map((p) => p.code)).toContain(
      'report_source_shape',
    );
  });
  it('years, dates, articles of law and headings may be written out', () => {
    const body =
      '## In {% lit "12 months" as="heading" /%} {% #m %}\n\nIn {% lit "2011–2012" as="year" /%}, {% lit "22 February 2016" as="date" /%}, {% lit "488" as="law" /%}.';
    expect(build(body).problems).toEqual([]);
  });
  it('a heading of a table may be quoted, as it is printed', () => {
    expect(build('See «{% lit "Share" as="heading" /%}».').problems).toEqual([]);
    expect(brief(build('See «{% lit "Share of 300" as="heading" /%}».').problems)).toEqual([
      '7:6 report_tag_attribute value',
    ]);
  });
  it('raw HTML stays text', () => {
    expect(text('a <script>alert()</script> b')).toBe('a <script>alert()</script> b');
  });
});

describe('drafts', () => {
  const marks = (body: string, language: Language, head?: string) => {
    return buildReport(aReportInput(aText(body, head), language)).document?.marks.map((m) => m.kind);
  };
  it('a draft label marks the report, in that language only', () => {
    const body = 'So: {% label list="form" code="march" /%}';
    expect(marks(body, 'kk')).toEqual(['synthetic', 'translation', 'internal']);
    expect(marks(body, 'ru')).toEqual(['synthetic', 'internal']);
  });
  it('a text under review marks the report', () => {
    expect(marks('Text.', 'en', 'title: A\nreview: needed')).toEqual([
      'synthetic',
      'translation',
      'internal',
    ]);
  });
  it('a draft label of a printed table marks the report', () => {
    const [first, ...others] = aReportStudy().tables;
    const title = { ...inThree('Т', 'Т', 'T'), kk: { text: 'Т', review: 'needed' as const } };
    const study = aReportStudy({ tables: [{ ...(first as NonNullable<typeof first>), title }, ...others] });
    const { document } = build('Text.', 'kk', { study });
    expect(document?.marks.map((m) => m.kind)).toContain('translation');
  });
});
