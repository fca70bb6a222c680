import type {
  CodeColumn,
  Column,
  Snapshot,
  SnapshotManifest,
  SnapshotTable,
} from '../../src/snapshot/index.ts';
import { parsePartialDate, RECORDED_MISSING, type RecordedMissing } from '../../src/vocabulary/index.ts';

/** A value or a gap with its reason, as tests write them. */
export type Given<T> = T | { readonly missing: RecordedMissing };
/** A column without its name: the key under which it stands. */
export type Unnamed = Column extends infer C ? (C extends Column ? Omit<C, 'name'> : never) : never;

export const gap = (reason: RecordedMissing = 'not_recorded') => ({ missing: reason }) as const;

const isGap = (value: unknown): value is { readonly missing: RecordedMissing } =>
  typeof value === 'object' && value !== null;
const gaps = (values: readonly unknown[]): { readonly missing?: Uint8Array } =>
  values.some(isGap)
    ? { missing: Uint8Array.from(values, (v) => (isGap(v) ? 1 + RECORDED_MISSING.indexOf(v.missing) : 0)) }
    : {};

/** A coded column; codes that `dictionary` does not list follow in order of appearance. */
export const codes = (values: readonly Given<string>[], dictionary: readonly string[] = []): Unnamed => {
  const all = [...new Set([...dictionary, ...values.filter((v): v is string => !isGap(v))])];
  return {
    ...gaps(values),
    kind: 'code',
    dictionary: all,
    values: Uint8Array.from(values, (v) => (isGap(v) ? 0 : all.indexOf(v))),
  };
};
export const numbers = (values: readonly Given<number>[], decimals = 0): Unnamed => ({
  ...gaps(values),
  kind: 'number',
  decimals,
  values: Int32Array.from(values, (v) => (isGap(v) ? 0 : v)),
});
export const booleans = (values: readonly Given<boolean>[]): Unnamed => ({
  ...gaps(values),
  kind: 'boolean',
  values: Uint8Array.from(values, (v) => (isGap(v) || !v ? 0 : 1)),
});
/** Dates as `2018-05-01`; a partial date stands for its first day here and for its last in a column `….last`. */
export const days = (values: readonly Given<string>[], end: 'first' | 'last' = 'first'): Unnamed => ({
  ...gaps(values),
  kind: 'day',
  values: Int32Array.from(values, (v) => {
    const date = isGap(v) ? undefined : parsePartialDate(v);
    return (end === 'first' ? date?.firstDay : date?.lastDay) ?? 0;
  }),
});
export const texts = (values: readonly Given<string>[]): Unnamed => ({
  ...gaps(values),
  kind: 'text',
  values: values.map((v) => (isGap(v) ? '' : v)),
});

export interface GivenTable {
  readonly columns: Readonly<Record<string, Unnamed>>;
  readonly unit?: string;
  /** For a child table: the parent's id and the parent's row of each row, ascending. */
  readonly parent?: { readonly table: string; readonly rows: readonly number[] };
}

const named = (name: string, column: Unnamed): Column => ({ ...column, name }) as Column;

/** What every instrument row has, unless the test gives it. */
const standard = (rows: number): Readonly<Record<string, Unnamed>> => ({
  record_id: texts(Array.from({ length: rows }, (_, i) => `record-${i}`)),
  revision: texts(Array.from({ length: rows }, (_, i) => i.toString(16).padStart(64, '0'))),
  period: codes(Array.from({ length: rows }, () => '2018')),
  counted: booleans(Array.from({ length: rows }, () => true)),
});

const tableOf = (id: string, { columns, unit, parent }: GivenTable): SnapshotTable => {
  const rows = Object.values(columns)[0]?.values.length ?? 0;
  const own: Readonly<Record<string, Unnamed>> =
    parent === undefined
      ? standard(rows)
      : { row_id: texts(Array.from({ length: rows }, (_, i) => `row-${i}`)) };
  const all = Object.entries({ ...own, ...columns });
  return {
    id,
    unit: unit ?? id,
    rows,
    columns: new Map(all.map(([name, column]) => [name, named(name, column)])),
    ...(parent === undefined ? {} : { parent: { table: parent.table, rows: Uint32Array.from(parent.rows) } }),
  };
};

const MANIFEST: SnapshotManifest = {
  id: '0'.repeat(64),
  org: 'org-sample',
  study: { id: 'assemblies', version: 1, hash: '0'.repeat(64) },
  logSize: 0,
  logRoot: '',
  periods: ['2018'],
  vintage: 'as_of_event',
  counted: 'review: verified',
  rows: {},
  tableHashes: {},
  codeListHashes: {},
  exclusions: [],
  conflicts: [],
  exposure: [],
  engine: 'test',
  synthetic: false,
};

/** A snapshot with the given tables; record ids, revisions, period and `counted` are made where a test does not care. */
export const aSnapshotWith = (
  tables: Readonly<Record<string, GivenTable>>,
  manifest: Partial<SnapshotManifest> = {},
): Snapshot => ({
  manifest: { ...MANIFEST, ...manifest },
  tables: new Map(Object.entries(tables).map(([id, table]) => [id, tableOf(id, table)])),
});

export const dictionaryOf = (column: Column | undefined): readonly string[] =>
  (column as CodeColumn | undefined)?.dictionary ?? [];
