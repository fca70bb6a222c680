import { expect, test } from 'vitest';
import type { DayColumn } from '../snapshot/index.ts';
import { parsePartialDate } from '../vocabulary/index.ts';
import { calendarColumn } from './calendar-column.ts';

const dayOf = (date: string): number => parsePartialDate(date)?.firstDay ?? Number.NaN;
const datesOn = (...dates: readonly string[]): DayColumn => ({
  name: 'date',
  kind: 'day',
  values: Int32Array.from(dates, dayOf),
});
const year = (id: string) => ({ first: dayOf(`${id}-01-01`), last: dayOf(`${id}-12-31`) });

test('a month without a case in a period that has one is a code too', () => {
  const column = calendarColumn('month', datesOn('2018-03-05', '2018-11-20'), undefined, [
    year('2017'),
    year('2018'),
  ]);
  expect(column.dictionary).toEqual(
    Array.from({ length: 12 }, (_, i) => `2018-${String(i + 1).padStart(2, '0')}`),
  );
});

test('each day stays in its own month', () => {
  const column = calendarColumn('month', datesOn('2018-03-05', '2018-11-20'), undefined, [year('2018')]);
  expect([...column.values].map((v) => column.dictionary[v])).toEqual(['2018-03', '2018-11']);
});

test('without known periods only the months of the data are codes', () => {
  expect(calendarColumn('month', datesOn('2018-03-05', '2018-11-20'), undefined).dictionary).toEqual([
    '2018-03',
    '2018-11',
  ]);
});
