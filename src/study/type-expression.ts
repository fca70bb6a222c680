import { parsePartialDate } from '../vocabulary/index.ts';
import type { ProblemCode, ProblemDetails } from '../vocabulary/index.ts';
import type { StudyColumn } from './columns.ts';
import type { Binary, Expression, ExpressionNode, ExpressionType } from './expression.ts';
import { FUNCTIONS, type Parameter } from './functions.ts';
import { nearest } from './nearest.ts';
import { parseSyntax } from './parse-expression.ts';
import type { ConditionSyntax, ExpressionFault, Scope } from './scope.ts';
import { SyntaxFault, type SyntaxNode } from './syntax.ts';

/** The type of a value and, for codes, the list it comes from. */
export interface ValueType {
  readonly type: ExpressionType;
  readonly codeList?: string;
}
interface Typed extends ValueType {
  readonly node: ExpressionNode;
}

/** The typed tree, or the faults that prevent it; the columns it reads either way. */
export interface TypedExpression {
  readonly expression?: Expression;
  readonly faults: readonly ExpressionFault[];
  readonly reads: readonly StudyColumn[];
}

interface Context {
  readonly scope: Scope;
  readonly faults: ExpressionFault[];
  readonly reads: Set<StudyColumn>;
  /** Conditions being expanded, outermost first. */
  readonly expanding: readonly string[];
  /** Offset of the condition's name while inside its tree: its own offsets belong to another file. */
  readonly at?: number;
  /** Inside any/count/sum: the child table found so far. */
  readonly rows?: { child: StudyColumn | undefined };
}
type Result = Typed | undefined;

const fault = (context: Context, code: ProblemCode, details: ProblemDetails, at: number): undefined => {
  context.faults.push({ code, details, at: context.at ?? at });
  return undefined;
};
const clash = (context: Context, reason: string, at: number, more: ProblemDetails = {}): undefined =>
  fault(context, 'study_expression_type', { expected: '', found: '', name: '', ...more, reason }, at);

const valueType = (type: ExpressionType, codeList: string | undefined): ValueType =>
  codeList === undefined ? { type } : { type, codeList };
const typed = (node: ExpressionNode, codeList?: string): Typed => ({
  node,
  ...valueType(node.type, codeList),
});

/** Typed tree of a node; a text literal takes the type that its place expects. */
const typeNode = (context: Context, node: SyntaxNode, expected?: ValueType): Result => {
  const at = context.at ?? node.at;
  switch (node.kind) {
    case 'number':
      return typed({ kind: 'number', at, type: 'number', value: node.value });
    case 'text':
      return typeText(context, node.value, at, expected);
    case 'self': {
      const { self } = context.scope;
      if (self === undefined) return clash(context, 'self', at);
      context.reads.add(self);
      return typed({ kind: 'self', at, type: self.type }, self.codeList);
    }
    case 'negate': {
      const operand = requireType(context, typeNode(context, node.operand), 'number');
      return operand && typed({ kind: 'negate', at, type: 'number', operand: operand.node });
    }
    case 'name':
      return typeName(context, node.path, at);
    case 'call':
      return typeCall(context, node, at, expected);
    case 'binary':
      return typeBinary(context, node, at);
  }
};

const requireType = (context: Context, value: Result, type: ExpressionType): Result =>
  value === undefined || value.type === type
    ? value
    : clash(context, 'type', value.node.at, { expected: type, found: value.type });

