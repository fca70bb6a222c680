import { type Cell, displayNumber, type Table } from '../tables/index.ts';
import type { Grid, GridColumn, GridRow } from './grid.ts';
import { dotAt, patch } from './legend.ts';
import { INK, MUTED, RULE } from './palette.ts';
import { amount, gapFill, type Pen } from './pen.ts';
import type { Scale } from './scale.ts';
import { element, LEADING, MIDDLE, textAt } from './svg.ts';
import { widest, wrapText } from './wrap-text.ts';

/** A plane to draw series on. `x` is a column index; a half lies between two columns. */
export interface Chart {
  readonly x: Scale;
  readonly y: Scale;
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  /** Values written at every point, or at the ends and extremes only. */
  readonly labels: 'all' | 'ends';
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
  const chosen = fits ? new Set(points) : notable(points);
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

interface Axis {
  readonly x: Scale;
  readonly left: number;
  /** Height of the labels under the plane. */
  readonly below: number;
  draw(chart: Chart): string;
}

const decimalsOf = (steps: readonly number[]): number =>
  Math.max(...steps.map((step) => String(step).split('.')[1]?.length ?? 0));

/** Light rules with numbers at the left, names of the columns below: every second or third one where they would meet. */
export const drawAxis = (pen: Pen, { columns }: Grid, steps: readonly number[], right: number): Axis => {
  const size = pen.small;
  const decimals = decimalsOf(steps);
  const texts = steps.map((step) =>
    displayNumber(pen.language, step.toFixed(decimals)),
  );
  const names = columns.map(({ label }) => pen.label(label));
  const left = Math.ceil(widest(pen.width1, texts, size)) + 8;
  const half = Math.min(26, (pen.width1(names[0] ?? '', size) + 8) / 2);
  const last = Math.max(right, pen.width1(names.at(-1) ?? '', size) / 2);
  const step = (pen.width - last - left - half) / Math.max(1, columns.length - 1);
  const x: Scale = (index) => left + half + index * step;
  const every = Math.max(1, Math.ceil((widest(pen.width1, names, size) + 8) / step));
  const draw = ({ y, bottom }: Chart): string => {
    const rules = steps.map((value, i) => {
      const at = y(value).toFixed(1);
      const rule = element('path', {
        d: `M${left} ${at}H${(x(columns.length - 1) + 6).toFixed(1)}`,
        stroke: value === 0 ? MUTED : RULE,
        'stroke-width': 0.75,
      });
      return (
        rule +
        textAt(left - 6, y(value) + MIDDLE * size, texts[i] ?? '', { size, fill: MUTED, anchor: 'end' })
      );
    });
    const labels = names.map((name, i) =>
      (columns.length - 1 - i) % every === 0
        ? textAt(x(i), bottom + size + 8, name, { size, fill: INK, anchor: 'middle' })
        : '',
    );
    return rules.join('') + labels.join('');
  };
  return { x, left, below: size + 16, draw };
};

/** Break rules with their words above the plane: each on lines of its own, on the side where there is more room. */
export const drawBreaks = (
  pen: Pen,
  axis: Axis,
  breaks: readonly Break[],
  top: number,
): { readonly height: number; draw(chart: Chart): string } => {
  let y = top;
  const placed = breaks.map(({ at, text }) => {
    const x = axis.x(at - 0.5);
    const toRight = pen.width - x >= x;
    const width = Math.min((toRight ? pen.width - x : x) - 8, 320);
    const lines = wrapText(pen.width1, text, { width, size: pen.small, lines: 4 });
    const from = y;
    y += lines.length * LEADING * pen.small + 3;
    return { x, toRight, lines, from };
  });
  const draw = ({ bottom }: Chart): string =>
    placed
      .map(({ x, toRight, lines, from }) => {
        const rule = element('path', {
          d: `M${x.toFixed(1)} ${from.toFixed(1)}V${bottom.toFixed(1)}`,
          stroke: MUTED,
          'stroke-width': 1,
          'stroke-dasharray': '4 3',
        });
        const words = lines.map((line, i) =>
          textAt(x + (toRight ? 6 : -6), from + (i + 0.8) * LEADING * pen.small, line, {
            size: pen.small,
            fill: MUTED,
            anchor: toRight ? 'start' : 'end',
          }),
        );
        return rule + words.join('');
      })
      .join('');
  return { height: y - top, draw };
};
