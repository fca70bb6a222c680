import type { Label } from '../vocabulary/index.ts';
import { type Findings, type Located, placeOf, report } from './located.ts';
import type { InstrumentInput } from './shape/instrument-file.ts';
import type { TableInput } from './shape/table-file.ts';
import type { TableDefinition } from './table-definition.ts';

/** Units that the program's own catalogue can say (`unit.<id>`); a test holds the list against the catalogue. */
export const CATALOGUE_UNITS: ReadonlySet<string> = new Set([
  'assembly',
  'assemblies',
  'persons',
  'percent',
  'ratio',
  'number',
  'assemblies_per_month',
  'officers_per_participant',
  'persons_per_assembly',
  'minutes',
  'proceeding',
  'proceedings',
  'days',
  'nil_report',
  'cities',
  'charge',
  'charges',
  'sanction',
  'sanctions',
  'detained_per_100_participants',
  'tried_per_100_detained',
]);

/** What the words of a study are looked up in and where they are used. */
export interface WordUses {
  readonly words: ReadonlyMap<string, Label>;
  readonly instruments: readonly Located<InstrumentInput>[];
  readonly inputs: readonly Located<TableInput>[];
  readonly tables: readonly TableDefinition[];
}

/**
 * Every unit that a number is printed with must have its words, in the catalogue or in words.yaml, and every section that tables
 * are listed in. Each is told once.
 */
export const checkWords = (findings: Findings, { words, instruments, inputs, tables }: WordUses): void => {
  const told = new Set<string>();
  const check = (word: string, item: Located<unknown>, ...path: (string | number)[]): void => {
    if (words.has(word) || told.has(word)) return;
    told.add(word);
    report(findings, 'study_word_missing', { word }, placeOf(item, ...path));
  };
  const checkUnit = (unit: string, item: Located<unknown>, ...path: (string | number)[]): void => {
    if (!CATALOGUE_UNITS.has(unit)) check(`unit.${unit}`, item, ...path);
  };
  for (const instrument of instruments) checkUnit(instrument.value.unit, instrument, 'unit');
  for (const input of inputs) {
    const { unit: counted, section } = input.value;
    checkUnit(counted, input, 'unit');
    if (section !== undefined) check(`section.${section}`, input, 'section');
    const table = tables.find((t) => t.id === input.value.id);
    for (const { id, unit } of table?.measures ?? []) checkUnit(unit, input, 'measures', id);
  }
};
