import type { TableDefinition } from '../study/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';

/** A definition that cannot be counted; `reason` is a key of the message `problem.table_definition`. */
export const definitionProblem = (
  definition: TableDefinition,
  reason: string,
  name: string,
): ProblemError => {
  const { id: table, file, line } = definition;
  return new ProblemError(problem('table_definition', { table, reason, name }, { file, line }));
};

/** A field that the counted table does not have. */
export const fieldProblem = (definition: TableDefinition, field: string): ProblemError => {
  const { id: table, of, file, line } = definition;
  return new ProblemError(
    problem('table_field_unknown', { table, field, of, nearest: 'none' }, { file, line }),
  );
};
