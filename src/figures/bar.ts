import type { Cell } from '../tables/index.ts';
import { isMissing, toNumber } from '../vocabulary/index.ts';
import type { Drawing, FigureRequest } from './figure.ts';
import { amounts, columnDimension, type Grid, type GridRow, gridOf } from './grid.ts';
import { heading, type LegendEntry, patch } from './legend.ts';
import { ACCENT, COLUMNS, type Fill, INK, MUTED, NEUTRAL, RULE } from './palette.ts';
import { amount, gapFill, type Pen } from './pen.ts';
import { linear, type Scale } from './scale.ts';
import { element, LEADING, MIDDLE, textAt, textBlock } from './svg.ts';
import { altText, breakNotes, extremesText, gapsText, measureText } from './words.ts';
import { widest, wrapText } from './wrap-text.ts';

/** More bars a row than this are not told apart by lightness; then the last column alone is drawn. */
const MOST_COLUMNS = 4;

const lastColumn = ({ rows, columns }: Grid): Grid => ({
  columns: columns.slice(-1),
  rows: rows
    .map((row) => ({ ...row, cells: row.cells.slice(-1) }))
    .filter((row) => row.cells[0] !== undefined),
});

interface Layout {
  /** Where bars start. */
  readonly left: number;
  readonly labels: ReadonlyMap<GridRow, readonly string[]>;
  readonly bar: number;
  readonly gap: number;
  readonly scale: Scale;
}

/** Labels stand left of the bars; on a narrow page above them, so that the bars keep their room. */
const layOut = (pen: Pen, grid: Grid): Layout => {
  const { narrow, size, width } = pen;
  const room = narrow ? width : width * 0.36;
  const labels = new Map(
    grid.rows.map((row) => [
      row,
      wrapText(pen.width1, pen.label(row.label), { width: room, size, lines: 3 }),
    ]),
  );
  const left = narrow
    ? 0
    : Math.ceil(Math.max(0, ...[...labels.values()].map((l) => widest(pen.width1, l, size)))) + 10;
  const values = amounts(grid);
  const ends = grid.rows.flatMap(({ cells }) =>
    cells.flatMap((c) => (c?.interval ? [toNumber(c.interval.high)] : [])),
  );
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values, ...ends)];
  const texts = grid.rows.flatMap(({ cells }) =>
    cells.flatMap((c) => (c && !isMissing(c.value) ? [pen.value(c)] : [])),
  );
  const beside = Math.ceil(widest(pen.width1, texts, size, 700)) + 8;
  const start = left + (low < 0 ? beside : 0);
  const scale = linear(low, high, start, width - beside);
  return { left, labels, bar: grid.columns.length > 1 ? 14 : 18, gap: narrow ? 10 : 8, scale };
};

const whisker = (cell: Cell, scale: Scale, middle: number): string => {
  if (cell.interval === undefined) return '';
  const [low, high] = [scale(toNumber(cell.interval.low)), scale(toNumber(cell.interval.high))];
  const d = `M${low.toFixed(1)} ${middle}H${high.toFixed(1)}M${low.toFixed(1)} ${middle - 3}v6M${high.toFixed(1)} ${middle - 3}v6`;
  return element('path', { d, stroke: INK, 'stroke-width': 1, fill: 'none' });
};

const drawCell = (
  pen: Pen,
  { scale, bar }: Layout,
  cell: Cell,
  fill: Fill,
  bold: boolean,
  top: number,
): string => {
  const value = amount(cell);
  const zero = scale(0);
  const middle = top + bar / 2;
  if (value === undefined) {
    const stub = patch(pen, gapFill(cell), { x: zero + 1, y: top + 2, width: 16, height: bar - 4 });
    return (
      stub + textAt(zero + 23, middle + MIDDLE * pen.small, pen.value(cell), { size: pen.small, fill: MUTED })
    );
  }
  const end = scale(value);
  const shape = patch(pen, fill, {
    x: Math.min(zero, end),
    y: top,
    width: Math.abs(end - zero),
    height: bar,
  });
  const edge = Math.max(end, cell.interval === undefined ? end : scale(toNumber(cell.interval.high)));
  const [x, anchor] = value < 0 ? [end - 6, 'end' as const] : [edge + 6, 'start' as const];
  const label = textAt(x, middle + MIDDLE * pen.size, pen.value(cell), {
    size: pen.size,
    weight: bold ? 700 : 400,
    fill: INK,
    anchor,
  });
  return (value === 0 ? '' : shape) + whisker(cell, scale, middle) + label;
};

