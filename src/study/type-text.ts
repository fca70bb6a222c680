import { parsePartialDate } from '../vocabulary/index.ts';
import { nearest } from './nearest.ts';
import { type Context, clash, fault, type Result, typed, type ValueType } from './typing.ts';

/** A text literal: a code of the list, or a day, where one is expected. */
export const typeText = (
  context: Context,
  value: string,
  at: number,
  expected: ValueType | undefined,
): Result => {
  const type = expected?.type === 'code' || expected?.type === 'date' ? expected.type : 'text';
  if (type === 'date' && parsePartialDate(value)?.precision !== 'day')
    return clash(context, 'date', at, { found: value });
  if (type === 'code' && expected?.codeList !== undefined) {
    const codes = context.scope.codes(expected.codeList);
    if (codes !== undefined && !codes.has(value))
      return fault(
        context,
        'study_code_unknown',
        { code: value, list: expected.codeList, nearest: nearest(value, codes) },
        at,
      );
  }
  return typed({ kind: 'text', at, type, value }, type === 'code' ? expected?.codeList : undefined);
};
