/**
 * Which cell of ours holds a number of the 2018 assemblies report: reference file, column and row -> table, measure, row
 * codes. Numbers not listed have no cell of ours; they are judged by rule only.
 */
export interface AddressOf {
  readonly series: string;
  readonly measure: string;
  readonly row: readonly string[];
}

const CITY: Readonly<Record<string, string>> = {
  all: '_total',
  ust_kamenogorsk: 'oskemen',
  turkestan: 'turkistan',
};
const FORM: Readonly<Record<string, string>> = {
  all: '_total',
  procession: 'march',
  road_blocking: 'road_block',
  attempt_to_reach_president: 'approach_president',
};
const TOPIC: Readonly<Record<string, string>> = {
  against_extradition_opposition_figure: 'against_extradition',
  against_land_sale_to_foreigners: 'land_sale_foreigners',
  gas_price: 'fuel_price',
  equity_holders_building: 'complete_housing',
  unjust_court_rulings: 'unjust_rulings',
  feminists_stigmatisation: 'women_stigma',
  pensioner_own_pension: 'pension_size_individual',
  road_crossing_safety: 'road_safety',
};
const ORGANISER: Readonly<Record<string, string>> = {
  public_organisations: 'ngo',
  spontaneous_groups: 'spontaneous_group',
};
const REASON: Readonly<Record<string, string>> = {
  refuse_undemocratic_law: 'principled',
  pointless_will_be_refused: 'futile',
  did_not_know: 'unaware',
};

type RowCodes = (code: string) => readonly string[];
const codes =
  (crosswalk: Readonly<Record<string, string>>): RowCodes =>
  (code) => [crosswalk[code] ?? code];
const same = codes({});
const none: RowCodes = () => [];

/** `file/column` -> table, measure, row codes. */
const TABLES: Readonly<Record<string, readonly [string, string, RowCodes]>> = {
  'assemblies_by_city_2018/assemblies': ['asm.count.by_city', 'n', codes(CITY)],
  'assemblies_by_city_2018/published_share': ['asm.count.by_city', 'share', codes(CITY)],
  'assemblies_by_city_year/assemblies': ['asm.count.by_city', 'n', codes(CITY)],
};

/** `file/row` or `file/row/column` -> one cell, for headline figures and prose. */
const CELLS: Readonly<Record<string, readonly [string, string, readonly string[]]>> = {};

export const addressOf = (file: string, column: string, row: string): AddressOf | undefined => {
  const cell = CELLS[`${file}/${row}/${column}`] ?? CELLS[`${file}/${row}`];
  if (cell !== undefined) return { series: cell[0], measure: cell[1], row: cell[2] };
  const entry = TABLES[`${file}/${column}`];
  return entry === undefined ? undefined : { series: entry[0], measure: entry[1], row: entry[2](row) };
};
