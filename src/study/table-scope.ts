import type { ProblemCode, ProblemDetails } from '../vocabulary/index.ts';
import type { StudyColumn } from './columns.ts';
import type { Expression } from './expression.ts';
import { type Findings, type Located, placeOf, report, reportFaults } from './located.ts';
import { nearest } from './nearest.ts';
import type { Scope } from './scope.ts';
import type { TableInput } from './shape/table-file.ts';
import { typeExpression } from './type-expression.ts';

/** A table definition being checked: its text, and the columns of the table it counts. */
export interface TableScope {
  readonly findings: Findings;
  readonly input: Located<TableInput>;
  readonly scope: Scope;
}

type Path = readonly (string | number)[];

export const tableFault = (
  t: TableScope,
  code: ProblemCode,
  details: ProblemDetails,
  ...path: Path
): undefined => {
  report(t.findings, code, { table: t.input.value.id, ...details }, placeOf(t.input, ...path));
  return undefined;
};

/** What a definition got wrong, as a word of `study.table_reason` in the catalogue. */
export const definitionFault = (t: TableScope, reason: string, name: string, ...path: Path): undefined =>
  tableFault(t, 'table_definition', { reason, name }, ...path);

/** A column that a table may use: it exists and is not sealed. */
export const tableColumn = (t: TableScope, name: string, ...path: Path): StudyColumn | undefined => {
  const column = t.scope.columns.get(name);
  if (column === undefined)
    return tableFault(
      t,
      'table_field_unknown',
      { field: name, of: t.scope.table, nearest: nearest(name, t.scope.columns.keys()) },
      ...path,
    );
  if (column.sensitivity === 'identity')
    return tableFault(t, 'snapshot_identity_field', { field: name }, ...path);
  return column;
};

export const tableExpression = (t: TableScope, text: string, ...path: Path): Expression | undefined => {
  const { expression, faults } = typeExpression(text, t.scope);
  reportFaults(
    t.findings,
    faults.map((f) => asTableFault(t, f)),
    t.input,
    ...path,
  );
  return expression;
};

/** A field that a table's expression does not find is the same fault as one its measures do not find. */
const asTableFault = <F extends { readonly code: ProblemCode; readonly details: ProblemDetails }>(
  t: TableScope,
  fault: F,
): F =>
  fault.code === 'study_field_unknown'
    ? {
        ...fault,
        code: 'table_field_unknown',
        details: { ...fault.details, table: t.input.value.id, of: t.scope.table },
      }
    : fault;
