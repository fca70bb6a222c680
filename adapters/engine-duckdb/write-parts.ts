import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import type { Column, Snapshot, SnapshotTable } from '../../src/tables/index.ts';
import { RECORDED_MISSING } from '../../src/vocabulary/index.ts';
import { missingOf, PARENT } from './names.ts';

/** Which part a row of an instrument belongs to: `2018/astana`. Its children go with it. */
export type PartOf = (table: SnapshotTable, row: number) => string;

/** By reporting period and first-level unit, as the files of a country and its years are best kept. */
export const byPeriodAndUnit: PartOf = (table, row) =>
  ['period', 'unit_id'].map((name) => codeAt(table.columns.get(name), row)).join('/');

const codeAt = (column: Column | undefined, row: number): string =>
  column?.kind !== 'code' || (column.missing?.[row] ?? 0) > 0
    ? '_'
    : (column.dictionary[column.values[row] ?? 0] ?? '_');

/** Where the parts of a table are; `part` is a whole number, the same for the tables of one part. */
export const partFile = (folder: string, table: string, part: number | '*'): string =>
  join(folder, table, `part=${part}`, 'rows.parquet');

/** Rows of a table in each part, in order. */
type Rows = ReadonlyMap<number, readonly number[]>;

const grouped = (rows: number, partAt: (row: number) => number): Rows => {
  const found = new Map<number, number[]>();
  for (let row = 0; row < rows; row += 1) {
    const part = partAt(row);
    const list = found.get(part);
    if (list === undefined) found.set(part, [row]);
    else list.push(row);
  }
  return found;
};

/** Codes in plain words, numbers as scaled integers, days since 1970-01-01. Null where there is a gap. */
const valueAt = (column: Column, row: number): string | number | bigint | boolean | null => {
  if ((column.missing?.[row] ?? 0) > 0) return null;
  switch (column.kind) {
    case 'code':
      return column.dictionary[column.values[row] ?? 0] ?? '';
    case 'text':
      return column.values[row] ?? '';
    case 'boolean':
      return column.values[row] === 1;
    case 'number':
      return BigInt(column.values[row] ?? 0);
    case 'day':
      return column.values[row] ?? 0;
  }
};

const TYPES = { code: 'STRING', text: 'STRING', boolean: 'BOOLEAN', number: 'INT64', day: 'INT32' } as const;

/** A column and the reasons for its gaps. Every part has both, so that all files of a table have the same columns. */
const sourcesOf = (column: Column, rows: readonly number[]): readonly ColumnSource[] => [
  { name: column.name, data: rows.map((row) => valueAt(column, row)), ...typeOf(column) },
  {
    name: missingOf(column.name),
    data: rows.map((row) => RECORDED_MISSING[(column.missing?.[row] ?? 0) - 1] ?? null),
    type: 'STRING',
    nullable: true,
  },
];
const typeOf = ({ kind }: Column): Pick<ColumnSource, 'type' | 'nullable'> =>
  ({ type: TYPES[kind], nullable: true }) as Pick<ColumnSource, 'type' | 'nullable'>;

/**
 * Writes a snapshot, or one piece of one that is larger than memory, as Parquet files in parts, numbered from `first` on.
 * A child row names its parent by the row's number in the same part. Returns the number after the last part.
 */
export const writeParts = (folder: string, snapshot: Snapshot, partOf: PartOf, first = 0): number => {
  const numbers = new Map<string, number>();
  const numberOf = (name: string): number => {
    const known = numbers.get(name) ?? first + numbers.size;
    numbers.set(name, known);
    return known;
  };
  /** Table -> the part of each row and its number there. */
  const placed = new Map<string, { readonly part: Uint32Array; readonly at: Uint32Array }>();
  const place = (table: SnapshotTable): { readonly part: Uint32Array; readonly at: Uint32Array } => {
    const known = placed.get(table.id);
    if (known !== undefined) return known;
    const above = table.parent && snapshot.tables.get(table.parent.table);
    const parents = above && place(above);
    const part = Uint32Array.from({ length: table.rows }, (_, row) =>
      parents === undefined
        ? numberOf(partOf(table, row))
        : (parents.part[table.parent?.rows[row] ?? 0] ?? 0),
    );
    const at = new Uint32Array(table.rows);
    for (const rows of grouped(table.rows, (row) => part[row] ?? 0).values())
      rows.forEach((row, i) => {
        at[row] = i;
      });
    const found = { part, at };
    placed.set(table.id, found);
    return found;
  };
  for (const table of snapshot.tables.values()) {
    const { part } = place(table);
    const above = table.parent === undefined ? undefined : placed.get(table.parent.table);
    for (const [number, rows] of grouped(table.rows, (row) => part[row] ?? 0)) {
      const parents: readonly ColumnSource[] =
        above === undefined
          ? []
          : [
              {
                name: PARENT,
                data: rows.map((row) => above.at[table.parent?.rows[row] ?? 0] ?? 0),
                type: 'INT32',
              },
            ];
      const columnData = [
        ...parents,
        ...[...table.columns.values()].flatMap((column) => sourcesOf(column, rows)),
      ];
      const file = partFile(folder, table.id, number);
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'baqylau' })));
    }
  }
  return first + numbers.size;
};
