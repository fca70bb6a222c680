import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type ImportReport, readMapping } from '../../src/exchange/index.ts';
import type { Effects, RecordState } from '../../src/records/index.ts';
import type { TableSource } from '../../src/sheets/index.ts';
import type { Study } from '../../src/study/index.ts';
import { type Problem, ProblemError } from '../../src/vocabulary/index.ts';
import {
  createWorkspace,
  type ImportRequest,
  type NewWorkspace,
  packageFiles,
  planFileImport,
  runFileImport,
  studyFromFolders,
  type Workspace,
} from '../../src/workspace/index.ts';

const { study, files } = studyFromFolders([join(import.meta.dirname, 'studies')], 'gatherings');

/** Time and chance that are the same in every run. */
const fixedEffects = (): Effects => {
  let state = 1;
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % 256;
  };
  return { clock: () => Date.UTC(2019, 0, 1), random: (n) => Uint8Array.from({ length: n }, next) };
};

/** A mapping of the columns No, Date, Form, People; what a test gives replaces the part of that name. */
export const aMapping = (given: Record<string, unknown> = {}) =>
  readMapping(
    stringify({
      study: 'gatherings',
      instrument: 'gathering',
      file: { format: 'csv' },
      key: ['No'],
      columns: {
        number: 'No',
        date: { from: 'Date', parse: { date: 'DD.MM.YYYY' } },
        form: { from: 'Form', values: { митинг: 'rally', пикет: 'picket' } },
        'participants.best': 'People',
      },
      review: { state: 'verified', author: { constant: 'm1' }, vouched_by: { constant: 'm2' } },
      ...given,
    }),
  );
export type TestMapping = ReturnType<typeof aMapping>;

/** A mapping with more columns than the four of `aMapping`. */
export const aMappingWith = (
  columns: Record<string, unknown>,
  given: Record<string, unknown> = {},
): TestMapping =>
  aMapping({
    columns: {
      number: 'No',
      date: { from: 'Date', parse: { date: 'DD.MM.YYYY' } },
      form: { from: 'Form', values: { митинг: 'rally', пикет: 'picket' } },
      'participants.best': 'People',
      ...columns,
    },
    ...given,
  });

export const bytesOf = (content: string | Uint8Array): TableSource => {
  const bytes = Buffer.from(content as string);
  return async function* () {
    yield bytes;
  };
};

export const HEADER = 'No,Date,Form,People';
/** A CSV file of the four columns. */
export const aFile = (...rows: string[]): string => `${[HEADER, ...rows].join('\n')}\n`;

/** A data folder with the study in it, and what a person does with it. */
export interface Folder {
  readonly workspace: Workspace;
  readonly study: Study;
  /** The dry run, or the problems that stopped it. */
  plan(source: string | TableSource, mapping?: TestMapping): Promise<ImportReport>;
  import(
    source: string | TableSource,
    mapping?: TestMapping,
    acceptValid?: boolean,
    more?: Partial<ImportRequest>,
  ): Promise<ImportReport>;
  record(key: string, instrument?: string): Promise<RecordState | undefined>;
  entries(): Promise<number>;
}

export const withFolder = async <T>(
  use: (folder: Folder) => Promise<T>,
  place: Pick<NewWorkspace, 'databaseUrl'> = {},
): Promise<T> => {
  const dir = mkdtempSync(join(tmpdir(), 'import-'));
  const effects = fixedEffects();
  const workspace = await createWorkspace({ dir, org: 'testers', effects, ...place });
  try {
    await workspace.registerStudy(study, packageFiles(study, files));
    const request = (source: string | TableSource, mapping: TestMapping): ImportRequest => ({
      study,
      mapping,
      source: typeof source === 'string' ? bytesOf(source) : source,
      effects,
    });
    return await use({
      workspace,
      study,
      plan: async (source, mapping = aMapping()) =>
        (await planFileImport(workspace, request(source, mapping))).report,
      import: async (source, mapping = aMapping(), acceptValid = false, more = {}) => {
        const asked = { ...request(source, mapping), ...more };
        return runFileImport(workspace, asked, await planFileImport(workspace, asked), { acceptValid });
      },
      record: (key, instrument = 'gathering') =>
        workspace.record(workspace.importId(study.id, instrument, [key])),
      entries: async () => (await workspace.head()).size,
    });
  } finally {
    await workspace.close();
    rmSync(dir, { recursive: true });
  }
};

/** The problems that something ends with; none where it goes through. */
export const problemsOf = async (act: Promise<unknown>): Promise<readonly Problem[]> => {
  try {
    await act;
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
};

/** Imports what must be refused and says why, having checked that the log is as it was. */
export const refused = (source: string | TableSource, mapping?: TestMapping): Promise<readonly Problem[]> =>
  withFolder(async (folder) => {
    const before = await folder.workspace.head();
    const problems = await problemsOf(folder.import(source, mapping));
    const after = await folder.workspace.head();
    if (problems.length > 0 && after.root !== before.root) throw new Error('the log has changed');
    return problems.filter((p) => p.code !== 'import_row_rejected');
  });
