import type { CodeColumn, DayColumn } from '../snapshot/index.ts';
import { type Period, periodOfDay } from '../vocabulary/index.ts';

/** Code of a day that lies in no reporting period: as a record of that day is in no table, the row is in none of its cells. */
export const OUTSIDE_PERIODS = '';

const made = new WeakMap<DayColumn, WeakMap<readonly Period[], CodeColumn>>();

/** The reporting period of a date, told by its first day as that of a record is. */
export const periodColumn = (periods: readonly Period[], days: DayColumn): CodeColumn => {
  const known = made.get(days)?.get(periods);
  if (known !== undefined) return known;
  const dictionary = [...periods.map((p) => p.id), OUTSIDE_PERIODS];
  const index = new Map(dictionary.map((code, i) => [code, i]));
  const outside = dictionary.length - 1;
  const values = Uint16Array.from(
    days.values,
    (day) => index.get(periodOfDay(periods, day)?.id ?? OUTSIDE_PERIODS) ?? outside,
  );
  const { missing } = days;
  const column: CodeColumn = {
    name: 'period',
    kind: 'code',
    values,
    dictionary,
    ...(missing === undefined ? {} : { missing }),
  };
  const ofDays = made.get(days) ?? new WeakMap<readonly Period[], CodeColumn>();
  made.set(days, ofDays.set(periods, column));
  return column;
};
