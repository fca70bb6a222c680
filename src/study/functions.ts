import type { ExpressionType } from './expression.ts';

/**
 * A parameter: a type; `same`: any type, the same for all of them and of the result; `field`: a field of any type;
 * `literal`: a text written in the expression; `row_condition`, `row_field`, `rows`: over the rows of one child table.
 */
export type Parameter =
  | ExpressionType
  | 'same'
  | 'field'
  | 'literal'
  | 'row_condition'
  | 'row_field'
  | 'rows';

export interface Signature {
  readonly parameters: readonly Parameter[];
  /** The last parameter may be repeated. */
  readonly repeats?: boolean;
  readonly result: ExpressionType | 'same';
  /** Only in constraints, where an answer is looked at on the day it is given; a count must not change overnight. */
  readonly constraintOnly?: boolean;
}

/** The functions of the expression language: the XLSForm subset of the study format, and any/present/missing. */
export const FUNCTIONS: ReadonlyMap<string, Signature> = new Map<string, Signature>([
  ['selected', { parameters: ['codes', 'literal'], result: 'boolean' }],
  ['count-selected', { parameters: ['codes'], result: 'number' }],
  ['not', { parameters: ['boolean'], result: 'boolean' }],
  ['if', { parameters: ['boolean', 'same', 'same'], result: 'same' }],
  ['coalesce', { parameters: ['same', 'same'], repeats: true, result: 'same' }],
  ['true', { parameters: [], result: 'boolean' }],
  ['false', { parameters: [], result: 'boolean' }],
  ['any', { parameters: ['row_condition'], result: 'boolean' }],
  ['count', { parameters: ['rows'], result: 'number' }],
  ['sum', { parameters: ['row_field'], result: 'number' }],
  ['min', { parameters: ['number', 'number'], repeats: true, result: 'number' }],
  ['max', { parameters: ['number', 'number'], repeats: true, result: 'number' }],
  ['round', { parameters: ['number', 'number'], result: 'number' }],
  ['int', { parameters: ['number'], result: 'number' }],
  ['string-length', { parameters: ['text'], result: 'number' }],
  ['regex', { parameters: ['text', 'literal'], result: 'boolean' }],
  ['year', { parameters: ['date'], result: 'number' }],
  ['month', { parameters: ['date'], result: 'number' }],
  ['days', { parameters: ['date', 'date'], result: 'number' }],
  ['today', { parameters: [], result: 'date', constraintOnly: true }],
  ['present', { parameters: ['field'], result: 'boolean' }],
  ['missing', { parameters: ['field'], result: 'boolean' }],
]);
