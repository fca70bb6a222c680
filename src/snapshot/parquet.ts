import type { SchemaElement } from 'hyparquet';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { RECORDED_MISSING } from '../vocabulary/index.ts';
import { type Column, missingReason } from './column.ts';
import type { SnapshotTable } from './snapshot.ts';

interface Written {
  readonly source: ColumnSource;
  readonly schema: SchemaElement;
}

const optional = (name: string, element: Omit<SchemaElement, 'name'>): SchemaElement => ({
  name,
  repetition_type: 'OPTIONAL',
  ...element,
});

const TEXT = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;

const read = (column: Column, row: number): string | number | boolean | Date => {
  switch (column.kind) {
    case 'code':
      return column.dictionary[column.values[row] ?? 0] ?? '';
    case 'text':
      return column.values[row] ?? '';
    case 'boolean':
      return column.values[row] === 1;
    case 'day':
      return new Date((column.values[row] ?? 0) * 86_400_000);
    case 'number':
      return (column.values[row] ?? 0) / 10 ** column.decimals;
  }
};

const elementOf = (column: Column): Omit<SchemaElement, 'name'> => {
  if (column.kind === 'boolean') return { type: 'BOOLEAN' };
  if (column.kind === 'day') return { type: 'INT32', converted_type: 'DATE' };
  if (column.kind !== 'number') return TEXT;
  return column.decimals === 0 && column.values instanceof Int32Array
    ? { type: 'INT32' }
    : { type: 'DOUBLE' };
};

/** A nullable column x is followed by `x__missing` with the reason, so that no gap is a bare null. */
const write = (column: Column, rows: number): readonly Written[] => {
  const data = Array.from({ length: rows }, (_, row) =>
    (column.missing?.[row] ?? 0) > 0 ? null : read(column, row),
  );
  const main: Written = {
    source: { name: column.name, data },
    schema: optional(column.name, elementOf(column)),
  };
  if (column.missing === undefined) return [main];
  const name = `${column.name}__missing`;
  const reasons = data.map((_, row) => missingReason(column, row, RECORDED_MISSING) ?? null);
  return [main, { source: { name, data: reasons }, schema: optional(name, TEXT) }];
};

/** A snapshot table as a Parquet file (for DuckDB, R, pandas). Same table, same bytes. */
export const tableToParquet = (table: SnapshotTable): Uint8Array => {
  const columns = [...table.columns.values()].flatMap((column) => write(column, table.rows));
  const buffer = parquetWriteBuffer({
    columnData: columns.map((c) => c.source),
    schema: [{ name: 'root', num_children: columns.length }, ...columns.map((c) => c.schema)],
    createdBy: 'baqylau',
  });
  return new Uint8Array(buffer);
};
