import type { StudyFiles } from './read-package.ts';

/** Hex SHA-256 of a text or bytes; the caller brings it (Node's or the browser's). */
export type Sha256 = (data: string | Uint8Array) => string;

/**
 * The files that make a package what it is, sorted by path: definitions and published numbers. Prose (`report/`) and
 * synthetic records (`sample/`) change no number, so they may change without a new version.
 */
export const definitionFiles = (files: StudyFiles, id: string): readonly string[] =>
  [...files.keys()]
    .filter(
      (path) =>
        path.startsWith(`${id}/`) &&
        /\.(yaml|csv)$/.test(path) &&
        !/^(report|sample)\//.test(path.slice(id.length + 1)),
    )
    .sort();

/** SHA-256 over the sorted paths and contents of the packages named, e.g. a study's bases and itself. */
export const packagesHash = (files: StudyFiles, ids: readonly string[], sha256: Sha256): string =>
  sha256(
    ids
      .flatMap((id) => definitionFiles(files, id))
      .sort()
      .map((path) => `${path}\n${sha256(files.get(path) ?? '')}\n`)
      .join(''),
  );
