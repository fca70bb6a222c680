import { amounts, type Grid } from './grid.ts';
import { breakRule } from './line-axis.ts';
import { type Break, type Chart, drawSeries } from './line-parts.ts';
import { ACCENT, INK, MUTED } from './palette.ts';
import type { Pen } from './pen.ts';
import { linear } from './scale.ts';
import { element, LEADING, textAt, textBlock } from './svg.ts';
import { wrapText } from './wrap-text.ts';

interface Place {
  readonly left: number;
  readonly wide: number;
  readonly from: number;
  readonly bottom: number;
}

/** Room at the ends of a panel for the values of its first and last point. */
const INSET = 14;

/** Whether the names of the first and last period have no room beside each other under a panel. */
const endsMeet = (pen: Pen, { columns }: Grid, wide: number): boolean => {
  const width = (column: Grid['columns'][number] | undefined): number =>
    column === undefined ? 0 : pen.width1(pen.label(column.label), pen.small);
  return columns.length > 1 && width(columns[0]) + width(columns.at(-1)) + 6 > wide;
};

const drawPanel = (
  pen: Pen,
  grid: Grid,
  row: Grid['rows'][number],
  breaks: readonly Break[],
  { left, wide, from, bottom }: Place,
): string => {
  const { columns } = grid;
  const values = amounts(grid);
  const x = (at: number) => left + INSET + (at * (wide - 2 * INSET)) / Math.max(1, columns.length - 1);
  const y = linear(Math.min(0, ...values), Math.max(0, ...values) || 1, bottom, from);
  const chart: Chart = { x, y, top: from, bottom, labels: 'ends', left, written: [] };
  const base = element('path', {
    d: `M${left.toFixed(1)} ${bottom.toFixed(1)}h${wide.toFixed(1)}`,
    stroke: MUTED,
    'stroke-width': 0.75,
  });
  const rules = breaks.map(({ at }) => breakRule(x(at - 0.5), from - 6, bottom)).join('');
  const [first, last] = [columns[0], columns.at(-1)];
  const style = { size: pen.small, fill: MUTED } as const;
  const under = bottom + pen.small + 5;
  const start = first === undefined ? '' : textAt(left, under, pen.label(first.label), style);
  const lower = endsMeet(pen, grid, wide) ? LEADING * pen.small : 0;
  const end =
    last === undefined || last === first
      ? ''
      : textAt(left + wide, under + lower, pen.label(last.label), { ...style, anchor: 'end' });
  return base + rules + drawSeries(pen, chart, row, breaks, { colour: ACCENT }) + start + end;
};

/** A panel a row on one scale: many series can be compared without being crossed. Returns the picture and its lower end. */
export const drawPanels = (pen: Pen, grid: Grid, breaks: readonly Break[], top: number): [string, number] => {
  const across = pen.narrow ? 2 : 3;
  const gutter = pen.narrow ? 14 : 22;
  const wide = (pen.width - gutter * (across - 1)) / across;
  const names = grid.rows.map((row) =>
    wrapText(pen.width1, pen.label(row.label), { width: wide, size: pen.size, weight: 700, lines: 4 }),
  );
  let y = top;
  let body = '';
  for (let start = 0; start < grid.rows.length; start += across) {
    const rows = grid.rows.slice(start, start + across);
    const lines = names.slice(start, start + across);
    const title = Math.max(...lines.map((l) => l.length)) * LEADING * pen.size;
    const from = y + title + pen.small + 10;
    const bottom = from + (pen.narrow ? 60 : 70);
    for (const [i, row] of rows.entries()) {
      const left = i * (wide + gutter);
      const middle = y + ((lines[i]?.length ?? 1) * LEADING * pen.size) / 2;
      body += textBlock(left, middle, lines[i] ?? [], { size: pen.size, weight: 700, fill: INK });
      body += drawPanel(pen, grid, row, breaks, { left, wide, from, bottom });
    }
    y = bottom + pen.small + 24 + (endsMeet(pen, grid, wide) ? LEADING * pen.small : 0);
  }
  return [body, y - 12];
};
