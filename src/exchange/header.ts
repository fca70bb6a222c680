import { nearest } from '../study/index.ts';
import { cleanWord, type Problem, ProblemError, problem } from '../vocabulary/index.ts';
import type { BoundMapping } from './bound-mapping.ts';
import { columnsRead } from './columns-read.ts';

/** Column name -> index. A name is compared in NFC with single spaces. */
export type Columns = ReadonlyMap<string, number>;

/** Every column that the mapping names, ignored ones too. */
const namedColumns = (bound: BoundMapping): ReadonlySet<string> =>
  new Set([
    ...columnsRead(bound).flatMap((read) => read.columns),
    ...(bound.mapping.ignore ?? []).map(cleanWord),
  ]);

/**
 * The columns of the file against those of the mapping: each named one must be there, each one there must be named, by a
 * rule or under `ignore`. What nobody named is never dropped in silence.
 */
export const bindHeader = (bound: BoundMapping, header: readonly string[]): Columns => {
  const columns: Columns = new Map(header.map((name, i) => [cleanWord(name), i]));
  const named = namedColumns(bound);
  const problems: Problem[] = [
    ...[...named]
      .filter((name) => !columns.has(name))
      .map((column) =>
        problem('import_column_unknown', { column, nearest: nearest(column, columns.keys()) }),
      ),
    ...[...columns.keys()]
      .filter((name) => !named.has(name))
      .map((column) => problem('import_column_unnamed', { column })),
  ];
  if (problems.length > 0) throw new ProblemError(problems);
  return columns;
};
