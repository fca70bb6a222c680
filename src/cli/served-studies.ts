import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DeclaredFigure,
  declaredFigures,
  type FigureSource,
  REPORT_FORMATS,
  type ReportFormat,
  readSource,
  renderReport,
  reportFileName,
} from '../report/index.ts';
import type { ServedStudy } from '../server/index.ts';
import { LANGUAGES, type Language, type Messages } from '../vocabulary/index.ts';
import {
  countStudy,
  freezeStudy,
  registeredIds,
  registeredStudy,
  type Workspace,
} from '../workspace/index.ts';
import { comparisonsOf } from './commands/published-compare.ts';
import { figureSource } from './figure-source.ts';
import {
  type CountedStudy,
  countedPeriods,
  coversStudy,
  reportFiles,
  reportInput,
  reportPeriod,
} from './report-inputs.ts';

/** Stands for a period where a report covers them all: in its address and on the button that leads to it. */
const WHOLE_STUDY = 'study';

interface Shelf {
  readonly workspace: Workspace;
  readonly folders: readonly string[];
  readonly messages: Messages;
  readonly now: () => Date;
}

/**
 * A report file, made when first asked for and kept by snapshot, so that a restart shows the same bytes. Who asks while it is
 * being made waits for the same file.
 */
const reportOf = (shelf: Shelf, counted: CountedStudy): ServedStudy['report'] => {
  const making = new Map<string, Promise<Uint8Array>>();
  return (periodId, language, format) => {
    const folder = join(shelf.workspace.dir, 'reports', counted.snapshot.manifest.id, periodId);
    const file = join(folder, reportFileName(language, format));
    if (existsSync(file)) return Promise.resolve(new Uint8Array(readFileSync(file)));
    const made = making.get(file) ?? makeReport(shelf, counted, { periodId, language, format });
    making.set(file, made);
    const keep = made.then((bytes) => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${file}.draft`, bytes);
      renameSync(`${file}.draft`, file);
      return bytes;
    });
    return keep.finally(() => making.delete(file));
  };
};

const makeReport = async (
  { workspace, folders, messages, now }: Shelf,
  counted: CountedStudy,
  {
    periodId,
    language,
    format,
  }: { readonly periodId: string; readonly language: Language; readonly format: ReportFormat },
): Promise<Uint8Array> => {
  const { study } = counted;
  const organisation = workspace.config.name ?? workspace.config.org;
  const period = reportPeriod(counted, periodId === WHOLE_STUDY ? undefined : periodId);
  const request = {
    ...reportInput(counted, period, organisation, messages, folders),
    files: reportFiles(folders, study.id),
    languages: [language],
    formats: [format],
    siblings: LANGUAGES,
    creationTime: workspace.config.synthetic ? SAMPLE_TIME : now(),
    cellHref: (address: string) => `/${language}/${study.id}/cell?address=${encodeURIComponent(address)}`,
    downloads: REPORT_FORMATS.filter((f) => f !== 'html'),
  };
  for await (const { bytes } of renderReport(request)) return bytes;
  throw new Error(`no report in ${language}`);
};

/** Figures of a report's text in a language, bound once when they are first asked for. */
const figuresOf = (
  { workspace, folders, messages }: Shelf,
  counted: CountedStudy,
): ServedStudy['figures'] => {
  const known = new Map<Language, readonly DeclaredFigure[]>();
  return (language) => {
    const found = known.get(language);
    if (found !== undefined) return found;
    const text = reportFiles(folders, counted.study.id).find((f) => f.language === language);
    const period = countedPeriods(counted).at(-1);
    if (text === undefined || period === undefined) return [];
    const source = readSource(text.text, text.file, language);
    const input = reportInput(counted, period, workspace.config.org, messages, folders);
    const figures = declaredFigures({ ...input, source, language });
    known.set(language, figures);
    return figures;
  };
};

/** One way to draw for screen and report; boundaries of a day are read once. */
const drawOf = ({ folders, messages }: Shelf, counted: CountedStudy): ServedStudy['draw'] => {
  const { study } = counted;
  const last = countedPeriods(counted).at(-1)?.end;
  const sources = new Map<string | undefined, FigureSource>();
  return (request, day = last) => {
    const source = sources.get(day) ?? figureSource(study, day, messages.with(study.words), folders);
    sources.set(day, source);
    return source(request);
  };
};

/** Time of the sample's reports, fixed like its clock. */
export const SAMPLE_TIME = new Date('2019-02-01T00:00:00Z');

/** The registered studies of a data folder, frozen and counted once for a site. */
export const servedStudies = async (shelf: Shelf): Promise<readonly ServedStudy[]> => {
  const { workspace, folders } = shelf;
  const served: ServedStudy[] = [];
  for (const id of await registeredIds(workspace, folders)) {
    const study = await registeredStudy(workspace, id);
    const snapshot = await freezeStudy(workspace, study);
    const tables = countStudy(study, snapshot);
    const counted = { study, snapshot, tables };
    const files = reportFiles(folders, id);
    const last = countedPeriods(counted).at(-1);
    const periods =
      files.length === 0 || last === undefined ? [] : [coversStudy(files) ? WHOLE_STUDY : last.id];
    served.push({
      ...counted,
      comparisons: comparisonsOf(study, tables),
      reportPeriods: periods,
      figures: figuresOf(shelf, counted),
      draw: drawOf(shelf, counted),
      report: reportOf(shelf, counted),
    });
  }
  return served;
};
