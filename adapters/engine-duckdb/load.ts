import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column, Snapshot, SnapshotTable } from '../../src/tables/index.ts';
import { RECORDED_MISSING } from '../../src/vocabulary/index.ts';
import { literal, missingOf, name, PARENT, ROW } from './names.ts';

const TYPES: Readonly<Record<Column['kind'], string>> = {
  code: 'VARCHAR',
  text: 'VARCHAR',
  boolean: 'BOOLEAN',
  number: 'BIGINT',
  day: 'DATE',
};

const reasonAt = (column: Column, row: number): string | undefined => {
  const gap = column.missing?.[row] ?? 0;
  return gap === 0 ? undefined : RECORDED_MISSING[gap - 1];
};

/** A value as SQL text: codes and texts as they are, numbers as scaled integers, days as dates. */
const valueAt = (column: Column, row: number): string => {
  if (reasonAt(column, row) !== undefined) return 'NULL';
  switch (column.kind) {
    case 'code':
      return literal(column.dictionary[column.values[row] ?? 0] ?? '');
    case 'text':
      return literal(column.values[row] ?? '');
    case 'boolean':
      return column.values[row] === 1 ? 'TRUE' : 'FALSE';
    case 'number':
      return String(column.values[row] ?? 0);
    case 'day':
      return `DATE '1970-01-01' + ${column.values[row] ?? 0}`;
  }
};

const reason = (column: Column, row: number): string => {
  const found = reasonAt(column, row);
  return found === undefined ? 'NULL' : literal(found);
};

/** Rows written in one statement. */
const BATCH = 1000;

const loadTable = async (connection: DuckDBConnection, table: SnapshotTable): Promise<void> => {
  const columns = [...table.columns.values()];
  const declared = [
    `${ROW} BIGINT`,
    ...(table.parent === undefined ? [] : [`${PARENT} BIGINT`]),
    ...columns.flatMap((c) => [`${name(c.name)} ${TYPES[c.kind]}`, `${name(missingOf(c.name))} VARCHAR`]),
  ];
  await connection.run(`CREATE TABLE ${name(table.id)} (${declared.join(', ')})`);
  for (let start = 0; start < table.rows; start += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, table.rows - start) }, (_, i) => start + i);
    const tuples = rows.map((row) =>
      [
        row,
        ...(table.parent === undefined ? [] : [table.parent.rows[row]]),
        ...columns.flatMap((c) => [valueAt(c, row), reason(c, row)]),
      ].join(', '),
    );
    await connection.run(`INSERT INTO ${name(table.id)} VALUES ${tuples.map((t) => `(${t})`).join(', ')}`);
  }
};

/** Puts a snapshot into the tables of a database, values in plain words: no codes are shared with the columnar engine. */
export const loadSnapshot = async (connection: DuckDBConnection, snapshot: Snapshot): Promise<void> => {
  for (const table of snapshot.tables.values()) await loadTable(connection, table);
};
