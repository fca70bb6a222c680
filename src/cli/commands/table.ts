import { writeCsv } from '../../sheets/index.ts';
import { nearest } from '../../study/index.ts';
import { addressOf, type Table, tableToJson, tableToMarkdown, tableToRecords } from '../../tables/index.ts';
import { labelText, ProblemError, problem } from '../../vocabulary/index.ts';
import { countStudy } from '../../workspace/index.ts';
import {
  type Command,
  DATA,
  type Effects,
  type Input,
  isFlagged,
  oneOf,
  PERIOD,
  required,
  STUDIES,
  STUDY,
} from '../command.ts';
import { type FrozenStudy, withFrozenStudy } from '../frozen-study.ts';

const FORMATS = ['md', 'csv', 'json'] as const;
type Format = (typeof FORMATS)[number];

/** The tables asked for. Throws ProblemError `table_unknown` with a near name. */
const chosen = ({ study, snapshot }: FrozenStudy, input: Input): readonly Table[] => {
  const tables = countStudy(study, snapshot);
  const id = input.args[0];
  if (id === undefined || isFlagged(input, 'all')) return tables;
  const table = tables.find((t) => t.id === id);
  if (table !== undefined) return [table];
  const names = study.tables.map((t) => t.id);
  throw new ProblemError(problem('table_unknown', { table: id, near: nearest(id, names) }));
};

/** Tables of different dimensions in one CSV: each cell goes by its address instead of a column a dimension. */
const cellsOf = (tables: readonly Table[]): readonly (readonly string[])[] =>
  tables.flatMap((table, at) => {
    const [head = [], ...lines] = tableToRecords(table);
    const measures = table.dimensions.length;
    const body = lines.map((line, i) => {
      const cell = table.cells[i];
      return [cell === undefined ? '' : addressOf(table, cell), ...line.slice(measures)];
    });
    return at === 0 ? [['address', ...head.slice(measures)], ...body] : body;
  });

const csv = (tables: readonly Table[]): string => {
  const [only] = tables;
  return writeCsv(tables.length === 1 && only !== undefined ? tableToRecords(only) : cellsOf(tables));
};

/** The names of a study's tables, for somebody who does not know them yet. */
const listed = ({ study }: FrozenStudy, { language }: Effects): string =>
  study.tables.map((t) => `${t.id}\t${labelText(t.title, language)}\n`).join('');

const printed = (
  { study }: FrozenStudy,
  tables: readonly Table[],
  format: Format,
  effects: Effects,
): string => {
  const { language } = effects;
  const messages = effects.messages.with(study.words);
  switch (format) {
    case 'json':
      return `${JSON.stringify(tables.map(tableToJson), undefined, 1)}\n`;
    case 'csv':
      return csv(tables);
    case 'md':
      return tables.map((t) => tableToMarkdown(messages, language, t)).join('\n');
  }
};

export const table: Command = {
  name: 'table',
  args: [{ name: 'TABLE', required: false }],
  options: [
    DATA,
    STUDIES,
    STUDY,
    PERIOD,
    { name: 'all', kind: 'flag' },
    { name: 'format', kind: 'text', default: 'md', value: FORMATS.join('|') },
  ],
  run: (input, effects) => {
    const format = oneOf('--format', input.options['format'] ?? 'md', FORMATS);
    return withFrozenStudy(input, required(input, 'study'), effects, (frozen) => {
      const names = input.args.length === 0 && !isFlagged(input, 'all');
      effects.out(names ? listed(frozen, effects) : printed(frozen, chosen(frozen, input), format, effects));
      return Promise.resolve(0);
    });
  },
};
