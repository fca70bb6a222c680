import { describe, expect, it } from 'vitest';
import { aNumber } from '../../tests/builders/published.ts';
import { parseDecimal } from '../vocabulary/index.ts';
import { exactly } from './interval.ts';
import { holds } from './relation.ts';

const says = (relation: string, printed: string, value: string, valueMax?: string): boolean =>
  holds(
    aNumber('p/1/c/1', printed, {
      relation,
      ...(valueMax === undefined ? {} : { valueMax: parseDecimal(valueMax) }),
    }),
    exactly(parseDecimal(value)),
  );

describe('what prose says about a number', () => {
  it.each([
    ['eq', '31.2', '31.25', true],
    ['eq', '31.2', '31.3', false],
    ['approx', '3', '2.75', true],
    ['approx', '3', '2.3', false],
    ['at_least', '30', '30', true],
    ['at_least', '30', '29', false],
    ['more_than', '0.5', '0.5', false],
    ['more_than', '0.5', '0.61', true],
    ['at_most_approx', '100', '110', true],
    ['at_most_approx', '100', '130', false],
    ['slightly_below', '3', '2.67', true],
    ['slightly_below', '3', '3', false],
    ['max', '15', '16', false],
    ['several_tens', '', '46', true],
    ['several_tens', '', '7', false],
    ['increase', '', '12', true],
    ['decrease', '10', '-11.1', true],
    ['decrease', '10', '-30', false],
    ['decrease', '', '4', false],
  ])('%s %s of %s: %s', (relation, printed, value, expected) => {
    expect(says(relation, printed, value)).toBe(expected);
  });
  it('a range includes its ends', () => {
    expect([says('range', '300', '300', '350'), says('range', '300', '299', '350')]).toEqual([true, false]);
  });
  it('a dash says nothing happened', () => {
    expect([says('eq', '-', '0'), says('eq', '-', '2')]).toEqual([true, false]);
  });
});
