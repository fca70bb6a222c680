import { describe, expect, it } from 'vitest';
import { aNumber, aRule, publishedFiles, rulesOf } from '../../tests/builders/published.ts';
import type { PublishedNumber, PublishedRule } from '../study/index.ts';
import { fraction } from '../vocabulary/index.ts';
import { checkPublished } from './evaluate.ts';

const test = (rule: PublishedRule, ...numbers: readonly PublishedNumber[]): readonly boolean[] =>
  checkPublished(publishedFiles(numbers), rulesOf(rule)).map((e) => e.agrees);
const percent = { unit: 'percent' };

describe('sums', () => {
  const footing = aRule({ kind: 'sum', result: 't/all/n/$period', parts: ['t/*/n/$period'] });
  it('counts are exact: one assembly more is a contradiction', () => {
    expect(
      test(footing, aNumber('t/all/n/1', '3'), aNumber('t/a/n/1', '2'), aNumber('t/b/n/1', '2')),
    ).toEqual([false]);
  });
  it('a dash adds nothing', () => {
    expect(
      test(footing, aNumber('t/all/n/1', '2'), aNumber('t/a/n/1', '2'), aNumber('t/b/n/1', '-')),
    ).toEqual([true]);
  });
  it('each period is tested by itself', () => {
    const numbers = [
      aNumber('t/all/n/1', '2'),
      aNumber('t/a/n/1', '2'),
      aNumber('t/all/n/2', '5'),
      aNumber('t/a/n/2', '4'),
    ];
    expect(test(footing, ...numbers)).toEqual([true, false]);
  });
  it('rounded shares may miss 100 by half a unit each, not by more', () => {
    const complete = aRule({ kind: 'sum', result: '100', parts: ['t/*/share/$period'] });
    const shares = (...printed: readonly string[]) =>
      printed.map((p, i) => aNumber(`t/${i}/share/1`, p, percent));
    expect(test(complete, ...shares('33', '33', '33'))).toEqual([true]);
    expect(test(complete, ...shares('33', '33', '32'))).toEqual([false]);
  });
  it('a leading minus subtracts', () => {
    const rest = aRule({ kind: 'sum', result: 't/rest/n/1', parts: ['t/all/n/1', '-t/a/n/1'] });
    expect(
      test(rest, aNumber('t/rest/n/1', '1'), aNumber('t/all/n/1', '3'), aNumber('t/a/n/1', '2')),
    ).toEqual([true]);
  });
  it('a rule whose numbers were not all printed says nothing', () => {
    expect(test(footing, aNumber('t/all/n/1', '3'))).toEqual([]);
  });
});

describe('ratios', () => {
  const share = aRule({
    kind: 'ratio',
    result: 't/$c/share/1',
    parts: ['t/$c/n/1'],
    under: ['t/all/n/1'],
    scale: fraction(100),
  });
  it.each([
    ['3.1', true],
    ['3.2', false],
  ])('1 of 32 is 3.125: %s agrees is %s', (printed, agrees) => {
    const numbers = [
      aNumber('t/a/share/1', printed, percent),
      aNumber('t/a/n/1', '1'),
      aNumber('t/all/n/1', '32'),
    ];
    expect(test(share, ...numbers)).toEqual([agrees]);
  });
  it('an inverted index is found', () => {
    const index = aRule({
      kind: 'ratio',
      result: 't/x/index/1',
      parts: ['t/x/police/1'],
      under: ['t/x/participants/1'],
    });
    const numbers = (printed: string) => [
      aNumber('t/x/index/1', printed, { unit: 'ratio' }),
      aNumber('t/x/police/1', '499', { unit: 'persons' }),
      aNumber('t/x/participants/1', '525', { unit: 'persons' }),
    ];
    expect([...test(index, ...numbers('0.95')), ...test(index, ...numbers('1.05'))]).toEqual([true, false]);
  });
  it('months known from a rounded index leave their interval', () => {
    const index = aRule({
      kind: 'ratio',
      result: 't/a/i/1',
      parts: ['t/a/n/1'],
      times: ['t/all/i/1'],
      under: ['t/all/n/1'],
    });
    const numbers = (printed: string) => [
      aNumber('t/a/i/1', printed, { unit: 'per_month' }),
      aNumber('t/a/n/1', '47'),
      aNumber('t/all/i/1', '5.8', { unit: 'per_month' }),
      aNumber('t/all/n/1', '64'),
    ];
    expect([...test(index, ...numbers('4.3')), ...test(index, ...numbers('4.0'))]).toEqual([true, false]);
  });
  it('nothing divided by nothing says nothing', () => {
    expect(
      test(share, aNumber('t/a/share/1', '0', percent), aNumber('t/a/n/1', '0'), aNumber('t/all/n/1', '0')),
    ).toEqual([]);
  });
});

