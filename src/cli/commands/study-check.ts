import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { Problem } from '../../vocabulary/index.ts';
import { ProblemError, problem } from '../../vocabulary/index.ts';
import { checkStudyFolder, countStudy, freezeStudy } from '../../workspace/index.ts';
import { type Command, type Effects, STUDIES } from '../command.ts';
import { reportProblems } from '../report-inputs.ts';
import { createSampleFolder } from '../sample-organisation.ts';
import { studyFolders } from '../study-folders.ts';

/** Counts the package's own sample and checks its report against it, in a folder that is gone afterwards. */
const sampleProblems = async (
  folders: readonly string[],
  id: string,
  effects: Effects,
): Promise<readonly Problem[]> => {
  const scratch = mkdtempSync(join(tmpdir(), 'baqylau-check-'));
  try {
    const { workspace } = await createSampleFolder(join(scratch, 'data'), folders, [id]);
    try {
      const { study } = checkStudyFolder(folders, id);
      if (study === undefined) return [];
      const snapshot = await freezeStudy(workspace, study);
      return reportProblems(
        folders,
        { study, snapshot, tables: countStudy(study, snapshot) },
        effects.messages,
      );
    } finally {
      await workspace.close();
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

export const studyCheck: Command = {
  name: 'study check',
  args: [{ name: 'DIR', required: true }],
  options: [STUDIES],
  run: async (input, effects) => {
    const { messages, language } = effects;
    const dir = resolve(input.args[0] ?? '');
    if (!existsSync(join(dir, 'study.yaml')))
      throw new ProblemError(problem('study_file_missing', { file: join(dir, 'study.yaml') }));
    const id = basename(dir);
    const folders = [...studyFolders(input), dirname(dir)];
    const { study, problems } = checkStudyFolder(folders, id);
    const hasSample = existsSync(join(dir, 'sample', 'sample.yaml'));
    const all =
      study === undefined || !hasSample
        ? problems
        : [...problems, ...(await sampleProblems(folders, id, effects))];
    if (study === undefined || all.length > 0) throw new ProblemError(all);
    const done = {
      study: study.id,
      version: study.version,
      tables: study.tables.length,
      instruments: study.instruments.size,
      review: study.reviewNeeded.length,
    };
    effects.out(`${messages(language, 'cli.study_check.done', done)}\n`);
    return 0;
  },
};
