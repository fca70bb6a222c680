import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, compare, divide, fraction, multiply, parseDecimal } from '../vocabulary/index.ts';
import { asPrinted, exactly, type Interval, middle, overlap, product, quotient, sum } from './interval.ts';

const aFraction = fc
  .tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: 1, max: 99 }))
  .map(([n, d]) => fraction(n, d));
const anInterval = fc
  .tuple(aFraction, aFraction)
  .map(([a, b]): Interval => (compare(a, b) <= 0 ? { low: a, high: b } : { low: b, high: a }));
const inside = (x: Interval['low'], { low, high }: Interval): boolean =>
  compare(low, x) <= 0 && compare(x, high) <= 0;
const ends = ({ low, high }: Interval) => [low, high];

describe('a printed number', () => {
  it('stands for half a unit of its last digit on either side, ties included', () => {
    const printed = asPrinted(parseDecimal('31.2'), 1);
    expect(overlap(exactly(parseDecimal('31.25')), printed)).toBe(true);
    expect(overlap(exactly(parseDecimal('31.15')), printed)).toBe(true);
    expect(overlap(exactly(parseDecimal('31.2500001')), printed)).toBe(false);
  });
  it('has itself in the middle', () => {
    expect(middle(asPrinted(parseDecimal('2.67'), 2))).toEqual(parseDecimal('2.67'));
  });
});

describe('interval arithmetic encloses every result', () => {
  it('of sums and products', () => {
    fc.assert(
      fc.property(anInterval, anInterval, (a, b) => {
        for (const x of ends(a))
          for (const y of ends(b)) {
            expect(inside(add(x, y), sum(a, b))).toBe(true);
            expect(inside(multiply(x, y), product(a, b))).toBe(true);
          }
      }),
    );
  });
  it('of quotients, and refuses a divisor that may be 0', () => {
    fc.assert(
      fc.property(anInterval, anInterval, (a, b) => {
        const found = quotient(a, b);
        expect(found === undefined).toBe(b.low.num <= 0n && b.high.num >= 0n);
        if (found === undefined) return;
        for (const x of ends(a)) for (const y of ends(b)) expect(inside(divide(x, y), found)).toBe(true);
      }),
    );
  });
});
