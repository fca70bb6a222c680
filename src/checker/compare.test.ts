import { describe, expect, it } from 'vitest';
import { aNumber, aRule, publishedFiles, rulesOf } from '../../tests/builders/published.ts';
import type { PublishedNumber, PublishedRules } from '../study/index.ts';
import { fraction, parseDecimal } from '../vocabulary/index.ts';
import { comparePublished } from './compare.ts';
import type { Comparison, OurCell } from './comparison.ts';

const cellOf = (name: string): Partial<PublishedNumber> => {
  const [, row = '', , period = ''] = name.split('/');
  const code = row === 'all' ? '_total' : row;
  return { series: 'count', measure: 'n', row: [code], address: `count/${code}/${period}/n` };
};
const ours =
  (values: Readonly<Record<string, string>>) =>
  (address: string): OurCell | undefined => {
    const value = values[address];
    return value === undefined ? undefined : { value: parseDecimal(value) };
  };
const compare = (
  numbers: readonly PublishedNumber[],
  rules: PublishedRules,
  values: Readonly<Record<string, string>> = {},
) => comparePublished({ published: publishedFiles(numbers), publishedRules: rules }, ours(values));
const short = (c: Comparison | undefined) => [c?.verdict, c?.basis, c?.reason];

const footing = aRule({ kind: 'sum', result: 't/all/n/1', parts: ['t/*/n/1'] });
const table = (a: string, b: string, all: string) =>
  [
    ['a', a],
    ['b', b],
    ['all', all],
  ].map(([row, printed]) => aNumber(`t/${row}/n/1`, printed ?? '', cellOf(`t/${row}/n/1`)));
const COUNTED = { 'count/a/1/n': '2', 'count/b/1/n': '3', 'count/_total/1/n': '5' };

describe('numbers with records', () => {
  it('equal our counts', () => {
    expect(compare(table('2', '3', '5'), rulesOf(footing), COUNTED).map(short)).toEqual([
      ['equal', 'records', 'matches_records'],
      ['equal', 'records', 'matches_records'],
      ['equal', 'records', 'matches_records'],
    ]);
  });
  it('a total that its kept rows contradict is inconsistent, with the rule, addresses and values', () => {
    const [, , total] = compare(table('2', '3', '6'), rulesOf(footing), COUNTED);
    expect(total).toMatchObject({
      verdict: 'publication_inconsistent',
      ours: '5',
      witness: {
        rule: 'sum',
        addresses: ['t/all/n/1', 't/a/n/1', 't/b/n/1'],
        values: ['6', '2', '3'],
        expected: '5',
      },
    });
  });
  it('a row is blamed when the total is kept', () => {
    const [a, b, total] = compare(table('2', '4', '5'), rulesOf(footing), COUNTED);
    expect([a?.verdict, b?.verdict, total?.verdict]).toEqual(['equal', 'publication_inconsistent', 'equal']);
  });
  it('two doubtful numbers in one rule excuse neither', () => {
    const [, b, total] = compare(table('2', '4', '7'), rulesOf(footing), COUNTED);
    expect([b?.reason, total?.reason]).toEqual(['unexplained', 'unexplained']);
  });
  it('a difference that no rule shows is unexplained, never inconsistent', () => {
    expect(short(compare(table('2', '3', '6'), rulesOf(), COUNTED)[2])).toEqual([
      'not_reproducible',
      '',
      'unexplained',
    ]);
  });
  it('a row that is in no cell had no cases when its total was counted', () => {
    const { 'count/b/1/n': _, ...without } = COUNTED;
    expect(short(compare(table('2', '-', '5'), rulesOf(), without)[1])).toEqual([
      'equal',
      'records',
      'matches_records',
    ]);
    expect(short(compare(table('2', '-', '5'), rulesOf(), {})[1])).toEqual([
      'no_records',
      '',
      'no_records_of_period',
    ]);
  });
  it('a cell that is itself a published number is no record', () => {
    const published = publishedFiles(table('2', '3', '5'));
    const joined = (): OurCell => ({ value: fraction(5), origin: 'published' });
    const judged = comparePublished({ published, publishedRules: rulesOf() }, joined);
    expect(judged.map((c) => c.verdict)).toEqual(['no_records', 'no_records', 'no_records']);
  });
});

describe('numbers without records', () => {
  it('a total follows from its rows; the rows follow from nothing', () => {
    expect(compare(table('2', '3', '5'), rulesOf(footing)).map(short)).toEqual([
      ['no_records', '', 'no_records_of_period'],
      ['no_records', '', 'no_records_of_period'],
      ['equal', 'other_published', 'follows_from_published'],
    ]);
  });
  it('a limit confirms nothing', () => {
    const limit = aRule({ kind: 'at_most', result: 't/a/n/1', parts: ['t/b/n/1'] });
    expect(compare(table('2', '3', '5'), rulesOf(limit))[0]?.verdict).toBe('no_records');
  });
  it('a dropped number does not drag along what repeats a kept one', () => {
    const repeated = aRule({ id: 'again', kind: 'equal', result: 'p/1/n/1', parts: ['t/a/n/1'] });
    const judged = compare([...table('2', '3', '6'), aNumber('p/1/n/1', '2')], rulesOf(footing, repeated));
    expect(judged.map((c) => c.verdict)).toEqual([
      'no_records',
      'no_records',
      'publication_inconsistent',
      'equal',
    ]);
  });
  it('shares that do not make 100 are all doubtful, but for one that another table repeats', () => {
    const complete = aRule({ id: 'complete', kind: 'sum', result: '100', parts: ['s/*/share/1'] });
    const repeats = aRule({ id: 'repeats', kind: 'equal', result: 's/a/share/1', parts: ['u/a/share/1'] });
    const numbers = [
      ...['29', '47', '33'].map((p, i) => aNumber(`s/${'abc'[i]}/share/1`, p, { unit: 'percent' })),
      aNumber('u/a/share/1', '29', { unit: 'percent' }),
    ];
    expect(compare(numbers, rulesOf(complete, repeats)).map((c) => c.verdict)).toEqual([
      'equal',
      'publication_inconsistent',
      'publication_inconsistent',
      'no_records',
    ]);
  });
  it('prose made of cells is computed from our cells', () => {
    const ratio = aRule({ kind: 'ratio', result: 'p/1/times/1', parts: ['t/b/n/1'], under: ['t/a/n/1'] });
    const claim = aNumber('p/1/times/1', '1.5', { unit: 'factor' });
    const judged = compare([...table('2', '3', '5'), claim], rulesOf(ratio), COUNTED).find(
      (c) => c.table === 'p',
    );
    expect(judged).toMatchObject({ verdict: 'equal', basis: 'records', ours: '1.5', ours_exact: '3/2' });
  });
});

describe('numbers that are not compared', () => {
  it('a year is not a statistic', () => {
    const year = aNumber('p/1/start/1', '2010', { status: 'not_a_statistic' });
    expect(compare([year], rulesOf())[0]?.verdict).toBe('not_a_statistic');
  });
  it('what the study lists as lost keeps its reason, even beside records', () => {
    const rules = { ...rulesOf(), notReproducible: [{ number: 't/a/n/1', because: 'not_given' }] };
    expect(short(compare(table('2', '3', '5'), rules, COUNTED)[0])).toEqual([
      'not_reproducible',
      '',
      'not_given',
    ]);
  });
});
