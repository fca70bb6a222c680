import { buildMeasures } from './build-measures.ts';
import { isChild, type StudyColumn } from './columns.ts';
import type { Field, Instrument } from './instrument.ts';
import { byId, type Findings, type Located, labelOf, placeOf, report } from './located.ts';
import { nearest } from './nearest.ts';
import { type ScopeSource, scopeOf } from './scope.ts';
import type { DimensionInput, TableInput } from './shape/table-file.ts';
import type { Regrouping } from './study.ts';
import { type Dimension, type TableDefinition, TIME_DIMENSIONS } from './table-definition.ts';
import { definitionFault, type TableScope, tableColumn, tableExpression, tableFault } from './table-scope.ts';

export interface TableSurroundings extends ScopeSource {
  readonly regroupings: ReadonlyMap<string, Regrouping>;
  /** Ids of the files of published numbers, when they are known. */
  readonly publishedFiles: ReadonlySet<string>;
}

/** Dimensions that are reckoned from a record's date and place. */
export const COMPUTED_DIMENSIONS = [...TIME_DIMENSIONS, 'unit'] as const;

/** All tables, each checked against the columns of what it counts. */
export const buildTables = (
  findings: Findings,
  inputs: readonly Located<TableInput>[],
  around: TableSurroundings,
): readonly TableDefinition[] => {
  byId(
    findings,
    'table',
    inputs.map((t) => [t.value.id, t, placeOf(t, 'id')] as const),
  );
  return inputs.flatMap((input) => buildTable(findings, input, around) ?? []);
};

/** One table definition; undefined when what it counts is not known. Faults go to `findings`. */
export const buildTable = (
  findings: Findings,
  input: Located<TableInput>,
  around: TableSurroundings,
): TableDefinition | undefined => {
  const { value } = input;
  const of = countedTable(findings, input, around);
  if (of === undefined) return undefined;
  const t: TableScope = { findings, input, scope: scopeOf(around, of, { on: 'snapshot' }) };
  const where = value.where === undefined ? undefined : tableExpression(t, value.where, 'where');
  const distinct = value.distinct === undefined ? undefined : tableColumn(t, value.distinct, 'distinct');
  const measures = buildMeasures(t);
  const dimensions = (value.dimensions ?? []).flatMap((d, i) => buildDimension(t, around, d, i) ?? []);
  if (value.persons !== undefined && value.measures[value.persons]?.distinct === undefined)
    definitionFault(t, 'persons_unknown', value.persons, 'persons');
  const names = (value.dimensions ?? []).map((d) => d.by);
  for (const [i, name] of names.entries())
    if (names.indexOf(name) !== i) definitionFault(t, 'dimension_twice', name, 'dimensions', i);
  for (const [i, total] of (value.totals ?? []).entries())
    if (!names.includes(total)) definitionFault(t, 'dimension_unknown', total, 'totals', i);
  for (const [i, file] of (value.published ?? []).entries())
    if (!around.publishedFiles.has(file))
      report(
        findings,
        'study_name_unknown',
        { kind: 'published', name: file, nearest: nearest(file, around.publishedFiles) },
        placeOf(input, 'published', i),
      );
  const label = (key: 'note' | 'definition') => {
    const text = value[key];
    return text === undefined ? {} : { [key]: labelOf(findings, text, `table ${value.id}.${key}`) };
  };
  return {
    id: value.id,
    title: labelOf(findings, value.title, `table ${value.id}`),
    ...label('note'),
    ...label('definition'),
    unit: value.unit,
    of,
    ...(value.persons === undefined ? {} : { persons: value.persons }),
    ...(distinct === undefined ? {} : { distinct: distinct.path }),
    ...(where === undefined ? {} : { where }),
    measures,
    dimensions,
    totals: value.totals ?? [],
    published: value.published ?? [],
    ...(value.section === undefined ? {} : { section: value.section }),
    file: input.source.file,
    line: placeOf(input).line ?? 1,
  };
};

/** What the rows of a table are: `of`, or the one instrument whose records are its `unit`. */
const countedTable = (
  findings: Findings,
  input: Located<TableInput>,
  around: TableSurroundings,
): string | undefined => {
  const { id, of, unit } = input.value;
  const tables = [...around.instruments.values()].flatMap(allTables);
  if (of !== undefined) {
    if (tables.includes(of)) return of;
    report(
      findings,
      'study_name_unknown',
      { kind: 'instrument', name: of, nearest: nearest(of, tables) },
      placeOf(input, 'of'),
    );
    return undefined;
  }
  const instruments = [...around.instruments.values()].filter((i) => i.unit === unit);
  if (instruments.length === 1) return instruments[0]?.id;
  const reason = instruments.length === 0 ? 'unit_unknown' : 'unit_of_several';
  report(findings, 'table_definition', { table: id, reason, name: unit }, placeOf(input, 'unit'));
  return undefined;
};

