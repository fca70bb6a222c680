import type { Field, Instrument, Study } from '../study/index.ts';
import type { NumberColumn } from './column.ts';
import type { SnapshotTable } from './snapshot.ts';

/** The references whose number a derived field is: `count(proceedings)`. */
const referencesCounted = (instrument: Instrument, { derived }: Field): Field | undefined => {
  const root = derived?.root;
  if (root?.kind !== 'call' || root.name !== 'count') return undefined;
  const [list] = root.args;
  return instrument.fields.find(
    (f) =>
      f.type === 'reference' &&
      f.reference?.several === true &&
      list?.kind === 'field' &&
      list.path === f.path,
  );
};

/** Ids of the records that count. */
const countedIn = (target: SnapshotTable | undefined): ReadonlySet<string> => {
  const [ids, counted] = [target?.columns.get('record_id'), target?.columns.get('counted')];
  if (ids?.kind !== 'text' || counted?.kind !== 'boolean') return new Set();
  return new Set(ids.values.filter((_, row) => counted.values[row] === 1));
};

const recounted = (column: NumberColumn, list: SnapshotTable, counted: ReadonlySet<string>): NumberColumn => {
  const values = new Int32Array(column.values.length);
  const value = list.columns.get('value');
  const seen = new Set<string>();
  list.parent?.rows.forEach((parent, row) => {
    const id = value?.kind === 'text' && (value.missing?.[row] ?? 0) === 0 ? value.values[row] : undefined;
    if (id === undefined || !counted.has(id) || seen.has(`${parent} ${id}`)) return;
    seen.add(`${parent} ${id}`);
    (values[parent] as number)++;
  });
  return { ...column, values };
};

/**
 * A derived number of references is, in tables, that of the records that count themselves, each once: a court case that nobody
 * checked, that was taken out or merged is in no table of cases, so it must not be in a table of those who list it either.
 */
export const countReferences = (study: Study, tables: readonly SnapshotTable[]): readonly SnapshotTable[] => {
  const byId = new Map(tables.map((table) => [table.id, table]));
  return tables.map((table) => {
    const instrument = study.instruments.get(table.id);
    const columns = new Map(table.columns);
    for (const field of instrument?.fields ?? []) {
      const listed = instrument === undefined ? undefined : referencesCounted(instrument, field);
      const [column, list] = [columns.get(field.path), byId.get(`${table.id}.${listed?.path}`)];
      if (listed === undefined || column?.kind !== 'number' || list === undefined) continue;
      columns.set(field.path, recounted(column, list, countedIn(byId.get(listed.reference?.to ?? ''))));
    }
    return { ...table, columns };
  });
};
