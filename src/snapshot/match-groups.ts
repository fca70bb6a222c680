import type { Field, Study } from '../study/index.ts';
import type { Column } from './column.ts';
import type { SnapshotTable } from './snapshot.ts';

/** Merged record -> the record that it was merged into. */
export type MatchGroups = ReadonlyMap<string, string>;

/** The record that counts for a match group: itself where it was not merged, the last known one where merges run in a circle. */
export const survivorOf = (groups: MatchGroups, id: string): string => {
  const seen = new Set<string>();
  let at = id;
  for (let next = groups.get(at); next !== undefined && !seen.has(next); next = groups.get(at)) {
    seen.add(at);
    at = next;
  }
  return at;
};

/**
 * What refers to a merged record refers to the one that counts (HRDAG: counts use the match group), so that a person who was
 * registered twice is one person, and a merged incident keeps its materials. Undoing the merge undoes this.
 */
export const referToSurvivors = (
  study: Study,
  tables: readonly SnapshotTable[],
  groups: MatchGroups,
): readonly SnapshotTable[] => {
  if (groups.size === 0) return tables;
  const names = new Map<string, string[]>();
  for (const instrument of study.instruments.values())
    for (const { table, column } of referenceColumns(instrument.id, instrument.fields))
      names.set(table, [...(names.get(table) ?? []), column]);
  return tables.map((table) => {
    const columns = new Map(table.columns);
    for (const name of names.get(table.id) ?? []) {
      const column = columns.get(name);
      if (column?.kind === 'text') columns.set(name, redirected(column, groups));
    }
    return { ...table, columns };
  });
};

const redirected = (column: Column & { readonly kind: 'text' }, groups: MatchGroups): Column => ({
  ...column,
  values: column.values.map((id) => (groups.has(id) ? survivorOf(groups, id) : id)),
});

const referenceColumns = (
  table: string,
  fields: readonly Field[],
): readonly { readonly table: string; readonly column: string }[] =>
  fields.flatMap((field) => {
    const below = `${table}.${field.path}`;
    if (field.type !== 'reference') return referenceColumns(below, field.fields ?? []);
    if (field.inverseOf !== undefined) return [];
    return [
      field.reference?.several === true ? { table: below, column: 'value' } : { table, column: field.path },
    ];
  });
