import { type Field, isChild, type SnapshotColumn, type Study, snapshotColumnsOf } from '../study/index.ts';
import { RECORDED_MISSING } from '../vocabulary/index.ts';
import type { Column, TextColumn } from './column.ts';
import type { SnapshotTable } from './snapshot.ts';

type Tables = Map<string, SnapshotTable>;

const NOBODY = -1;
const NOT_RECORDED = 1 + RECORDED_MISSING.indexOf('not_recorded');

/**
 * Adds what stands in other records: the rows of references that are the inverse of another, and the columns that
 * references bring. A record that is referred to and is not in the snapshot leaves gaps, and `its_counted` false. Done once
 * when a snapshot is built, so that every engine and every reader of the files sees plain columns.
 */
export const followReferences = (study: Study, own: readonly SnapshotTable[]): readonly SnapshotTable[] => {
  const tables: Tables = new Map(own.map((t) => [t.id, t]));
  const rowOf = rowsByRecord(own);
  const instruments = [...study.instruments.values()];
  for (const instrument of instruments)
    for (const field of instrument.fields.filter((f) => f.inverseOf !== undefined))
      tables.set(`${instrument.id}.${field.path}`, inverseTable(tables, instrument.id, field, rowOf));
  for (const instrument of instruments)
    for (const { table, field } of references(instrument.id, instrument.fields)) {
      const at = tables.get(table);
      if (at !== undefined) tables.set(table, withBrought(study, tables, at, field, rowOf));
    }
  return [...tables.values()];
};

type RowOf = (instrument: string) => ReadonlyMap<string, number>;

const textIn = (table: SnapshotTable, name: string): TextColumn => {
  const column = table.columns.get(name);
  if (column?.kind !== 'text') throw new RangeError(`${table.id} has no text column ${name}`);
  return column;
};

/** Record id -> row of an instrument's table, worked out once. */
const rowsByRecord = (tables: readonly SnapshotTable[]): RowOf => {
  const made = new Map<string, ReadonlyMap<string, number>>();
  return (instrument) => {
    const known = made.get(instrument);
    if (known !== undefined) return known;
    const table = tables.find((t) => t.id === instrument);
    const ids = table === undefined ? [] : textIn(table, 'record_id').values;
    const rows = new Map(ids.map((id, row) => [id, row]));
    made.set(instrument, rows);
    return rows;
  };
};

/** References with the table their target's id stands in: that of the field's own rows for one to several. */
const references = (
  table: string,
  fields: readonly Field[],
): readonly { readonly table: string; readonly field: Field }[] =>
  fields.flatMap((field) => {
    const below = `${table}.${field.path}`;
    if (field.type === 'reference') return [{ table: isChild(field) ? below : table, field }];
    return references(below, field.fields ?? []);
  });

interface Link {
  readonly from: string;
  readonly to: string;
}

/** Every record of the referring instrument with each record that it refers to. */
const linksOf = (tables: Tables, instrument: string, path: string): readonly Link[] => {
  const several = tables.get(`${instrument}.${path}`);
  const table = several ?? tables.get(instrument);
  if (table === undefined) return [];
  const [from, to] = [textIn(table, 'record_id'), textIn(table, several === undefined ? path : 'value')];
  return to.values.flatMap((id, row) =>
    (to.missing?.[row] ?? 0) > 0 ? [] : [{ from: from.values[row] ?? '', to: id }],
  );
};

