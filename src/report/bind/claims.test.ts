import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fraction, parseDecimal } from '../../vocabulary/index.ts';
import { COMPARISONS, RANKINGS, times } from './claims.ts';

const decimal = (text: string) => parseDecimal(text);
const pair = (cell: string, than: string) => ({ cell: decimal(cell), than: decimal(than) });

describe('the tolerance of a tenth, bounds included', () => {
  it.each([
    ['44.9', false],
    ['45', true],
    ['50', true],
    ['55', true],
    ['55.1', false],
  ])('%s %% is half: %s', (percent, holds) => {
    expect(COMPARISONS.half(pair(percent, '100'))).toBe(holds);
  });
  it.each([
    ['29.9', false],
    ['30', true],
    ['33.3', true],
    ['36.6', true],
    ['36.7', false],
  ])('%s %% is a third: %s', (percent, holds) => {
    expect(COMPARISONS.third(pair(percent, '100'))).toBe(holds);
  });
  it.each([
    ['26', false],
    ['27', true],
    ['33', true],
    ['34', false],
  ])('%s against 10 is three times: %s', (value, holds) => {
    expect(times(3, pair(value, '10'))).toBe(holds);
  });
  it('nothing is a multiple of zero, not even zero', () => {
    expect(times(2, pair('0', '0'))).toBe(false);
    expect(COMPARISONS.half(pair('0', '0'))).toBe(false);
  });
});

describe('rankings', () => {
  it('a tie is neither most nor least', () => {
    expect(RANKINGS.most(decimal('3'), [decimal('3'), decimal('1')])).toBe(false);
    expect(RANKINGS.least(decimal('1'), [decimal('3'), decimal('1')])).toBe(false);
  });
  it('nothing ranks without a rival', () => {
    for (const ranks of Object.values(RANKINGS)) expect(ranks(decimal('3'), [])).toBe(false);
  });
  it('first: zero in every earlier period, above zero now', () => {
    expect(RANKINGS.first(decimal('1'), [decimal('0'), decimal('0')])).toBe(true);
    expect(RANKINGS.first(decimal('1'), [decimal('0'), decimal('2')])).toBe(false);
    expect(RANKINGS.first(decimal('0'), [decimal('0')])).toBe(false);
  });
});

describe('comparisons', () => {
  const value = fc.tuple(fc.bigInt({ min: -10_000n, max: 10_000n }), fc.bigInt({ min: 1n, max: 1000n }));
  it('exactly one of fell, same, rose holds for any two values', () => {
    fc.assert(
      fc.property(value, value, ([a, b], [c, d]) => {
        const claimed = { cell: fraction(a, b), than: fraction(c, d) };
        const holding = [COMPARISONS.fell, COMPARISONS.same, COMPARISONS.rose].filter((holds) =>
          holds(claimed),
        );
        return holding.length === 1;
      }),
    );
  });
  it('k times a value is k times it, whatever the value', () => {
    fc.assert(
      fc.property(value, fc.integer({ min: 2, max: 50 }), ([a, b], k) => {
        fc.pre(a !== 0n);
        return times(k, { cell: fraction(a * BigInt(k), b), than: fraction(a, b) });
      }),
    );
  });
});
