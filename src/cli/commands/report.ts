import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPORT_FORMATS, renderReport } from '../../report/index.ts';
import { LANGUAGES, ProblemError, problem } from '../../vocabulary/index.ts';
import { countStudy } from '../../workspace/index.ts';
import { type Command, DATA, list, oneOf, PERIOD, required, STUDIES } from '../command.ts';
import { withFrozenStudy } from '../frozen-study.ts';
import { reportFiles, reportInput, reportPeriod } from '../report-inputs.ts';
import { SAMPLE_TIME } from '../served-studies.ts';
import { studyFolders } from '../study-folders.ts';

/** The values of a comma-separated option, each once. Throws ProblemError `option_value`. */
const chosen = <T extends string>(option: string, asked: string, known: readonly T[]): readonly T[] => {
  const all = list(asked);
  return [...new Set((all.length > 0 ? all : ['']).map((one) => oneOf(option, one, known)))];
};

export const report: Command = {
  name: 'report',
  args: [{ name: 'STUDY', required: true }],
  options: [
    DATA,
    STUDIES,
    PERIOD,
    { name: 'lang', kind: 'text', default: LANGUAGES.join(','), value: LANGUAGES.join(',') },
    { name: 'to', kind: 'text', default: 'html', value: REPORT_FORMATS.join(',') },
    { name: 'out', kind: 'text', required: true, value: 'DIR' },
  ],
  run: (input, effects) => {
    const languages = chosen('--lang', input.options['lang'] ?? '', LANGUAGES);
    const formats = chosen('--to', input.options['to'] ?? '', REPORT_FORMATS);
    const { messages, language } = effects;
    return withFrozenStudy(input, input.args[0] ?? '', effects, async ({ workspace, study, snapshot }) => {
      const counted = { study, snapshot, tables: countStudy(study, snapshot) };
      const period = reportPeriod(counted, input.options['period']);
      const files = reportFiles(studyFolders(input), study.id);
      if (files.length === 0)
        throw new ProblemError(problem('study_file_missing', { file: `${study.id}/report/report.en.md` }));
      const out = required(input, 'out');
      mkdirSync(out, { recursive: true });
      const request = {
        ...reportInput(
          counted,
          period,
          workspace.config.name ?? workspace.config.org,
          messages,
          studyFolders(input),
        ),
        files,
        languages,
        formats,
        creationTime: workspace.config.synthetic ? SAMPLE_TIME : effects.now(),
      };
      for await (const { name, bytes } of renderReport(request)) {
        const file = join(out, name);
        // Beside first, then renamed: a reader never meets half a file.
        writeFileSync(`${file}.draft`, bytes);
        renameSync(`${file}.draft`, file);
        effects.out(
          `${messages(language, 'cli.report.wrote', { file, kib: Math.ceil(bytes.length / 1024) })}\n`,
        );
      }
      return 0;
    });
  },
};
