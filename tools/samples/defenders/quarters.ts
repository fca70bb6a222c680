import { addDays } from '../days.ts';
import type { Random } from '../random.ts';

/** First and last days of the project quarters. */
export const QUARTERS = [
  ['2015-08-01', '2015-10-31'],
  ['2015-11-01', '2016-01-31'],
  ['2016-03-01', '2016-05-31'],
] as const;

/** Does a day lie in one of the quarters? Nobody watched in February 2016. */
export const isWatched = (day: string): boolean =>
  QUARTERS.some(([first, last]) => first <= day && day <= last);

const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** A day of a quarter that leaves some days before its end. */
export const dayIn = (random: Random, quarter: number, leave: number): string => {
  const [first, last] = QUARTERS[quarter] ?? QUARTERS[0];
  return addDays(first, random.between(0, days(first, last) - leave));
};

/** A day some days later that is still in the quarter. */
export const laterIn = (random: Random, quarter: number, from: string, most: number): string => {
  const [, last] = QUARTERS[quarter] ?? QUARTERS[0];
  return addDays(from, random.between(0, Math.min(most, days(from, last))));
};
