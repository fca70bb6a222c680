import fc from 'fast-check';
import { expect, test } from 'vitest';
import { naturalClasses } from './classes.ts';

test('groups that lie apart are found', () => {
  expect(naturalClasses([1, 2, 3, 20, 21, 50], 3)).toEqual([
    { low: 1, high: 3 },
    { low: 20, high: 21 },
    { low: 50, high: 50 },
  ]);
});
test('zero is a class of its own', () => {
  expect(naturalClasses([0, 1, 2], 2)).toEqual([
    { low: 0, high: 0 },
    { low: 1, high: 2 },
  ]);
});
test('every value lies in exactly one class, and classes ascend', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 20 }),
      fc.integer({ min: 2, max: 5 }),
      (values, most) => {
        const classes = naturalClasses(values, most);
        expect(classes.length).toBeLessThanOrEqual(most);
        for (const v of values)
          expect(classes.filter(({ low, high }) => low <= v && v <= high)).toHaveLength(1);
        for (const [i, c] of classes.slice(1).entries()) expect(c.low).toBeGreaterThan(classes[i]?.high ?? 0);
      },
    ),
  );
});
