import type { Binary, Call, Expression, ExpressionNode, FieldReference } from '../study/index.ts';
import { add, fraction, isMissing, multiply, parseDecimal } from '../vocabulary/index.ts';
import type { EntryValue } from './entry.ts';
import { type Evaluated, type Gap, gap, gapOf, isFraction, typed } from './evaluated.ts';
import { compared, numeric, ofValues } from './expression-functions.ts';

/** What the names of an expression mean on one record or one row of a repeat. */
export interface RecordScope {
  /** Instrument id or child path, e.g. `assembly.sanctions`: the table of its own fields. */
  readonly table: string;
  /** The answer at a path of this table; a gap with its reason where there is none. */
  readonly get: (path: string) => EntryValue;
  /** The rows of a repeat of this table, or the ids of a multiple reference, as scopes. */
  readonly rows: (path: string) => readonly RecordScope[];
  /** What it lies in: a row also reads the fields of its record. */
  readonly parent?: RecordScope;
}

/** `self`: what `.` stands for. `today`: the day number on which an answer is given (constraints only). */
export interface EvaluationPlace {
  readonly self?: EntryValue;
  readonly today?: number;
}

/**
 * Evaluates a typed expression on a record, in three-valued logic: a gap in an operand is a gap in the result, with its
 * reason, unless `and`/`or` is decided by the other side. The tree has been checked by `study`; a tree that does not fit the
 * scope throws RangeError.
 */
export const evaluateExpression = (
  expression: Expression,
  scope: RecordScope,
  place: EvaluationPlace = {},
): Evaluated => evaluate(expression.root, scope, place);

const evaluate = (node: ExpressionNode, scope: RecordScope, place: EvaluationPlace): Evaluated => {
  switch (node.kind) {
    case 'number':
      return parseDecimal(node.value);
    case 'text':
      return node.type === 'date' ? typed(node, node.value) : node.value;
    case 'self':
      return typed(node, place.self ?? gap());
    case 'field':
      return typed(node, readField(node, scope));
    case 'negate': {
      const operand = evaluate(node.operand, scope, place);
      return isFraction(operand) ? multiply(operand, fraction(-1)) : gapOf(operand);
    }
    case 'call':
      return call(node, scope, place);
    case 'binary':
      return binary(node, scope, place);
    case 'counted':
      throw new RangeError('counted has a meaning only in a snapshot');
  }
};

/** The scope that holds a column: the row itself or what it lies in. */
const scopeOfTable = (table: string, scope: RecordScope): RecordScope => {
  for (let at: RecordScope | undefined = scope; at !== undefined; at = at.parent)
    if (at.table === table) return at;
  throw new RangeError(`no table ${table} in sight of ${scope.table}`);
};

const readField = (node: FieldReference, scope: RecordScope): EntryValue => {
  const owner = scopeOfTable(node.table, scope);
  // Inside any/count/sum a row's field is written with the name of its repeat: `sanctions.kind`.
  const prefix = owner.parent === undefined ? '' : `${owner.table.slice(owner.parent.table.length + 1)}.`;
  return owner.get(
    prefix !== '' && node.path.startsWith(prefix) ? node.path.slice(prefix.length) : node.path,
  );
};

const binary = ({ operator, left, right }: Binary, scope: RecordScope, place: EvaluationPlace): Evaluated => {
  const a = evaluate(left, scope, place);
  const b = evaluate(right, scope, place);
  if (operator === 'and' || operator === 'or') {
    const deciding = operator === 'or';
    if (a === deciding || b === deciding) return deciding;
    return typeof a === 'boolean' && typeof b === 'boolean' ? !deciding : gapOf(a, b);
  }
  if (isMissing(a) || isMissing(b)) return gapOf(a, b);
  if (isFraction(a) && isFraction(b)) return numeric(operator, a, b);
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : a === b ? 0 : Number.NaN;
  return compared(operator, order);
};

const call = (node: Call, scope: RecordScope, place: EvaluationPlace): Evaluated => {
  const at = (index: number): ExpressionNode => {
    const arg = node.args[index];
    if (arg === undefined) throw new RangeError(`${node.name} needs more arguments`);
    return arg;
  };
  const value = (index: number): Evaluated => evaluate(at(index), scope, place);
  switch (node.name) {
    case 'true':
    case 'false':
      return node.name === 'true';
    case 'not': {
      const operand = value(0);
      return typeof operand === 'boolean' ? !operand : gapOf(operand);
    }
    case 'if': {
      const test = value(0);
      return typeof test === 'boolean' ? value(test ? 1 : 2) : gapOf(test);
    }
    case 'coalesce': {
      const values = node.args.map((arg) => evaluate(arg, scope, place));
      return values.find((v) => !isMissing(v)) ?? gapOf(...values);
    }
    case 'present':
    case 'missing': {
      const found = value(0);
      return isMissing(found) === (node.name === 'missing');
    }
    case 'today':
      return place.today ?? gap();
    case 'any':
    case 'count':
    case 'sum':
      return overRows(node.name, at(0), scope, place);
    default:
      return ofValues(
        node.name,
        node.args.map((arg) => evaluate(arg, scope, place)),
      );
  }
};

const fieldsIn = (node: ExpressionNode): readonly FieldReference[] => {
  switch (node.kind) {
    case 'field':
      return [node];
    case 'binary':
      return [...fieldsIn(node.left), ...fieldsIn(node.right)];
    case 'negate':
      return fieldsIn(node.operand);
    case 'call':
      return node.args.flatMap(fieldsIn);
    default:
      return [];
  }
};

/** What nobody stated has no rows; what was refused, is sealed or stands in conflict has rows that we do not know. */
const knownRows = (scope: RecordScope, path: string): readonly RecordScope[] | Gap => {
  const stated = scope.get(path);
  const hidden = isMissing(stated) && !['not_recorded', 'not_asked'].includes(stated.missing);
  return hidden ? gap(stated.missing) : scope.rows(path);
};

/** The rows that any/count/sum is about: those of the one child table that its argument names. */
const rowsOf = (arg: ExpressionNode, scope: RecordScope): readonly RecordScope[] | Gap => {
  for (const node of fieldsIn(arg)) {
    for (let at: RecordScope | undefined = scope; at !== undefined; at = at.parent) {
      if (node.type === 'rows' && node.table === at.table) return knownRows(at, node.path);
      if (node.table.startsWith(`${at.table}.`)) return knownRows(at, node.table.slice(at.table.length + 1));
    }
  }
  throw new RangeError(`no rows in sight of ${scope.table}`);
};

/** any: three-valued `or`. count: rows, or rows for which the condition is true. sum: over recorded values, 0 of no rows. */
const overRows = (
  name: 'any' | 'count' | 'sum',
  arg: ExpressionNode,
  scope: RecordScope,
  place: EvaluationPlace,
): Evaluated => {
  const rows = rowsOf(arg, scope);
  if (isMissing(rows)) return rows;
  if (arg.type === 'rows') return fraction(rows.length);
  const values = rows.map((row) => evaluate(arg, row, place));
  if (name === 'count') return fraction(values.filter((v) => v === true).length);
  if (name === 'any')
    return values.includes(true) || (values.some((v) => isMissing(v)) ? gapOf(...values) : false);
  const recorded = values.filter(isFraction);
  return values.length > 0 && recorded.length === 0 ? gapOf(...values) : recorded.reduce(add, fraction(0));
};
