import type { Column, Snapshot } from '../src/snapshot/index.ts';
import type { Study } from '../src/study/index.ts';
import { dayText, periodOfDay } from '../src/vocabulary/index.ts';
import { type CardColumn, GAP } from './card-columns.ts';

/** Like a column of cards, in 32 bits: cases and incidents are told apart by numbers. */
export interface WideColumn extends Omit<CardColumn, 'values'> {
  readonly values: Int32Array;
}
export type Relation = ReadonlyMap<string, WideColumn>;

/** Name of each table for the peers, with its columns; those of the rows above are joined beforehand. */
const RELATIONS: Readonly<Record<string, readonly [table: string, columns: string]>> = {
  incident: [
    'incident',
    'counted evidence place period unit_id role_in_event principal_party state_actor akim_in_person reaction violations_n',
  ],
  violation: [
    'incident.violations',
    'counted place period role_in_event kind act_class victims_n evidence link_to_activity',
  ],
  victim: ['incident.victims', 'counted sex age_group sdg_acts_n evidence link_to_activity'],
  lawsuit: [
    'incident.proceedings',
    'counted its_counted period role_in_event principal_party place stage direction victim_role procedure outcome plaintiff main_sanction value',
  ],
  proceeding: ['proceeding', 'counted direction stage outcome'],
  hearing: ['proceeding.hearings', 'counted direction stage observed record_id'],
  charge: ['proceeding.charges', 'counted direction appeal_of kind'],
  material: [
    'material',
    'counted period place outlet reprint_of language tone genre outlet.kind outlet.scope',
  ],
  mention: ['material.incidents', 'counted its_counted period value'],
  writing: ['incident.materials', 'counted its_counted genre'],
};
/** Rows of tables that are groups of codes: worked out beforehand for everyone but us. */
const GROUPED: readonly (readonly [relation: string, column: string, regrouping: string, name: string])[] = [
  ['incident', 'role_in_event', 'defender_groups', 'role_group'],
  ['incident', 'principal_party', 'party_groups', 'party_group'],
  ['incident', 'principal_party', 'party_levels', 'party_level'],
  ['incident', 'reaction', 'reaction_worth', 'worth'],
  ['violation', 'kind', 'violation_categories', 'category'],
  ['violation', 'kind', 'printed_kinds', 'printed_kind'],
  ['violation', 'role_in_event', 'sdg_groups', 'sdg_group'],
  ['lawsuit', 'role_in_event', 'defender_groups', 'role_group'],
];
/** The months of a date, and the cards of the case whose course is drawn: worked out beforehand too. */
const MONTHS = { proceeding: 'decided_on', hearing: 'date', violation: 'date', writing: 'date' };
const CASE_A = {
  proceeding: ['P-073', 'P-113'],
  hearing: ['P-073', 'P-113'],
  violation: ['I-264'],
  writing: ['I-264'],
};

const found = (
  snapshot: Snapshot,
  table: string,
  path: string,
): readonly [Column, (row: number) => number] => {
  const at = snapshot.tables.get(table);
  const own = at?.columns.get(path);
  if (own !== undefined) return [own, (row) => row];
  if (at?.parent === undefined) throw new Error(`no column ${path} in ${table}`);
  const [column, rowOf] = found(snapshot, at.parent.table, path);
  const { rows } = at.parent;
  return [column, (row) => rowOf(rows[row] ?? 0)];
};

const numbered = ({ values, missing }: Column & { kind: 'text' }): Int32Array => {
  const known = new Map<string, number>();
  return Int32Array.from(values, (text, row) => {
    if ((missing?.[row] ?? 0) > 0) return GAP;
    const number = known.get(text) ?? known.size;
    known.set(text, number);
    return number;
  });
};

const wide = (snapshot: Snapshot, table: string, path: string): WideColumn => {
  const [column, rowOf] = found(snapshot, table, path);
  const name = path.replace('.', '_');
  const from = column.kind === 'text' ? numbered(column) : column.values;
  const values = new Int32Array(snapshot.tables.get(table)?.rows ?? 0);
  for (let row = 0; row < values.length; row++) {
    const at = rowOf(row);
    values[row] = (column.missing?.[at] ?? 0) > 0 ? GAP : (from[at] as number);
  }
  return { name, values, ...(column.kind === 'code' ? { categories: column.dictionary } : {}) };
};

