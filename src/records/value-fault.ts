import { type Field, PLACES } from '../study/index.ts';
import { type Fraction, fraction, parseDecimal, parsePartialDate } from '../vocabulary/index.ts';
import type { EntryValue } from './entry.ts';
import { isRows } from './leaf.ts';

/** Why a value is not one of its field; the message catalogue says it in words. */
type Reason =
  | 'unknown_field'
  | 'derived'
  | 'integer'
  | 'count'
  | 'decimal'
  | 'text'
  | 'code'
  | 'place'
  | 'date'
  | 'time'
  | 'scale'
  | 'currency'
  | 'list'
  | 'rows'
  | 'order'
  | 'shares';

export interface Fault {
  readonly reason: Reason;
  readonly expected?: string;
}

/** The codes of a list. */
export type Codes = (list: string) => ReadonlySet<string>;

const DECIMAL = /^-?\d+(?:\.(\d+))?$/;
/** A number as it is written, or undefined when it is none. */
export const exact = (value: EntryValue | undefined): Fraction | undefined =>
  typeof value === 'number'
    ? fraction(value)
    : typeof value === 'string' && DECIMAL.test(value)
      ? parseDecimal(value)
      : undefined;

const when = (holds: boolean, fault: Fault): Fault | undefined => (holds ? undefined : fault);
const isWhole = (value: EntryValue): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value);
const isDecimal = (value: EntryValue, digits: number): boolean =>
  isWhole(value) ||
  (typeof value === 'string' && DECIMAL.test(value) && (DECIMAL.exec(value)?.[1]?.length ?? 0) <= digits);
const textsIn = (value: EntryValue): readonly string[] | undefined =>
  Array.isArray(value) && value.every((v): v is string => typeof v === 'string') ? value : undefined;

/** What is wrong with one stated value by itself; a gap is no value. */
export const valueFault = (
  field: Field,
  path: string,
  value: EntryValue,
  codes: Codes,
): Fault | undefined => {
  const inList = (
    list: string | undefined,
    code: EntryValue,
    reason: 'code' | 'place' = 'code',
  ): Fault | undefined =>
    when(typeof code === 'string' && (list === undefined || codes(list).has(code)), {
      reason,
      expected: list ?? '',
    });
  switch (field.type) {
    case 'text':
    case 'attachment':
      return when(typeof value === 'string', { reason: 'text' });
    case 'integer':
    case 'duration':
      return when(isWhole(value), { reason: 'integer' });
    case 'scale': {
      const { min = 1, max = 7 } = field.scale ?? {};
      return when(isWhole(value) && min <= value && value <= max, {
        reason: 'scale',
        expected: `${min}–${max}`,
      });
    }
    case 'count':
      return path.endsWith('.method')
        ? inList(field.codeList, value)
        : when(isWhole(value) && value >= 0, { reason: 'count' });
    case 'decimal':
      return when(isDecimal(value, field.decimals ?? 0), {
        reason: 'decimal',
        expected: String(field.decimals ?? 0),
      });
    case 'money':
      return path.endsWith('.currency')
        ? when(typeof value === 'string' && /^[A-Z]{3}$/.test(value), { reason: 'currency' })
        : when(isDecimal(value, field.decimals ?? 0), {
            reason: 'decimal',
            expected: String(field.decimals ?? 0),
          });
    case 'point':
      return when(isDecimal(value, 6), { reason: 'decimal', expected: '6' });
    case 'date':
      return when(typeof value === 'string' && parsePartialDate(value) !== undefined, { reason: 'date' });
    case 'time':
      return when(typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value), { reason: 'time' });
    case 'select_one':
      return inList(field.codeList, value);
    case 'place':
      return inList(PLACES, value, 'place');
    case 'select_multiple':
      return listFault(textsIn(value), (code) => inList(field.codeList, code));
    case 'reference':
      return field.reference?.several === true
        ? listFault(textsIn(value), () => undefined)
        : when(typeof value === 'string', { reason: 'text' });
    case 'repeat':
    case 'shares':
      return when(isRows(value) || (Array.isArray(value) && value.length === 0), { reason: 'rows' });
    case 'note':
      return undefined;
  }
};

const listFault = (
  texts: readonly string[] | undefined,
  each: (text: string) => Fault | undefined,
): Fault | undefined => {
  if (texts === undefined || new Set(texts).size !== texts.length) return { reason: 'list' };
  return texts.map(each).find((fault) => fault !== undefined);
};
