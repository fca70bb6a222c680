import { type Problem, problem } from '../vocabulary/index.ts';
import type { BoundMapping } from './bound-mapping.ts';
import { columnsRead } from './columns-read.ts';

/**
 * A column that fills an identity field may fill nothing in plain beside it: a name in a coded field, in a reference or in
 * the key would be readable, or could be found again by guessing. Says so for each such column.
 */
export const secretColumnProblems = (bound: BoundMapping): readonly Problem[] => {
  const read = columnsRead(bound);
  return read
    .filter((one) => one.isSecret)
    .flatMap((secret) =>
      secret.columns.flatMap((column) => {
        const plain = read.find((other) => !other.isSecret && other.columns.includes(column));
        if (plain === undefined) return [];
        const details = { column, field: secret.fills, plain: plain.fills };
        return [problem('import_column_identity', details, { field: secret.fills })];
      }),
    );
};
