/**
 * Writes studies/assemblies/sample/: synthetic cards of 2018 whose counts reproduce every consistent published table.
 * Same seed, same bytes. Run: `node tools/samples/assemblies.ts`. All people are invented.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ASSEMBLY_COLUMNS, assemblyRow, REVIEW_COLUMNS, SECOND_PERSON } from './assembly-rows.ts';
import { assemblies } from './cards.ts';
import { csvOf } from './columns.ts';
import { assemblyMapping, nilMapping, proceedingMapping } from './mappings.ts';
import { NIL_COLUMNS, nilRows } from './nil-rows.ts';
import { otherRows } from './other-rows.ts';
import { PROCEEDING_COLUMNS, proceedingRows } from './proceeding-rows.ts';
import { seeded } from './random.ts';

const SEED = 20181231;

/** File name -> text of the whole sample. */
export const sampleFiles = (seed: number): ReadonlyMap<string, string> => {
  const random = seeded(seed);
  const cards = assemblies(random);
  const { rows: proceedings, byAssembly } = proceedingRows(random, cards);
  const counted = cards.map((c, i) => assemblyRow(random, c, i, byAssembly.get(c.card) ?? []));
  const others = otherRows((place) => byAssembly.get(place) ?? []);
  return new Map([
    ['assemblies.csv', csvOf([...ASSEMBLY_COLUMNS, ...REVIEW_COLUMNS], [...counted, ...others])],
    ['assemblies.mapping.yaml', assemblyMapping()],
    ['proceedings.csv', csvOf([...PROCEEDING_COLUMNS, ...SECOND_PERSON], proceedings)],
    ['proceedings.mapping.yaml', proceedingMapping()],
    ['nil_reports.csv', csvOf([...NIL_COLUMNS, ...SECOND_PERSON], nilRows(random))],
    ['nil_reports.mapping.yaml', nilMapping()],
  ]);
};

export const committedSample = (): ReadonlyMap<string, string> => sampleFiles(SEED);

if (import.meta.main)
  for (const [name, text] of committedSample())
    writeFileSync(join(import.meta.dirname, '../../studies/assemblies/sample', name), text);
