import type { Column, Snapshot, SnapshotTable } from '../src/snapshot/index.ts';
import { codesOf, type Study, type StudyColumn, snapshotColumnsOf, tablesOf } from '../src/study/index.ts';
import { parsePartialDate, RECORDED_MISSING } from '../src/vocabulary/index.ts';

/** A seeded generator (mulberry32): the same cards on every machine. */
export const random = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};
export type Random = () => number;

const FIRST_DAY = parsePartialDate('2018-01-01')?.firstDay ?? 0;
/** Share of rows that have a gap, by the end of a column's name; everything else is complete. */
const GAPS: readonly (readonly [RegExp, number])[] = [
  [/^(police|participants|detained)\./, 0.05],
  [/^duration_min$|^bystanders|_preventive$/, 0.1],
  [/^presence\..*\.warned$/, 0.4],
  [/^reason_no_application$/, 0.4],
  [/^organisation$|^campaign$|^place_type$/, 0.3],
  [/^name_of_law_uttered$/, 0.2],
];
/** Upper ends of numbers; small values are more frequent, as they are among assemblies. */
const LARGEST: readonly (readonly [RegExp, number])[] = [
  [/^participants\./, 400],
  [/^police\./, 120],
  [/^detained\.|persons|bystanders|_preventive$/, 12],
  [/^duration_min$/, 300],
];
const found = <T>(list: readonly (readonly [RegExp, T])[], path: string, other: T): T =>
  list.find(([r]) => r.test(path))?.[1] ?? other;

const NOT_RECORDED = 1 + RECORDED_MISSING.indexOf('not_recorded');
const gapsOf = (path: string, rows: number, next: Random): { readonly missing?: Uint8Array } => {
  const share = found(GAPS, path, 0);
  if (share === 0) return {};
  const missing = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) if (next() < share) missing[row] = NOT_RECORDED;
  return { missing };
};

/** Values are 0 where there is a gap, as a snapshot has them. */
const blank = (values: Uint8Array | Int32Array, missing: Uint8Array | undefined): void => {
  if (missing !== undefined)
    for (let row = 0; row < values.length; row++) if (missing[row] !== 0) values[row] = 0;
};

/** Codes that most cards have, so that conditions are neither always nor never true. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  period: ['2018'],
  review: ['verified'],
  realisation: ['held', 'held', 'held', 'held', 'interrupted_at_start', 'prevented'],
  'presence.police.present': ['yes', 'yes', 'no'],
  evidence: ['verified', 'verified', 'single_source'],
  link_to_activity: ['yes', 'yes', 'no'],
  direction: ['against_hrd', 'against_hrd', 'against_hrd', 'by_hrd_against_state'],
  stage: ['trial', 'trial', 'investigation', 'appeal'],
};

const codeColumn = (study: Study, { path, codeList }: StudyColumn, rows: number, next: Random): Column => {
  const dictionary =
    codeList === undefined ? ['one', 'two', 'three'] : (codesOf(study, codeList) ?? []).map((c) => c.code);
  const usual = USUAL[path]?.map((code) => dictionary.indexOf(code)).filter((i) => i >= 0);
  const options = usual === undefined || usual.length === 0 ? dictionary.map((_, i) => i) : usual;
  const values = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) values[row] = options[Math.floor(next() ** 1.5 * options.length)] ?? 0;
  const gaps = gapsOf(path, rows, next);
  blank(values, gaps.missing);
  return { kind: 'code', name: path, dictionary, values, ...gaps };
};

/** A column of a described kind; ids and free texts have none. */
export const columnFor = (
  study: Study,
  described: StudyColumn,
  rows: number,
  next: Random,
): Column | undefined => {
  const { path, type, decimals } = described;
  switch (type) {
    case 'code':
      return codeColumn(study, described, rows, next);
    case 'boolean': {
      const values = new Uint8Array(rows);
      for (let row = 0; row < rows; row++) values[row] = next() < 0.9 ? 1 : 0;
      return { kind: 'boolean', name: path, values };
    }
    case 'date': {
      const values = new Int32Array(rows);
      for (let row = 0; row < rows; row++) values[row] = FIRST_DAY + Math.floor(next() * 365);
      return { kind: 'day', name: path, values };
    }
    case 'number': {
      const largest = found(LARGEST, path, 9);
      const values = new Int32Array(rows);
      for (let row = 0; row < rows; row++) values[row] = Math.floor(next() ** 3 * (largest + 1));
      const gaps = gapsOf(path, rows, next);
      blank(values, gaps.missing);
      return { kind: 'number', name: path, decimals, values, ...gaps };
    }
    // Ids and free texts are not counted.
    default:
      return undefined;
  }
};

/** Child rows for each row above: none, one or two. */
const parentsOf = (rowsAbove: number, share: number, next: Random): Uint32Array => {
  const rows: number[] = [];
  for (let row = 0; row < rowsAbove; row++) {
    if (next() < share) rows.push(row);
    if (next() < share / 4) rows.push(row);
  }
  return Uint32Array.from(rows);
};

const tableFor = (
  study: Study,
  id: string,
  unit: string,
  rows: number,
  next: Random,
  only: (path: string) => boolean,
): SnapshotTable => {
  const columns = new Map<string, Column>();
  for (const described of snapshotColumnsOf(study, id) ?? []) {
    const column = only(described.path) ? columnFor(study, described, rows, next) : undefined;
    if (column !== undefined) columns.set(column.name, column);
  }
  const [date, last] = [columns.get('date'), columns.get('date.last')];
  if (date !== undefined && last !== undefined) columns.set('date.last', { ...date, name: 'date.last' });
  return { id, unit, rows, columns };
};

/** Child tables that tables of the study count or ask about. */
const CHILDREN: Readonly<Record<string, number>> = {
  'assembly.authority_action': 0.4,
  'proceeding.sanctions': 0.8,
  'proceeding.charges': 0.9,
};

const COUNTED_COLUMN = /^(?!ordinal$|late_verified$|evidence$)/;

/** Synthetic cards of one year with every column that the study's tables read; a third as many proceedings. */
export const syntheticCards = (study: Study, cards: number, seed = 2018): Snapshot => {
  const next = random(seed);
  const tables = new Map<string, SnapshotTable>();
  for (const [id, rows] of [
    ['assembly', cards],
    ['proceeding', Math.ceil(cards / 3)],
  ] as const) {
    const instrument = study.instruments.get(id);
    if (instrument === undefined) continue;
    tables.set(
      id,
      tableFor(study, id, instrument.unit, rows, next, (path) => COUNTED_COLUMN.test(path)),
    );
    for (const child of tablesOf(instrument)) {
      const share = CHILDREN[child];
      if (share === undefined) continue;
      const parents = parentsOf(rows, share, next);
      const table = tableFor(study, child, instrument.unit, parents.length, next, () => true);
      tables.set(child, { ...table, parent: { table: id, rows: parents } });
    }
  }
  return {
    tables,
    manifest: {
      id: `synthetic-${cards}`,
      org: 'bench',
      study: { id: study.id, version: study.version, hash: study.hash },
      logSize: cards,
      logRoot: '',
      periods: ['2018'],
      vintage: study.vintage,
      counted: '',
      rows: {},
      tableHashes: {},
      codeListHashes: {},
      exclusions: [],
      conflicts: [],
      exposure: [],
      engine: 'bench',
      synthetic: true,
    },
  };
};
