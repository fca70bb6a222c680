import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clopperPearson,
  type Interval,
  poissonExact,
  tInterval,
  wilson,
} from '../../src/statistics/index.ts';

interface Reference {
  readonly what: string;
  readonly given: readonly number[];
  readonly low: number;
  readonly high: number;
}

/** Values that R printed: tests/statistics/reference.R. */
const REFERENCE: readonly Reference[] = readFileSync(resolve(import.meta.dirname, 'reference.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [what = '', given = '', low, high] = line.split(',');
    return { what, given: given.split(' ').map(Number), low: Number(low), high: Number(high) };
  });

type Arguments = [number, number, number, number];
const FUNCTIONS: Readonly<Record<string, (...given: Arguments) => Interval>> = {
  clopper_pearson: (x, n, level) => clopperPearson(x, n, level),
  wilson: (x, n, level) => wilson(x, n, level),
  poisson: (x, exposure, level) => poissonExact(x, exposure, level),
  t: (mean, sd, n, level) => tInterval(mean, sd, n, level),
};

const isNear = (actual: number, expected: number): boolean =>
  Math.abs(actual - expected) <= 1e-8 * Math.max(Math.abs(expected), 1e-12) + 1e-12;

describe('intervals are those of R', () => {
  it.each(Object.keys(FUNCTIONS))('%s', (what) => {
    const cases = REFERENCE.filter((r) => r.what === what);
    const wrong = cases.filter(({ given, low, high }) => {
      const found = FUNCTIONS[what]?.(...(given as Arguments));
      return found === undefined || !isNear(found.low, low) || !isNear(found.high, high);
    });
    expect(cases.length).toBeGreaterThanOrEqual(10);
    expect(wrong).toEqual([]);
  });
  it('control: a bound that is off in the sixth digit is told', () => {
    expect(isNear(1.824001, 1.824)).toBe(false);
  });
});

describe('golden values of the methodology', () => {
  const rounded = ({ low, high }: Interval, digits: number): readonly string[] =>
    [low, high].map((bound) => bound.toFixed(digits));
  it.each([
    [32, '1.824', '3.765'],
    [36, '2.101', '4.153'],
    [52, '3.236', '5.683'],
    [71, '4.621', '7.463'],
  ])('%i events in twelve months: %s to %s a month', (x, low, high) => {
    expect(rounded(poissonExact(x, 12), 3)).toEqual([low, high]);
  });
  it('no event in twelve months: up to 0.3074 a month', () => {
    expect(rounded(poissonExact(0, 12), 4)).toEqual(['0.0000', '0.3074']);
  });
  const percent = ({ low, high }: Interval): string =>
    `[${(low * 100).toFixed(1)},${(high * 100).toFixed(1)}]`;
  it.each([
    [36, 79, '[35.0,56.5]', '[34.3,57.2]'],
    [10, 52, '[10.8,31.9]', '[9.6,32.5]'],
    [46, 131, '[27.5,43.6]', '[27.0,43.9]'],
    [22, 32, '[51.4,82.0]', '[50.0,83.9]'],
    [0, 32, '[0.0,10.7]', '[0.0,10.9]'],
    [2, 52, '[1.1,13.0]', '[0.5,13.2]'],
    [36, 391, '[6.7,12.5]', '[6.5,12.5]'],
  ])('%i of %i: %s by Wilson, %s by Clopper and Pearson', (x, n, score, exact) => {
    expect([percent(wilson(x, n)), percent(clopperPearson(x, n))]).toEqual([score, exact]);
  });
  it('two suits won of thirteen: 4.3 to 42.2 percent by Wilson', () => {
    expect(percent(wilson(2, 13))).toBe('[4.3,42.2]');
  });
});

describe('an interval', () => {
  const counts = fc
    .integer({ min: 1, max: 500 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
  it('of a proportion holds it and stays between 0 and 1', () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(wilson, clopperPearson), ([x, n], interval) => {
        const { low, high } = interval(x, n);
        expect(0 <= low && low <= x / n && x / n <= high && high <= 1).toBe(true);
      }),
    );
  });
  it('of a proportion is that of its complement, turned round', () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(wilson, clopperPearson), ([x, n], interval) => {
        const [a, b] = [interval(x, n), interval(n - x, n)];
        expect(Math.abs(1 - b.high - a.low) + Math.abs(1 - b.low - a.high)).toBeLessThan(1e-9);
      }),
    );
  });
  it.each([
    ['of nothing', () => wilson(0, 0)],
    ['of more than all', () => clopperPearson(4, 3)],
    ['of half a case', () => wilson(0.5, 3)],
    ['of no exposure', () => poissonExact(3, 0)],
    ['of a negative count', () => poissonExact(-1, 12)],
    ['of one value', () => tInterval(3, 0, 1)],
    ['at no level', () => wilson(1, 3, 1)],
  ])('%s is refused', (_, interval) => {
    expect(interval).toThrow(RangeError);
  });
});
