import type { ExpressionNode } from '../study/index.ts';
import {
  type Fraction,
  fraction,
  isMissing,
  type Missing,
  missing,
  parseDecimal,
  parsePartialDate,
  type RecordedMissing,
} from '../vocabulary/index.ts';
import type { EntryValue } from './entry.ts';
import { isRows } from './leaf.ts';

export type Gap = Missing<RecordedMissing>;
/** A value of the expression language: a date is the day number of its first day, a number is exact. */
export type Evaluated = boolean | Fraction | number | string | readonly string[] | Gap;

export const isFraction = (value: Evaluated): value is Fraction =>
  typeof value === 'object' && 'num' in value;
export const gap = (reason: RecordedMissing = 'not_recorded'): Gap => missing(reason);

/** The gap among operands: the first one's reason. */
export const gapOf = (...operands: readonly Evaluated[]): Gap =>
  (operands.find((o) => isMissing(o)) as Gap | undefined) ?? gap();

/** An answer in the type that its place in the tree has; what does not fit is a gap. */
export const typed = (node: ExpressionNode, value: EntryValue): Evaluated => {
  if (isMissing(value)) return value as Gap;
  switch (node.type) {
    case 'number':
      return numberOf(value);
    case 'date':
      return typeof value === 'string' ? dayOf(value) : gap();
    case 'codes':
      return typeof value === 'string'
        ? [value]
        : Array.isArray(value)
          ? value.filter((v) => typeof v === 'string')
          : gap();
    case 'rows':
      return isRows(value)
        ? value.map((row) => row.row_id)
        : Array.isArray(value)
          ? (value as readonly string[])
          : gap();
    default:
      return typeof value === 'boolean' ? value : typeof value === 'string' ? value : gap();
  }
};

/** Whole numbers, decimal texts, and times of day in minutes since midnight. */
const numberOf = (value: EntryValue): Evaluated => {
  if (typeof value === 'number') return fraction(value);
  if (typeof value !== 'string') return gap();
  const time = /^(\d{2}):(\d{2})$/.exec(value);
  if (time !== null) return fraction(Number(time[1]) * 60 + Number(time[2]));
  return /^-?\d+(\.\d+)?$/.test(value) ? parseDecimal(value) : gap();
};
const dayOf = (text: string): Evaluated => parsePartialDate(text)?.firstDay ?? gap();
