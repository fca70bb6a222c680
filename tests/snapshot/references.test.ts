import { describe, expect, test } from 'vitest';
import { foldRecord, type RecordState } from '../../src/records/index.ts';
import type { Snapshot } from '../../src/snapshot/index.ts';
import { columnsOf } from '../../src/study/index.ts';
import { countTables, findCell } from '../../src/tables/index.ts';
import { isMissing, roundTo } from '../../src/vocabulary/index.ts';
import { aLeaf, id } from '../builders/entries.ts';
import { aStudy, problemsOf } from '../builders/study-files.ts';
import { aGathering, CHECKED, freeze, read } from './freezing.ts';

const CARD = 'street/instruments/gathering.yaml';
const TABLES = 'street/tables/tables.yaml';
const article = (reference: string): string => `
id: article
version: 1
kind: card
unit: article
title: {kk: Мақала, ru: Статья, en: Article}
fields:
  - {name: tone, type: select_one, list: yes_no, label: {kk: Реңк, ru: Тон, en: Tone}, sensitivity: statistical}
  - {name: url, type: text, label: {kk: Сілтеме, ru: Ссылка, en: Link}, sensitivity: restricted}
  - {name: about, type: reference, to: gathering, label: {kk: Жиын, ru: О чём, en: About}, sensitivity: statistical, ${reference}}
`;
const SEVERAL = 'several: true, brings: [form, participants.best, period]';
const inverse = (more = 'inverse_of: about, brings: [tone]'): readonly [string, string] => [
  '  - {name: tools,',
  `  - {name: articles, type: reference, to: article, several: true, ${more}, label: {kk: Мақалалар, ru: Статьи, en: Articles}, sensitivity: statistical}\n  - {name: tools,`,
];
const words = {
  'street/words.yaml': `
- {id: unit.gathering, text: {kk: жиын, ru: собрания, en: gatherings}}
- {id: unit.article, text: {kk: мақала, ru: статьи, en: articles}}
`,
};
const table = `
- id: str.covered
  title: {kk: Жиындар, ru: Собрания, en: Gatherings}
  unit: gathering
  where: counted
  measures:
    covered: {share_where: "count(articles) > 0", label: {kk: Үлесі, ru: Доля, en: Share}}
    praised: {count: "any(articles.tone = 'yes')", label: {kk: Саны, ru: Число, en: Number}}
- id: str.by_form
  title: {kk: Мақалалар, ru: Статьи, en: Articles}
  unit: article
  of: article.about
  distinct: value
  where: its_counted
  measures: {n: {count: true, label: {kk: Саны, ru: Число, en: Number}}}
  dimensions: [{by: form}]
`;
const press = aStudy({
  ...words,
  'street/instruments/article.yaml': article(SEVERAL),
  [CARD]: [inverse()],
  [TABLES]: table,
});
const anArticle = (n: number, about: readonly number[] | number, tone = 'yes'): RecordState => {
  const entry = (place: number): string => id(n * 100 + place);
  const values = { tone, about: typeof about === 'number' ? id(about) : about.map(id) };
  const acts = [{ kind: 'submit', values }, ...CHECKED];
  return foldRecord(
    acts.map((act, place) =>
      aLeaf({
        study: 'street',
        instrument: 'article',
        record_id: id(n),
        entry_id: entry(place),
        parents: place === 0 ? [] : [entry(place - 1)],
        ...act,
      }),
    ),
    press.instruments.get('article'),
  );
};
const unseen = aGathering(2, { acts: [], study: press });
const frozen = (): Promise<Snapshot> =>
  freeze(
    [
      aGathering(1, { study: press, values: { 'participants.best': 40 } }),
      unseen,
      aGathering(3, { study: press, values: { form: 'picket' } }),
      anArticle(8, [1, 2, 9]),
      anArticle(7, [1], 'no'),
    ],
    { study: press },
  );
const column = async (of: string, name: string) => read(await frozen(), of, name);

