import {
  definitionProblem,
  type Expression,
  fieldProblem,
  type Measure,
  type TableDefinition,
  type Term,
} from '../../src/tables/index.ts';
import { toSql } from './expression-sql.ts';
import { literal } from './names.ts';
import type { SqlScope } from './sources.ts';

/** Columns of the inner query (one a row) and of the outer one (one a group), named after the measure. */
export interface MeasureSql {
  readonly inner: readonly string[];
  readonly outer: readonly string[];
}

/** What a term is to a row: status 0 out, 1 in, 2 missing; and the value it adds, an integer of 10^-decimals. */
interface TermSql {
  readonly status: string;
  readonly value: string;
  readonly kind: 'one' | 'number' | 'distinct';
  readonly decimals: number;
}

const statusOf = (where: string | undefined, value: string | undefined): string => {
  const recorded = value === undefined ? '1' : `(CASE WHEN ${value} IS NULL THEN 2 ELSE 1 END)`;
  return where === undefined
    ? recorded
    : `(CASE WHEN ${where} IS NULL THEN 2 WHEN NOT ${where} THEN 0 ELSE ${recorded} END)`;
};

const condition = (where: Expression | undefined, scope: SqlScope): string | undefined =>
  where === undefined ? undefined : toSql(where.root, scope).sql;

const fieldOf = (definition: TableDefinition, scope: SqlScope, path: string) => {
  const found = scope.column(path);
  if (found === undefined) throw fieldProblem(definition, path);
  return found;
};

export const decimalsOf = (definition: TableDefinition, scope: SqlScope, path: string): number => {
  const { column } = fieldOf(definition, scope, path);
  if (column.kind !== 'number') throw definitionProblem(definition, 'not_a_number', path);
  return column.decimals;
};

const termSql = (definition: TableDefinition, scope: SqlScope, term: Term): TermSql => {
  const where = condition(term.where, scope);
  if (term.kind === 'count' && definition.distinct === undefined)
    return { status: statusOf(where, undefined), value: '1', kind: 'one', decimals: 0 };
  const path = term.kind === 'count' ? (definition.distinct ?? '') : term.field;
  const { value } = fieldOf(definition, scope, path);
  if (term.kind === 'sum')
    return {
      status: statusOf(where, value),
      value,
      kind: 'number',
      decimals: decimalsOf(definition, scope, path),
    };
  return {
    status: statusOf(where, value),
    value: `CAST(${value} AS VARCHAR)`,
    kind: 'distinct',
    decimals: 0,
  };
};

const total = ({ kind, decimals }: TermSql, id: string): string => {
  const rows = `FILTER (WHERE ${id}_s = 1)`;
  const scale = decimals === 0 ? '' : ` /* scaled by 1e${decimals} */`;
  if (kind === 'one') return `count(*) ${rows} AS ${id}_total`;
  if (kind === 'distinct') return `count(DISTINCT ${id}_v) ${rows} AS ${id}_total`;
  return `COALESCE(sum(${id}_v) ${rows}, 0)${scale} AS ${id}_total`;
};

const standing = (id: string): readonly string[] => [
  `count(*) FILTER (WHERE ${id}_s = 0) AS ${id}_out`,
  `count(*) FILTER (WHERE ${id}_s = 1) AS ${id}_n`,
  `count(*) FILTER (WHERE ${id}_s = 2) AS ${id}_missing`,
];

const amount = (term: TermSql, id: string): MeasureSql => ({
  inner: [`${term.status} AS ${id}_s`, `${term.value} AS ${id}_v`],
  outer: [...standing(id), total(term, id)],
});

