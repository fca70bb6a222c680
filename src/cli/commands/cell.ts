import { displayCell, findCell, parseAddress, rowsBehind, type Table } from '../../tables/index.ts';
import { labelText, problem, ProblemError, roundTo } from '../../vocabulary/index.ts';
import { countStudy } from '../../workspace/index.ts';
import { type Command, DATA, type Effects, isFlagged, STUDIES } from '../command.ts';
import { type FrozenStudy, withFrozenStudy } from '../frozen-study.ts';

const DIGITS = 4;

/** What stands behind a number, in the order a reader asks: the value, its parts, its base, its definition, its snapshot. */
const explain = (frozen: FrozenStudy, table: Table, address: string, effects: Effects): readonly string[] => {
  const { messages, language } = effects;
  const say = (id: string, args = {}): string => messages(language, `cli.cell.${id}`, args);
  const cell = findCell(table, address);
  const measure = table.measures.find((m) => m.id === cell?.measure);
  if (cell === undefined || measure === undefined) throw new ProblemError(problem('cell_unknown', { address }));
  const definition = frozen.study.tables.find((t) => t.id === table.id)?.definition;
  const { numerator, denominator, n, nMissing, source } = cell;
  return [
    `${address} = ${displayCell(messages, language, cell, measure)} (${messages(language, `unit.${measure.unit}`)})`,
    labelText(measure.label, language),
    ...(numerator === undefined || denominator === undefined
      ? []
      : [say('parts', { numerator: roundTo(numerator, numerator.den === 1n ? 0 : DIGITS), denominator: roundTo(denominator, denominator.den === 1n ? 0 : DIGITS) })]),
    ...(source === undefined ? [say('based', { n, missing: nMissing })] : [say('printed', { source })]),
    ...(definition === undefined ? [] : [say('definition', { text: labelText(definition, language) })]),
    say('snapshot', { id: table.snapshot }),
  ];
};

export const cell: Command = {
  name: 'cell',
  args: [{ name: 'ADDRESS', required: true }],
  options: [
    DATA,
    STUDIES,
    { name: 'study', kind: 'text', required: true, value: 'ID' },
    { name: 'period', kind: 'text', value: 'ID' },
    { name: 'records', kind: 'flag' },
  ],
  run: (input, terminal) =>
    withFrozenStudy(input.options, terminal, (frozen, effects) => {
      const address = input.args[0] ?? '';
      const { table: id } = parseAddress(address);
      const table = countStudy(frozen.study, frozen.snapshot).find((t) => t.id === id);
      const definition = frozen.study.tables.find((t) => t.id === id);
      if (table === undefined || definition === undefined) throw new ProblemError(problem('cell_unknown', { address }));
      const lines = [...explain(frozen, table, address, effects)];
      if (isFlagged(input, 'records'))
        for (const row of rowsBehind(frozen.study, frozen.snapshot, definition, address))
          lines.push(`${row.recordId}${row.rowId === undefined ? '' : `#${row.rowId}`}\t${row.revision}\t${roundTo(row.numerator, 0)}\t${roundTo(row.denominator, 0)}`);
      effects.out(`${lines.join('\n')}\n`);
      return Promise.resolve(0);
    }),
};
