import type { Column, Snapshot, SnapshotTable } from '../../src/tables/index.ts';

/** Values of one column that are kept; a column with more is nothing to group by. */
const DISTINCT = 20_000;

/**
 * What tables are laid out by, in place of rows that are not in memory: the columns with their dictionaries, and as many of
 * the rows as show every number, day and yes or no that a row of a table, or of one above it, has. Nothing is counted from it.
 */
export const shapeOf = (snapshot: Snapshot): Snapshot => {
  const kept = new Map<string, Set<number>>();
  for (const table of snapshot.tables.values()) keepValues(snapshot, table, kept);
  const rows = new Map([...kept].map(([id, set]) => [id, [...set].sort((a, b) => a - b)] as const));
  const tables = [...snapshot.tables].map(([id, table]) => [id, only(table, rows)] as const);
  return { manifest: snapshot.manifest, tables: new Map(tables) };
};

/** A table and those above it, with the row that a row of the first lies in. */
const levelsOf = (
  snapshot: Snapshot,
  table: SnapshotTable,
): readonly { readonly table: SnapshotTable; readonly at: (row: number) => number }[] => {
  const levels = [{ table, at: (row: number): number => row }];
  for (let { parent } = table; parent !== undefined; ) {
    const [rows, above, below] = [parent.rows, snapshot.tables.get(parent.table), levels.at(-1)];
    if (above === undefined || below === undefined) break;
    levels.push({ table: above, at: (row) => rows[below.at(row)] ?? 0 });
    parent = above.parent;
  }
  return levels;
};

const keepValues = (snapshot: Snapshot, table: SnapshotTable, kept: Map<string, Set<number>>): void => {
  const levels = levelsOf(snapshot, table);
  const keep = (row: number): void => {
    for (const level of levels) {
      const rows = kept.get(level.table.id) ?? new Set();
      kept.set(level.table.id, rows.add(level.at(row)));
    }
  };
  for (const level of levels)
    for (const column of level.table.columns.values()) {
      if (column.kind === 'code' || column.kind === 'text') continue;
      // A partial date is a first and a last day: which part of the calendar it lies in takes both.
      const last = level.table.columns.get(`${column.name}.last`);
      const seen = new Set<number | string>();
      for (let row = 0; row < table.rows && seen.size < DISTINCT; row += 1) {
        const at = level.at(row);
        if ((column.missing?.[at] ?? 0) > 0) continue;
        const value = Number(column.values[at]);
        const key = last === undefined ? value : `${value} ${last.values[at]}`;
        if (seen.has(key)) continue;
        seen.add(key);
        keep(row);
      }
    }
};

const only = (table: SnapshotTable, kept: ReadonlyMap<string, readonly number[]>): SnapshotTable => {
  const rows = kept.get(table.id) ?? [];
  const columns = [...table.columns].map(([name, column]) => [name, pick(column, rows)] as const);
  const shape = { id: table.id, unit: table.unit, rows: rows.length, columns: new Map(columns) };
  if (table.parent === undefined) return shape;
  const placeOf = new Map((kept.get(table.parent.table) ?? []).map((row, i) => [row, i]));
  const parents = Uint32Array.from(rows, (row) => placeOf.get(table.parent?.rows[row] ?? 0) ?? 0);
  return { ...shape, parent: { table: table.parent.table, rows: parents } };
};

const pick = (column: Column, rows: readonly number[]): Column => {
  const gaps =
    column.missing === undefined
      ? {}
      : { missing: Uint8Array.from(rows, (row) => column.missing?.[row] ?? 0) };
  switch (column.kind) {
    case 'text':
      return { ...column, values: rows.map((row) => column.values[row] ?? ''), ...gaps };
    case 'code':
      return { ...column, values: Uint32Array.from(rows, (row) => column.values[row] ?? 0), ...gaps };
    case 'boolean':
      return { ...column, values: Uint8Array.from(rows, (row) => column.values[row] ?? 0), ...gaps };
    case 'day':
      return { ...column, values: Int32Array.from(rows, (row) => column.values[row] ?? 0), ...gaps };
    case 'number':
      return { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? 0), ...gaps };
  }
};