/** Both parts over the rows where both are recorded. */
const ratio = (above: TermSql, below: TermSql, id: string): MeasureSql => {
  const missing = `(${above.status} = 2 OR ${below.status} = 2)`;
  const beside = (term: TermSql): TermSql => ({
    ...term,
    status: `(CASE WHEN ${missing} THEN 2 ELSE ${term.status} END)`,
  });
  const either = `CASE WHEN ${missing} THEN 2 WHEN ${above.status} = 1 OR ${below.status} = 1 THEN 1 ELSE 0 END`;
  const [a, b] = [amount(beside(above), `${id}_a`), amount(beside(below), `${id}_b`)];
  return {
    inner: [...a.inner, ...b.inner, `${either} AS ${id}_s`],
    outer: [...a.outer, ...b.outer, ...standing(id)],
  };
};

const STATISTICS: Readonly<Record<string, string>> = {
  mean: 'sum($)',
  median: 'quantile_cont($, 0.5)',
  q1: 'quantile_cont($, 0.25)',
  q3: 'quantile_cont($, 0.75)',
  mode: 'list_min(list_transform(list_filter(map_entries(histogram($)), e -> e.value = list_max(map_values(histogram($)))), e -> e.key))',
  trimmed_mean:
    'list_sum(list_slice(list_sort(list($) FILTER (WHERE $ IS NOT NULL)), 1 + count($) // 10, count($) - count($) // 10))',
  min: 'min($)',
  max: 'max($)',
  spread: 'stddev_samp($)',
  geometric_mean: 'exp(avg(ln(NULLIF(greatest($, 0), 0))))',
};

const statistic = (
  definition: TableDefinition,
  scope: SqlScope,
  measure: Measure & { kind: 'statistic' },
  id: string,
): MeasureSql => {
  const { value } = fieldOf(definition, scope, measure.field);
  decimalsOf(definition, scope, measure.field);
  const status = statusOf(condition(measure.where, scope), value);
  const used = (STATISTICS[measure.statistic] ?? '').replaceAll(
    '$',
    `CASE WHEN ${id}_s = 1 THEN ${id}_v END`,
  );
  return {
    inner: [`${status} AS ${id}_s`, `${value} AS ${id}_v`],
    outer: [
      ...standing(id),
      `${used} AS ${id}_total`,
      `min(CASE WHEN ${id}_s = 1 THEN ${id}_v END) AS ${id}_least`,
    ],
  };
};

const topBox = (
  definition: TableDefinition,
  scope: SqlScope,
  measure: Measure & { kind: 'top_box' },
  id: string,
): MeasureSql => {
  const { value } = fieldOf(definition, scope, measure.field);
  const code = `CAST(${value} AS VARCHAR)`;
  const among =
    measure.codes.length === 0 ? 'FALSE' : `${code} IN (${measure.codes.map(literal).join(', ')})`;
  const chosen = `(CASE WHEN ${value} IS NULL THEN NULL ELSE ${among} END)`;
  const one = { value: '1', kind: 'one', decimals: 0 } as const;
  return ratio(
    { ...one, status: statusOf(chosen, undefined) },
    { ...one, status: statusOf(undefined, value) },
    id,
  );
};

/** The columns that a measure needs; a share or a rate needs those of the measure it refers to, which are there anyway. */
export const measureSql = (
  definition: TableDefinition,
  scope: SqlScope,
  measure: Measure,
  id: string,
): MeasureSql => {
  switch (measure.kind) {
    case 'term':
      return amount(termSql(definition, scope, measure.term), id);
    case 'ratio':
      return ratio(
        termSql(definition, scope, measure.numerator),
        termSql(definition, scope, measure.denominator),
        id,
      );
    case 'statistic':
      return statistic(definition, scope, measure, id);
    case 'top_box':
      return topBox(definition, scope, measure, id);
    case 'share':
    case 'rate':
      return { inner: [], outer: [] };
  }
};

/** Decimals of what a term adds, to read its total. */
export const termDecimals = (definition: TableDefinition, scope: SqlScope, term: Term): number =>
  term.kind === 'sum' ? decimalsOf(definition, scope, term.field) : 0;
