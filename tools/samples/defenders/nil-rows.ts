import type { Row } from '../columns.ts';
import { addDays } from '../days.ts';
import type { Random } from '../random.ts';
import { monitorOf, reviewed } from './people.ts';
import { QUARTERS } from './quarters.ts';

/** Places whose monitors reported every week in which nothing came to their notice. */
const WATCHED = ['kyzylorda', 'kokshetau', 'taraz'] as const;

const MONDAY = 1;
const mondaysIn = ([first, last]: readonly [string, string]): readonly string[] => {
  const days: string[] = [];
  for (let day = first; addDays(day, 6) <= last; day = addDays(day, 1))
    if (new Date(`${day}T00:00:00Z`).getUTCDay() === MONDAY) days.push(day);
  return days;
};

/** `happened` says whether a place has an incident in the week from this Monday. */
export const nilRows = (
  random: Random,
  happened: (place: string, monday: string) => boolean,
): readonly Row[] =>
  WATCHED.flatMap((region) =>
    QUARTERS.flatMap(mondaysIn)
      .filter((monday) => !happened(region, monday))
      .map((monday) => ({
        week: monday,
        region,
        monitor: monitorOf(region),
        statement: random.chance(0.08) ? 'could_not_observe' : 'nothing_observed',
        ...reviewed(random, region, addDays(monday, 6)),
      })),
  );
