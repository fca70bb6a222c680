import { type Comparison, comparePublished, VERDICTS } from '../../checker/index.ts';
import { findCell, parseAddress, type Table } from '../../tables/index.ts';
import { countStudy } from '../../workspace/index.ts';
import { type Command, DATA, type Effects, oneOf, STUDIES } from '../command.ts';
import { type FrozenStudy, withFrozenStudy } from '../frozen-study.ts';

/** Every published number of the study judged against its counted cells. */
export const comparisonsOf = (
  study: FrozenStudy['study'],
  tables: readonly Table[],
): readonly Comparison[] => {
  const byId = new Map(tables.map((t) => [t.id, t]));
  return comparePublished(study, (address) => {
    const table = byId.get(parseAddress(address).table);
    return table === undefined ? undefined : findCell(table, address);
  });
};

const sums = (comparisons: readonly Comparison[], { messages, language }: Effects): readonly string[] =>
  VERDICTS.map((verdict) => {
    const n = comparisons.filter((c) => c.verdict === verdict).length;
    return `${messages(language, `published.verdict.${verdict}`)}: ${n}`;
  });

const markdown = (comparisons: readonly Comparison[], effects: Effects): string => {
  const { messages, language } = effects;
  const head = [
    'table',
    'row',
    'column',
    'period',
    'published',
    'ours',
    'verdict',
    'basis',
    'reason',
  ] as const;
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`;
  const rows = comparisons.map((c) =>
    line([
      ...head.slice(0, 6).map((key) => c[key]),
      messages(language, `published.verdict.${c.verdict}`),
      c.basis,
      c.reason === '' ? '' : messages(language, `published.reason.${c.reason}`),
    ]),
  );
  const names = head.map((key) => messages(language, `cli.published_compare.column.${key}`));
  return [line(names), line(head.map(() => '---')), ...rows, '', ...sums(comparisons, effects), ''].join(
    '\n',
  );
};

export const publishedCompare: Command = {
  name: 'published compare',
  args: [{ name: 'STUDY', required: true }],
  options: [DATA, STUDIES, { name: 'format', kind: 'text', default: 'md', value: 'md|json' }],
  run: (input, effects) => {
    const { messages, language, out, note } = effects;
    const format = oneOf('--format', input.options['format'] ?? 'md', ['md', 'json']);
    return withFrozenStudy(input, input.args[0] ?? '', effects, ({ workspace, study, snapshot }) => {
      const comparisons = comparisonsOf(study, countStudy(study, snapshot));
      if (format === 'json') out(`${JSON.stringify(comparisons, undefined, 1)}\n`);
      else out(markdown(comparisons, effects));
      if (workspace.config.synthetic) note(`${messages(language, 'published.note')}\n`);
      return Promise.resolve(0);
    });
  },
};
