import { z } from 'zod';
import { CodeListFile } from './shape/code-list-file.ts';
import { GeographyFile } from './shape/geography-file.ts';
import { InstrumentFile } from './shape/instrument-file.ts';
import { LawFile } from './shape/law-file.ts';
import { BreaksFile, ConditionsFile, RegroupingsFile, WordsFile } from './shape/reading-files.ts';
import { StudyFile } from './shape/study-file.ts';
import { TablesFile } from './shape/table-file.ts';

const FILES: readonly (readonly [string, z.ZodType])[] = [
  ['study.json', StudyFile],
  ['codelists.json', z.union([CodeListFile, CodeListFile.element])],
  ['instrument.json', InstrumentFile],
  ['conditions.json', ConditionsFile],
  ['regroupings.json', RegroupingsFile],
  ['breaks.json', BreaksFile],
  ['words.json', WordsFile],
  ['tables.json', z.union([TablesFile, TablesFile.element])],
  ['geography.json', GeographyFile],
  ['law.json', LawFile],
];

/** File name -> JSON Schema text, for completion and marks in editors. They say less than the loader, never more. */
export const editorSchemas = (): ReadonlyMap<string, string> =>
  new Map(
    FILES.map(([name, schema]) => [
      name,
      `${JSON.stringify(z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }), undefined, 2)}\n`,
    ]),
  );
