import type { Cell, Table } from '../tables/index.ts';
import type { GridColumn, GridRow } from './grid.ts';
import { dotAt, patch } from './legend.ts';
import { INK } from './palette.ts';
import { amount, gapFill, type Pen } from './pen.ts';
import type { Scale } from './scale.ts';
import { element, textAt } from './svg.ts';
import { widest } from './wrap-text.ts';

/** A plane to draw series on. `x` is a column index; a half lies between two columns. */
export interface Chart {
  readonly x: Scale;
  readonly y: Scale;
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  /** Values written at every point, at the ends and extremes, or at the start only (the end is named beside the plane). */
  readonly labels: 'all' | 'ends' | 'start';
}

export interface Break {
  /** The column before which the series breaks; at least 1. */
  readonly at: number;
  readonly text: string;
}

export const breaksIn = (
  table: Table,
  columns: readonly GridColumn[],
  text: (label: Table['breaks'][number]) => string = () => '',
): readonly Break[] =>
  table.breaks.flatMap((b) => {
    const at = columns.findIndex((c) => c.code === b.before);
    return at < 1 ? [] : [{ at, text: text(b) }];
  });

interface Point {
  readonly index: number;
  readonly value: number;
  readonly cell: Cell;
}

/** Points of a row in runs that may be joined: neither a gap nor a break lies inside one. */
export const runsOf = (row: GridRow, breaks: ReadonlySet<number>): readonly (readonly Point[])[] => {
  const runs: Point[][] = [];
  let open = false;
  for (const [index, cell] of row.cells.entries()) {
    const value = amount(cell);
    if (value === undefined || cell === undefined) open = false;
    else {
      if (!open || breaks.has(index) || cell.flags.includes('break_before')) runs.push([]);
      runs.at(-1)?.push({ index, value, cell });
      open = true;
    }
  }
  return runs;
};

const path = (points: readonly Point[], { x, y }: Chart): string =>
  points
    .map(({ index, value }, i) => `${i === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');

/** Which points are written out when not all are: first, last, highest, lowest. */
const notable = (points: readonly Point[]): ReadonlySet<Point> => {
  const sorted = points.toSorted((a, b) => a.value - b.value);
  return new Set([points[0], points.at(-1), sorted[0], sorted.at(-1)].filter((p) => p !== undefined));
};

/** A value stands above its point; below it where both neighbours are higher, so that the line does not cross it. */
const below = (points: readonly Point[], i: number): boolean => {
  const [before, here, after] = [points[i - 1]?.value, points[i]?.value ?? 0, points[i + 1]?.value];
  if (before === undefined) return (after ?? here) > here;
  if (after === undefined) return before > here;
  return before > here && after > here;
};

export const drawSeries = (
  pen: Pen,
  chart: Chart,
  row: GridRow,
  breaks: readonly Break[],
  { colour, dash }: { readonly colour: string; readonly dash?: string },
): string => {
  const { x, y, bottom, labels } = chart;
  const runs = runsOf(row, new Set(breaks.map((b) => b.at)));
  const points = runs.flat();
  const lines = runs
    .filter((run) => run.length > 1)
    .map((run) =>
      element('path', {
        d: path(run, chart),
        fill: 'none',
        stroke: colour,
        'stroke-width': 2,
        'stroke-linejoin': 'round',
        'stroke-dasharray': dash,
      }),
    );
  const dots = points.map(({ index, value, cell }) =>
    dotAt(x(index), y(value), colour, cell.origin === 'published'),
  );
  const missing = row.cells.flatMap((cell, i) =>
    cell !== undefined && amount(cell) === undefined
      ? [patch(pen, gapFill(cell), { x: x(i) - 5, y: bottom - 11, width: 10, height: 10 })]
      : [],
  );
  const step = x(1) - x(0);
  const fits =
    labels === 'all' &&
    widest(
      pen.width1,
      points.map((p) => pen.value(p.cell)),
      pen.small,
      700,
    ) +
      4 <=
      step;
  const chosen = fits ? new Set(points) : labels === 'start' ? new Set(points.slice(0, 1)) : notable(points);
  const values = points.flatMap((point, i) => {
    if (!chosen.has(point)) return [];
    const lower = below(points, i) && y(point.value) + pen.small + 8 < bottom;
    const at = y(point.value) + (lower ? pen.small + 6 : -8);
    return [
      textAt(x(point.index), at, pen.value(point.cell), {
        size: pen.small,
        weight: 700,
        fill: INK,
        anchor: 'middle',
      }),
    ];
  });
  return lines.join('') + missing.join('') + dots.join('') + values.join('');
};
