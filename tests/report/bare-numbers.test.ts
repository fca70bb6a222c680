import { describe, expect, it } from 'vitest';
import { bareNumbers, readSource } from '../../src/report/index.ts';
import type { Language } from '../../src/vocabulary/index.ts';
import { aText, brief } from '../builders/report.ts';

const found = (body: string, language: Language = 'en'): readonly string[] =>
  bareNumbers(readSource(aText(body), `report.${language}.md`, language)).map((p) =>
    String(p.details['text']),
  );

describe('a bare number in the text', () => {
  it('is found with file, line and column', () => {
    const source = readSource(aText('One line.\n\nThere were 32 of them.'), 'report.en.md', 'en');
    expect(bareNumbers(source)).toEqual([
      {
        code: 'report_bare_number',
        details: { text: '32' },
        at: { file: 'report.en.md', line: 9, column: 12 },
      },
    ]);
  });
  it.each(['3.5', '1,234', '½', '18 %', '²'])('is found when written %s', (text) => {
    expect(found(`About ${text}.`)).toHaveLength(1);
  });
  it('is found in a heading, a list, a quotation, a pipe table and a footnote', () => {
    const body =
      '## In 5 cities {% #c %}\n\n- 6\n\n> 7\n\n| a | 8 |\n|---|---|\n| b | 9 |\n\nText.{% footnote %}10{% /footnote %}';
    expect(found(body)).toEqual(['5', '6', '7', '8', '9', '10']);
  });
  it('is found in the title of a callout and of the report', () => {
    expect(found('{% callout title="The 3 bodies" %}\nText.\n{% /callout %}')).toEqual(['3']);
    const source = readSource(
      '---\ntitle: Report for 2018, {period}\n---\n\n# A {% #a %}\n',
      'report.en.md',
      'en',
    );
    expect(brief(bareNumbers(source))).toEqual(['2:19 report_bare_number 2018']);
  });
  it('is free inside n, lit, period and table tags, in list marks and link targets', () => {
    const body =
      '1. {% n cell="t/a/2018/n" /%} in {% period /%}, {% lit "2020" as="year" /%}\n2. [site](https://example.org/2018)\n\n{% table "t" periods="2018" /%}';
    expect(found(body)).toEqual([]);
  });
});

describe('a number word from two up', () => {
  it.each<[Language, string, readonly string[]]>([
    ['en', 'Two or three cities, a dozen people, half of them.', ['Two', 'three', 'dozen', 'half']],
    [
      'en',
      'Twenty-five were fined; one third, a quarter; activity doubled.',
      ['Twenty', 'five', 'one third', 'a quarter', 'doubled'],
    ],
    [
      'ru',
      'В двух городах трём людям, двадцатью пятью, вдвое и половину.',
      ['двух', 'трём', 'двадцатью', 'пятью', 'вдвое', 'половину'],
    ],
    [
      'ru',
      'Двумстам, трёхсот, тысячами, треть, полтора, десятки.',
      ['Двумстам', 'трёхсот', 'тысячами', 'треть', 'полтора', 'десятки'],
    ],
    [
      'kk',
      'Екі қалада үш адамға, жиырмадан, үштен бірі, жартысын, екеуі де.',
      ['Екі', 'үш', 'жиырмадан', 'үштен', 'жартысын'],
    ],
  ])('%s: %s', (language, text, words) => {
    expect(found(text, language)).toEqual(words);
  });
  it.each<[Language, string]>([
    ['en', 'One of the first assemblies, at once; the second and third parties; someone, often.'],
    ['ru', 'Один из первых, одного, второй раз, семью уволили, столица, стали, разделили, пятница.'],
    ['kk', 'Бір жиналыс, бірінші рет, билік үшін, онда оның құқығы, жүзеге асырды, алтын, жетті.'],
  ])('%s: free are "one", ordinals and look-alikes: %s', (language, text) => {
    expect(found(text, language)).toEqual([]);
  });
  it('may stand in a claim that tests that very number', () => {
    expect(found('{% claim cell="a/b/c/d" is="half" %}half{% /claim %}')).toEqual([]);
    expect(found('{% claim cell="a/b/c/d" than="a/b/e/d" is="times" k=3 %}втрое{% /claim %}', 'ru')).toEqual(
      [],
    );
    expect(
      found('{% claim cell="a/b/c/d" is="more_than" than="100" %}more than a hundred{% /claim %}'),
    ).toEqual([]);
    expect(found('{% claim cell="a/b/c/d" is="third" %}шамамен үштен бірі{% /claim %}', 'kk')).toEqual([]);
  });
  it('may not stand in a claim that tests something else', () => {
    expect(found('{% claim cell="a/b/c/d" is="half" %}a third{% /claim %}')).toEqual(['a third']);
    expect(found('{% claim cell="a/b/c/d" than="x/y/z/w" is="fell" %}fell by two{% /claim %}')).toEqual([
      'two',
    ]);
    expect(found('{% claim cell="a/b/c/d" than="a/b/e/d" is="times" k=3 %}doubled{% /claim %}')).toEqual([
      'doubled',
    ]);
    expect(found('{% claim cell="a/b/c/d" is="half" %}half, 50{% /claim %}')).toEqual(['50']);
  });
});
