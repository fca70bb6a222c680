import { describe, expect, it } from 'vitest';
import { checkReport, languagesDiffer, readSource } from '../../src/report/index.ts';
import { aReportInput, aText } from '../builders/report.ts';

const differences = (kk: string, ru: string, en = ru): readonly string[] =>
  languagesDiffer([
    readSource(aText(kk), 'report.kk.md', 'kk'),
    readSource(aText(ru), 'report.ru.md', 'ru'),
    readSource(aText(en), 'report.en.md', 'en'),
  ]).map(
    (p) =>
      `${p.at?.file}:${p.at?.line} ${p.details['section']}: ${p.details['what']} ${p.details['count']}/${p.details['other_count']}`,
  );

const cell = (address: string, more = ''): string => `{% n cell="${address}" ${more} /%}`;

describe('the languages of one report', () => {
  it('agree when each section has the same tags, in any order, whatever the noun and case', () => {
    const kk = `${cell('a/b/c/d', 'noun="city"')} сөз ${cell('a/b/c/e')}`;
    const ru = `${cell('a/b/c/e')} слово ${cell('a/b/c/d', 'noun="city" case="gen"')}`;
    expect(differences(kk, ru)).toEqual([]);
  });
  it('differ when one has another address', () => {
    expect(differences(cell('a/b/c/d'), cell('a/b/c/d'), cell('a/b/c/e'))).toEqual([
      'report.en.md:5 chapter: n cell="a/b/c/d" 0/1',
      'report.en.md:5 chapter: n cell="a/b/c/e" 1/0',
    ]);
  });
  it('differ when one says a number twice', () => {
    const once = cell('a/b/c/d');
    expect(differences(once, once, `${once} ${once}`)).toEqual([
      'report.en.md:5 chapter: n cell="a/b/c/d" 2/1',
    ]);
  });
  it('differ when a claim says the opposite', () => {
    const claim = (is: string): string => `{% claim cell="a/b/c/d" than="a/b/c/e" is="${is}" %}x{% /claim %}`;
    expect(differences(claim('fell'), claim('rose'), claim('fell'))).toHaveLength(2);
  });
  it('differ when a number moves to another section', () => {
    const moved = (first: string, second: string): string => `${first}\n\n## Next {% #next %}\n\n${second}`;
    expect(
      differences(moved(cell('a/b/c/d'), 'x'), moved('x', cell('a/b/c/d')), moved(cell('a/b/c/d'), 'x')),
    ).toHaveLength(2);
  });
  it('differ when a section is missing, at the section that is there', () => {
    expect(differences('Text.\n\n## Next {% #next %}', 'Text.', 'Text.\n\n## Next {% #next %}')).toEqual([
      'report.kk.md:9 next: section 0/1',
    ]);
  });
  it('differ when the sections stand in another order', () => {
    const two = (a: string, b: string): string => `Text.\n\n## A {% #${a} %}\n\n## B {% #${b} %}`;
    expect(differences(two('a', 'b'), two('b', 'a'), two('a', 'b'))).toEqual(['report.ru.md:9 b: order 1/1']);
  });
  it('may write a date in another order, with the same digits', () => {
    const date = (text: string): string => `{% lit "${text}" as="date" /%}`;
    expect(
      differences(date('2016 жылғы 22 ақпан'), date('22 февраля 2016 года'), date('22 February 2016')),
    ).toEqual([]);
    expect(
      differences(date('2016 жылғы 22 ақпан'), date('23 февраля 2016 года'), date('22 February 2016')),
    ).toHaveLength(2);
  });
});

describe('the check of a whole report', () => {
  const { source: _, language: __, ...input } = aReportInput(aText('Text.'));
  const check = (kk: string, ru: string): readonly string[] =>
    checkReport(
      [
        { file: 'report.kk.md', language: 'kk', text: aText(kk) },
        { file: 'report.ru.md', language: 'ru', text: aText(ru) },
      ],
      input,
    ).map((p) => `${p.at?.file} ${p.code}`);

  it('finds the faults of every language and those between them', () => {
    expect(check('Екі қала.', 'В городах 5 собраний. {% period /%}')).toEqual([
      'report.ru.md report_languages_differ',
      'report.kk.md report_bare_number',
      'report.ru.md report_bare_number',
    ]);
  });
  it('finds nothing in a sound report', () => {
    const body = 'So: {% n cell="asm.count.by_city/_total/{period}/n" noun="assembly" /%}';
    expect(check(body, body)).toEqual([]);
  });
});
