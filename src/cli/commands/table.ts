import { writeCsv } from '../../sheets/index.ts';
import { nearest } from '../../study/index.ts';
import { type Table, tableToJson, tableToMarkdown, tableToRecords } from '../../tables/index.ts';
import { problem, ProblemError } from '../../vocabulary/index.ts';
import { countStudy } from '../../workspace/index.ts';
import { type Command, DATA, type Effects, type Input, isFlagged, STUDIES } from '../command.ts';
import { type FrozenStudy, withFrozenStudy } from '../frozen-study.ts';

const FORMATS = ['md', 'csv', 'json'] as const;

/** The tables asked for. Throws ProblemError `table_unknown` with near names. */
const chosen = ({ study, snapshot }: FrozenStudy, input: Input): readonly Table[] => {
  const tables = countStudy(study, snapshot);
  if (isFlagged(input, 'all')) return tables;
  const id = input.args[0] ?? '';
  const table = tables.find((t) => t.id === id);
  if (table !== undefined) return [table];
  const near = nearest(id, study.tables.map((t) => t.id));
  throw new ProblemError(problem('table_unknown', { table: id, near }));
};

const printed = async (tables: readonly Table[], format: string, { messages, language }: Effects): Promise<string> => {
  switch (format) {
    case 'json':
      return `${JSON.stringify(tables.map(tableToJson), undefined, 1)}\n`;
    case 'csv':
      return (await Promise.all(tables.map((t) => writeCsv(tableToRecords(t))))).join('\n');
    case 'md':
      return tables.map((t) => tableToMarkdown(messages, language, t)).join('\n');
    default:
      throw new ProblemError(problem('report_format_unknown', { format, known: FORMATS.join(', ') }));
  }
};

export const table: Command = {
  name: 'table',
  args: [{ name: 'TABLE', required: false }],
  options: [
    DATA,
    STUDIES,
    { name: 'study', kind: 'text', required: true, value: 'ID' },
    { name: 'period', kind: 'text', value: 'ID' },
    { name: 'all', kind: 'flag' },
    { name: 'format', kind: 'text', default: 'md', value: FORMATS.join('|') },
  ],
  run: (input, terminal) =>
    withFrozenStudy(input.options, terminal, async (frozen, effects) => {
      effects.out(await printed(chosen(frozen, input), input.options['format'] ?? 'md', effects));
      return 0;
    }),
};
