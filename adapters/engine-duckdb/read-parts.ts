import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column, Snapshot, SnapshotTable } from '../../src/tables/index.ts';
import { literal, missingOf, name, PARENT, ROW } from './names.ts';
import { partFile } from './write-parts.ts';

/** Part and row in one number: a part holds fewer than 2^32 rows. */
const PART_BITS = 32;

const valueOf = ({ kind, name: of }: Column): string =>
  kind === 'day' ? `DATE '1970-01-01' + ${name(of)}` : name(of);

/** A table that no part has rows of. */
const nothing = (table: SnapshotTable): string => {
  const typed = [...table.columns.values()].flatMap((column) => [
    `CAST(NULL AS ${EMPTY[column.kind]}) AS ${name(column.name)}`,
    `CAST(NULL AS VARCHAR) AS ${name(missingOf(column.name))}`,
  ]);
  return `SELECT CAST(NULL AS BIGINT) AS ${ROW}, CAST(NULL AS BIGINT) AS ${PARENT}, ${typed.join(', ')} WHERE FALSE`;
};
const EMPTY: Readonly<Record<Column['kind'], string>> = {
  code: 'VARCHAR',
  text: 'VARCHAR',
  boolean: 'BOOLEAN',
  number: 'BIGINT',
  day: 'DATE',
};

/**
 * Makes the tables of a database views of Parquet files in parts (`writeParts`): nothing is loaded, each query reads the
 * columns it needs, and what does not fit `memory` goes to a temporary folder.
 */
export const viewParts = async (
  connection: DuckDBConnection,
  shape: Snapshot,
  folder: string,
  memory: string,
): Promise<void> => {
  await connection.run(`SET memory_limit = ${literal(memory)}`);
  await connection.run(`SET temp_directory = ${literal(`${folder}/.spill`)}`);
  await connection.run('SET preserve_insertion_order = false');
  for (const table of shape.tables.values()) {
    const placed = (row: string): string => `((part << ${PART_BITS}) + ${row})`;
    const columns = [...table.columns.values()].flatMap((column) => [
      `${valueOf(column)} AS ${name(column.name)}`,
      name(missingOf(column.name)),
    ]);
    const keys = [
      `${placed('file_row_number')} AS ${ROW}`,
      ...(table.parent === undefined ? [] : [`${placed(PARENT)} AS ${PARENT}`]),
    ];
    const files = literal(partFile(folder, table.id, '*'));
    const rows = existsSync(join(folder, table.id))
      ? `SELECT ${[...keys, ...columns].join(', ')} FROM read_parquet(${files}, file_row_number = true, hive_partitioning = true, hive_types = {part: BIGINT})`
      : nothing(table);
    await connection.run(`CREATE VIEW ${name(table.id)} AS ${rows}`);
  }
};
