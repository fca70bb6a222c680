import type { WireCellDetail, WireRows } from '../contract/index.ts';
import { printedFraction } from '../report/index.ts';
import type { Column, Snapshot, SnapshotTable } from '../snapshot/index.ts';
import {
  codesOf,
  type Study,
  type StudyColumn,
  snapshotColumnsOf,
  type TableDefinition,
} from '../study/index.ts';
import {
  type Cell,
  type ContributingRow,
  displayCell,
  displayNumber,
  findCell,
  rowsBehind,
  type Table,
} from '../tables/index.ts';
import {
  dayText,
  exactText,
  type Fraction,
  isMissing,
  labelText,
  ProblemError,
  problem,
  RECORDED_MISSING,
  roundTo,
} from '../vocabulary/index.ts';
import { unitText, type Words } from './words.ts';

/** Rows of a page of the list behind a number. */
const PAGE = 50;

const shown = (
  study: Study,
  column: StudyColumn,
  values: Column,
  row: number,
  { messages, language }: Words,
): string => {
  const gap = values.missing?.[row] ?? 0;
  if (gap > 0) return messages(language, `missing.${RECORDED_MISSING[gap - 1] ?? 'not_recorded'}`);
  switch (values.kind) {
    case 'day':
      return dayText(values.values[row] ?? 0);
    case 'boolean':
      return messages(language, values.values[row] === 1 ? 'answer.yes' : 'answer.no');
    case 'text':
      return values.values[row] ?? '';
    case 'number':
      return displayNumber(language, String((values.values[row] ?? 0) / 10 ** values.decimals));
    case 'code': {
      const code = values.dictionary[values.values[row] ?? 0] ?? '';
      const label =
        column.codeList === undefined
          ? undefined
          : codesOf(study, column.codeList)?.find((c) => c.code === code)?.label;
      return label === undefined ? code : labelText(label, language);
    }
  }
};

/** Columns of the list: coded statistical answers; restricted ones (monitor, exact time) stay out. */
const listed = (study: Study, table: SnapshotTable): readonly StudyColumn[] =>
  (snapshotColumnsOf(study, table.id) ?? []).filter(
    (c) =>
      c.sensitivity === 'statistical' &&
      c.field !== undefined &&
      !c.path.endsWith('.text') &&
      !c.path.endsWith('.last'),
  );

/** Names that a definition mentions anywhere: its dimensions, measures and conditions. */
const mentioned = (node: unknown): readonly string[] =>
  typeof node === 'string'
    ? [node]
    : typeof node === 'object' && node !== null
      ? Object.values(node).flatMap(mentioned)
      : [];

const rowsOf = (
  study: Study,
  table: SnapshotTable,
  { dimensions, measures, where }: TableDefinition,
  rows: readonly ContributingRow[],
  from: number,
  words: Words,
): WireRows => {
  const names = new Set(mentioned([dimensions, measures, where?.root]));
  // What the number was made from stands first.
  const columns = listed(study, table).toSorted(
    (a, b) => Number(names.has(b.path)) - Number(names.has(a.path)),
  );
  const title = (c: StudyColumn): string => {
    const part =
      c.field !== undefined && c.path.length > c.field.path.length
        ? c.path.slice(c.field.path.length + 1)
        : undefined;
    const name = c.field === undefined ? c.path : labelText(c.field.label, words.language);
    return part === undefined ? name : `${name}: ${part}`;
  };
  return {
    total: rows.length,
    from,
    columns: columns.map((c) => ({ path: c.path, title: title(c) })),
    rows: rows.slice(from, from + PAGE).map(({ recordId, revision, row, numerator, denominator }) => ({
      recordId,
      revision,
      numerator: roundTo(numerator, numerator.den === 1n ? 0 : 4),
      denominator: roundTo(denominator, denominator.den === 1n ? 0 : 4),
      values: columns.map((c) => {
        const values = table.columns.get(c.path);
        return values === undefined ? '' : shown(study, c, values, row, words);
      }),
    })),
  };
};

const intervalText = (
  words: Words,
  { low, high, method }: NonNullable<Cell['interval']>,
  decimals: number,
): string => {
  const bound = (f: Fraction): string => printedFraction(words, f, decimals);
  return words.messages(words.language, 'report.how.interval_text', {
    low: bound(low),
    high: bound(high),
    method,
  });
};

/** How a number was made, with a page of the rows behind it. Throws ProblemError `cell_unknown`. */
export const wireCellDetail = (
  study: Study,
  snapshot: Snapshot,
  table: Table,
  definition: TableDefinition,
  address: string,
  from: number,
  words: Words,
): WireCellDetail => {
  const { messages, language } = words;
  const cell = findCell(table, address);
  const measure = table.measures.find((m) => m.id === cell?.measure);
  const counted = snapshot.tables.get(definition.of);
  if (cell === undefined || measure === undefined || counted === undefined)
    throw new ProblemError(problem('cell_unknown', { address }));
  const rows = cell.origin === 'computed' ? rowsBehind(study, snapshot, definition, address) : [];
  const meaning = definition.definition;
  const part = (f: Fraction | undefined): string | undefined =>
    f === undefined ? undefined : displayNumber(language, roundTo(f, f.den === 1n ? 0 : 4));
  const [numerator, denominator] = [part(cell.numerator), part(cell.denominator)];
  return {
    address,
    table: table.id,
    title: labelText(table.title, language),
    text: displayCell(messages, language, cell, measure),
    ...(meaning === undefined ? {} : { definition: labelText(meaning, language) }),
    measure: labelText(measure.label, language),
    unit: unitText(words, measure.unit),
    where: table.dimensions.map((d) => {
      const label = d.codes.find((c) => c.code === cell.at[d.by])?.label;
      return {
        title: labelText(d.label, language),
        text: label === undefined ? (cell.at[d.by] ?? '') : labelText(label, language),
      };
    }),
    ...(cell.interval === undefined
      ? {}
      : { interval: intervalText(words, cell.interval, measure.decimals) }),
    ...(isMissing(cell.value) ? {} : { exact: exactText(cell.value) }),
    ...(numerator === undefined ? {} : { numerator }),
    ...(denominator === undefined ? {} : { denominator }),
    n: cell.n,
    nMissing: cell.nMissing,
    origin: cell.origin,
    ...(cell.source === undefined ? {} : { source: cell.source }),
    flags: cell.flags.map((flag) => messages(language, `report.flag.${flag}`)),
    snapshot: table.snapshot,
    rows: rowsOf(study, counted, definition, rows, from, words),
  };
};
