import type { DuckDBConnection } from '@duckdb/node-api';
import {
  arrangeTable,
  type CountingEngine,
  definitionProblem,
  dimensionShapes,
  peopleBehind,
  type Snapshot,
  type Study,
  type Table,
  type TableDefinition,
  TOTAL,
} from '../../src/tables/index.ts';
import { ProblemError, problem } from '../../src/vocabulary/index.ts';
import { NoSql, toSql } from './expression-sql.ts';
import { groupSql } from './group-sql.ts';
import { loadSnapshot } from './load.ts';
import { measureSql } from './measure-sql.ts';
import { type GroupRow, outcomeAt } from './outcomes.ts';
import { viewParts } from './read-parts.ts';
import { type SqlScope, sourceOf } from './sources.ts';

/** A definition as one SQL statement: groups and all their totals at once. */
export const definitionSql = (
  study: Study,
  definition: TableDefinition,
  from: string,
  scope: SqlScope,
): string => {
  const groups = definition.dimensions.map((d, i) => `${groupSql(study, definition, scope, d)} AS g${i}`);
  const measures = definition.measures.map((m, i) => measureSql(definition, scope, m, `m${i}`));
  const names = groups.map((_, i) => `g${i}`);
  const where = definition.where === undefined ? 'TRUE' : toSql(definition.where.root, scope).sql;
  const inner = [...groups, ...measures.flatMap((m) => m.inner), '1 AS one'].join(', ');
  const outer = [
    ...names,
    ...names.map((g) => `grouping(${g}) AS ${g}_total`),
    'count(*) AS all_rows',
    ...measures.flatMap((m) => m.outer),
  ].join(', ');
  const kept = names.length === 0 ? '' : ` WHERE ${names.map((g) => `${g} IS NOT NULL`).join(' AND ')}`;
  const grouped = names.length === 0 ? '' : ` GROUP BY CUBE (${names.join(', ')})`;
  return `SELECT ${outer} FROM (SELECT ${inner} FROM ${from} WHERE (${where}) IS TRUE) rows_in${kept}${grouped}`;
};

const keyOf = (codes: readonly string[]): string => codes.join('\n');

const countOne = async (
  connection: DuckDBConnection,
  study: Study,
  snapshot: Snapshot,
  definition: TableDefinition,
): Promise<Table> => {
  const source = sourceOf(snapshot, definition.of);
  if (source === undefined) throw definitionProblem(definition, 'table_unknown', definition.of);
  const sql = definitionSql(study, definition, source.from, source.scope);
  const reader = await connection.runAndReadAll(sql);
  const found = new Map(
    (reader.getRowObjects() as unknown as GroupRow[]).map((row) => {
      const codes = definition.dimensions.map((_, i) =>
        Number(row[`g${i}_total`]) === 1 ? TOTAL : String(row[`g${i}`]),
      );
      return [keyOf(codes), row];
    }),
  );
  const shapes = dimensionShapes(study, snapshot, definition);
  const codesOf = (place: readonly number[]): readonly string[] =>
    place.map((g, d) => shapes[d]?.groups[g]?.code ?? TOTAL);
  const at = (codes: readonly string[]): GroupRow | undefined => found.get(keyOf(codes));
  const period = definition.dimensions.findIndex((d) => d.by === 'period');
  const periods = [...found.values()].flatMap((row) => {
    const code = row[`g${period}`];
    return typeof code === 'string' && !code.startsWith('_') ? [code] : [];
  });
  const isTime = definition.dimensions.map((d) => ['period', 'year', 'quarter', 'month'].includes(d.by));
  /** Rows that agree with the codes, single ones where a time dimension stands at its total. */
  const overTime = (codes: readonly string[]): readonly GroupRow[] =>
    [...found].flatMap(([key, row]) => {
      const own = key.split('\n');
      const fits = codes.every((code, d) =>
        code === TOTAL && isTime[d] === true ? own[d] !== TOTAL : own[d] === code,
      );
      return fits ? [row] : [];
    });
  const reading = { study, snapshot, definition, scope: source.scope, at, overTime, periods };
  return arrangeTable(study, snapshot, definition, shapes, {
    rows: (place) => Number(at(codesOf(place))?.['all_rows'] ?? 0n),
    outcome: (measure, place) => outcomeAt(reading, measure, codesOf(place)),
    people: peopleBehind(study, snapshot, definition),
  });
};

const openDatabase = async () => {
  try {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    return await DuckDBInstance.create(':memory:');
  } catch {
    throw new ProblemError(problem('engine_not_installed', { engine: 'duckdb' }));
  }
};

/** Counts definitions over a database whose tables `load` makes. */
const countWith = async (
  study: Study,
  snapshot: Snapshot,
  definitions: readonly TableDefinition[],
  load: (connection: DuckDBConnection) => Promise<void>,
): Promise<readonly Table[]> => {
  const database = await openDatabase();
  try {
    const connection = await database.connect();
    await load(connection);
    const tables: Table[] = [];
    for (const definition of definitions)
      tables.push(await countOne(connection, study, snapshot, definition));
    connection.closeSync();
    return tables;
  } catch (error) {
    if (error instanceof NoSql)
      throw new ProblemError(
        problem('table_definition', { table: 'sql', reason: 'function', name: error.message }),
      );
    throw error;
  } finally {
    database.closeSync();
  }
};

/**
 * The second engine: the same definitions as SQL, counted by DuckDB. It shares the layout of tables with the columnar
 * engine and none of its counting, so that each is a check of the other. Rejects with ProblemError `engine_not_installed`
 * where the optional package is absent.
 */
export const duckdbEngine: CountingEngine = {
  name: 'duckdb',
  count: (study, snapshot, definitions) =>
    countWith(study, snapshot, definitions, (connection) => loadSnapshot(connection, snapshot)),
};

/**
 * The same engine over Parquet files in parts (`writeParts`) for a snapshot past one machine's memory: it is given the
 * snapshot's shape (`shapeOf`) in place of its rows. `memory` is what DuckDB may hold before it uses the disk: `2GB`.
 */
export const parquetEngine = (folder: string, memory: string): CountingEngine => ({
  name: 'duckdb over Parquet',
  count: (study, shape, definitions) =>
    countWith(study, shape, definitions, (connection) => viewParts(connection, shape, folder, memory)),
});

export { shapeOf } from './part-shape.ts';
export { byPeriodAndUnit, type PartOf, writeParts } from './write-parts.ts';
