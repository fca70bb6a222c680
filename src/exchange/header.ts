import { nearest } from '../study/index.ts';
import { type Problem, ProblemError, problem } from '../vocabulary/index.ts';
import type { BoundMapping, BoundRule } from './bind-mapping.ts';
import { cleanWord } from './normalise.ts';

/** Column name -> index. A name is compared in NFC with single spaces. */
export type Columns = ReadonlyMap<string, number>;

const columnsOfRule = ({ rule }: BoundRule): readonly string[] => [
  ...(rule.from === undefined ? [] : typeof rule.from === 'string' ? [rule.from] : rule.from),
  ...Object.keys(rule.flags ?? {}),
];

/** Every column that the mapping names, ignored ones too. */
const namedColumns = ({ mapping, rules, repeats }: BoundMapping): ReadonlySet<string> => {
  const {
    author,
    vouched_by: voucher,
    evidence,
    submitted_on: submitted,
    verified_on: verified,
  } = mapping.review;
  return new Set(
    [
      ...rules.flatMap(columnsOfRule),
      ...repeats.flatMap((r) => [...r.rows.flat().flatMap(columnsOfRule), r.split?.from]),
      ...(mapping.key ?? []),
      ...[author.from, voucher?.from, evidence?.from, submitted?.from, verified?.from].flat(),
      ...(mapping.ignore ?? []),
    ]
      .filter((name) => name !== undefined)
      .map(cleanWord),
  );
};

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
