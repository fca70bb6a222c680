import type { ProblemCode, ProblemDetails } from '../vocabulary/index.ts';
import type { StudyColumn } from './columns.ts';
import type { ExpressionNode, ExpressionType } from './expression.ts';
import type { ExpressionFault, Scope } from './scope.ts';
import type { SyntaxNode } from './syntax.ts';

/** The type of a value and, for codes, the list it comes from. */
export interface ValueType {
  readonly type: ExpressionType;
  readonly codeList?: string;
}
export interface Typed extends ValueType {
  readonly node: ExpressionNode;
}

/** The child table that the rows of an any, count or sum were found in, once one is named. */
export interface RowsFound {
  child: StudyColumn | undefined;
}

/** What typing one expression carries along. */
export interface Context {
  readonly scope: Scope;
  readonly faults: ExpressionFault[];
  readonly reads: Set<StudyColumn>;
  /** Conditions being expanded, outermost first. */
  readonly expanding: readonly string[];
  /** Offset of the condition's name while inside its tree: its own offsets belong to another file. */
  readonly at?: number;
  /** Inside any/count/sum: the child table found so far. */
  readonly rows?: RowsFound;
  /** The typing of any node, for the parts of this one. */
  readonly type: (context: Context, node: SyntaxNode, expected?: ValueType) => Result;
}
export type Result = Typed | undefined;

export const fault = (
  context: Context,
  code: ProblemCode,
  details: ProblemDetails,
  at: number,
): undefined => {
  context.faults.push({ code, details, at: context.at ?? at });
  return undefined;
};
export const clash = (context: Context, reason: string, at: number, more: ProblemDetails = {}): undefined =>
  fault(context, 'study_expression_type', { expected: '', found: '', name: '', ...more, reason }, at);

export const valueType = (type: ExpressionType, codeList: string | undefined): ValueType =>
  codeList === undefined ? { type } : { type, codeList };
export const typed = (node: ExpressionNode, codeList?: string): Typed => ({
  node,
  ...valueType(node.type, codeList),
});

export const requireType = (context: Context, value: Result, type: ExpressionType): Result =>
  value === undefined || value.type === type
    ? value
    : clash(context, 'type', value.node.at, { expected: type, found: value.type });

export const sameType = (a: ValueType, b: ValueType): boolean =>
  a.type === b.type && (a.codeList === undefined || b.codeList === undefined || a.codeList === b.codeList);
