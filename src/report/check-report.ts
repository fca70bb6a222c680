import type { Language, Problem } from '../vocabulary/index.ts';
import type { ReportInput } from './bind/binding.ts';
import { buildReport } from './build-report.ts';
import { languagesDiffer } from './lint/languages-differ.ts';
import { readSource } from './source/read-source.ts';

/** A report file as it lies in the study package. */
export interface ReportFile {
  readonly file: string;
  readonly language: Language;
  readonly text: string;
}

/** All languages of a report, read, linted, compared with one another and bound to the cells of the study's sample. */
export const checkReport = (
  files: readonly ReportFile[],
  input: Omit<ReportInput, 'source' | 'language'>,
): readonly Problem[] => {
  const sources = files.map((f) => readSource(f.text, f.file, f.language));
  return [
    ...languagesDiffer(sources),
    ...sources.flatMap((source) => buildReport({ ...input, source, language: source.language }).problems),
  ];
};
