import type { StudyColumn } from './columns.ts';
import { nearest } from './nearest.ts';
import type { ConditionSyntax, ExpressionFault, Scope } from './scope.ts';
import { type Context, clash, fault, type Result, type RowsFound, typed } from './typing.ts';

/** A name is a column, a column of child rows inside any/count/sum, a condition, or `counted`. */
export const typeName = (context: Context, path: string, at: number): Result => {
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

export const read = (context: Context, column: StudyColumn, path: string, at: number): Result => {
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
const typeRowName = (context: Context, rows: RowsFound, path: string, at: number): Result => {
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
    type: context.type,
    scope: scope.ofCondition(condition),
    faults,
    reads,
    expanding: [...expanding, name],
    at,
  };
  const result = context.type(inner, root);
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
