import type { Column } from '../snapshot/index.ts';
import { type ChildScope, columnScalar, type Scope } from './expression-scalar.ts';
import type { Scalar } from './scalar.ts';
import type { TableView } from './table-view.ts';

const firstChildRows = new WeakMap<Uint32Array, Uint32Array>();

/** For each row above, where its child rows begin; one more at the end. */
const childOffsets = (parentRows: Uint32Array, rowsAbove: number): Uint32Array => {
  const known = firstChildRows.get(parentRows);
  if (known !== undefined) return known;
  const offsets = new Uint32Array(rowsAbove + 1);
  for (const row of parentRows) (offsets[row + 1] as number)++;
  for (let row = 0; row < rowsAbove; row++) (offsets[row + 1] as number) += offsets[row] as number;
  firstChildRows.set(parentRows, offsets);
  return offsets;
};

const childScope = (view: TableView, above: TableView, name: string): ChildScope => {
  const offsets = childOffsets(view.table.parent?.rows ?? new Uint32Array(), above.table.rows);
  const own = (path: string): Column | undefined => {
    const inside = path.startsWith(`${name}.`) ? path.slice(name.length + 1) : undefined;
    return inside === undefined ? undefined : view.table.columns.get(inside);
  };
  const rowsAbove = view.table.parent?.rows ?? new Uint32Array();
  const outer = tableScope(above);
  return {
    first: (row) => offsets[row] as number,
    end: (row) => offsets[row + 1] as number,
    scope: {
      table: view.table.id,
      field: (path) => {
        const column = own(path);
        if (column !== undefined) return columnScalar(column);
        const scalar = outer.field(path);
        return scalar === undefined
          ? undefined
          : ({ ...scalar, at: (row: number) => scalar.at(rowsAbove[row] as number) } as Scalar);
      },
      child: () => undefined,
    },
  };
};

/** Names in an expression over a table: its columns, those of the rows above, and its child tables. */
export const tableScope = (view: TableView): Scope => ({
  table: view.table.id,
  field: (path) => {
    const column = view.column(path);
    return column === undefined ? undefined : columnScalar(column);
  },
  child: (name) => {
    const child = view.child(name);
    return child === undefined ? undefined : childScope(child, view, name);
  },
});
