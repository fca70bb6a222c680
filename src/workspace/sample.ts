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

/** The `sample` folder of a package: in the last of the study folders that has the package. */
const sampleFolder = (folders: readonly string[], id: string): string =>
  join(
    folders.findLast((f) => statSync(join(f, id), { throwIfNoEntry: false })?.isDirectory()) ?? '',
    id,
    'sample',
  );

/** What a package's `sample/sample.yaml` says: the files in order of import, and the invented people. */
export const sampleOf = (folders: readonly string[], id: string): z.output<typeof shape> =>
  shape.parse(parse(readFileSync(join(sampleFolder(folders, id), 'sample.yaml'), 'utf8')));

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
  const folder = sampleFolder(folders, id);
  let records = 0;
  for (const name of sampleOf(folders, id).files) {
    const source = join(folder, `${name}.csv`);
    const mappingFile = join(folder, `${name}.mapping.yaml`);
    const mapping = readMapping(readFileSync(mappingFile, 'utf8'), mappingFile);
    const request = { study, mapping, source, size: statSync(source).size, effects };
    const plan = await planFileImport(workspace, request);
    if (plan.report.problems.length > 0) throw new ProblemError(plan.report.problems);
    const { written } = await runFileImport(workspace, request, plan);
    records += written;
  }
  return records;
};
