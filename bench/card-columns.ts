import type { Column, Snapshot } from '../src/snapshot/index.ts';
import type { Study } from '../src/study/index.ts';
import { dayText } from '../src/vocabulary/index.ts';

/** What stands for a gap in the integer columns that peers get. */
export const GAP = -1;

/** An integer column of the cards, as a person would load it into another program: codes 0, 1, 2, … or numbers; -1 is a gap. */
export interface CardColumn {
  readonly name: string;
  readonly values: Int16Array;
  /** Codes of a categorical column; absent for numbers. */
  readonly categories?: readonly string[];
}

const CODES = [
  ['place', 'place'],
  ['period', 'period'],
  ['unit', 'unit_id'],
  ['theme', 'theme_group'],
  ['topic', 'topic'],
  ['organiser', 'organiser_type'],
  ['organisation', 'organisation'],
  ['campaign', 'campaign'],
  ['form', 'form'],
  ['reason', 'reason_no_application'],
  ['issue', 'detention_issue'],
  ['authorisation', 'authorisation'],
  ['realisation', 'realisation'],
  ['place_type', 'place_type'],
  ['mode', 'observation_mode'],
  ['uttered', 'name_of_law_uttered'],
  ['prosecutor', 'presence.prosecutor.present'],
  ['prosecutor_warned', 'presence.prosecutor.warned'],
  ['akimat', 'presence.akimat.present'],
  ['akimat_warned', 'presence.akimat.warned'],
  ['police_present', 'presence.police.present'],
  ['police_warned', 'presence.police.warned'],
  ['review', 'review'],
] as const;
const NUMBERS = [
  ['participants', 'participants.best'],
  ['participants_low', 'participants.low'],
  ['participants_high', 'participants.high'],
  ['police', 'police.best'],
  ['police_low', 'police.low'],
  ['police_high', 'police.high'],
  ['detained', 'detained.best'],
  ['court', 'court.persons'],
  ['duration', 'duration_min'],
  ['bystanders', 'bystanders_detained'],
  ['preventive', 'detained_preventive'],
  ['per_participant', 'police_per_participant'],
] as const;
export type CardName =
  | (typeof CODES)[number][0]
  | (typeof NUMBERS)[number][0]
  | 'city'
  | 'month'
  | 'counted'
  | 'authority';

const integers = (column: Column): Int16Array => {
  const { values, missing } = column;
  const out = new Int16Array(values.length);
  for (let row = 0; row < out.length; row++) out[row] = (missing?.[row] ?? 0) > 0 ? GAP : Number(values[row]);
  return out;
};

/** Actions of the authorities that obstruct an assembly (the study's condition `obstructed`). */
const OBSTRUCTING = ['obstruction', 'dispersal', 'detention', 'preventive_detention', 'force'];

const authorityColumn = (snapshot: Snapshot, rows: number): Int16Array => {
  const out = new Int16Array(rows);
  const child = snapshot.tables.get('assembly.authority_action');
  const value = child?.columns.get('value');
  if (value?.kind !== 'code') return out;
  const obstructs = value.dictionary.map((code) => OBSTRUCTING.includes(code));
  child?.parent?.rows.forEach((row, i) => {
    if (obstructs[value.values[i] ?? 0]) out[row] = 1;
  });
  return out;
};

/** The cards as integer columns; the rows of the report's city tables, the month and one answer list are worked out beforehand. */
export const cardColumns = (study: Study, snapshot: Snapshot): ReadonlyMap<CardName, CardColumn> => {
  const table = snapshot.tables.get('assembly');
  if (table === undefined) throw new Error('no cards');
  const out = new Map<CardName, CardColumn>();
  for (const [name, path] of CODES) {
    const column = table.columns.get(path);
    if (column?.kind !== 'code') throw new Error(`no coded column ${path}`);
    out.set(name, { name, values: integers(column), categories: column.dictionary });
  }
  for (const [name, path] of NUMBERS) {
    const column = table.columns.get(path);
    if (column?.kind !== 'number') throw new Error(`no number column ${path}`);
    out.set(name, { name, values: integers(column) });
  }
  const place = out.get('place');
  const groups = study.regroupings.get('report_cities')?.groups ?? [];
  const cities = groups.map((g) => g.code);
  const cityOf = (place?.categories ?? []).map((code) => {
    const at = groups.findIndex((g) => g.of.includes(code));
    return at >= 0 ? at : cities.push(code) - 1;
  });
  out.set('city', {
    name: 'city',
    values: (place?.values ?? new Int16Array()).map((p) => (p < 0 ? GAP : (cityOf[p] ?? GAP))),
    categories: cities,
  });
  const date = table.columns.get('date');
  const months = Int16Array.from(
    (date?.kind === 'day' ? date.values : []) as Int32Array,
    (day) => Number(dayText(day).slice(5, 7)) - 1,
  );
  out.set('month', {
    name: 'month',
    values: months,
    categories: Array.from({ length: 12 }, (_, m) => `2018-${String(m + 1).padStart(2, '0')}`),
  });
  const counted = table.columns.get('counted');
  out.set('counted', { name: 'counted', values: integers(counted as Column) });
  out.set('authority', { name: 'authority', values: authorityColumn(snapshot, table.rows) });
  return out;
};
