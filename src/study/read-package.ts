import { z } from 'zod';
import { type Problem, problem } from '../vocabulary/index.ts';
import { type Findings, itemsOf, type Located } from './located.ts';
import { readShape } from './read-shape.ts';
import { CodeListFile, type CodeListInput } from './shape/code-list-file.ts';
import { GeographyFile, type GeographyInput } from './shape/geography-file.ts';
import { InstrumentFile, type InstrumentInput } from './shape/instrument-file.ts';
import { LawFile, type LawInput } from './shape/law-file.ts';
import {
  type BreakInput,
  BreaksFile,
  type ConditionInput,
  ConditionsFile,
  type RegroupingInput,
  RegroupingsFile,
  type WordInput,
  WordsFile,
} from './shape/reading-files.ts';
import { StudyFile, type StudyInput } from './shape/study-file.ts';
import { type TableInput, TablesFile } from './shape/table-file.ts';
import { readYaml } from './yaml-source.ts';

/** Paths relative to the studies root -> text. */
export type StudyFiles = ReadonlyMap<string, string>;

/** One package as its files say it, shapes checked, names not yet resolved. */
export interface PackageInput {
  readonly id: string;
  readonly study: Located<StudyInput>;
  readonly codeLists: readonly Located<CodeListInput>[];
  readonly instruments: readonly Located<InstrumentInput>[];
  readonly conditions: readonly Located<ConditionInput>[];
  readonly regroupings: readonly Located<RegroupingInput>[];
  readonly breaks: readonly Located<BreakInput>[];
  readonly words: readonly Located<WordInput>[];
  readonly tables: readonly Located<TableInput>[];
  readonly geography?: Located<GeographyInput>;
  readonly law?: Located<LawInput>;
  /** No file had to be left out; otherwise names cannot be looked up without false alarms. */
  readonly whole: boolean;
}

/** Folders whose files are not definitions: prose, synthetic records, earlier publications. */
const OTHER_FOLDERS = /^(report|sample|published)\//;

const yamlOf = (files: StudyFiles, id: string, pattern: RegExp): readonly string[] =>
  [...files.keys()]
    .filter((path) => path.startsWith(`${id}/`) && pattern.test(path.slice(id.length + 1)))
    .sort();

/** Ids of the instruments of a package, for a reference from another study; undefined where the package is not there. */
export const instrumentIds = (files: StudyFiles, id: string): ReadonlySet<string> | undefined => {
  if (!files.has(`${id}/study.yaml`)) return undefined;
  const ids = yamlOf(files, id, /^instruments\/[^/]+\.yaml$/).map((path) => {
    const value = readYaml(path, files.get(path) ?? '').source?.value;
    return typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : '';
  });
  return new Set(ids);
};

interface Reading {
  readonly files: StudyFiles;
  readonly problems: Problem[];
  /** False as soon as a file, or an item of one, had to be left out. */
  whole: boolean;
}

const readWith = <S extends z.ZodType>(
  reading: Reading,
  path: string,
  schemaFor: (value: unknown) => S,
): Located<z.output<S>> | undefined => {
  const yaml = readYaml(path, reading.files.get(path) ?? '');
  const shape = yaml.source && readShape(schemaFor(yaml.source.value), yaml.source);
  reading.problems.push(...yaml.problems, ...(shape?.problems ?? []));
  if (yaml.source === undefined || shape?.value === undefined) {
    reading.whole = false;
    return undefined;
  }
  return { value: shape.value, source: yaml.source, path: [] };
};

/** Reads the lists of several files as one; a file that holds one item is a list of one, an empty file of none. */
const readLists = <T>(
  reading: Reading,
  paths: readonly string[],
  item: z.ZodType<T>,
): readonly Located<T>[] =>
  paths.flatMap((path) => {
    const file = readWith(reading, path, (value) =>
      Array.isArray(value) || value === null ? z.array(item).nullable() : item,
    );
    if (file === undefined || file.value === null) return [];
    return Array.isArray(file.value)
      ? itemsOf({ ...file, value: file.value as readonly T[] })
      : [{ ...file, value: file.value as T }];
  });

const unexpected = (files: StudyFiles, id: string): readonly Problem[] =>
  yamlOf(files, id, /\.ya?ml$/)
    .filter((path) => {
      const inside = path.slice(id.length + 1);
      const known =
        /^(study|conditions|regroupings|breaks|words|geography|law)\.yaml$|^(codelists|instruments|tables)\/[^/]+\.yaml$/;
      return !known.test(inside) && !OTHER_FOLDERS.test(inside);
    })
    .map((file) => problem('study_file_unexpected', { file }, { file }));

/** The package with an id, or undefined when it has no readable study.yaml; what is wrong goes to `findings`. */
export const readPackage = (files: StudyFiles, id: string, findings: Findings): PackageInput | undefined => {
  const { problems } = findings;
  const at = (name: string): string => `${id}/${name}`;
  if (!files.has(at('study.yaml'))) {
    problems.push(problem('study_file_missing', { file: at('study.yaml') }, { file: at('study.yaml') }));
    return undefined;
  }
  problems.push(...unexpected(files, id));
  const reading: Reading = { files, problems, whole: true };
  const one = <S extends z.ZodType>(name: string, schema: S): Located<z.output<S>> | undefined =>
    files.has(at(name)) ? readWith(reading, at(name), () => schema) : undefined;
  const many = <T>(pattern: RegExp, item: z.ZodType<T>): readonly Located<T>[] =>
    readLists(reading, yamlOf(files, id, pattern), item);
  const study = one('study.yaml', StudyFile);
  const geography = one('geography.yaml', GeographyFile);
  const law = one('law.yaml', LawFile);
  const instruments = yamlOf(files, id, /^instruments\/[^/]+\.yaml$/).flatMap(
    (path) => readWith(reading, path, () => InstrumentFile) ?? [],
  );
  const lists = {
    codeLists: many(/^codelists\/[^/]+\.yaml$/, CodeListFile.element),
    conditions: many(/^conditions\.yaml$/, ConditionsFile.element),
    regroupings: many(/^regroupings\.yaml$/, RegroupingsFile.element),
    breaks: many(/^breaks\.yaml$/, BreaksFile.element),
    words: many(/^words\.yaml$/, WordsFile.element),
    tables: many(/^tables\/[^/]+\.yaml$/, TablesFile.element),
  };
  if (study === undefined) return undefined;
  if (study.value.id !== id)
    problems.push(
      problem(
        'study_shape',
        { path: 'id', kind: 'value', expected: id, found: study.value.id },
        study.source.at(['id']),
      ),
    );
  return {
    id,
    study,
    instruments,
    ...lists,
    ...(geography === undefined ? {} : { geography }),
    ...(law === undefined ? {} : { law }),
    whole: reading.whole,
  };
};
