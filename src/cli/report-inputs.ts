import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkReport, type ReportFile, type ReportInput, readSource } from '../report/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import type { Study } from '../study/index.ts';
import type { Table } from '../tables/index.ts';
import {
  LANGUAGES,
  type Messages,
  type Period,
  type Problem,
  ProblemError,
  problem,
} from '../vocabulary/index.ts';
import { figureSource } from './figure-source.ts';

export interface CountedStudy {
  readonly study: Study;
  readonly snapshot: Snapshot;
  readonly tables: readonly Table[];
}

/** The texts of a study's report, from the last of the study folders that has them. Empty when it has no report. */
export const reportFiles = (folders: readonly string[], id: string): readonly ReportFile[] => {
  const folder = folders
    .map((f) => join(f, id, 'report'))
    .findLast((f) => existsSync(join(f, 'report.en.md')));
  if (folder === undefined) return [];
  return LANGUAGES.map((language) => {
    const file = `report.${language}.md`;
    const path = join(folder, file);
    if (!existsSync(path)) throw new ProblemError(problem('study_file_missing', { file: path }));
    return { file: `${id}/report/${file}`, language, text: readFileSync(path, 'utf8') };
  });
};

/** Whether a report's text speaks of all periods of its study together (`covers: study`). */
export const coversStudy = (files: readonly ReportFile[]): boolean =>
  files.some(({ text, file, language }) => readSource(text, file, language).frontMatter.covers === 'study');

/** Periods that have records, oldest first. */
export const countedPeriods = ({ study, tables }: CountedStudy): readonly Period[] => {
  const counted = new Set(
    tables.flatMap((t) =>
      t.cells.filter((c) => c.origin === 'computed' && c.n > 0).map((c) => c.at['period']),
    ),
  );
  return study.periods.filter((p) => counted.has(p.id));
};

/** The period asked for, or the last one that has records. Throws ProblemError `period_unknown`. */
export const reportPeriod = (counted: CountedStudy, asked: string | undefined): Period => {
  const { study } = counted;
  const known = countedPeriods(counted);
  const period = asked === undefined ? known.at(-1) : study.periods.find((p) => p.id === asked);
  if (period !== undefined) return period;
  throw new ProblemError(
    problem('period_unknown', {
      study: study.id,
      period: asked ?? '',
      known: known.map((p) => p.id).join(', '),
    }),
  );
};

/** What a report of a counted study is built from, except its text. */
export const reportInput = (
  counted: CountedStudy,
  period: Period,
  organisation: string,
  messages: Messages,
  folders: readonly string[],
): Omit<ReportInput, 'source' | 'language'> => ({
  study: counted.study,
  snapshot: counted.snapshot.manifest,
  tables: counted.tables,
  figures: figureSource(counted.study, period.end, messages.with(counted.study.words), folders),
  period,
  messages: messages.with(counted.study.words),
  organisation,
});

/** What is wrong with a study's report, in all its languages. */
export const reportProblems = (
  folders: readonly string[],
  counted: CountedStudy,
  messages: Messages,
): readonly Problem[] => {
  const files = reportFiles(folders, counted.study.id);
  if (files.length === 0) return [];
  const input = reportInput(
    counted,
    reportPeriod(counted, undefined),
    counted.snapshot.manifest.org,
    messages,
    folders,
  );
  return checkReport(files, input);
};
