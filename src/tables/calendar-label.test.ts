import { expect, test } from 'vitest';
import { monthLabel } from './calendar-label.ts';

test('a month has its name in three languages', () => {
  const label = monthLabel('2018-03');
  expect([label?.kk.text, label?.ru.text, label?.en.text]).toEqual([
    '2018 ж. наурыз',
    'март 2018',
    'March 2018',
  ]);
});

test('a quarter or a year is no month', () => {
  expect(monthLabel('2018-Q1')).toBeUndefined();
  expect(monthLabel('2018')).toBeUndefined();
});
