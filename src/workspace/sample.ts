import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { readMapping } from '../exchange/index.ts';
import type { Effects } from '../records/index.ts';
import { ProblemError } from '../vocabulary/index.ts';
import { planFileImport, runFileImport } from './import-file.ts';
import { packageFiles, studyFromFolders } from './study-folders.ts';
import type { Workspace } from './workspace.ts';

const shape = z.strictObject({ files: z.array(z.string()), people: z.array(z.string()) });

/** What a package's `sample/sample.yaml` says: the files in order of import, and the invented people. */
export const sampleOf = (folder: string, id: string): z.output<typeof shape> =>
  shape.parse(parse(readFileSync(join(folder, id, 'sample', 'sample.yaml'), 'utf8')));

/**
 * Fills a data folder with the synthetic sample of a study, through the importer like any other file. Returns the number
 * of records. Throws ProblemError with every row that does not pass: a sample is imported whole or not at all.
 */
export const importSample = async (
  workspace: Workspace,
  folders: readonly string[],
  id: string,
  effects: Effects,
): Promise<number> => {
  const { study, files } = studyFromFolders(folders, id);
  await workspace.registerStudy(study, packageFiles(study, files));
  const folder = folders.findLast((f) => statSync(join(f, id), { throwIfNoEntry: false })?.isDirectory()) ?? '';
  let records = 0;
  for (const name of sampleOf(folder, id).files) {
    const source = join(folder, id, 'sample', `${name}.csv`);
    const mappingFile = join(folder, id, 'sample', `${name}.mapping.yaml`);
    const mapping = readMapping(readFileSync(mappingFile, 'utf8'), mappingFile);
    const request = { study, mapping, source, size: statSync(source).size, effects };
    const plan = await planFileImport(workspace, request);
    if (plan.report.problems.length > 0) throw new ProblemError(plan.report.problems);
    const { written } = await runFileImport(workspace, request, plan);
    records += written;
  }
  return records;
};
