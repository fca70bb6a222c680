import type { Column, Snapshot, SnapshotTable } from '../snapshot/index.ts';

/**
 * A snapshot table as expressions and dimensions see it: its own columns, and those of the rows above it (a child row has
 * the city of its assembly). Gathered columns are made once and kept while the snapshot lives.
 */
export interface TableView {
  readonly table: SnapshotTable;
  readonly snapshot: Snapshot;
  readonly parent?: TableView;
  /** Own column, else the parent's; `assembly.place` and `sanctions.kind` may be written in full. */
  column(path: string): Column | undefined;
  /** Worked out once for the table and kept with it: what a condition is to its rows does not change. */
  remember<T>(key: string, make: () => T): T;
  /** The child table of a repeat group, select_multiple or multiple reference of this table. */
  child(name: string): TableView | undefined;
}

type Slots = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

const gatherSlots = <S extends Slots>(from: S, rows: Uint32Array, to: S): S => {
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i] as number] as number;
  return to;
};

const sameKind = (like: Slots, length: number): Slots => {
  if (like instanceof Uint8Array) return new Uint8Array(length);
  if (like instanceof Uint16Array) return new Uint16Array(length);
  if (like instanceof Uint32Array) return new Uint32Array(length);
  return like instanceof Int32Array ? new Int32Array(length) : new Float64Array(length);
};

/** The column of the parent table laid out along the rows of the child. */
const gather = (column: Column, rows: Uint32Array): Column => {
  const gaps =
    column.missing === undefined
      ? {}
      : { missing: gatherSlots(column.missing, rows, new Uint8Array(rows.length)) };
  if (column.kind === 'text')
    return { ...column, ...gaps, values: Array.from(rows, (r) => column.values[r] ?? '') };
  return {
    ...column,
    ...gaps,
    values: gatherSlots(column.values, rows, sameKind(column.values, rows.length)),
  } as Column;
};

const MOST_REMEMBERED = 2000;

const views = new WeakMap<SnapshotTable, TableView>();

/** The view of a table of the snapshot, or undefined when there is no such table. */
export const tableView = (snapshot: Snapshot, id: string): TableView | undefined => {
  const table = snapshot.tables.get(id);
  if (table === undefined) return undefined;
  const known = views.get(table);
  if (known !== undefined) return known;
  const view = makeView(snapshot, table);
  views.set(table, view);
  return view;
};

const makeView = (snapshot: Snapshot, table: SnapshotTable): TableView => {
  const up = table.parent;
  const parent = up === undefined ? undefined : tableView(snapshot, up.table);
  const gathered = new Map<string, Column>();
  const remembered = new Map<string, unknown>();
  const ownName = table.id.slice(table.id.lastIndexOf('.') + 1);

  const inherited = (path: string): Column | undefined => {
    const known = gathered.get(path);
    if (known !== undefined || up === undefined) return known;
    const above = parent?.column(path);
    if (above === undefined) return undefined;
    const column = gather(above, up.rows);
    gathered.set(path, column);
    return column;
  };
  const without = (path: string, prefix: string): string | undefined =>
    path.startsWith(`${prefix}.`) ? path.slice(prefix.length + 1) : undefined;

  const column = (path: string): Column | undefined => {
    const own =
      table.columns.get(path) ?? table.columns.get(without(path, table.id) ?? without(path, ownName) ?? '');
    return own ?? inherited(path);
  };
  return {
    table,
    snapshot,
    ...(parent === undefined ? {} : { parent }),
    column,
    remember: <T>(key: string, make: () => T): T => {
      if (remembered.has(key)) return remembered.get(key) as T;
      const value = make();
      // Cross-tabs may ask for any condition: what is kept stays bounded.
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      remembered.set(key, value);
      return value;
    },
    child: (name) => tableView(snapshot, `${table.id}.${without(name, table.id) ?? name}`),
  };
};
