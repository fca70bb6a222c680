import {
  addressOf,
  type Cell,
  decimalsOf,
  type GridColumn,
  type GridRow,
  type Table,
  type TableGrid,
  type TableMeasure,
  tableGrid,
} from '../../tables/index.ts';
import { type CellMissing, isMissing } from '../../vocabulary/index.ts';
import type { HeaderCell, TableBlock, TableCell, TableRow } from '../document.ts';
import { type Binding, labelled, say } from './binding.ts';
import { timeDimension } from './cut-table.ts';
import { measureHeading, printed, printedInterval } from './printed.ts';
import { sourceText } from './source-text.ts';
import {
  breakNotes,
  countedOnceNotes,
  flagMarks,
  GAP_MARK,
  gapLegend,
  intervalNotes,
} from './table-notes.ts';
import { traceNumber } from './trace.ts';

/** A table to print, with or without the intervals of its values. */
interface Asked {
  readonly binding: Binding;
  readonly table: Table;
  readonly intervals: boolean;
  /** Marks of a number's flags. */
  readonly marksOf: (cell: Cell) => string;
}

type Printed = Pick<TableBlock, 'stub' | 'header' | 'rows'>;

/** The value, and where asked for the interval of it: an uncertain number should not be read without. */
const cellText = ({ binding, intervals }: Asked, measure: TableMeasure, cell: Cell): string => {
  const interval = intervals ? printedInterval(binding, cell, measure) : undefined;
  return [printed(binding, { cell, measure }), interval].filter((part) => part !== undefined).join(' ');
};

const tableCell = (asked: Asked, measure: TableMeasure, cell: Cell): TableCell => {
  const { binding, table, marksOf } = asked;
  const address = addressOf(table, cell);
  const gap = isMissing<CellMissing>(cell.value) ? cell.value.missing : undefined;
  if (gap === undefined) traceNumber(binding, address, table, measure, cell);
  return {
    text: gap === undefined ? cellText(asked, measure, cell) : GAP_MARK[gap],
    ...(isMissing(cell.value) ? {} : { value: cell.value }),
    ...(gap === undefined ? {} : { missing: say(binding, `missing.${gap}`) }),
    decimals: decimalsOf(cell, measure),
    unit: measure.unit,
    address,
    origin: cell.origin,
    flags: cell.flags,
    marks: marksOf(cell),
  };
};

/** Neighbours with the same key gathered, for headings that span them. */
const runs = <T>(
  items: readonly T[],
  key: (item: T) => unknown,
): readonly { readonly item: T; readonly span: number }[] => {
  const found: { item: T; span: number }[] = [];
  for (const item of items) {
    const last = found.at(-1);
    if (last !== undefined && key(last.item) === key(item)) last.span += 1;
    else found.push({ item, span: 1 });
  }
  return found;
};

/**
 * Order of the value columns: along time the periods of one measure stand together, so that a series can be read; else the
 * measures of one column do. Gives indexes into the grid's columns.
 */
const columnOrder = (table: Table, grid: TableGrid, overTime: boolean): readonly number[] => {
  const indexes = grid.columns.map((_, i) => i);
  if (!overTime) return indexes;
  const measures = table.measures.map((m) => m.id);
  return indexes.toSorted(
    (a, b) =>
      measures.indexOf(grid.columns[a]?.measure.id ?? '') -
      measures.indexOf(grid.columns[b]?.measure.id ?? ''),
  );
};

