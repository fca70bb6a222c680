import type { CodeColumn, DayColumn } from '../snapshot/index.ts';
import { RECORDED_MISSING } from '../vocabulary/index.ts';
import { calendarPart } from './scalar.ts';

export type CalendarPart = 'year' | 'quarter' | 'month';

/** `2018`, `2018-Q1`, `2018-01` of a day number. */
const textOf = (part: CalendarPart, day: number): string => {
  const year = calendarPart('year', day);
  if (part === 'year') return String(year);
  const month = calendarPart('month', day);
  return part === 'quarter'
    ? `${year}-Q${Math.ceil(month / 3)}`
    : `${year}-${String(month).padStart(2, '0')}`;
};

const NOT_RECORDED = 1 + RECORDED_MISSING.indexOf('not_recorded');
const made = new WeakMap<DayColumn, Map<CalendarPart, CodeColumn>>();

/** First and last day of a reporting period. */
export interface DaySpan {
  readonly first: number;
  readonly last: number;
}

/** Every part of the spans that hold a day of the data: a month without a case is a row of its own, not a gap in the axis. */
const partsOfSpans = (
  text: (day: number) => string,
  days: readonly number[],
  spans: readonly DaySpan[],
): readonly string[] =>
  spans
    .filter(({ first, last }) => days.some((day) => first <= day && day <= last))
    .flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => text(first + i)));

/**
 * The calendar year, quarter or month of a date column; its dictionary also lists the parts without a case of the `spans`
 * (reporting periods) that have one. A partial date that spans two of them has none: it is
 * `not_recorded` at that precision, not put into the first.
 */
export const calendarColumn = (
  part: CalendarPart,
  first: DayColumn,
  last: DayColumn | undefined,
  spans: readonly DaySpan[] = [],
): CodeColumn => {
  const known = made.get(first)?.get(part);
  if (known !== undefined) return known;
  const rows = first.values.length;
  const texts = new Map<number, string>();
  const text = (day: number): string => {
    let found = texts.get(day);
    if (found === undefined) texts.set(day, (found = textOf(part, day)));
    return found;
  };
  const end = (row: number, day: number): number =>
    last === undefined || (last.missing?.[row] ?? 0) > 0 ? day : (last.values[row] ?? day);
  const codes: (string | undefined)[] = Array.from({ length: rows }, (_, row) => {
    const day = first.values[row] ?? 0;
    return text(day) === text(end(row, day)) ? text(day) : undefined;
  });
  const missing = Uint8Array.from({ length: rows }, (_, row) => {
    const gap = first.missing?.[row] ?? 0;
    return gap > 0 ? gap : codes[row] === undefined ? NOT_RECORDED : 0;
  });
  const days = [...new Set(Array.from(first.values).filter((_, row) => missing[row] === 0))];
  const dictionary = [
    ...new Set([
      ...codes.filter((c, row) => c !== undefined && missing[row] === 0),
      ...partsOfSpans(text, days, spans),
    ]),
  ].sort() as string[];
  const index = new Map(dictionary.map((code, i) => [code, i]));
  const values = Uint16Array.from(codes, (c) => index.get(c ?? '') ?? 0);
  const column: CodeColumn = { name: part, kind: 'code', values, dictionary, missing };
  const parts = made.get(first) ?? new Map<CalendarPart, CodeColumn>();
  made.set(first, parts.set(part, column));
  return column;
};
