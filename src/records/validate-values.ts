import { codesOf, type Field, type Instrument, type Study } from '../study/index.ts';
import { add, compare, fraction, isMissing, type Problem, problem } from '../vocabulary/index.ts';
import { type AnswerScope, answersOf, valuePaths } from './answers.ts';
import { codesNotInForce } from './code-in-force.ts';
import type { EntryValue, EntryValues } from './entry.ts';
import { evaluateExpression } from './evaluate.ts';
import { isRows } from './leaf.ts';
import { type Codes, exact, type Fault, valueFault } from './value-fault.ts';

/**
 * What is wrong with the answers of one filled instrument: types, codes, dates, answers to questions that were not to be
 * asked, missing required answers, constraints (not tested on gaps; only false fails), low <= best <= high, shares that do
 * not sum to 100, codes that did not exist on the day of the record. Empty when all is well. Fields in rows are named `repeat[row_id].field`. `today` is the day number for
 * constraints that look at it.
 */
export const validateValues = (
  study: Study,
  instrument: Instrument,
  values: EntryValues,
  today?: number,
): readonly Problem[] => {
  return [
    ...checkTable(answersOf(instrument, values), codesIn(study), '', today),
    ...codesNotInForce(study, instrument, values),
  ];
};

/** A study never changes once it is read, so its lists are made into sets once. */
const listed = new WeakMap<Study, Map<string, ReadonlySet<string>>>();
const codesIn = (study: Study): Codes => {
  const known = listed.get(study) ?? new Map<string, ReadonlySet<string>>();
  listed.set(study, known);
  return (list) => {
    const found = known.get(list) ?? new Set((codesOf(study, list) ?? []).map((c) => c.code));
    known.set(list, found);
    return found;
  };
};

const invalid = (field: string, value: EntryValue | undefined, { reason, expected = '' }: Fault): Problem =>
  problem('record_value_invalid', { field, reason, expected, value: shown(value) }, { field });

const shown = (value: EntryValue | undefined): string =>
  value === undefined ? '' : typeof value === 'object' ? '…' : String(value).slice(0, 80);

const checkTable = (
  scope: AnswerScope,
  codes: Codes,
  at: string,
  today: number | undefined,
): readonly Problem[] => {
  const paths = new Set(scope.fields.flatMap(valuePaths));
  const unknown = Object.keys(scope.stated).filter((path) => !paths.has(path));
  return [
    ...unknown.map((path) => invalid(at + path, scope.stated[path], { reason: 'unknown_field' })),
    ...scope.fields.flatMap((field) => checkField(scope, field, codes, at, today)),
  ];
};

const hasValue = (value: EntryValue | undefined): value is EntryValue =>
  value !== undefined && !isMissing(value);

const checkField = (
  scope: AnswerScope,
  field: Field,
  codes: Codes,
  at: string,
  today: number | undefined,
): readonly Problem[] => {
  const name = at + field.path;
  const stated = valuePaths(field).filter((path) => hasValue(scope.stated[path]));
  if (field.sensitivity === 'identity')
    return stated.length === 0 ? [] : [problem('identity_needs_sealing', { field: name }, { field: name })];
  if (field.derived !== undefined || field.inverseOf !== undefined) {
    const wrong = stated.filter((path) => scope.stated[path] !== scope.get(path));
    return wrong.map((path) => invalid(at + path, scope.stated[path], { reason: 'derived' }));
  }
  const relevant = scope.relevant(field);
  if (relevant === false)
    return stated.map((path) => problem('record_not_relevant', { field: at + path }, { field: at + path }));
  if (stated.length === 0) {
    // A refusal is an answer to a required question; silence is not.
    const refused = valuePaths(field).some(
      (path) => isMissing(scope.stated[path]) && isRefusal(scope.stated[path]),
    );
    return field.required && relevant === true && !refused && field.type !== 'note'
      ? [problem('record_required', { field: name }, { field: name })]
      : [];
  }
  const faults = stated.flatMap((path) => {
    const fault = valueFault(field, path, scope.stated[path] as EntryValue, codes);
    return fault === undefined ? [] : [invalid(at + path, scope.stated[path], fault)];
  });
  if (faults.length > 0) return faults;
  return [
    ...wholeFault(scope, field, at),
    ...constraintFault(scope, field, name, today),
    ...rowFaults(scope, field, codes, name, today),
  ];
};

const isRefusal = (value: EntryValue | undefined): boolean => isMissing(value) && value.missing === 'refused';

const rowFaults = (
  scope: AnswerScope,
  field: Field,
  codes: Codes,
  name: string,
  today: number | undefined,
): readonly Problem[] => {
  const rows = scope.stated[field.path];
  if (!isRows(rows)) return [];
  return scope
    .children(field)
    .flatMap((child, i) => checkTable(child, codes, `${name}[${rows[i]?.row_id ?? i}].`, today));
};

const constraintFault = (
  scope: AnswerScope,
  field: Field,
  name: string,
  today: number | undefined,
): readonly Problem[] => {
  if (field.constraint === undefined) return [];
  // `.` of a count is its best estimate.
  const self = scope.stated[field.type === 'count' ? `${field.path}.best` : field.path];
  if (self === undefined || isMissing(self)) return [];
  const holds = evaluateExpression(field.constraint, scope, {
    self,
    ...(today === undefined ? {} : { today }),
  });
  return holds === false
    ? [problem('record_constraint', { field: name, constraint: field.constraint.source }, { field: name })]
    : [];
};

const part = (scope: AnswerScope, field: Field, name: string): number | undefined => {
  const value = scope.stated[`${field.path}.${name}`];
  return typeof value === 'number' ? value : undefined;
};

/** Rules over all parts of one answer. */
const wholeFault = (scope: AnswerScope, field: Field, at: string): readonly Problem[] => {
  const name = at + field.path;
  if (field.type === 'count') {
    const bounds = ['low', 'best', 'high'].map((p) => part(scope, field, p)).filter((n) => n !== undefined);
    const rising = bounds.every((n, i) => i === 0 || (bounds[i - 1] ?? 0) <= n);
    return rising
      ? []
      : [
          problem(
            'record_value_invalid',
            { field: name, reason: 'order', expected: '', value: bounds.join(' > ') },
            { field: name },
          ),
        ];
  }
  if (field.type !== 'shares') return [];
  const rows = scope.stated[field.path];
  const percents = isRows(rows) ? rows.map((row) => exact(row.values.percent)) : [];
  if (percents.length === 0 || percents.some((p) => p === undefined)) return [];
  const sum = percents.filter((p) => p !== undefined).reduce(add, fraction(0));
  return compare(sum, fraction(100)) === 0 ? [] : [invalid(name, undefined, { reason: 'shares' })];
};
