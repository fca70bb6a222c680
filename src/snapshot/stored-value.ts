import type { EntryValue } from '../records/index.ts';
import type { StudyColumn } from '../study/index.ts';
import {
  isMissing,
  type Missing,
  missing,
  parseDecimal,
  parsePartialDate,
  type RecordedMissing,
} from '../vocabulary/index.ts';

export type Stored = string | number | boolean | Missing<RecordedMissing>;
/** A field's value by its path in the record (or in the row of a repeat). */
export type ValueOf = (path: string) => EntryValue | undefined;

const scaled = (value: EntryValue, decimals: number): number => {
  // Whole numbers are what almost all numbers are; the exact way is for decimals.
  if (typeof value === 'number') return value * 10 ** decimals;
  const { num, den } = parseDecimal(String(value));
  return Number((num * 10n ** BigInt(decimals)) / den);
};

const minutes = (text: string): number => {
  const [hours = '0', rest = '0'] = text.split(':');
  return Number(hours) * 60 + Number(rest);
};

/** The three columns of a partial date: first possible day, last possible day, the text as stated. */
const datePart = (text: string, suffix: string): Stored => {
  const date = parsePartialDate(text);
  if (date === undefined) return missing('not_recorded');
  return suffix === 'text' ? date.text : suffix === 'last' ? date.lastDay : date.firstDay;
};

/**
 * What a column stores for a record: the recorded value in the column's own terms, or the recorded gap. A field that no
 * entry speaks of is `not_recorded`. Values were validated when they entered the log; validation is not repeated here.
 */
export const storedValue = (column: StudyColumn, valueOf: ValueOf): Stored => {
  const { field, path } = column;
  const source = field?.type === 'date' ? field.path : path;
  const value = valueOf(source);
  if (value === undefined) return missing('not_recorded');
  if (isMissing<RecordedMissing>(value)) return value;
  if (column.type === 'codes') return Array.isArray(value) ? value.length : missing('not_recorded');
  if (field?.type === 'date')
    return datePart(String(value), path === field.path ? 'first' : path.slice(field.path.length + 1));
  if (field?.type === 'time') return minutes(String(value));
  if (column.type === 'number') return scaled(value, column.decimals);
  return typeof value === 'boolean' ? value : String(value);
};