describe('a reference to several records', () => {
  test('brings columns of those records into its rows', async () => {
    expect(await column('article.about', 'value')).toEqual([id(1), id(1), id(2), id(9)]);
    expect((await column('article.about', 'form')).slice(0, 3)).toEqual(['rally', 'rally', 'rally']);
    expect((await column('article.about', 'participants.best')).slice(0, 2)).toEqual([40, 40]);
    expect((await column('article.about', 'its_period'))[0]).toBe('2018');
  });
  test('says whether the other record counts, and leaves a gap where there is none', async () => {
    expect(await column('article.about', 'its_counted')).toEqual([true, true, false, false]);
    expect((await column('article.about', 'form'))[3]).toEqual({ missing: 'not_recorded' });
  });
});

describe('a reference to one record', () => {
  test('brings columns behind its own name', async () => {
    const single = aStudy({ ...words, 'street/instruments/article.yaml': article('brings: [form]') });
    expect(columnsOf(single, 'article')?.map((c) => c.path)).toContain('about.form');
    const snapshot = await freeze([aGathering(1, { study: single }), anArticle(7, 1)], { study: single });
    expect(read(snapshot, 'article', 'about.form')).toEqual(['rally']);
  });
});

describe('the inverse of a reference', () => {
  test('has the records that refer to a record, in order of their ids', async () => {
    expect(await column('gathering.articles', 'record_id')).toEqual([id(1), id(1), id(2)]);
    expect(await column('gathering.articles', 'value')).toEqual([id(7), id(8), id(8)]);
    expect(await column('gathering.articles', 'ordinal')).toEqual([1, 2, 1]);
    expect(await column('gathering.articles', 'tone')).toEqual(['no', 'yes', 'yes']);
  });
  test('is the same whatever the order of arrival', async () => {
    const states = [anArticle(7, [1], 'no'), aGathering(1, { study: press }), anArticle(8, [1])];
    const [one, other] = [states, states.toReversed()].map((given) => freeze(given, { study: press }));
    expect((await one)?.manifest.id).toBe((await other)?.manifest.id);
  });
  test('lets each record be counted by what is said of it', async () => {
    const snapshot = await frozen();
    const tables = countTables(press, snapshot, [...press.tables]);
    const value = (address: string): string => {
      const cell = tables.map((t) => findCell(t, address)).find((c) => c !== undefined);
      return cell === undefined || isMissing(cell.value) ? 'none' : roundTo(cell.value, 0);
    };
    expect([value('str.covered/_/_/covered'), value('str.covered/_/_/praised')]).toEqual(['50', '1']);
    expect([value('str.by_form/rally/_/n'), value('str.by_form/picket/_/n')]).toEqual(['1', '0']);
  });
});

describe('a study is refused', () => {
  const told = (edits: Parameters<typeof problemsOf>[0]): readonly unknown[] =>
    problemsOf({ ...words, ...edits }).map(({ code, details }) => [code, details['field']]);
  test('that brings a column the other record does not have', () => {
    expect(told({ 'street/instruments/article.yaml': article('brings: [colour]') })).toEqual([
      ['study_field_unknown', 'colour'],
    ]);
  });
  test.each([['url'], ['about']])('that brings %s, which cannot be counted', (name) => {
    expect(
      told({
        'street/instruments/article.yaml': article(SEVERAL),
        [CARD]: [inverse(`inverse_of: about, brings: [${name}]`)],
      }),
    ).toEqual([['study_field_unknown', name]]);
  });
  test('whose inverse has no reference at the other end', () => {
    expect(
      told({
        'street/instruments/article.yaml': article(SEVERAL),
        [CARD]: [inverse('inverse_of: tone')],
      }),
    ).toEqual([['study_field_unknown', 'tone']]);
  });
  test('whose card asks about what stands in other records', () => {
    expect(
      told({
        'street/instruments/article.yaml': article(SEVERAL),
        [CARD]: [
          inverse(),
          [
            'name: sanctioned, type: integer,',
            'name: sanctioned, type: integer, relevant: "count(articles) > 0",',
          ],
        ],
      }).map((t) => (t as string[])[0]),
    ).toEqual(['study_expression_type']);
  });
});
