import type { ExpressionNode } from './expression.ts';
import { FUNCTIONS, type Parameter } from './functions.ts';
import { nearest } from './nearest.ts';
import type { SyntaxNode } from './syntax.ts';
import { read } from './type-name.ts';
import { typeText } from './type-text.ts';
import {
  type Context,
  clash,
  fault,
  type Result,
  type RowsFound,
  requireType,
  sameType,
  type Typed,
  typed,
  type ValueType,
  valueType,
} from './typing.ts';

/** A call fits its signature: as many arguments, of the right types. */
export const typeCall = (
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
      return context.type(context, arg, beside);
    case 'literal': {
      if (arg.kind !== 'text') return clash(context, 'literal', arg.at, { name });
      if (name === 'regex' && !isPattern(arg.value))
        return clash(context, 'pattern', arg.at, { found: arg.value });
      return beside?.type === 'codes'
        ? typeText(context, arg.value, context.at ?? arg.at, { ...beside, type: 'code' })
        : context.type(context, arg);
    }
    case 'field': {
      const value = context.type(context, arg);
      if (value !== undefined && value.node.kind !== 'field' && value.node.kind !== 'self')
        return clash(context, 'field', arg.at, { name });
      return value;
    }
    case 'row_condition': {
      const rows: RowsFound = { child: undefined };
      const value = requireType(context, context.type({ ...context, rows }, arg), 'boolean');
      return value === undefined || rows.child !== undefined
        ? value
        : clash(context, 'rows_only', arg.at, { name });
    }
    case 'row_field': {
      const value = requireType(
        context,
        context.type({ ...context, rows: { child: undefined } }, arg),
        'number',
      );
      return value === undefined || value.node.kind === 'field'
        ? value
        : clash(context, 'field', arg.at, { name });
    }
    case 'rows': {
      const column = arg.kind === 'name' ? context.scope.columns.get(arg.path) : undefined;
      if (column?.type === 'codes') return read(context, column, column.path, context.at ?? arg.at);
      const rows: RowsFound = { child: undefined };
      const value = context.type({ ...context, rows }, arg);
      if (value !== undefined && rows.child === undefined)
        return clash(context, 'rows_only', arg.at, { name });
      if (value === undefined || value.type === 'rows' || value.type === 'boolean') return value;
      return clash(context, 'type', arg.at, { expected: 'rows', found: value.type });
    }
    default:
      return requireType(context, context.type(context, arg), parameter);
  }
};

const isPattern = (source: string): boolean => {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
};
