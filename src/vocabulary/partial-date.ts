/**
 * Partial dates in the EDTF subset of the study format (ISO 8601-2): `2016`, `2016-02`, `2016-02-22`, each optionally
 * followed by `~` (approximate). Days are counted from 1970-01-01 in the proleptic Gregorian calendar, without a zone.
 */
export interface PartialDate {
  readonly text: string;
  readonly precision: 'year' | 'month' | 'day';
  readonly approximate: boolean;
  /** First and last possible day, both included. */
  readonly firstDay: number;
  readonly lastDay: number;
}

const DAY_MS = 86_400_000;

/** Day number of a calendar date, or undefined when there is no such date (32 February). */
export const dayNumber = (year: number, month: number, day: number): number | undefined => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const real =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.getTime() / DAY_MS : undefined;
};

/** `YYYY-MM-DD` of a day number. */
export const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Reads a partial date; undefined when the text is not one or names a day that does not exist. */
export const parsePartialDate = (text: string): PartialDate | undefined => {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(~?)$/.exec(text);
  if (!match) return undefined;
  const [, y = '', m, d, tilde] = match;
  const year = Number(y);
  const month = m === undefined ? undefined : Number(m);
  const day = d === undefined ? undefined : Number(d);
  const firstDay = dayNumber(year, month ?? 1, day ?? 1);
  if (firstDay === undefined) return undefined;
  const nextStart =
    month === undefined
      ? dayNumber(year + 1, 1, 1)
      : month === 12
        ? dayNumber(year + 1, 1, 1)
        : dayNumber(year, month + 1, 1);
  const lastDay = day !== undefined ? firstDay : (nextStart ?? firstDay + 1) - 1;
  return {
    text,
    precision: day !== undefined ? 'day' : month !== undefined ? 'month' : 'year',
    approximate: tilde === '~',
    firstDay,
    lastDay,
  };
};
