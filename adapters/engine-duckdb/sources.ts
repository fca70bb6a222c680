import type { Column, Snapshot, SnapshotTable } from '../../src/tables/index.ts';
import { missingOf, name, PARENT, ROW } from './names.ts';

/** A column as SQL names it. */
export interface SqlColumn {
  readonly column: Column;
  readonly value: string;
  readonly missing: string;
}
/** Child rows of a table inside a scalar subquery. */
export interface SqlChild {
  readonly id: string;
  readonly from: string;
  readonly scope: SqlScope;
}
/** What names mean in a query over a table and the tables it lies in. */
export interface SqlScope {
  column(path: string): SqlColumn | undefined;
  child(path: string): SqlChild | undefined;
}
/** A table with the tables above it: `t0` its own rows, `t1` their parents, … */
export interface SqlSource {
  readonly scope: SqlScope;
  readonly from: string;
}

const strip = (path: string, prefix: string): string | undefined =>
  path.startsWith(`${prefix}.`) ? path.slice(prefix.length + 1) : undefined;

const lastName = (id: string): string => id.slice(id.lastIndexOf('.') + 1);

const inTable = (table: SnapshotTable, alias: string, path: string): SqlColumn | undefined => {
  const candidates = [path, strip(path, table.id), strip(path, lastName(table.id))];
  const column = candidates
    .map((p) => (p === undefined ? undefined : table.columns.get(p)))
    .find((c) => c !== undefined);
  if (column === undefined) return undefined;
  return {
    column,
    value: `${alias}.${name(column.name)}`,
    missing: `${alias}.${name(missingOf(column.name))}`,
  };
};

/** Rows of a table joined with those above it, and how its names are written in SQL. */
export const sourceOf = (snapshot: Snapshot, id: string): SqlSource | undefined => {
  const levels: SnapshotTable[] = [];
  for (
    let at = snapshot.tables.get(id);
    at !== undefined;
    at = at.parent && snapshot.tables.get(at.parent.table)
  )
    levels.push(at);
  if (levels.length === 0) return undefined;
  const from = levels
    .map((table, i) => `${name(table.id)} t${i}${i === 0 ? '' : ` ON t${i - 1}.${PARENT} = t${i}.${ROW}`}`)
    .join(' JOIN ');
  const column = (path: string): SqlColumn | undefined => {
    for (const [i, table] of levels.entries()) {
      const found = inTable(table, `t${i}`, path);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const outer: SqlScope = { column, child: (path) => childOf(snapshot, id, outer, path) };
  return { from, scope: outer };
};

const childOf = (snapshot: Snapshot, of: string, outer: SqlScope, path: string): SqlChild | undefined => {
  const id = `${of}.${strip(path, of) ?? path}`;
  const table = snapshot.tables.get(id);
  if (table === undefined) return undefined;
  const alias = 'child';
  const column = (inner: string): SqlColumn | undefined => {
    const own = strip(inner, path);
    return own !== undefined && table.columns.has(own) ? inTable(table, alias, own) : outer.column(inner);
  };
  return {
    id,
    from: `${name(id)} ${alias} WHERE ${alias}.${PARENT} = t0.${ROW}`,
    scope: { column, child: () => undefined },
  };
};
