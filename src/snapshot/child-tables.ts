import type { EntryValue } from '../records/index.ts';
import { type Field, type Instrument, isChild, type StudyColumn, tablesOf } from '../study/index.ts';
import type { SnapshotTable } from './snapshot.ts';
import { type Stored, storedValue, type ValueOf } from './stored-value.ts';
import type { TableBuilder } from './table-builder.ts';

interface ChildRow {
  readonly rowId: string;
  readonly value: EntryValue;
  readonly values: ValueOf;
}

/** The rows a child field holds: one a chosen code, one a referred record, or one a row of a repeat. */
const childRows = (value: EntryValue | undefined): readonly ChildRow[] =>
  !Array.isArray(value)
    ? []
    : (value as readonly (string | { row_id: string; values: Record<string, EntryValue> })[]).map((row, i) =>
        typeof row === 'string'
          ? { rowId: String(i + 1), value: row, values: () => undefined }
          : { rowId: row.row_id, value: row.row_id, values: (path) => row.values[path] },
      );

/** Adds the rows of all child tables below a row, depth first. */
export const addChildren = (
  builders: ReadonlyMap<string, TableBuilder>,
  table: string,
  fields: readonly Field[],
  recordId: string,
  values: ValueOf,
  parentRow: number,
): void => {
  for (const field of fields.filter(isChild)) {
    const builder = builders.get(`${table}.${field.path}`);
    if (builder === undefined) continue;
    for (const [ordinal, row] of childRows(values(field.path)).entries()) {
      const standard: Readonly<Record<string, Stored>> = {
        record_id: recordId,
        row_id: row.rowId,
        ordinal: ordinal + 1,
      };
      const valueOf = (column: StudyColumn): Stored =>
        column.path === 'value' && typeof row.value === 'string'
          ? row.value
          : (standard[column.path] ?? storedValue(column, row.values));
      const at = builder.addRow(valueOf, parentRow);
      addChildren(builders, builder.id, field.fields ?? [], recordId, row.values, at);
    }
  }
};

/** The table a child lies in. */
export const parentOf = (table: string, tables: readonly string[]): string | undefined =>
  tables.filter((t) => table.startsWith(`${t}.`)).sort((a, b) => b.length - a.length)[0];

/** The new row of what is not laid out. */
const LEFT_OUT = 0xffff_ffff;

/** Row order of a child: by the new row of its parent, then in order of arrival, which is the order of its ordinal. */
const childOrder = (
  parents: readonly number[],
  newRowOf: Uint32Array,
): { order: Uint32Array; parentRows: Uint32Array } => {
  const order = Uint32Array.from(parents, (_, i) => i).filter((i) => newRowOf[parents[i] ?? 0] !== LEFT_OUT);
  order.sort((a, b) => (newRowOf[parents[a] ?? 0] ?? 0) - (newRowOf[parents[b] ?? 0] ?? 0) || a - b);
  return { order, parentRows: order.map((i) => newRowOf[parents[i] ?? 0] ?? 0) };
};

const inverse = (order: Uint32Array, pushed: number): Uint32Array => {
  const rowOf = new Uint32Array(pushed).fill(LEFT_OUT);
  for (let row = 0; row < order.length; row++) rowOf[order[row] ?? 0] = row;
  return rowOf;
};

/** Lays out an instrument's tables: records by id but for those to leave out, children under them. */
export const finishInstrument = (
  instrument: Instrument,
  builders: ReadonlyMap<string, TableBuilder>,
  recordIds: readonly string[],
  leaveOut: ReadonlySet<string>,
): readonly SnapshotTable[] => {
  const order = Uint32Array.from(recordIds, (_, i) => i).filter((i) => !leaveOut.has(recordIds[i] ?? ''));
  order.sort((a, b) => ((recordIds[a] ?? '') < (recordIds[b] ?? '') ? -1 : 1));
  const tables = tablesOf(instrument);
  const newRowOf = new Map([[instrument.id, inverse(order, recordIds.length)]]);
  return tables.flatMap((id) => {
    const builder = builders.get(id);
    if (builder === undefined) return [];
    const parent = parentOf(id, tables);
    const parentRowOf = parent === undefined ? undefined : newRowOf.get(parent);
    if (parentRowOf === undefined) return [builder.finish(order)];
    const laid = childOrder(builder.parents, parentRowOf);
    newRowOf.set(id, inverse(laid.order, builder.rows));
    return [builder.finish(laid.order, laid.parentRows)];
  });
};
