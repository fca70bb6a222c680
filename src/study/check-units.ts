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

/** What the units of a study are looked up in and where they are used. */
export interface UnitUses {
  readonly words: ReadonlyMap<string, Label>;
  readonly instruments: readonly Located<InstrumentInput>[];
  readonly inputs: readonly Located<TableInput>[];
  readonly tables: readonly TableDefinition[];
}

/** Every unit that a number is printed with must have its words, in the catalogue or in words.yaml. Each is told once. */
export const checkUnits = (findings: Findings, { words, instruments, inputs, tables }: UnitUses): void => {
  const told = new Set<string>();
  const check = (unit: string, item: Located<unknown>, ...path: (string | number)[]): void => {
    if (CATALOGUE_UNITS.has(unit) || words.has(`unit.${unit}`) || told.has(unit)) return;
    told.add(unit);
    report(findings, 'study_word_missing', { word: `unit.${unit}` }, placeOf(item, ...path));
  };
  for (const instrument of instruments) check(instrument.value.unit, instrument, 'unit');
  for (const input of inputs) {
    check(input.value.unit, input, 'unit');
    const table = tables.find((t) => t.id === input.value.id);
    for (const { id, unit } of table?.measures ?? []) check(unit, input, 'measures', id);
  }
};
