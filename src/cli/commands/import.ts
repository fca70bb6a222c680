import { readFileSync, statSync } from 'node:fs';
import { type ImportReport, readMapping } from '../../exchange/index.ts';
import { ProblemError, problem, problemText } from '../../vocabulary/index.ts';
import {
  openWorkspace,
  packageFiles,
  planFileImport,
  runFileImport,
  studyFromFolders,
} from '../../workspace/index.ts';
import { type Command, DATA, type Effects, isFlagged, required, STUDIES } from '../command.ts';
import { importProgress } from '../import-progress.ts';
import { recordEffects } from '../record-effects.ts';
import { studyFolders } from '../study-folders.ts';

const sizeOf = (file: string): number => {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) throw new ProblemError(problem('file_missing', { file }));
  if (stat.isDirectory()) throw new ProblemError(problem('file_unusable', { file, why: 'EISDIR' }));
  return stat.size;
};

/** What an import did or would do, in the order a person needs it: what is wrong, what changes, the sums. */
const tell = (report: ImportReport, { messages, language, note, out }: Effects): void => {
  const more = (all: number, listed: number): void => {
    if (all > listed) note(`${messages(language, 'cli.import.more', { n: all - listed })}\n`);
  };
  for (const p of report.problems) note(`${problemText(messages, language, p)}\n`);
  more(report.problemCount, report.problems.length);
  for (const { row, fields } of report.revisions)
    note(`${messages(language, 'cli.import.revised', { row, fields: fields.join(', ') })}\n`);
  more(report.outcomes.revised, report.revisions.length);
  const { new: added, revised, vouched, unchanged, rejected } = report.outcomes;
  const counts = { rows: report.rows, added, revised: revised + vouched, unchanged, rejected };
  out(`${messages(language, 'cli.import.counts', counts)}\n`);
  for (const sealing of ['sealed', 'not_compared', 'erased'] as const)
    if (report.sealed[sealing] > 0)
      out(`${messages(language, `cli.import.${sealing}`, { rows: report.sealed[sealing] })}\n`);
};

export const importFile: Command = {
  name: 'import',
  args: [
    { name: 'MAPPING', required: true },
    { name: 'FILE', required: true },
  ],
  options: [
    DATA,
    STUDIES,
    { name: 'dry-run', kind: 'flag' },
    { name: 'accept-valid', kind: 'flag' },
    { name: 'reseal', kind: 'flag' },
    { name: 'correct-dates', kind: 'flag' },
  ],
  run: async (input, effects) => {
    const [mappingFile = '', file = ''] = input.args;
    const { messages, language } = effects;
    sizeOf(mappingFile);
    const mapping = readMapping(readFileSync(mappingFile, 'utf8'), mappingFile);
    const { study, files } = studyFromFolders(studyFolders(input), mapping.study);
    const workspace = await openWorkspace(required(input, 'data'), { effects: recordEffects(effects) });
    try {
      const request = {
        study,
        mapping,
        source: file,
        size: sizeOf(file),
        effects: recordEffects(effects),
        onProgress: importProgress(effects),
        reseal: isFlagged(input, 'reseal'),
        correctDates: isFlagged(input, 'correct-dates'),
      };
      const plan = await planFileImport(workspace, request);
      tell(plan.report, effects);
      const blocked = plan.report.outcomes.rejected > 0 && !isFlagged(input, 'accept-valid');
      if (isFlagged(input, 'dry-run')) {
        effects.out(`${messages(language, 'cli.import.dry')}\n`);
        return blocked ? 2 : 0;
      }
      if (blocked) {
        effects.note(`${messages(language, 'cli.import.none')}\n`);
        return 2;
      }
      await workspace.registerStudy(study, packageFiles(study, files));
      await runFileImport(workspace, request, plan, { acceptValid: isFlagged(input, 'accept-valid') });
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
