import {
  type Dimension,
  definitionProblem,
  fieldProblem,
  type Regrouping,
  type Study,
  type TableDefinition,
} from '../../src/tables/index.ts';
import { literal } from './names.ts';
import type { SqlColumn, SqlScope } from './sources.ts';

const gapCode = (missing: string): string => `('_' || ${missing})`;

const calendarText = (part: string, date: string): string => {
  if (part === 'year') return `strftime(${date}, '%Y')`;
  return part === 'month'
    ? `strftime(${date}, '%Y-%m')`
    : `(strftime(${date}, '%Y') || '-Q' || quarter(${date}))`;
};

/** The calendar part of a date; one that a partial date does not decide is not recorded. */
const calendar = (part: string, first: SqlColumn, last: SqlColumn | undefined): string => {
  const from = calendarText(part, first.value);
  const to = last === undefined ? from : `COALESCE(${calendarText(part, last.value)}, ${from})`;
  return `CASE WHEN ${first.value} IS NULL THEN ${gapCode(first.missing)} WHEN ${from} = ${to} THEN ${from} ELSE '_not_recorded' END`;
};

/** The reporting period of a date by its first day; one in no period is in no cell. */
const periodText = ({ periods }: Study, { value, missing }: SqlColumn): string => {
  const whens = periods.flatMap(({ id, start, end }) =>
    start === undefined || end === undefined
      ? []
      : [`WHEN ${value} BETWEEN DATE ${literal(start)} AND DATE ${literal(end)} THEN ${literal(id)}`],
  );
  return `CASE WHEN ${value} IS NULL THEN ${gapCode(missing)} ${whens.join(' ')} ELSE NULL END`;
};

const codeText = ({ column, value }: SqlColumn): string => {
  if (column.kind !== 'number' || column.decimals === 0) return `CAST(${value} AS VARCHAR)`;
  return `CAST(CAST(${value} AS DECIMAL(18, 0)) * CAST(1e-${column.decimals} AS DECIMAL(18, ${column.decimals})) AS VARCHAR)`;
};

const regrouped = (code: string, gap: string, { groups, rest }: Regrouping): string => {
  const whens = groups
    .filter((g) => g.of.length > 0)
    .map((g) => `WHEN ${code} IN (${g.of.map(literal).join(', ')}) THEN ${literal(g.code)}`);
  const others = rest === 'keep' ? code : rest === 'other' ? `'other'` : 'NULL';
  return `CASE WHEN ${code} IS NULL THEN ${gap} ${whens.join(' ')} ELSE ${others} END`;
};

/** The group of a row as SQL text; NULL for a code that a regrouping drops. */
export const groupSql = (
  study: Study,
  definition: TableDefinition,
  scope: SqlScope,
  dimension: Dimension,
): string => {
  const { by, date: asked, regroup } = dimension;
  const own = asked === undefined ? scope.column(by === 'unit' ? 'unit_id' : by) : undefined;
  const instrument = [...study.instruments.values()].find(
    (i) => i.id === definition.of || definition.of.startsWith(`${i.id}.`),
  );
  if (own === undefined) {
    const date = asked ?? instrument?.dateField;
    const first = date === undefined ? undefined : scope.column(date);
    if (by === 'period' && first !== undefined) return periodText(study, first);
    if (!['year', 'quarter', 'month'].includes(by) || first === undefined) throw fieldProblem(definition, by);
    return calendar(by, first, scope.column(`${date}.last`));
  }
  const code = codeText(own);
  if (regroup === undefined) return `COALESCE(${code}, ${gapCode(own.missing)})`;
  const regrouping = study.regroupings.get(regroup);
  if (regrouping === undefined) throw definitionProblem(definition, 'regrouping_unknown', regroup);
  return regrouped(code, gapCode(own.missing), regrouping);
};
