import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type LogStore, sha256Hex } from '../log/index.ts';
import type { Leaf } from '../records/index.ts';
import { definitionFiles, type LoadedStudy, loadStudy, type Study, type StudyFiles } from '../study/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import type { PackageFile } from './study-registration.ts';

/** The packages that come with Baqylau. */
export const builtInStudies = (): string => join(import.meta.dirname, '..', '..', 'studies');

const TEXT = /\.(yaml|yml|csv|md)$/;

/** All text files below the folders, by path inside their folder; a later folder's file wins. */
export const readStudyFiles = (folders: readonly string[]): StudyFiles =>
  new Map(
    folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && TEXT.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')] as const),
    ),
  );

/** Reads and checks a package from disk; `folders` may be the organisation's own beside the built-in ones. */
export const checkStudyFolder = (
  folders: readonly string[],
  id: string,
): LoadedStudy & { readonly files: StudyFiles } => {
  const files = readStudyFiles(folders.filter((f) => statSync(f, { throwIfNoEntry: false })?.isDirectory()));
  return { ...loadStudy(files, id, (data) => sha256Hex(data)), files };
};

/** The study of a folder. Throws ProblemError with everything that is wrong with it. */
export const studyFromFolders = (
  folders: readonly string[],
  id: string,
): { readonly study: Study; readonly files: StudyFiles } => {
  const { study, problems, files } = checkStudyFolder(folders, id);
  if (study === undefined) throw new ProblemError(problems);
  return { study, files };
};

/** What registration keeps of a package: its definitions and those of its bases. */
export const packageFiles = (study: Study, files: StudyFiles): readonly PackageFile[] =>
  [...study.uses.map((u) => u.id), study.id]
    .flatMap((id) => definitionFiles(files, id))
    .map((path) => ({ path, bytes: new TextEncoder().encode(files.get(path) ?? '') }));

interface KeptFile {
  readonly row_id: string;
  readonly values: { readonly sha256: string };
}

/** What of a data folder says which studies are registered in it. */
export interface StudyShelf {
  entries(recordId: string): Promise<readonly Leaf[]>;
  importId(study: string, instrument: string, key: readonly string[]): string;
  readonly store: Pick<LogStore, 'getBlob'>;
}

const registration = (workspace: StudyShelf, id: string) =>
  workspace.entries(workspace.importId(id, '', ['study']));

/** Whether the log has any version of a study. */
export const isRegistered = async (workspace: StudyShelf, id: string): Promise<boolean> =>
  (await registration(workspace, id)).length > 0;

/**
 * The study as it was registered in the log, its latest version: what its records were entered with, whatever the files
 * on disk say now. Throws ProblemError `study_not_in_log` when the study was never registered here.
 */
export const registeredStudy = async (workspace: StudyShelf, id: string): Promise<Study> => {
  const latest = (await registration(workspace, id)).at(-1)?.body.values['files'];
  if (latest === undefined) {
    const known = await registeredIds(workspace, [builtInStudies()]);
    throw new ProblemError(problem('study_not_in_log', { study: id, known: known.join(', ') || '–' }));
  }
  const files = new Map<string, string>();
  for (const { row_id, values } of latest as unknown as readonly KeptFile[]) {
    const bytes = await workspace.store.getBlob(values.sha256);
    if (bytes === undefined) throw new ProblemError(problem('study_file_missing', { file: row_id }));
    files.set(row_id, new TextDecoder().decode(bytes));
  }
  // Checked when it was registered; rules that came later are for new versions.
  const { built, problems } = loadStudy(files, id, (data) => sha256Hex(data));
  if (built === undefined) throw new ProblemError(problems);
  return built;
};

/** Ids of the packages in the folders that are registered in this log, in order of name. */
export const registeredIds = async (
  workspace: StudyShelf,
  folders: readonly string[],
): Promise<readonly string[]> => {
  const ids = folders.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : [])),
  );
  const found: string[] = [];
  for (const id of [...new Set(ids)].sort()) if (await isRegistered(workspace, id)) found.push(id);
  return found;
};
