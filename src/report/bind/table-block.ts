import { addressOf, type Cell, type CellFlag, type Table, type TableDimension, TOTAL } from '../../tables/index.ts';
import { type CellMissing, isMissing } from '../../vocabulary/index.ts';
import type { HeaderCell, TableBlock, TableCell, TableRow } from '../document.ts';
import { type Binding, labelled, say } from './binding.ts';
import { timeDimension } from './cut-table.ts';
import { printed } from './printed.ts';
import { sourceText } from './source-text.ts';
import { codeLabel, traceNumber } from './trace.ts';

/**
 * Marks of gaps in a table's body, after the statistical offices' convention; the words stand under the table. A dash is
 * "nothing recorded", dots "not available".
 */
const GAP_MARK: Readonly<Record<CellMissing, string>> = {
  none_recorded: '–',
  no_cases: '·',
  undefined: '·',
  no_exposure: '…',
  not_published: '…',
  not_comparable: '≠',
  suppressed: '×',
};

interface Layout {
  readonly rowDimensions: readonly TableDimension[];
  readonly column: TableDimension | undefined;
  /** Value columns in order: a column code (undefined where the table has none) and a measure. */
  readonly columns: readonly { readonly code: string | undefined; readonly measure: Table['measures'][number] }[];
}

/** The last dimension makes columns; over time a measure's columns stand together, else the measures of a column do. */
const layoutOf = (table: Table): Layout => {
  const rowDimensions = table.dimensions.length < 2 ? table.dimensions : table.dimensions.slice(0, -1);
  const column = table.dimensions.length < 2 ? undefined : table.dimensions.at(-1);
  const codes = column === undefined ? [undefined] : column.codes.map((c) => c.code);
  const byMeasure = column !== undefined && column === timeDimension(table);
  const columns = byMeasure
    ? table.measures.flatMap((measure) => codes.map((code) => ({ code, measure })))
    : codes.flatMap((code) => table.measures.map((measure) => ({ code, measure })));
  return { rowDimensions, column, columns };
};

const run = <T>(items: readonly T[], key: (item: T) => string): { item: T; span: number }[] => {
  const runs: { item: T; span: number }[] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last !== undefined && key(last.item) === key(item)) last.span += 1;
    else runs.push({ item, span: 1 });
  }
  return runs;
};

const headerOf = (binding: Binding, table: Table, layout: Layout): readonly (readonly HeaderCell[])[] => {
  const { column, columns } = layout;
  const measures = (span: boolean): HeaderCell[] =>
    span
      ? run(columns, (c) => c.measure.id).map(({ item, span: n }) => ({ text: measureText(binding, item.measure), span: n }))
      : columns.map((c) => ({ text: measureText(binding, c.measure), span: 1 }));
  if (column === undefined || column.codes.length === 1) return [measures(false)];
  const heading = (c: (typeof columns)[number], span: number): HeaderCell => {
    const code = c.code ?? '';
    const text = codeLabel(binding, table, column.by, code);
    const stop = table.breaks.find((b) => b.before === code);
    return stop === undefined ? { text, span } : { text, span, breakBefore: labelled(binding, stop.label) };
  };
  if (column === timeDimension(table)) return [measures(true), columns.map((c) => heading(c, 1))];
  const codes = run(columns, (c) => c.code ?? '').map(({ item, span }) => heading(item, span));
  return table.measures.length === 1 ? [measures(true), codes] : [codes, measures(false)];
};

/** Every combination of row codes that has a cell, in the order of the dimensions. */
const rowKeys = (table: Table, dimensions: readonly TableDimension[]): readonly (readonly string[])[] => {
  const present = new Set(table.cells.map((c) => dimensions.map((d) => c.at[d.by] ?? TOTAL).join('\t')));
  let keys: string[][] = [[]];
  for (const d of dimensions) keys = keys.flatMap((key) => d.codes.map((c) => [...key, c.code]));
  return keys.filter((key) => present.has(key.join('\t')));
};

const tableCell = (binding: Binding, table: Table, measure: Table['measures'][number], cell: Cell): TableCell => {
  const address = addressOf(table, cell);
  const gap = isMissing<CellMissing>(cell.value) ? cell.value.missing : undefined;
  if (gap === undefined) traceNumber(binding, address, table, measure, cell);
  return {
    text: gap === undefined ? printed(binding, { cell, measure }) : GAP_MARK[gap],
    ...(isMissing(cell.value) ? {} : { value: cell.value }),
    ...(gap === undefined ? {} : { missing: say(binding, `missing.${gap}`) }),
    decimals: measure.decimals,
    unit: measure.unit,
    address,
    origin: cell.origin,
    flags: cell.flags,
  };
};

