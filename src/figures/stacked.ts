import { problem } from '../vocabulary/index.ts';
import type { Drawing, FigureRequest } from './figure.ts';
import { columnDimension, type Grid, type GridColumn, gaps, gridOf } from './grid.ts';
import { heading, type LegendEntry, patch } from './legend.ts';
import { ABSENT, type Fill, INK, MUTED, SERIES, textOn, WHITE, WITHHELD } from './palette.ts';
import { amount, isWithheld, type Pen } from './pen.ts';
import { linear, type Scale } from './scale.ts';
import { element, LEADING, MIDDLE, textAt, textBlock } from './svg.ts';
import { altText, breakNotes, extremesText, gapsText, measureText } from './words.ts';
import { widest, wrapText } from './wrap-text.ts';

const BAR = 24;
const GAP = 9;

/** Value inside its part, where it fits; on a texture it gets a quiet ground. */
const partLabel = (pen: Pen, text: string, fill: Fill, x: number, width: number, middle: number): string => {
  const wide = pen.width1(text, pen.small);
  if (wide + 6 > width) return '';
  const style = { size: pen.small, anchor: 'middle' } as const;
  const at = x + width / 2;
  if (fill.texture === undefined)
    return textAt(at, middle + MIDDLE * pen.small, text, { ...style, fill: textOn(fill.ground) });
  const ground = element('rect', {
    x: at - wide / 2 - 2,
    y: middle - pen.small * 0.6,
    width: wide + 4,
    height: pen.small * 1.2,
    fill: WHITE,
  });
  return ground + textAt(at, middle + MIDDLE * pen.small, text, { ...style, fill: INK });
};

const drawBar = (pen: Pen, grid: Grid, column: number, scale: Scale, top: number, whole: boolean): string => {
  const cells = grid.rows.map((row) => row.cells[column]);
  const sum = cells.reduce((total, cell) => total + (amount(cell) ?? 0), 0);
  const middle = top + BAR / 2;
  const remark = (text: string, fill: Fill, x: number): string =>
    patch(pen, fill, { x: x + 1, y: top + 4, width: 16, height: BAR - 8 }) +
    textAt(x + 23, middle + MIDDLE * pen.small, text, { size: pen.small, fill: MUTED });
  const withheld = cells.find((cell) => cell !== undefined && isWithheld(cell));
  const nothing = cells.find((cell) => cell !== undefined);
  // A whole that lacks a withheld part would stretch the others over it.
  if (whole && withheld !== undefined) return remark(pen.value(withheld), WITHHELD, scale(0));
  if (sum === 0) return nothing === undefined ? '' : remark(pen.value(nothing), ABSENT, scale(0));
  let from = 0;
  const drawn = cells.map((cell, i) => {
    const value = amount(cell) ?? 0;
    if (value <= 0 || cell === undefined) return '';
    const part = whole ? (100 * value) / sum : value;
    const [x, end] = [scale(from), scale(from + part)];
    from += part;
    const fill = SERIES[i] as Fill;
    const shape = element('rect', {
      x,
      y: top,
      width: end - x,
      height: BAR,
      fill: pen.fill(fill),
      stroke: WHITE,
      'stroke-width': 1,
    });
    return shape + partLabel(pen, pen.value(cell), fill, x, end - x, middle);
  });
  const frame = element('rect', {
    x: scale(0),
    y: top,
    width: scale(from) - scale(0),
    height: BAR,
    fill: 'none',
    stroke: '#5b7f99',
    'stroke-width': 0.75,
  });
  return (
    drawn.join('') +
    frame +
    (withheld === undefined ? '' : remark(pen.value(withheld), WITHHELD, scale(from) + 2))
  );
};

/** Rounding may leave a sum of printed shares a little off 100; more means that rows are not parts of a whole. */
const notParts = (grid: Grid, unit: string): boolean =>
  grid.columns.some((_, i) => {
    const values = grid.rows.map((row) => amount(row.cells[i]) ?? 0);
    const sum = values.reduce((a, b) => a + b, 0);
    return values.some((v) => v < 0) || (unit === 'percent' && sum > 100 + 0.5 * grid.rows.length);
  });

const sums = (grid: Grid): number[] =>
  grid.columns.map((_, i) => grid.rows.reduce((sum, row) => sum + (amount(row.cells[i]) ?? 0), 0));

/** One bar a column, its parts the rows; the legend names the parts in their order. */
export const drawStacked = (request: FigureRequest, pen: Pen, whole: boolean): Drawing => {
  const { table } = request;
  const all = gridOf(table, pen.measure.id, columnDimension(table));
  const grid: Grid = { ...all, rows: all.rows.filter((row) => !row.total) };
  if (grid.rows.length > SERIES.length)
    return problem('figure_too_many_parts', {
      found: grid.rows.length,
      most: SERIES.length,
      table: table.id,
    });
  if (notParts(grid, pen.measure.unit))
    return problem('figure_not_parts', { table: table.id, measure: pen.measure.id });
  const shown = measureText(pen, request, grid.columns);
  const entries: LegendEntry[] = grid.rows.map((row, i) => ({
    text: pen.label(row.label),
    fill: SERIES[i] as Fill,
  }));
  const head = heading(pen, shown, entries);
  const { size, narrow, width } = pen;
  const names = grid.columns.map(({ label }) =>
    wrapText(pen.width1, pen.label(label), { width: narrow ? width : width * 0.3, size, lines: 2 }),
  );
  const beside = Math.ceil(Math.max(0, ...names.map((lines) => widest(pen.width1, lines, size))));
  const left = beside === 0 || narrow ? 0 : beside + 10;
  const hasWithheld = gaps(grid).some(({ cell }) => isWithheld(cell));
  const room =
    hasWithheld && !whole
      ? widest(
          pen.width1,
          gaps(grid).map(({ cell }) => pen.value(cell)),
          pen.small,
        ) + 28
      : 1;
  const most =
    whole || pen.measure.unit === 'percent' ? Math.max(100, ...sums(grid)) : Math.max(...sums(grid));
  const scale = linear(0, whole ? 100 : most, left + 0.5, width - room);
  let y = head.height + 6;
  const body = grid.columns.map((_, i) => {
    const lines = names[i] ?? [];
    const style = { size, fill: INK } as const;
    const above = narrow && beside > 0 ? lines.length * LEADING * size + 1 : 0;
    const label = narrow
      ? textBlock(0, y + above / 2, lines, style)
      : textBlock(left - 10, y + BAR / 2, lines, { ...style, anchor: 'end' });
    const bar = drawBar(pen, grid, i, scale, y + above, whole);
    y += above + BAR + GAP;
    return (beside === 0 ? '' : label) + bar;
  });
  const last = grid.columns.at(-1) as GridColumn;
  const items = grid.rows.flatMap((row) => {
    const cell = row.cells.at(-1);
    return cell === undefined ? [] : [{ name: pen.label(row.label), cell }];
  });
  const where = grid.columns.length > 1 ? pen.label(last.label) : '';
  const alt = altText(pen, 'stacked', shown, [extremesText(pen, items, where), gapsText(pen, grid)]);
  return pen.finish(
    Math.ceil(y - GAP + 4),
    pen.title,
    alt,
    head.svg + body.join(''),
    breakNotes(pen, table, grid.columns),
  );
};