/** Draws one row; returns it with the height it takes. */
const drawRow = (
  pen: Pen,
  layout: Layout,
  row: GridRow,
  fills: readonly Fill[],
  top: number,
): [string, number] => {
  const { bar, labels, left } = layout;
  const lines = labels.get(row) ?? [];
  const text = lines.length * LEADING * pen.size;
  const style = { size: pen.size, fill: INK, weight: row.total ? 700 : 400 } as const;
  const shown = row.cells.flatMap((cell, i) =>
    cell === undefined ? [] : [[cell, fills[i] as Fill] as const],
  );
  const bars = shown.length * (bar + 2) - 2;
  const height = pen.narrow ? text + bars : Math.max(text, bars);
  const first = pen.narrow ? top + text + 1 : top + (height - bars) / 2;
  const label = pen.narrow
    ? textBlock(0, top + text / 2, lines, style)
    : textBlock(left - 10, top + height / 2, lines, { ...style, anchor: 'end' });
  const emphasis = shown.length === 1 || row.total;
  const drawn = shown.map(([cell, fill], i) =>
    drawCell(
      pen,
      layout,
      cell,
      row.total && shown.length === 1 ? { id: 'total', ground: NEUTRAL } : fill,
      emphasis,
      first + i * (bar + 2),
    ),
  );
  return [label + drawn.join(''), height];
};

/** Horizontal bars in the order of the table, each with its value. */
export const drawBars = (request: FigureRequest, pen: Pen): Drawing => {
  const { table } = request;
  const whole = gridOf(table, pen.measure.id, columnDimension(table));
  const grid = whole.columns.length > MOST_COLUMNS ? lastColumn(whole) : whole;
  const several = grid.columns.length > 1;
  const fills = COLUMNS[grid.columns.length] ?? [{ id: 'accent', ground: ACCENT }];
  const entries: LegendEntry[] = several
    ? grid.columns.map((c, i) => ({ text: pen.label(c.label), fill: fills[i] as Fill }))
    : [];
  const shown = measureText(pen, request, grid.columns);
  const head = heading(pen, shown, entries);
  const layout = layOut(pen, grid);
  let y = head.height + 4;
  const start = y;
  let body = '';
  for (const row of grid.rows) {
    if (row.total) y += 4;
    const [svg, height] = drawRow(pen, layout, row, fills, y);
    body += svg;
    y += height + layout.gap;
  }
  const zero = layout.scale(0);
  const base = element('path', {
    d: `M${zero.toFixed(1)} ${start - 3}V${(y - layout.gap + 3).toFixed(1)}`,
    stroke: several || !pen.narrow ? MUTED : RULE,
  });
  const parts = grid.rows.filter((row) => !row.total || grid.rows.length === 1);
  const named = parts.flatMap((row) => {
    const cell = row.cells.at(-1);
    return cell === undefined ? [] : [{ name: pen.label(row.label), cell }];
  });
  const last = grid.columns.at(-1);
  const alt = altText(pen, several ? 'grouped' : 'bar', shown, [
    extremesText(pen, named, several && last !== undefined ? pen.label(last.label) : ''),
    gapsText(pen, grid),
  ]);
  return pen.finish(
    Math.ceil(y - layout.gap + 6),
    pen.title,
    alt,
    head.svg + body + base,
    breakNotes(pen, table, grid.columns),
  );
};