describe('other rules', () => {
  it('a part greater than its whole is found', () => {
    const rule = aRule({ kind: 'at_most', result: 't/a/detained/1', parts: ['t/a/participants/1'] });
    const numbers = (detained: string) => [
      aNumber('t/a/detained/1', detained),
      aNumber('t/a/participants/1', '7'),
    ];
    expect([...test(rule, ...numbers('7')), ...test(rule, ...numbers('8'))]).toEqual([true, false]);
  });
  it('a percentage that no whole number of assemblies gives is found', () => {
    const rule = aRule({ kind: 'attainable', result: 't/a/share/1', parts: ['t/all/n/1'] });
    const numbers = (share: string) => [aNumber('t/a/share/1', share, percent), aNumber('t/all/n/1', '32')];
    expect([...test(rule, ...numbers('59')), ...test(rule, ...numbers('61'))]).toEqual([true, false]);
  });
  it('a number of rows is counted, rows of nothing left out', () => {
    const rule = aRule({ kind: 'rows', result: 'p/1/cities/1', parts: ['t/*/n/1'] });
    const numbers = [aNumber('t/a/n/1', '4'), aNumber('t/b/n/1', '-'), aNumber('t/all/n/1', '4')];
    expect(test(rule, aNumber('p/1/cities/1', '1', { unit: 'cities' }), ...numbers)).toEqual([true]);
  });
  it('a claim of growth where the number fell is found', () => {
    const rule = aRule({ kind: 'change', result: 'p/1/trend/2', parts: ['t/a/share/2', 't/a/share/1'] });
    const numbers = [aNumber('t/a/share/1', '36', percent), aNumber('t/a/share/2', '33', percent)];
    const claim = (relation: string) => aNumber('p/1/trend/2', '', { relation, unit: 'direction' });
    expect([
      ...test(rule, claim('increase'), ...numbers),
      ...test(rule, claim('decrease'), ...numbers),
    ]).toEqual([false, true]);
  });
  it('a variable inside a key binds its middle', () => {
    const rule = aRule({ kind: 'equal', result: 't/${theme}_total/n/1', parts: ['u/$theme/n/1'] });
    expect(test(rule, aNumber('t/social_total/n/1', '14'), aNumber('u/social/n/1', '13'))).toEqual([false]);
  });
  it('a rule may be kept to some keys', () => {
    const rule = aRule({
      kind: 'equal',
      result: 't/$c/n/1',
      parts: ['u/$c/n/1'],
      where: new Map([['c', ['a']]]),
    });
    const numbers = ['a', 'b'].flatMap((c) => [aNumber(`t/${c}/n/1`, '1'), aNumber(`u/${c}/n/1`, '1')]);
    expect(test(rule, ...numbers)).toEqual([true]);
  });
});

describe('places and means of groups', () => {
  const place = aRule({ kind: 'rank', result: 't/b_rank/n/1', parts: ['t/b/n/1', 't/*/n/1'] });
  const counts = [aNumber('t/a/n/1', '9'), aNumber('t/b/n/1', '5'), aNumber('t/c/n/1', '5')];
  it('the place is one more than those that are larger; a tie is no loss', () => {
    const ranked = (printed: string) =>
      checkPublished(publishedFiles([...counts, aNumber('t/b_rank/n/1', printed, { unit: 'ranks' })]), {
        ...rulesOf({ ...place, parts: ['t/b/n/1', 't/{a,b,c}/n/1'] }),
      }).map((e) => e.agrees);
    expect([ranked('2'), ranked('3')]).toEqual([[true], [false]]);
  });
  const pooled = aRule({
    kind: 'weighted_mean',
    result: 't/all/mean/1',
    parts: ['t/*/mean/1'],
    times: ['t/*/n/1'],
  });
  const mean = { unit: 'score' };
  const groups = [
    aNumber('t/a/mean/1', '2.0', mean),
    aNumber('t/b/mean/1', '5.0', mean),
    // Weights in another order than the means: they are paired by row.
    aNumber('t/b/n/1', '10'),
    aNumber('t/a/n/1', '20'),
  ];
  it('a mean of the whole follows from its groups by their size', () => {
    expect(test(pooled, aNumber('t/all/mean/1', '3.0', mean), ...groups)).toEqual([true]);
    expect(test(pooled, aNumber('t/all/mean/1', '3.5', mean), ...groups)).toEqual([false]);
  });
  it('a group without its size gives no mean', () => {
    expect(test(pooled, aNumber('t/all/mean/1', '3.0', mean), ...groups.slice(0, 3))).toEqual([]);
  });
});

describe('one number in two places', () => {
  const same = aRule({ kind: 'equal', result: 't/again/mean/1', parts: ['t/first/mean/1'] });
  const score = { unit: 'score' };
  it('to the same digit it must be the same', () => {
    const again = (printed: string) =>
      test(same, aNumber('t/again/mean/1', printed, score), aNumber('t/first/mean/1', '2.9', score));
    expect([again('2.9'), again('3.0')]).toEqual([[true], [false]]);
  });
  it('to another digit it must round to it', () => {
    const again = (printed: string) =>
      test(same, aNumber('t/again/mean/1', printed, score), aNumber('t/first/mean/1', '4.0', score));
    expect([again('3.95'), again('3.94')]).toEqual([[true], [false]]);
  });
});
