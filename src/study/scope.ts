import type { ProblemCode, ProblemDetails } from '../vocabulary/index.ts';
import { columnsOf, type StudyColumn, type StudyShape } from './columns.ts';
import { type CodeSource, codesOf } from './listed-codes.ts';
import type { SyntaxNode } from './syntax.ts';

/** A fault of an expression with its offset in the source; its file and line are added by whoever knows them. */
export interface ExpressionFault {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;
  readonly at: number;
}

/** What the names of an expression may mean where it stands. */
export interface Scope {
  readonly table: string;
  readonly columns: ReadonlyMap<string, StudyColumn>;
  /** Columns of a child table, for any/count/sum. */
  readonly childColumns: (childTable: string) => ReadonlyMap<string, StudyColumn>;
  readonly conditions: ReadonlyMap<string, ConditionSyntax>;
  /** The scope in which a condition is read: that of its own instrument, wherever it is used. */
  readonly ofCondition: (condition: ConditionSyntax) => Scope;
  /** Conditions found faulty by themselves: reported once, where they are written. */
  readonly faulty: ReadonlySet<string>;
  readonly codes: (list: string) => ReadonlySet<string> | undefined;
  /** The value that `.` stands for, in a constraint. */
  readonly self?: StudyColumn;
  readonly constraint: boolean;
  /** Only where the expression is evaluated on the device alone: relevance and constraints of identity fields. */
  readonly identity: boolean;
}

export interface ConditionSyntax {
  readonly instrument: string;
  readonly root: SyntaxNode;
}

/** How an expression is used: on the columns of a snapshot, or on one record while it is being filled. */
export interface ScopeOptions {
  readonly on: 'snapshot' | 'record';
  readonly self?: StudyColumn;
  readonly constraint?: boolean;
  readonly identity?: boolean;
}

export interface ScopeSource extends StudyShape, CodeSource {
  readonly conditionSyntax: ReadonlyMap<string, ConditionSyntax>;
  readonly faultyConditions: ReadonlySet<string>;
}

const byPath = (columns: readonly StudyColumn[]): ReadonlyMap<string, StudyColumn> =>
  new Map(columns.map((c) => [c.path, c]));

/** What one record knows by itself: neither standard columns nor what stands in other records. */
const isOnRecord = ({ field, brought }: StudyColumn): boolean =>
  field !== undefined && brought === undefined && field.inverseOf === undefined;

/** The scope of a table. Standard columns such as `counted` or `period` are known only to a snapshot, not to one record. */
export const scopeOf = (source: ScopeSource, table: string, options: ScopeOptions): Scope => {
  const visible = (path: string): ReadonlyMap<string, StudyColumn> =>
    byPath((columnsOf(source, path) ?? []).filter((c) => options.on === 'snapshot' || isOnRecord(c)));
  return {
    table,
    columns: visible(table),
    childColumns: (child) => byPath([...visible(child).values()].filter((c) => c.table === child)),
    conditions: source.conditionSyntax,
    ofCondition: ({ instrument }) => scopeOf(source, instrument, { on: options.on }),
    faulty: source.faultyConditions,
    codes: (list) => {
      const codes = codesOf(source, list);
      return codes === undefined ? undefined : new Set(codes.map((c) => c.code));
    },
    ...(options.self === undefined ? {} : { self: options.self }),
    constraint: options.constraint === true,
    identity: options.identity === true,
  };
};
