import type { WireCell, WireHeading, WireTable } from '../contract/index.ts';
import {
  breakNotes,
  countedOnceNotes,
  flagMarks,
  GAP_MARK,
  intervalNotes,
  measureHeading,
  printedInterval,
  timeDimension,
} from '../report/index.ts';
import type { TableDefinition } from '../study/index.ts';
import {
  addressOf,
  type Cell,
  cellNumber,
  displayCell,
  type GridColumn,
  type Table,
  type TableMeasure,
  tableGrid,
} from '../tables/index.ts';
import { type CellMissing, isMissing, type Label, labelText, needsReview } from '../vocabulary/index.ts';
import { unitText, type Words } from './words.ts';

const gapNotes = (cells: readonly Cell[], words: Words): readonly string[] => {
  const marks = new Map<string, Set<string>>();
  for (const { value } of cells)
    if (isMissing<CellMissing>(value)) {
      const mark = GAP_MARK[value.missing];
      marks.set(
        mark,
        (marks.get(mark) ?? new Set()).add(words.messages(words.language, `missing.${value.missing}`)),
      );
    }
  return [...marks].map(([mark, reasons]) => `${mark} ${[...reasons].join('; ')}`);
};

/** Headings: what the columns share stands above what tells them apart. */
const headerOf = (
  columns: readonly GridColumn[],
  overTime: boolean,
  words: Words,
): readonly (readonly WireHeading[])[] => {
  const measure = (c: GridColumn): string => measureHeading(words, c.measure);
  const code = (c: GridColumn): string =>
    c.column === undefined ? '' : labelText(c.column.label, words.language);
  const each = (text: (c: GridColumn) => string): readonly WireHeading[] =>
    columns.map((c) => ({ text: text(c), span: 1 }));
  const spanning = (text: (c: GridColumn) => string): readonly WireHeading[] => {
    const found: { text: string; span: number }[] = [];
    for (const column of columns) {
      const last = found.at(-1);
      if (last?.text === text(column)) last.span += 1;
      else found.push({ text: text(column), span: 1 });
    }
    return found;
  };
  if (new Set(columns.map((c) => c.column?.code)).size === 1) return [each(measure)];
  const measures = new Set(columns.map((c) => c.measure.id)).size;
  return overTime || measures === 1 ? [spanning(measure), each(code)] : [spanning(code), each(measure)];
};

const isDraft = (table: Table, definition: TableDefinition | undefined, { language }: Words): boolean =>
  [
    table.title,
    ...table.measures.map((m) => m.label),
    ...table.dimensions.flatMap((d) => [d.label, ...d.codes.map((c) => c.label)]),
    ...[definition?.note, definition?.definition].filter((label) => label !== undefined),
  ].some((label) => needsReview(label, language));

/**
 * A counted table, or what is shown of it, in the reader's language; `whole` says what it can be cut to, `figures` which
 * pictures can be drawn of it.
 */
export const wireTable = (
  table: Table,
  {
    whole,
    definition,
    figures,
  }: {
    readonly whole: Table;
    readonly definition: TableDefinition | undefined;
    readonly figures: WireTable['figures'];
  },
  words: Words,
): WireTable => {
  const { messages, language } = words;
  const text = (label: Label): string => labelText(label, language);
  const grid = tableGrid(table);
  const overTime = grid.columnDimension !== undefined && grid.columnDimension === timeDimension(table);
  const rank = (i: number): number => table.measures.findIndex((m) => m === grid.columns[i]?.measure);
  const indexes = grid.columns.map((_, i) => i);
  const order = overTime ? indexes.toSorted((a, b) => rank(a) - rank(b)) : indexes;
  const columns = order.flatMap((i) => grid.columns[i] ?? []);
  const cells = grid.rows.flatMap((r) => r.cells);
  const flags = flagMarks(words, table);
  const wireCell = (cell: Cell, measure: TableMeasure): WireCell => {
    const number = cellNumber(cell);
    const interval = printedInterval(words, cell, measure);
    return {
      address: addressOf(table, cell),
      ...(isMissing<CellMissing>(cell.value)
        ? { text: GAP_MARK[cell.value.missing], missing: messages(language, `missing.${cell.value.missing}`) }
        : { text: displayCell(messages, language, cell, measure) }),
      ...(number === undefined ? {} : { number }),
      ...(interval === undefined ? {} : { interval }),
      marks: flags.marksOf(cell),
      origin: cell.origin,
    };
  };
  // The one column that there is stands in the title, not in every heading.
  const single = new Set(columns.map((c) => c.column?.code)).size === 1 ? columns[0]?.column : undefined;
  const origins = new Set(cells.map((c) => c.origin));
  const choice = <T>(all: readonly T[]): readonly T[] => (all.length > 1 ? all : []);
  return {
    id: table.id,
    title: single === undefined ? text(table.title) : `${text(table.title)}, ${text(single.label)}`,
    ...(definition?.definition === undefined ? {} : { definition: text(definition.definition) }),
    unit: unitText(words, table.unit),
    draft: isDraft(table, definition, words),
    snapshot: table.snapshot,
    stub: grid.rowDimensions.map((d) => text(d.label)),
    header: headerOf(columns, overTime, words),
    columns: columns.map((c) => `${c.column?.code ?? '_'}/${c.measure.id}`),
    rows: grid.rows.map((row) => ({
      labels: row.codes.map((c) => text(c.label)),
      total: row.isTotal,
      cells: order.flatMap((i) => {
        const [cell, measure] = [row.cells[i], grid.columns[i]?.measure];
        return cell === undefined || measure === undefined ? [] : wireCell(cell, measure);
      }),
    })),
    notes: [
      ...(definition?.note === undefined ? [] : [text(definition.note)]),
      ...countedOnceNotes(words, table),
      ...intervalNotes(words, table),
      ...breakNotes(words, table),
      ...gapNotes(cells, words),
      ...flags.notes,
      ...(origins.has('published') ? [messages(language, 'report.published_mark')] : []),
    ],
    measures: choice(whole.measures.map((m) => ({ id: m.id, text: measureHeading(words, m) }))),
    periods: choice((timeDimension(whole)?.codes ?? []).map((c) => ({ id: c.code, text: text(c.label) }))),
    figures,
  };
};
