import {
  codesOf,
  type SnapshotColumn,
  type Study,
  type StudyColumn,
  snapshotColumnsOf,
} from '../study/index.ts';
import type { Column } from './column.ts';
import {
  booleanWriter,
  type ColumnWriter,
  codeWriter,
  dayWriter,
  numberWriter,
  textWriter,
} from './column-writer.ts';
import type { SnapshotTable } from './snapshot.ts';
import type { Stored } from './stored-value.ts';

/** Rows of one snapshot table, collected in order of arrival and laid out in the order of record ids. */
export interface TableBuilder {
  readonly id: string;
  readonly columns: readonly SnapshotColumn[];
  /** Adds a row; `parentRow` is the pushed row of the parent table. Returns its own pushed row. */
  addRow(valueOf: (column: StudyColumn) => Stored, parentRow: number): number;
  /** `parentOrder`: new parent row -> pushed parent row, or undefined for an instrument. */
  finish(order: Uint32Array, parentRows?: Uint32Array): SnapshotTable;
  readonly parents: readonly number[];
  readonly rows: number;
}

const writerFor = (study: Study, { path, type, codeList, decimals }: SnapshotColumn): ColumnWriter => {
  switch (type) {
    case 'code':
      return codeWriter(
        path,
        codeList === undefined ? [] : (codesOf(study, codeList) ?? []).map((c) => c.code),
      );
    case 'number':
      return numberWriter(path, decimals);
    case 'codes':
      return numberWriter(path, 0);
    case 'date':
      return dayWriter(path);
    case 'boolean':
      return booleanWriter(path);
    default:
      return textWriter(path);
  }
};

/** Throws RangeError for a table the study does not have. Identity columns are never among a snapshot's columns. */
export const tableBuilder = (
  study: Study,
  id: string,
  unit: string,
  parentTable: string | undefined,
): TableBuilder => {
  const columns = snapshotColumnsOf(study, id)?.filter((c) => c.brought === undefined);
  if (columns === undefined) throw new RangeError(`no table ${id}`);
  const writers = columns.map((column) => [column, writerFor(study, column)] as const);
  const parents: number[] = [];
  return {
    id,
    columns,
    parents,
    get rows() {
      return parents.length;
    },
    addRow: (valueOf, parentRow) => {
      for (const [column, writer] of writers) writer.push(valueOf(column));
      return parents.push(parentRow) - 1;
    },
    finish: (order, parentRows) => {
      const finished = new Map<string, Column>(
        writers.map(([column, writer]) => [column.path, writer.finish(order)]),
      );
      const table = { id, unit, rows: order.length, columns: finished };
      return parentTable === undefined || parentRows === undefined
        ? table
        : { ...table, parent: { table: parentTable, rows: parentRows } };
    },
  };
};
