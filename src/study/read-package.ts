import type { z } from 'zod';
import { type Problem, problem } from '../vocabulary/index.ts';
import { type Findings, type Located, itemsOf } from './located.ts';
import { readShape } from './read-shape.ts';
import { type CodeListInput, CodeListFile } from './shape/code-list-file.ts';
import { type GeographyInput, GeographyFile } from './shape/geography-file.ts';
import { type InstrumentInput, InstrumentFile } from './shape/instrument-file.ts';
import { type LawInput, LawFile } from './shape/law-file.ts';
import {
  type BreakInput,
  BreaksFile,
  type ConditionInput,
  ConditionsFile,
  type RegroupingInput,
  RegroupingsFile,
} from './shape/reading-files.ts';
import { type StudyInput, StudyFile } from './shape/study-file.ts';
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
  readonly tables: readonly Located<TableInput>[];
  readonly geography?: Located<GeographyInput>;
  readonly law?: Located<LawInput>;
}

/** Folders whose files are not definitions: prose, synthetic records, earlier publications. */
const OTHER_FOLDERS = /^(report|sample|published)\//;

const yamlOf = (files: StudyFiles, id: string, pattern: RegExp): readonly string[] =>
  [...files.keys()]
    .filter((path) => path.startsWith(`${id}/`) && pattern.test(path.slice(id.length + 1)))
    .sort();

/** Reads one file by its schema. A file that holds one item where a list may stand is read as a list of one. */
const readFile = <S extends z.ZodType>(
  files: StudyFiles,
  path: string,
  schema: S,
  problems: Problem[],
): Located<z.output<S>> | undefined => {
  const yaml = readYaml(path, files.get(path) ?? '');
  problems.push(...yaml.problems);
  if (yaml.source === undefined) return undefined;
  const shape = readShape(schema, yaml.source);
  problems.push(...shape.problems);
  return shape.value === undefined ? undefined : { value: shape.value, source: yaml.source, path: [] };
};

const readLists = <T>(
  files: StudyFiles,
  paths: readonly string[],
  schema: z.ZodType<T[]>,
  problems: Problem[],
): readonly Located<T>[] =>
  paths.flatMap((path) => {
    const yaml = readYaml(path, files.get(path) ?? '');
    problems.push(...yaml.problems);
    if (yaml.source === undefined || yaml.source.value === null) return [];
    const { source } = yaml;
    if (Array.isArray(source.value)) {
      const shape = readShape(schema, source);
      problems.push(...shape.problems);
      return shape.value === undefined ? [] : itemsOf({ value: shape.value, source, path: [] });
    }
    const item = (schema as unknown as { element: z.ZodType<T> }).element;
    const shape = readShape(item, source);
    problems.push(...shape.problems);
    return shape.value === undefined ? [] : [{ value: shape.value, source, path: [] }];
  });

const unexpected = (files: StudyFiles, id: string): readonly Problem[] =>
  yamlOf(files, id, /\.ya?ml$/)
    .filter((path) => {
      const inside = path.slice(id.length + 1);
      const known =
        /^(study|conditions|regroupings|breaks|geography|law)\.yaml$|^(codelists|instruments|tables)\/[^/]+\.yaml$/;
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
  const one = <S extends z.ZodType>(name: string, schema: S): Located<z.output<S>> | undefined =>
    files.has(at(name)) ? readFile(files, at(name), schema, problems) : undefined;
  const many = <T>(pattern: RegExp, schema: z.ZodType<T[]>): readonly Located<T>[] =>
    readLists(files, yamlOf(files, id, pattern), schema, problems);
  const study = one('study.yaml', StudyFile);
  const geography = one('geography.yaml', GeographyFile);
  const law = one('law.yaml', LawFile);
  const instruments = yamlOf(files, id, /^instruments\/[^/]+\.yaml$/).flatMap(
    (path) => readFile(files, path, InstrumentFile, problems) ?? [],
  );
  const lists = {
    codeLists: many(/^codelists\/[^/]+\.yaml$/, CodeListFile),
    conditions: many(/^conditions\.yaml$/, ConditionsFile),
    regroupings: many(/^regroupings\.yaml$/, RegroupingsFile),
    breaks: many(/^breaks\.yaml$/, BreaksFile),
    tables: many(/^tables\/[^/]+\.yaml$/, TablesFile),
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
  };
};
