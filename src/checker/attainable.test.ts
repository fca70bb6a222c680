import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fraction, parseDecimal, roundTo } from '../vocabulary/index.ts';
import { nearestPercentage } from './attainable.ts';
import { asPrinted } from './interval.ts';

describe('percentages that whole numbers give', () => {
  it('every rounded percentage of a count is attainable', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.nat(),
        fc.integer({ min: 0, max: 2 }),
        (total, some, decimals) => {
          const printed = roundTo(fraction(100 * (some % (total + 1)), total), decimals);
          expect(nearestPercentage(asPrinted(parseDecimal(printed), decimals), BigInt(total)).inside).toBe(
            true,
          );
        },
      ),
    );
  });
  it('61 % is not attainable out of 32', () => {
    expect(nearestPercentage(asPrinted(parseDecimal('61'), 0), 32n).inside).toBe(false);
  });
});