/** The records that refer to each record, in order of their ids. */
const inverseTable = (tables: Tables, instrument: string, field: Field, rowOf: RowOf): SnapshotTable => {
  const rows = rowOf(instrument);
  const links = linksOf(tables, field.reference?.to ?? '', field.inverseOf ?? '')
    .flatMap((link) => {
      const parent = rows.get(link.to);
      return parent === undefined ? [] : [{ ...link, parent }];
    })
    .toSorted((a, b) => a.parent - b.parent || (a.from < b.from ? -1 : 1))
    // Who refers to two records of one match group refers to one.
    .filter((link, i, all) => all[i - 1]?.parent !== link.parent || all[i - 1]?.from !== link.from);
  const ordinals = new Int32Array(links.length);
  for (const [i, { parent }] of links.entries())
    ordinals[i] = links[i - 1]?.parent === parent ? (ordinals[i - 1] ?? 0) + 1 : 1;
  const text = (name: string, values: readonly string[]): readonly [string, Column] => [
    name,
    { kind: 'text', name, values },
  ];
  const id = `${instrument}.${field.path}`;
  return {
    id,
    unit: id,
    rows: links.length,
    columns: new Map<string, Column>([
      text(
        'record_id',
        links.map((l) => l.to),
      ),
      text(
        'row_id',
        links.map((l) => l.from),
      ),
      ['ordinal', { kind: 'number', name: 'ordinal', decimals: 0, values: ordinals }],
      text(
        'value',
        links.map((l) => l.from),
      ),
    ]),
    parent: { table: instrument, rows: Uint32Array.from(links, (l) => l.parent) },
  };
};

const withBrought = (
  study: Study,
  tables: Tables,
  table: SnapshotTable,
  field: Field,
  rowOf: RowOf,
): SnapshotTable => {
  const wanted = (snapshotColumnsOf(study, table.id) ?? []).filter(
    (c) => c.brought?.instrument === field.reference?.to && belongsTo(c, field),
  );
  const target = tables.get(field.reference?.to ?? '');
  if (wanted.length === 0 || target === undefined) return table;
  const known = rowOf(target.id);
  const ids = textIn(table, isChild(field) ? 'value' : field.path);
  const rows = Int32Array.from(ids.values, (id, row) =>
    (ids.missing?.[row] ?? 0) > 0 ? NOBODY : (known.get(id) ?? NOBODY),
  );
  const columns = new Map(table.columns);
  for (const { path, brought } of wanted) {
    const source = target.columns.get(brought?.path ?? '');
    if (source !== undefined) columns.set(path, gathered(path, source, rows));
  }
  return { ...table, columns };
};

/** A child table has one reference; a row may have several, each with its columns behind its path. */
const belongsTo = ({ path }: SnapshotColumn, field: Field): boolean =>
  isChild(field) || path.startsWith(`${field.path}.`);

/** The values of a column at these rows; a gap where there is no row. */
const gathered = (name: string, column: Column, rows: Int32Array): Column => {
  const at = <T extends { [index: number]: number }>(from: T, into: (length: number) => T): T => {
    const out = into(rows.length);
    for (let row = 0; row < rows.length; row++) out[row] = from[rows[row] ?? 0] ?? 0;
    return out;
  };
  const isCounted = column.kind === 'boolean' && column.name === 'counted';
  const missing = Uint8Array.from(rows, (row) =>
    row === NOBODY ? NOT_RECORDED : (column.missing?.[row] ?? 0),
  );
  const gaps = !isCounted && missing.some((reason) => reason > 0) ? { missing } : {};
  const base = { name, ...gaps };
  switch (column.kind) {
    case 'text':
      return { ...base, kind: 'text', values: Array.from(rows, (row) => column.values[row] ?? '') };
    case 'boolean':
      return { ...base, kind: 'boolean', values: at(column.values, (n) => new Uint8Array(n)) };
    case 'day':
      return { ...base, kind: 'day', values: at(column.values, (n) => new Int32Array(n)) };
    case 'number':
      return {
        ...base,
        kind: 'number',
        decimals: column.decimals,
        values:
          column.values instanceof Int32Array
            ? at(column.values, (n) => new Int32Array(n))
            : at(column.values, (n) => new Float64Array(n)),
      };
    case 'code': {
      const { values, dictionary } = column;
      const like = (n: number) =>
        values instanceof Uint8Array
          ? new Uint8Array(n)
          : values instanceof Uint16Array
            ? new Uint16Array(n)
            : new Uint32Array(n);
      return { ...base, kind: 'code', dictionary, values: at(values, like) };
    }
  }
};