const typeText = (context: Context, value: string, at: number, expected: ValueType | undefined): Result => {
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

const typeName = (context: Context, path: string, at: number): Result => {
  const { scope } = context;
  if (context.rows !== undefined) return typeRowName(context, context.rows, path, at);
  const column = scope.columns.get(path);
  if (column === undefined) {
    const condition = scope.conditions.get(path);
    if (condition !== undefined) return expand(context, path, condition, at);
    const child = childOf(scope, path);
    if (child !== undefined) return clash(context, 'rows_outside', at, { name: path });
    const known = [...scope.columns.keys(), ...scope.conditions.keys()];
    return fault(
      context,
      'study_field_unknown',
      { field: path, table: scope.table, nearest: nearest(path, known) },
      at,
    );
  }
  if (path === 'counted' && column.field === undefined)
    return typed({ kind: 'counted', at, type: 'boolean' });
  return read(context, column, path, at);
};

const read = (context: Context, column: StudyColumn, path: string, at: number): Result => {
  context.reads.add(column);
  if (column.sensitivity === 'identity' && !context.scope.identity)
    return fault(context, 'snapshot_identity_field', { field: path }, at);
  return typed({ kind: 'field', at, type: column.type, path, table: column.table }, column.codeList);
};

const childOf = (scope: Scope, path: string): StudyColumn | undefined =>
  [...scope.columns.values()].find(
    (c) => (c.type === 'rows' || c.type === 'codes') && path.startsWith(`${c.path}.`),
  );

/** A name inside any/count/sum: a column of the one child table that the call is about. */
const typeRowName = (
  context: Context,
  rows: { child: StudyColumn | undefined },
  path: string,
  at: number,
): Result => {
  const child =
    context.scope.columns.get(path)?.type === 'rows'
      ? context.scope.columns.get(path)
      : childOf(context.scope, path);
  if (child?.child === undefined || child.type !== 'rows')
    return clash(context, 'rows_only', at, { name: path });
  if (rows.child !== undefined && rows.child !== child) return clash(context, 'rows_one', at, { name: path });
  rows.child = child;
  context.reads.add(child);
  if (path === child.path) return read(context, child, path, at);
  const columns = context.scope.childColumns(child.child);
  const column = columns.get(path.slice(child.path.length + 1));
  if (column !== undefined) return read(context, column, path, at);
  const known = [...columns.keys()].map((key) => `${child.path}.${key}`);
  return fault(
    context,
    'study_field_unknown',
    { field: path, table: child.child, nearest: nearest(path, known) },
    at,
  );
};

/** A condition stands for its tree over its own instrument: it may be used on that instrument and its child tables. */
const expand = (context: Context, name: string, condition: ConditionSyntax, at: number): Result => {
  const { expanding, scope } = context;
  const { instrument, root } = condition;
  if (scope.table !== instrument && !scope.table.startsWith(`${instrument}.`))
    return clash(context, 'condition', at, { name, found: scope.table, expected: instrument });
  const seen = expanding.indexOf(name);
  if (seen === 0) return fault(context, 'study_cycle', { path: [...expanding, name].join(' → ') }, at);
  if (seen > 0 || scope.faulty.has(name)) return undefined;
  const faults: ExpressionFault[] = [];
  const reads = new Set<StudyColumn>();
  const inner: Context = {
    scope: scope.ofCondition(condition),
    faults,
    reads,
    expanding: [...expanding, name],
    at,
  };
  const result = typeNode(inner, root);
  const cycle = faults.find((f) => f.code === 'study_cycle');
  if (cycle !== undefined) context.faults.push(cycle);
  else if (faults.length > 0) return clash(context, 'condition_fields', at, { name });
  for (const column of reads) {
    context.reads.add(column);
    const here = scope.columns.get(column.path);
    if (here !== undefined && here.table !== column.table && column.table === instrument)
      return clash(context, 'shadowed', at, { name });
  }
  return result;
};

const ORDERED: ReadonlySet<ExpressionType> = new Set(['number', 'date']);
const COMPARABLE: ReadonlySet<ExpressionType> = new Set(['number', 'date', 'text', 'code', 'boolean']);

const typeBinary = (context: Context, node: SyntaxNode & { kind: 'binary' }, at: number): Result => {
  const { operator } = node;
  const build = (type: ExpressionType, left: Result, right: Result): Result =>
    left &&
    right &&
    typed({ kind: 'binary', at, type, operator, left: left.node, right: right.node } satisfies Binary);
  if (operator === 'and' || operator === 'or') {
    const left = requireType(context, typeNode(context, node.left), 'boolean');
    return build('boolean', left, requireType(context, typeNode(context, node.right), 'boolean'));
  }
  if (['+', '-', '*', 'div', 'mod'].includes(operator)) {
    const left = requireType(context, typeNode(context, node.left), 'number');
    return build('number', left, requireType(context, typeNode(context, node.right), 'number'));
  }
  const [left, right] = typePair(context, node.left, node.right);
  if (left === undefined || right === undefined) return undefined;
  const allowed = operator === '=' || operator === '!=' ? COMPARABLE : ORDERED;
  if (!allowed.has(left.type) || !sameType(left, right))
    return clash(context, 'compare', at, { expected: left.type, found: right.type, name: operator });
  return build('boolean', left, right);
};

/** Types two values that belong together; a literal is typed after the value beside it. */
const typePair = (context: Context, left: SyntaxNode, right: SyntaxNode): readonly [Result, Result] => {
  if (left.kind === 'text' && right.kind !== 'text') {
    const second = typeNode(context, right);
    return [typeNode(context, left, second), second];
  }
  const first = typeNode(context, left);
  return [first, first === undefined && right.kind === 'text' ? undefined : typeNode(context, right, first)];
};

const sameType = (a: ValueType, b: ValueType): boolean =>
  a.type === b.type && (a.codeList === undefined || b.codeList === undefined || a.codeList === b.codeList);

const typeCall = (
  context: Context,
  node: SyntaxNode & { kind: 'call' },
  at: number,
  expected?: ValueType,
): Result => {
  const signature = FUNCTIONS.get(node.name);
  if (signature === undefined)
    return fault(
      context,
      'study_name_unknown',
      { kind: 'function', name: node.name, nearest: nearest(node.name, FUNCTIONS.keys()) },
      at,
    );
  const { parameters, repeats } = signature;
  const fits =
    repeats === true ? node.args.length >= parameters.length : node.args.length === parameters.length;
  if (!fits)
    return clash(context, 'arguments', at, {
      name: node.name,
      expected: parameters.length,
      found: node.args.length,
    });
  if (signature.constraintOnly === true && !context.scope.constraint)
    return clash(context, 'constraint_only', at, { name: node.name });
  if (parameters.some((p) => p.startsWith('row')) && context.rows !== undefined)
    return clash(context, 'rows_nested', at, { name: node.name });
  const args: Result[] = [];
  let same: ValueType | undefined = expected;
  for (const [index, arg] of node.args.entries()) {
    const parameter = parameters[Math.min(index, parameters.length - 1)] as Parameter;
    const result = typeArgument(context, node.name, parameter, arg, parameter === 'same' ? same : args[0]);
    if (parameter === 'same' && result !== undefined) {
      if (same !== undefined && !sameType(same, result))
        return clash(context, 'type', result.node.at, { expected: same.type, found: result.type });
      same = valueType(result.type, result.codeList ?? same?.codeList);
    }
    args.push(result);
  }
  if (args.some((a) => a === undefined)) return undefined;
  const type = signature.result === 'same' ? (same?.type ?? 'text') : signature.result;
  const call: ExpressionNode = {
    kind: 'call',
    at,
    type,
    name: node.name,
    args: args.map((a) => (a as Typed).node),
  };
  return typed(call, signature.result === 'same' ? same?.codeList : undefined);
};

/** `beside` is the type an argument must share, or for `selected` the field whose list the literal comes from. */
const typeArgument = (
  context: Context,
  name: string,
  parameter: Parameter,
  arg: SyntaxNode,
  beside: ValueType | undefined,
): Result => {
  switch (parameter) {
    case 'same':
      return typeNode(context, arg, beside);
    case 'literal': {
      if (arg.kind !== 'text') return clash(context, 'literal', arg.at, { name });
      if (name === 'regex' && !isPattern(arg.value))
        return clash(context, 'pattern', arg.at, { found: arg.value });
      return beside?.type === 'codes'
        ? typeText(context, arg.value, context.at ?? arg.at, { ...beside, type: 'code' })
        : typeNode(context, arg);
    }
    case 'field': {
      const value = typeNode(context, arg);
      if (value !== undefined && value.node.kind !== 'field' && value.node.kind !== 'self')
        return clash(context, 'field', arg.at, { name });
      return value;
    }
    case 'row_condition': {
      const rows: { child: StudyColumn | undefined } = { child: undefined };
      const value = requireType(context, typeNode({ ...context, rows }, arg), 'boolean');
      return value === undefined || rows.child !== undefined
        ? value
        : clash(context, 'rows_only', arg.at, { name });
    }
    case 'row_field': {
      const value = requireType(context, typeNode({ ...context, rows: { child: undefined } }, arg), 'number');
      return value === undefined || value.node.kind === 'field'
        ? value
        : clash(context, 'field', arg.at, { name });
    }
    case 'rows': {
      const column = arg.kind === 'name' ? context.scope.columns.get(arg.path) : undefined;
      if (column?.type === 'codes') return read(context, column, column.path, context.at ?? arg.at);
      const rows: { child: StudyColumn | undefined } = { child: undefined };
      const value = typeNode({ ...context, rows }, arg);
      if (value !== undefined && rows.child === undefined)
        return clash(context, 'rows_only', arg.at, { name });
      if (value === undefined || value.type === 'rows' || value.type === 'boolean') return value;
      return clash(context, 'type', arg.at, { expected: 'rows', found: value.type });
    }
    default:
      return requireType(context, typeNode(context, arg), parameter);
  }
};

const isPattern = (source: string): boolean => {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
};

/** Types a tree in a scope. `own` is the id of the condition that is being read, so that a cycle is told where it starts. */
export const typeSyntax = (
  source: string,
  root: SyntaxNode,
  scope: Scope,
  expected: ValueType,
  own?: string,
): TypedExpression => {
  const context: Context = { scope, faults: [], reads: new Set(), expanding: own === undefined ? [] : [own] };
  const result = typeNode(context, root, expected);
  if (result !== undefined && !sameType(expected, result))
    clash(context, 'type', root.at, { expected: expected.type, found: result.type });
  const reads = [...context.reads];
  return context.faults.length > 0 || result === undefined
    ? { faults: context.faults, reads }
    : { expression: { source, root: result.node }, faults: [], reads };
};

/** Reads and types an expression: the one way from text to a tree. */
export const typeExpression = (
  source: string,
  scope: Scope,
  expected: ValueType = { type: 'boolean' },
): TypedExpression => {
  try {
    return typeSyntax(source, parseSyntax(source), scope, expected);
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    return { faults: [syntaxProblem(error)], reads: [] };
  }
};

export const syntaxProblem = ({ reason, found, at }: SyntaxFault): ExpressionFault => ({
  code: 'study_expression_syntax',
  details: { reason, found },
  at,
});