const groupedColumn = (study: Study, from: WideColumn, regrouping: string, name: string): WideColumn => {
  const { groups, rest } = study.regroupings.get(regrouping) ?? { groups: [], rest: 'drop' };
  const categories = groups.map((g) => g.code);
  const to = (from.categories ?? []).map((code) => {
    const at = groups.findIndex((g) => g.of.includes(code));
    return at >= 0 || rest === 'drop' ? at : categories.push(code) - 1;
  });
  return { name, categories, values: from.values.map((v) => (v < 0 ? GAP : (to[v] ?? GAP))) };
};

/** The snapshot as integer columns that a person would load into another program. */
export const incidentColumns = (study: Study, snapshot: Snapshot): ReadonlyMap<string, Relation> => {
  const out = new Map<string, Map<string, WideColumn>>();
  for (const [name, [table, paths]] of Object.entries(RELATIONS)) {
    const columns = paths.split(' ').map((path) => wide(snapshot, table, path));
    out.set(name, new Map(columns.map((c) => [c.name, c])));
  }
  for (const [relation, column, regrouping, name] of GROUPED) {
    const from = out.get(relation)?.get(column);
    if (from !== undefined) out.get(relation)?.set(name, groupedColumn(study, from, regrouping, name));
  }
  const tableOf = (relation: string): string => RELATIONS[relation]?.[0] ?? '';
  for (const [relation, date] of Object.entries(MONTHS))
    out.get(relation)?.set('month', monthsOf(daysOf(snapshot, tableOf(relation), date)));
  for (const [relation, cards] of Object.entries(CASE_A))
    out.get(relation)?.set('case_a', amongCards(snapshot, tableOf(relation), cards));
  out.get('hearing')?.set('period', periodsOf(study, daysOf(snapshot, 'proceeding.hearings', 'date')));
  const materials = new Int32Array(snapshot.tables.get('incident')?.rows ?? 0);
  const theirs = columnOf(out, 'writing', 'its_counted').values;
  for (const [row, incident] of (snapshot.tables.get('incident.materials')?.parent?.rows ?? []).entries())
    if (theirs[row] === 1) materials[incident] = (materials[incident] as number) + 1;
  out.get('incident')?.set('materials_n', { name: 'materials_n', values: materials });
  return out;
};

const daysOf = (snapshot: Snapshot, table: string, path: string): Int32Array => {
  const [column, rowOf] = found(snapshot, table, path);
  if (column.kind !== 'day') throw new Error(`no day ${path} in ${table}`);
  return Int32Array.from(
    { length: snapshot.tables.get(table)?.rows ?? 0 },
    (_, row) => column.values[rowOf(row)] as number,
  );
};

const monthsOf = (days: Int32Array): WideColumn => {
  const months = Array.from(days, (day) => dayText(day).slice(0, 7));
  const categories = [...new Set(months)].sort();
  return { name: 'month', categories, values: Int32Array.from(months, (m) => categories.indexOf(m)) };
};

/** The reporting period of each day; a gap where it lies in none. */
const periodsOf = ({ periods }: Study, days: Int32Array): WideColumn => {
  const categories = periods.map((p) => p.id);
  return {
    name: 'period',
    categories,
    values: days.map((day) => categories.indexOf(periodOfDay(periods, day)?.id ?? '')),
  };
};

const amongCards = (snapshot: Snapshot, table: string, cards: readonly string[]): WideColumn => {
  const [column, rowOf] = found(snapshot, table, 'card_number');
  if (column.kind !== 'text') throw new Error(`no card numbers in ${table}`);
  const values = Int32Array.from({ length: snapshot.tables.get(table)?.rows ?? 0 }, (_, row) =>
    cards.includes(column.values[rowOf(row)] ?? '') ? 1 : 0,
  );
  return { name: 'case_a', values };
};

/** A column that has to be there. */
export const columnOf = (
  relations: ReadonlyMap<string, Relation>,
  relation: string,
  name: string,
): WideColumn => {
  const column = relations.get(relation)?.get(name);
  if (column === undefined) throw new Error(`no column ${relation}.${name}`);
  return column;
};
