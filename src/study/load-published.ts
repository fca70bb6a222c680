import { problem } from '../vocabulary/index.ts';
import type { Findings } from './located.ts';
import {
  CROSSWALK_COLUMNS,
  type PublishedFile,
  type PublishedRules,
  plainRows,
  readPublishedFile,
  readPublishedRules,
} from './published.ts';
import type { StudyFiles } from './read-package.ts';
import type { CrosswalkRow } from './study.ts';
import { readYaml } from './yaml-source.ts';

/** Earlier published numbers of a package, the rules they obey, and the crosswalk of their codes. */
export interface PublishedPart {
  readonly files: readonly PublishedFile[];
  readonly rules: PublishedRules;
  readonly crosswalk: readonly CrosswalkRow[];
}

/** The readers throw `name.csv:line: reason`; a person gets the file and line. */
const attempt = <T>(findings: Findings, file: string, read: () => T): T | undefined => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    const [, line, found] = /^[^:]*:(\d+):\s*(.*)$/s.exec(error.message) ?? [];
    const at = line === undefined ? { file } : { file, line: Number(line) };
    findings.problems.push(
      problem('study_file_unreadable', { file, reason: 'table', found: found ?? error.message }, at),
    );
    return undefined;
  }
};

/** Reads `published/` of one package. */
export const loadPublished = (findings: Findings, files: StudyFiles, id: string): PublishedPart => {
  const folder = `${id}/published/`;
  const names = [...files.keys()].filter((path) => path.startsWith(folder) && path.endsWith('.csv')).sort();
  const crosswalkFile = `${folder}crosswalk.csv`;
  const published = names
    .filter((path) => path !== crosswalkFile)
    .flatMap(
      (path) =>
        attempt(findings, path, () =>
          readPublishedFile(path.slice(folder.length, -'.csv'.length), files.get(path) ?? ''),
        ) ?? [],
    );
  const crosswalkText = files.get(crosswalkFile);
  const crosswalk =
    crosswalkText === undefined
      ? []
      : (attempt(findings, crosswalkFile, () => plainRows('crosswalk', crosswalkText, CROSSWALK_COLUMNS)) ??
        []);
  return {
    files: published,
    rules: readRules(findings, files, `${folder}rules.yaml`),
    crosswalk: crosswalk.map(asCrosswalk),
  };
};

const asCrosswalk = (row: Readonly<Record<(typeof CROSSWALK_COLUMNS)[number], string>>): CrosswalkRow => ({
  list: row.list,
  referenceCode: row.reference_code,
  ourCode: row.our_code,
  note: row.note,
});

const readRules = (findings: Findings, files: StudyFiles, path: string): PublishedRules => {
  const none: PublishedRules = { rules: [], readings: [], notReproducible: [] };
  const text = files.get(path);
  if (text === undefined) return none;
  const yaml = readYaml(path, text);
  findings.problems.push(...yaml.problems);
  return yaml.source === undefined
    ? none
    : (attempt(findings, path, () => readPublishedRules(yaml.source?.value)) ?? none);
};