const rowsOf = (binding: Binding, table: Table, layout: Layout): readonly TableRow[] => {
  const { rowDimensions, column, columns } = layout;
  const key = (codes: readonly string[], code: string | undefined, measure: string): string =>
    [...codes, code ?? '', measure].join('\t');
  const cells = new Map(
    table.cells.map((c) => [
      key(
        rowDimensions.map((d) => c.at[d.by] ?? TOTAL),
        column === undefined ? undefined : c.at[column.by],
        c.measure,
      ),
      c,
    ]),
  );
  return rowKeys(table, rowDimensions).map((codes) => ({
    labels: rowDimensions.map((d, i) => codeLabel(binding, table, d.by, codes[i] ?? TOTAL)),
    total: codes.includes(TOTAL),
    cells: columns.map(({ code, measure }) => {
      const cell = cells.get(key(codes, code, measure.id));
      return cell === undefined ? emptyCell(measure) : tableCell(binding, table, measure, cell);
    }),
  }));
};

/** One line of several measures (a table of one period, or of none) reads better downwards. */
const onItsSide = (table: Table): boolean => {
  const [only, ...more] = table.dimensions;
  const single = only === undefined || (more.length === 0 && only === timeDimension(table) && only.codes.length === 1);
  return single && table.measures.length > 1;
};

const measuresDown = (binding: Binding, table: Table): Pick<TableBlock, 'stub' | 'header' | 'rows'> => {
  const code = table.dimensions[0]?.codes[0];
  return {
    stub: [say(binding, 'report.how.measure')],
    header: [[{ text: code === undefined ? say(binding, 'report.total') : labelled(binding, code.label), span: 1 }]],
    rows: table.measures.flatMap((measure) => {
      const cell = table.cells.find((c) => c.measure === measure.id);
      if (cell === undefined) return [];
      return [{ labels: [measureText(binding, measure)], total: false, cells: [tableCell(binding, table, measure, cell)] }];
    }),
  };
};

const measureText = (binding: Binding, measure: Table['measures'][number]): string => {
  const label = labelled(binding, measure.label);
  return measure.unit === 'percent' && !label.includes('%') ? `${label}, %` : label;
};

/** A combination the table does not count. It prints nothing and has no address. */
const emptyCell = (measure: Table['measures'][number]): TableCell => ({
  text: '',
  decimals: measure.decimals,
  unit: measure.unit,
  address: '',
  origin: 'computed',
  flags: [],
});

const notesOf = (binding: Binding, table: Table, note: string | undefined, rows: readonly TableRow[]): readonly string[] => {
  const cells = rows.flatMap((r) => r.cells);
  const breaks = table.breaks.flatMap((b) => {
    const code = timeDimension(table)?.codes.find((c) => c.code === b.before);
    if (code === undefined) return [];
    const details = { column: labelled(binding, code.label), label: labelled(binding, b.label) };
    return [say(binding, 'report.break_before', details)];
  });
  const gaps = new Map<string, Set<string>>();
  for (const { text, missing } of cells)
    if (missing !== undefined) gaps.set(text, (gaps.get(text) ?? new Set()).add(missing));
  const legend = [...gaps].map(([mark, reasons]) => `${mark} ${[...reasons].join('; ')}`);
  const flags = new Set<CellFlag>(cells.flatMap((c) => c.flags));
  flags.delete('break_before');
  flags.delete('synthetic');
  return [
    ...(note === undefined ? [] : [note]),
    ...new Set(breaks),
    ...(legend.length === 0 ? [] : [legend.join(' · ')]),
    ...[...flags].map((flag) => `${FLAG_MARK[flag]} ${say(binding, `report.flag.${flag}`)}`),
  ];
};

/** Marks beside a number, explained under its table. */
export const FLAG_MARK: Readonly<Record<CellFlag, string>> = {
  below_threshold: '†',
  small_base: '*',
  lower_bound: '≥',
  break_before: '',
  synthetic: '',
};

/** A counted table (already cut to what is printed) as a block of the document. Every number in it gets its trace. */
export const tableBlock = (
  binding: Binding,
  table: Table,
  place: { readonly number: string; readonly anchor: string },
): TableBlock => {
  const definition = binding.study.tables.find((t) => t.id === table.id);
  const layout = layoutOf(table);
  const time = timeDimension(table);
  const { stub, header, rows } = onItsSide(table)
    ? measuresDown(binding, table)
    : {
        stub: layout.rowDimensions.map((d) => labelled(binding, d.label)),
        header: headerOf(binding, table, layout),
        rows: rowsOf(binding, table, layout),
      };
  const only = time !== undefined && time.codes.length === 1 ? time.codes[0] : undefined;
  const title = labelled(binding, table.title);
  const note = definition?.note === undefined ? undefined : labelled(binding, definition.note);
  return {
    kind: 'table',
    id: table.id,
    ...place,
    caption: only === undefined ? title : `${title}, ${labelled(binding, only.label)}`,
    ...(definition?.definition === undefined ? {} : { definition: labelled(binding, definition.definition) }),
    stub,
    header,
    rows,
    columns: header.at(-1)?.length ?? 0,
    notes: notesOf(binding, table, note, rows),
    source: sourceText(binding, table, definition),
  };
};

