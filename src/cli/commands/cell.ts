import type { Measure } from '../../study/index.ts';
import {
  type Cell,
  type ContributingRow,
  displayCell,
  findCell,
  parseAddress,
  rowsBehind,
  type Table,
} from '../../tables/index.ts';
import { type Fraction, labelText, ProblemError, problem, roundTo } from '../../vocabulary/index.ts';
import { countStudy } from '../../workspace/index.ts';
import { type Command, DATA, type Effects, isFlagged, PERIOD, required, STUDIES, STUDY } from '../command.ts';
import { type FrozenStudy, withFrozenStudy } from '../frozen-study.ts';

const DIGITS = 4;

const exact = (f: Fraction): string => roundTo(f, f.den === 1n ? 0 : DIGITS);

/** What the measure divides by: nothing (a sum), months (a rate) or a base. */
const divisor = (measure: Measure): 'none' | 'rate' | 'base' =>
  measure.kind === 'rate'
    ? 'rate'
    : measure.kind === 'term' || measure.kind === 'statistic'
      ? 'none'
      : 'base';

/** What stands behind a number, in the order a reader asks: the value, its parts, its base, its definition, its snapshot. */
const explain = (
  frozen: FrozenStudy,
  table: Table,
  cell: Cell,
  measure: Measure,
  effects: Effects,
): readonly string[] => {
  const { language } = effects;
  const messages = effects.messages.with(frozen.study.words);
  const say = (id: string, args = {}): string => messages(language, `cli.cell.${id}`, args);
  const definition = frozen.study.tables.find((t) => t.id === table.id)?.definition;
  const { numerator, denominator, n, nMissing, source } = cell;
  const parts =
    numerator === undefined || denominator === undefined
      ? []
      : [
          say('parts', {
            kind: divisor(measure),
            numerator: exact(numerator),
            denominator: exact(denominator),
          }),
        ];
  const flags = cell.flags.map((flag) => `report.flag.${flag}`).filter((id) => messages.has(id));
  return [
    `${displayCell(messages, language, cell, measure)} (${messages(language, `unit.${measure.unit}`)})`,
    `${labelText(table.title, language)}: ${labelText(measure.label, language)}`,
    ...parts,
    ...(source === undefined ? [say('based', { n, missing: nMissing })] : [say('printed', { source })]),
    ...flags.map((id) => messages(language, id)),
    ...(definition === undefined ? [] : [say('definition', { text: labelText(definition, language) })]),
    say('snapshot', { id: table.snapshot }),
  ];
};

/** The record revisions behind a number, tab-separated: a child row goes by record and row, a base stands beside its part. */
const recordLines = (
  rows: readonly ContributingRow[],
  measure: Measure,
  { messages, language }: Effects,
): readonly string[] => {
  const names =
    divisor(measure) === 'base' ? ['record', 'revision', 'adds', 'base'] : ['record', 'revision', 'adds'];
  const lines = rows.map(({ recordId, rowId, revision, numerator, denominator }) =>
    [rowId === undefined ? recordId : `${recordId}#${rowId}`, revision, exact(numerator), exact(denominator)]
      .slice(0, names.length)
      .join('\t'),
  );
  return ['', names.map((name) => messages(language, `cli.cell.column.${name}`)).join('\t'), ...lines];
};

export const cell: Command = {
  name: 'cell',
  args: [{ name: 'ADDRESS', required: true }],
  options: [DATA, STUDIES, STUDY, PERIOD, { name: 'records', kind: 'flag' }],
  run: (input, effects) =>
    withFrozenStudy(input, required(input, 'study'), effects, (frozen) => {
      const { study, snapshot } = frozen;
      const address = input.args[0] ?? '';
      const { table: id, measure: measureId } = parseAddress(address);
      const table = countStudy(study, snapshot).find((t) => t.id === id);
      const definition = study.tables.find((t) => t.id === id);
      const measure = definition?.measures.find((m) => m.id === measureId);
      const found = table === undefined ? undefined : findCell(table, address);
      if (table === undefined || definition === undefined || measure === undefined || found === undefined)
        throw new ProblemError(problem('cell_unknown', { address }));
      const lines = [`${address} = ${explain(frozen, table, found, measure, effects).join('\n')}`];
      // A printed number has no records of ours behind it, only the line that it stands on.
      if (isFlagged(input, 'records') && found.origin === 'computed')
        lines.push(...recordLines(rowsBehind(study, snapshot, definition, address), measure, effects));
      effects.out(`${lines.join('\n')}\n`);
      return Promise.resolve(0);
    }),
};