const allTables = (instrument: Instrument): readonly string[] => {
  const below = (table: string, fields: readonly Field[]): readonly string[] =>
    fields
      .filter(isChild)
      .flatMap((f) => [`${table}.${f.path}`, ...below(`${table}.${f.path}`, f.fields ?? [])]);
  return [instrument.id, ...below(instrument.id, instrument.fields)];
};

const isComputed = (by: string): boolean => (COMPUTED_DIMENSIONS as readonly string[]).includes(by);
const isTime = (by: string): boolean => (TIME_DIMENSIONS as readonly string[]).includes(by);

const buildDimension = (
  t: TableScope,
  around: TableSurroundings,
  input: DimensionInput,
  index: number,
): Dimension | undefined => {
  const { by } = input;
  const at = ['dimensions', index] as const;
  const column = isComputed(by) ? undefined : tableColumn(t, by, ...at, 'by');
  if (!isComputed(by) && column === undefined) return undefined;
  if (column !== undefined) checkDimensionColumn(t, column, ...at, 'by');
  if (by === 'unit' && !t.scope.columns.has('unit_id')) definitionFault(t, 'no_place', by, ...at, 'by');
  if (input.date !== undefined) checkDate(t, by, input.date, ...at, 'date');
  if (input.regroup !== undefined) checkRegrouping(t, around, input.regroup, column, ...at, 'regroup');
  const wide =
    by !== 'period' && (isComputed(by) || column?.type === 'date' || column?.field?.type === 'place');
  return {
    by,
    ...(input.date === undefined ? {} : { date: input.date }),
    order: orderOf(t, input, ...at, 'order'),
    ...(input.regroup === undefined ? {} : { regroup: input.regroup }),
    empty: input.empty ?? (wide ? 'hide' : 'show'),
  };
};

const checkDimensionColumn = (t: TableScope, column: StudyColumn, ...at: (string | number)[]): void => {
  if (column.child !== undefined) definitionFault(t, 'dimension_several', column.child, ...at);
  else if (column.type !== 'code' && column.type !== 'date' && column.type !== 'boolean')
    definitionFault(t, 'dimension_type', column.path, ...at);
  // A table of a study is printed; who monitored where must not be.
  else if (column.sensitivity === 'restricted')
    definitionFault(t, 'dimension_restricted', column.path, ...at);
};

/** A time dimension may go by another date than the record's own: that of a row, or of when a case began. */
const checkDate = (t: TableScope, by: string, name: string, ...at: (string | number)[]): void => {
  const column = tableColumn(t, name, ...at);
  if (!isTime(by) || (column !== undefined && column.type !== 'date'))
    definitionFault(t, 'date_unfit', name, ...at);
  else if (column?.sensitivity === 'restricted') definitionFault(t, 'dimension_restricted', name, ...at);
};

/** A regrouping gathers codes of the dimension's own list. */
const checkRegrouping = (
  t: TableScope,
  around: TableSurroundings,
  id: string,
  column: StudyColumn | undefined,
  ...at: (string | number)[]
): void => {
  const regrouping = around.regroupings.get(id);
  if (regrouping === undefined) {
    report(
      t.findings,
      'study_name_unknown',
      { kind: 'regrouping', name: id, nearest: nearest(id, around.regroupings.keys()) },
      placeOf(t.input, ...at),
    );
    return;
  }
  const list =
    column?.codeList ?? (t.input.value.dimensions?.[Number(at[1])]?.by === 'unit' ? 'units' : undefined);
  const codes = list === undefined ? undefined : t.scope.codes(list);
  if (list === undefined || codes === undefined) return;
  for (const code of regrouping.groups.flatMap((g) => g.of))
    if (!codes.has(code))
      tableFault(t, 'study_code_unknown', { code, list, nearest: nearest(code, codes) }, ...at);
};

const orderOf = (t: TableScope, input: DimensionInput, ...at: (string | number)[]): Dimension['order'] => {
  const [name = 'list', direction] = (input.order ?? 'list').split(' ');
  if (name === 'list') return { kind: 'list' };
  if (t.input.value.measures[name] === undefined) definitionFault(t, 'measure_unknown', name, ...at);
  return { kind: 'measure', measure: name, descending: direction === 'desc' };
};
