import type { Cell, Table } from '../tables/index.ts';
import type { GridColumn, GridRow } from './grid.ts';
import { type Box, overlaps } from './label-place.ts';
import { dotAt, patch } from './legend.ts';
import { INK } from './palette.ts';
import { amount, gapFill, type Pen } from './pen.ts';
import type { Scale } from './scale.ts';
import { element, MIDDLE, textAt } from './svg.ts';
import { begun } from './words.ts';

/** A plane to draw series on. `x` is a column index; a half lies between two columns. */
export interface Chart {
  readonly x: Scale;
  readonly y: Scale;
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  /** Values written at every point, at the ends and extremes, or at the start only (the end is named beside the plane). */
  readonly labels: 'all' | 'ends' | 'start';
  /** Boxes of the values written so far: what would cover one is left out. */
  readonly written: Box[];
}

export interface Break {
  /** The column before which the series breaks; at least 1. */
  readonly at: number;
  readonly text: string;
}

/** Breaks between the columns shown, in their order; several at one place are one rule with their words joined. */
export const breaksIn = (
  table: Table,
  columns: readonly GridColumn[],
  text: (label: Table['breaks'][number]) => string,
): readonly Break[] => {
  const words = new Map<number, Set<string>>();
  for (const b of table.breaks) {
    const at = columns.findIndex((c) => c.code === b.before);
    if (at >= 1) words.set(at, (words.get(at) ?? new Set()).add(text(b)));
  }
  return [...words]
    .toSorted(([a], [b]) => a - b)
    .map(([at, texts]) => ({ at, text: [...texts].toSorted().map(begun).join('. ') }));
};

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

interface Written {
  readonly box: Box;
  readonly svg: string;
}

/**
 * A value stands above its point, beside the line that comes down to it or goes up from it; below it where both neighbours
 * are higher. The end of a lone line has the margin for itself.
 */
const writeValue = (
  pen: Pen,
  { x, y, bottom, labels }: Chart,
  points: readonly Point[],
  i: number,
  last: number,
): Written => {
  const size = pen.small;
  const { index, value, cell } = points[i] as Point;
  const [before, after] = [points[i - 1]?.value ?? value, points[i + 1]?.value ?? value];
  const text = pen.value(cell);
  const width = pen.width1(text, size, 700);
  const at = (left: number, baseline: number): Written => ({
    box: { x: left - 1, y: baseline - size, width: width + 2, height: size + 2 },
    svg: textAt(left, baseline, text, { size, weight: 700, fill: INK }),
  });
  if (labels === 'all' && index === last) return at(x(index) + 8, y(value) + MIDDLE * size);
  const below =
    before >= value && after >= value && before + after > 2 * value && y(value) + size + 8 < bottom;
  if (below) return at(x(index) - width / 2, y(value) + size + 6);
  const shift =
    before > value && value > after ? -4 : before < value && value < after ? 4 - width : -width / 2;
  return at(x(index) + shift, y(value) - 8);
};

/** Values of a series: the notable ones, then the others where there is room. */
const drawValues = (pen: Pen, chart: Chart, runs: readonly (readonly Point[])[], last: number): string => {
  const points = runs.flat();
  const first = notable(points);
  const start = new Set(points.slice(0, 1));
  const order =
    chart.labels === 'start' ? start : chart.labels === 'ends' ? first : new Set([...first, ...points]);
  const { written } = chart;
  let values = '';
  for (const point of order) {
    // Neighbours on the same unbroken piece: nothing is drawn from one piece to the next.
    const run = runs.find((r) => r.includes(point)) ?? [];
    const one = writeValue(pen, chart, run, run.indexOf(point), last);
    if (written.some((box) => overlaps(box, one.box))) continue;
    written.push(one.box);
    values += one.svg;
  }
  return values;
};

export const drawSeries = (
  pen: Pen,
  chart: Chart,
  row: GridRow,
  breaks: readonly Break[],
  { colour, dash }: { readonly colour: string; readonly dash?: string },
): string => {
  const { x, y, bottom } = chart;
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
  const values = drawValues(pen, chart, runs, row.cells.length - 1);
  return lines.join('') + missing.join('') + dots.join('') + values;
};
