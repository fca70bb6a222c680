import { describe, expect, test } from 'vitest';
import { problemsOf } from '../../tests/builders/study-files.ts';

const told = (measure: string): readonly unknown[] =>
  problemsOf({
    'street/tables/tables.yaml': [
      [
        'measures: {persons: {sum: persons,',
        `measures: {n: {count: true, label: {kk: а, ru: а, en: a}}, m: {${measure}, label: {kk: а, ru: а, en: a}}, persons: {sum: persons,`,
      ],
    ],
  }).map(({ code, details }) => [code, details['reason'], details['name']]);
const unfit = (interval: string): readonly unknown[] => [['table_definition', 'interval_unfit', interval]];

describe('an interval', () => {
  test.each([
    'share: n, interval: wilson',
    'share_where: "kind = \'fine\'", interval: clopper_pearson',
    'rate: n, per: month, unit: gathering, interval: poisson',
  ])('goes with %s', (measure) => {
    expect(told(measure)).toEqual([]);
  });
  test('of a percentage is not that of a rate', () => {
    expect(told('share: n, interval: poisson')).toEqual(unfit('poisson'));
    expect(told('rate: n, per: month, unit: gathering, interval: wilson')).toEqual(unfit('wilson'));
  });
  test('is refused for sums of persons, who are no independent cases', () => {
    expect(told('share: persons, interval: wilson')).toEqual(unfit('wilson'));
  });
  test('is refused for a mean', () => {
    expect(told('mean: persons, interval: wilson')).toEqual(unfit('wilson'));
  });
});