const headerOf = (
  binding: Binding,
  table: Table,
  columns: readonly GridColumn[],
  overTime: boolean,
): readonly (readonly HeaderCell[])[] => {
  const measure = (c: GridColumn, span = 1): HeaderCell => ({
    text: measureHeading(binding, c.measure),
    span,
  });
  const heading = (c: GridColumn, span = 1): HeaderCell => {
    const text = c.column === undefined ? '' : labelled(binding, c.column.label);
    const stop = table.breaks.find((b) => b.before === c.column?.code);
    return { text, span, ...(stop === undefined ? {} : { breakBefore: labelled(binding, stop.label) }) };
  };
  const spanning = (
    of: (c: GridColumn) => string | undefined,
    cell: (c: GridColumn, span: number) => HeaderCell,
  ): HeaderCell[] => runs(columns, of).map(({ item, span }) => cell(item, span));
  if (new Set(columns.map((c) => c.column?.code)).size === 1) return [columns.map((c) => measure(c))];
  if (overTime || table.measures.length === 1)
    return [spanning((c) => c.measure.id, measure), columns.map((c) => heading(c))];
  return [spanning((c) => c.column?.code, heading), columns.map((c) => measure(c))];
};

const across = (asked: Asked): Printed => {
  const { binding, table } = asked;
  const grid = tableGrid(table);
  const overTime = grid.columnDimension !== undefined && grid.columnDimension === timeDimension(table);
  const order = columnOrder(table, grid, overTime);
  const columns = order.map((i) => grid.columns[i] as GridColumn);
  const row = ({ codes, isTotal, cells }: GridRow): TableRow => ({
    labels: codes.map((c) => labelled(binding, c.label)),
    total: isTotal,
    cells: order.map((i) => tableCell(asked, grid.columns[i]?.measure as TableMeasure, cells[i] as Cell)),
  });
  return {
    stub: grid.rowDimensions.map((d) => labelled(binding, d.label)),
    header: headerOf(binding, table, columns, overTime),
    rows: grid.rows.map(row),
  };
};

/** One line of several measures (a table of one period, or of none) reads better downwards. */
const isOneLine = (table: Table): boolean => {
  const [only, ...more] = table.dimensions;
  const single =
    only === undefined || (more.length === 0 && only === timeDimension(table) && only.codes.length === 1);
  return single && table.measures.length > 1;
};

const downwards = (asked: Asked): Printed => {
  const { binding, table } = asked;
  const code = table.dimensions[0]?.codes[0];
  const heading = code === undefined ? say(binding, 'report.total') : labelled(binding, code.label);
  return {
    stub: [say(binding, 'report.how.measure')],
    header: [[{ text: heading, span: 1 }]],
    rows: table.measures.map((measure, i) => ({
      labels: [measureHeading(binding, measure)],
      total: false,
      cells: [tableCell(asked, measure, table.cells[i] as Cell)],
    })),
  };
};

/** What a table is called; the one column that is printed, where there is one only, is named with it. */
export const tableCaption = (binding: Binding, table: Table): string => {
  const title = labelled(binding, table.title);
  const columns = isOneLine(table) ? [] : tableGrid(table).columns;
  const [only, ...others] = new Set(columns.map(({ column }) => column));
  return only === undefined || others.length > 0 ? title : `${title}, ${labelled(binding, only.label)}`;
};

/** A counted table (already cut to what is printed) as a block of the document. Every number in it gets its trace. */
export const tableBlock = (
  binding: Binding,
  table: Table,
  place: { readonly number: string; readonly anchor: string },
  intervals = false,
): TableBlock => {
  const { marksOf, notes } = flagMarks(binding, table);
  const asked = { binding, table, intervals, marksOf };
  const definition = binding.study.tables.find((t) => t.id === table.id);
  const { stub, header, rows } = isOneLine(table) ? downwards(asked) : across(asked);
  const note = definition?.note === undefined ? [] : [labelled(binding, definition.note)];
  return {
    kind: 'table',
    id: table.id,
    ...place,
    caption: tableCaption(binding, table),
    ...(definition?.definition === undefined ? {} : { definition: labelled(binding, definition.definition) }),
    stub,
    header,
    rows,
    columns: header.at(-1)?.length ?? 0,
    notes: [
      ...note,
      ...countedOnceNotes(binding, table),
      ...(intervals ? intervalNotes(binding, table) : []),
      ...breakNotes(binding, table),
      ...gapLegend(rows),
      ...notes,
    ],
    source: sourceText(binding, table, definition),
  };
};
