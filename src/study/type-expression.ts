import type { StudyColumn } from './columns.ts';
import type { Binary, Expression, ExpressionType } from './expression.ts';
import { parseSyntax } from './parse-expression.ts';
import type { ExpressionFault, Scope } from './scope.ts';
import { SyntaxFault, type SyntaxNode } from './syntax.ts';
import { typeCall } from './type-call.ts';
import { typeName } from './type-name.ts';
import { typeText } from './type-text.ts';
import { type Context, clash, type Result, requireType, sameType, typed, type ValueType } from './typing.ts';

/** The typed tree, or the faults that prevent it; the columns it reads either way. */
export interface TypedExpression {
  readonly expression?: Expression;
  readonly faults: readonly ExpressionFault[];
  readonly reads: readonly StudyColumn[];
}

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

/** Types a tree in a scope. `own` is the id of the condition that is being read, so that a cycle is told where it starts. */
export const typeSyntax = (
  source: string,
  root: SyntaxNode,
  scope: Scope,
  expected: ValueType,
  own?: string,
): TypedExpression => {
  const context: Context = {
    scope,
    faults: [],
    reads: new Set(),
    expanding: own === undefined ? [] : [own],
    type: typeNode,
  };
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
