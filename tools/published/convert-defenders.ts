/**
 * Writes studies/defenders/published/*.csv from the reference folder of the 2015–2016 report (figures only: no printed
 * sentences). Run: `BAQYLAU_REFERENCE=… node tools/published/convert-defenders.ts`. The tables of the report are on the
 * left, our codes and addresses on the right; nothing is corrected, rounded or completed. Counts that the reference
 * reconstructed from percentages were never printed and are left out.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { addressOf } from './addresses-of-defenders.ts';

type Cells = Readonly<Record<string, string>>;
/** One published number: keys as rules name them (a total row is `all`), the figure, its unit, where it stands. */
interface Printed {
  readonly row: string;
  readonly column: string;
  readonly period: string;
  readonly value: string;
  readonly unit: string;
  readonly place: string;
  /** A date: printed, and no statistic. */
  readonly date?: boolean;
}

const HEADINGS =
  'series,measure,period,row,value,value_raw,decimals,unit,status,source_table,break_after,reference_row,reference_column,relation,value_max';
const TOTALS = new Set(['total', 'kazakhstan']);
const cell = (cells: Cells, column: string): string => cells[column] ?? '';
const codeOf = (cells: Cells, column: string): string =>
  TOTALS.has(cell(cells, column)) ? 'all' : cell(cells, column);

type Reader = (cells: Cells, unitOfRegion: ReadonlyMap<string, string>) => readonly Printed[];

/** A code column and number columns with their units; the quarter is the period where the file has one. */
const columns =
  (code: string, units: Readonly<Record<string, string>>, place: string): Reader =>
  (cells) =>
    Object.entries(units).map(([column, unit]) => ({
      row: codeOf(cells, code),
      column,
      period: cell(cells, 'quarter') || 'all',
      value: cell(cells, column),
      unit,
      place,
    }));
/** The same with rows named by block and code. */
const blocks =
  (units: Readonly<Record<string, string>>, place: string): Reader =>
  (cells, units_) =>
    columns(
      'code',
      units,
      place,
    )(cells, units_).map((p) => ({ ...p, row: `${cell(cells, 'block')}.${cell(cells, 'code')}` }));

/** Survey files: question or item and answer, by respondent group. */
const answers =
  (first: string): Reader =>
  (cells) => [
    {
      row: `${cell(cells, first)}.${cell(cells, 'answer_code')}`,
      column: cell(cells, 'group'),
      period: 'all',
      value: cell(cells, 'percent_published'),
      unit: 'percent',
      place: 'chapter 2',
    },
  ];

const MEDIA_UNITS: Readonly<Record<string, string>> = {
  materials: 'items',
  cases: 'incidents',
  outlets: 'outlets',
  cities: 'cities',
  social_posts: 'items',
  negative_items: 'items',
  violations_compared: 'violations',
};
const GROUP_UNITS: Readonly<Record<string, string>> = { rank: 'ranks' };
const PORTRAIT_UNITS: Readonly<Record<string, string>> = { persons_or_organisations: 'respondents' };

