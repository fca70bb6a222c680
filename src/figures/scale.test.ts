import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linear, ticks } from './scale.ts';

test('ticks are round numbers around the data', () => {
  expect(ticks(0, 44, 5)).toEqual([0, 10, 20, 30, 40, 50]);
  expect(ticks(0, 1, 4)).toEqual([0, 0.25, 0.5, 0.75, 1]);
});
test('ticks hold the data between them', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 1e9, noNaN: true }), (high) => {
      const steps = ticks(0, high, 4);
      expect(steps[0]).toBe(0);
      expect(steps.at(-1)).toBeGreaterThanOrEqual(high * 0.999999);
      expect(steps.length).toBeLessThanOrEqual(8);
    }),
  );
});
test('a scale leads its ends to its ends', () => {
  const scale = linear(0, 10, 100, 0);
  expect([scale(0), scale(5), scale(10)]).toEqual([100, 50, 0]);
});
