/**
 * The one expression language (methodology 7, an XLSForm subset): parsed with positions to this typed tree; `records`
 * evaluates it on a record, `tables` compiles it to columns. There is no eval anywhere.
 *
 * Grammar (lowest first): or · and · = != < <= > >= · + - · * div mod · unary - not() · primary.
 * primary = number | 'text' | ${path} | path | . | function(args) | ( expression ).
 * `path` without braces is allowed in tables; a name of a condition stands for its expression; `counted` is reserved.
 * Functions: selected(field, 'code'), count-selected(field), not(), if(), coalesce(), true(), false(), any(child.path = 'x'),
 * count(child) or count(child.path = 'x'), sum(child.field), min(a, b, …), max(a, b, …), round(x, digits), int(x),
 * string-length(text), regex(text, 'pattern'), year(date), month(date), today() (in constraints only), present(field)
 * (has a value), missing(field). The signatures are in `functions.ts`.
 * A time is minutes since local midnight and a duration is minutes: both numbers. A text literal beside a date or a code
 * has that type in the tree. A row of a child table also sees the fields of its parent under their own paths.
 * Missing follows three-valued logic: a comparison with a missing operand is missing; `where` keeps only true.
 */
export type ExpressionType = 'boolean' | 'number' | 'text' | 'code' | 'codes' | 'date' | 'rows';

interface Node {
  /** Offset in the source text, for messages. */
  readonly at: number;
  readonly type: ExpressionType;
}
export interface NumberLiteral extends Node {
  readonly kind: 'number';
  /** Plain decimal text, exact. */
  readonly value: string;
}
export interface TextLiteral extends Node {
  readonly kind: 'text';
  readonly value: string;
}
export interface FieldReference extends Node {
  readonly kind: 'field';
  /** Dotted path within the table the expression is evaluated on; for child rows `child.path` inside any/count/sum. */
  readonly path: string;
  /** The table that holds the column: a row of `assembly.sanctions` also reads fields of its `assembly`. */
  readonly table: string;
}
export interface SelfReference extends Node {
  readonly kind: 'self';
}
export interface Call extends Node {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly ExpressionNode[];
}
export interface Binary extends Node {
  readonly kind: 'binary';
  readonly operator: 'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | 'div' | 'mod';
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}
export interface Negate extends Node {
  readonly kind: 'negate';
  readonly operand: ExpressionNode;
}
/** `counted`: the study's rule, a boolean column of the snapshot. */
export interface CountedReference extends Node {
  readonly kind: 'counted';
}
export type ExpressionNode =
  | NumberLiteral
  | TextLiteral
  | FieldReference
  | SelfReference
  | Call
  | Binary
  | Negate
  | CountedReference;

export interface Expression {
  readonly source: string;
  readonly root: ExpressionNode;
}