const one = (printed: Printed): readonly Printed[] => [printed];
const READERS: Readonly<Record<string, Reader>> = {
  quarters: (cells) => {
    const base = { row: 'all', period: cell(cells, 'quarter'), place: 'chapter 3' };
    const months = ['month_first', 'month_last'].map((column) => ({
      ...base,
      column,
      value: cell(cells, column),
      unit: 'date',
      date: true,
    }));
    const counts = ['incidents', 'violations'].map((column) => ({
      ...base,
      column,
      value: cell(cells, column),
      unit: column,
    }));
    return [...months, ...counts];
  },
  incidents_by_city_quarter: columns('city_code', { incidents: 'incidents' }, 'chapter 3'),
  violations_by_kind_quarter: columns('kind_code', { count: 'violations' }, 'chapter 3'),
  violations_by_kind_total: columns('kind_code', { count: 'violations' }, 'chapter 3'),
  hrd_categories: columns(
    'category_code',
    { incidents: 'incidents', percent_published: 'percent' },
    'chapter 3',
  ),
  trials_by_hrd_category_quarter: columns('category_code', { trials: 'proceedings' }, 'chapter 3'),
  opposing_parties: columns(
    'party_code',
    { incidents: 'incidents', percent_published: 'percent' },
    'chapter 3',
  ),
  opposing_party_groups: (cells) =>
    one({
      row: cell(cells, 'group_code'),
      column: 'value',
      period: 'all',
      value: cell(cells, 'value'),
      unit: GROUP_UNITS[cell(cells, 'unit')] ?? cell(cells, 'unit'),
      place: 'chapter 3 text',
    }),
  court_cases: blocks({ count: 'proceedings', percent_published: 'percent' }, 'chapter 3'),
  charges: columns('charge_code', { count: 'charges' }, 'chapter 3'),
  convictions_by_plaintiff: columns(
    'plaintiff_code',
    { convictions: 'convictions', percent_published: 'percent' },
    'chapter 3',
  ),
  convictions_by_city: columns('city_code', { convictions: 'convictions' }, 'chapter 3 text'),
  suits_against_state: blocks({ count: 'suits' }, 'chapter 3'),
  state_reaction: blocks({ count: 'incidents', percent_published: 'percent' }, 'chapter 3'),
  media_volume: (cells) =>
    one({
      row: cell(cells, 'measure'),
      column: 'value',
      period: cell(cells, 'quarter'),
      value: cell(cells, 'value'),
      unit: MEDIA_UNITS[cell(cells, 'measure')] ?? '',
      place: 'chapter 4',
    }),
  media_by_scope_quarter: columns('scope_code', { items: 'items' }, 'chapter 4'),
  media_types: (cells) =>
    one({
      row: cell(cells, 'media_type_code'),
      column: cell(cells, 'unit'),
      period: 'all',
      value: cell(cells, 'value'),
      unit: cell(cells, 'unit'),
      place: 'chapter 4',
    }),
  media_languages: columns('language_code', { items: 'items' }, 'chapter 4 text'),
  survey_security_questions: answers('question_code'),
  survey_attacks: answers('question_code'),
  coalition: answers('question_code'),
  needs: answers('question_code'),
  attack_probability: answers('attack_code'),
  availability_of_protection: answers('item_code'),
  survey_attack_frequency: columns(
    'question_code',
    { mean: 'times', min: 'times', max: 'times' },
    'chapter 2 text',
  ),
  security_self_assessment: (cells) =>
    one({
      row: cell(cells, 'question_code'),
      column: cell(cells, 'group'),
      period: 'all',
      value: cell(cells, 'mean'),
      unit: 'score',
      place: 'chapter 2 text',
    }),
  respondent_portrait: (cells) => {
    const unit = cell(cells, 'unit');
    return one({
      row: `${cell(cells, 'variable')}.${cell(cells, 'respondent_group')}`,
      column: cell(cells, 'statistic'),
      period: 'all',
      value: cell(cells, 'value'),
      unit: PORTRAIT_UNITS[unit] ?? (cell(cells, 'statistic') === 'mean' ? `mean_${unit}` : unit),
      place: cell(cells, 'place'),
    });
  },
  indicators_by_region: (cells) =>
    ['mean', 'n', 'sd'].map((statistic) => ({
      row: codeOf(cells, 'unit_code'),
      column: `${cell(cells, 'indicator')}.${statistic}`,
      period: 'all',
      value: cell(cells, statistic),
      unit: statistic === 'n' ? 'interviews' : 'score',
      place: 'chapter 5',
    })),
  // A map names the oblast, the table its city: regions.csv joins them one to one.
  indicators_maps: (cells, unitOfRegion) =>
    one({
      row: unitOfRegion.get(cell(cells, 'region_code')) ?? codeOf(cells, 'region_code'),
      column: `${cell(cells, 'indicator')}.${cell(cells, 'source')}`,
      period: 'all',
      value: cell(cells, 'mean'),
      unit: 'score',
      place: 'chapter 5 maps',
    }),
  indicators_by_quarter: columns('indicator', { mean: 'score' }, 'chapter 5'),
  indicators_by_category: (cells) =>
    one({
      row: cell(cells, 'indicator'),
      column: cell(cells, 'group'),
      period: 'all',
      value: cell(cells, 'mean'),
      unit: 'score',
      place: 'chapter 5',
    }),
  indicators_descriptive: columns(
    'indicator',
    { mode: 'score', min: 'score', max: 'score' },
    'chapter 5 text',
  ),
};

const line = (file: string, p: Printed): string => {
  const ours = addressOf(file, p);
  const cells = [
    ours?.series ?? '',
    ours?.measure ?? '',
    p.period,
    ours === undefined ? '' : `${ours.row}/${ours.column}`,
    p.date === true ? '' : p.value,
    p.value,
    p.date === true ? '' : String(p.value.split('.')[1]?.length ?? 0),
    p.unit,
    p.date === true ? 'not_a_statistic' : 'as_printed',
    p.place,
    'false',
    p.row,
    p.column,
    'eq',
    '',
  ];
  const bad = cells.find((c) => /[",\n]/.test(c));
  if (bad !== undefined)
    throw new RangeError(`${file}: ${p.row}: a plain cell cannot hold ${JSON.stringify(bad)}`);
  return cells.join(',');
};

/** The text of every published file, by stem, from the reference folder. Files without printed numbers are left out. */
export const convertDefenders = (reference: string): ReadonlyMap<string, string> => {
  const folder = join(reference, 'defenders-2015-2016');
  const read = (stem: string): readonly Cells[] =>
    parse(readFileSync(join(folder, `${stem}.csv`), 'utf8'), { columns: true });
  // A region with two cities (Karaganda, with Zhezkazgan) is in the tables of indicators by its centre.
  const unitOfRegion = new Map(
    read('indicators_by_region').map((r) => [cell(r, 'region_code'), codeOf(r, 'unit_code')]),
  );
  const stems = readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => basename(name, '.csv'))
    .sort();
  return new Map(
    stems.flatMap((stem) => {
      const reader = READERS[stem];
      if (reader === undefined) return [];
      const printed = read(stem)
        .flatMap((cells) => reader(cells, unitOfRegion))
        .filter((p) => p.value !== '');
      return [[stem, `${[HEADINGS, ...printed.map((p) => line(stem, p))].join('\n')}\n`] as const];
    }),
  );
};

if (import.meta.main) {
  const root = join(import.meta.dirname, '../..');
  const reference = process.env['BAQYLAU_REFERENCE'] ?? join(root, '../shared/reference');
  if (!existsSync(join(reference, 'defenders-2015-2016')))
    throw new Error(`no reference folder at ${reference}: set BAQYLAU_REFERENCE`);
  for (const [stem, text] of convertDefenders(reference)) {
    writeFileSync(join(root, 'studies/defenders/published', `${stem}.csv`), text);
    console.log(`${stem}.csv: ${text.trimEnd().split('\n').length - 1} numbers`);
  }
}
