import type { Cell } from '../tables/index.ts';
import type { Drawing, FigureRequest } from './figure.ts';
import { amounts, type Grid, gaps, gridOf, isPeriod } from './grid.ts';
import { heading, type LegendEntry } from './legend.ts';
import { drawAxis, drawBreaks } from './line-axis.ts';
import { drawPanels } from './line-panels.ts';
import { type Break, breaksIn, type Chart, drawSeries, runsOf } from './line-parts.ts';
import { ACCENT, INK } from './palette.ts';
import { gapEntries, type Pen } from './pen.ts';
import { linear, ticks } from './scale.ts';
import { LEADING, textAt, textBlock } from './svg.ts';
import { altText, breakNotes, extremesText, gapsText, measureText, trendText } from './words.ts';
import { widest, wrapText } from './wrap-text.ts';

/** More lines than this in one picture cannot be followed in grey: then every row gets a small panel. */
const MOST_LINES = 4;

/** Lines differ in lightness and in dash, and each is named at its end. */
const STROKES: readonly { readonly colour: string; readonly dash?: string }[] = [
  { colour: '#0b3f6b' },
  { colour: '#5d98c2' },
  { colour: '#0b3f6b', dash: '7 3' },
  { colour: '#5d98c2', dash: '2 3' },
];

/** Points as published and as computed, and the kinds of gaps, where there are any. */
const legendOf = (pen: Pen, grid: Grid): LegendEntry[] => {
  const origins = new Set(
    grid.rows.flatMap((row) => row.cells.flatMap((c) => (c === undefined ? [] : [c.origin]))),
  );
  const fill = { id: 'accent', ground: ACCENT };
  const dots: LegendEntry[] = origins.has('published')
    ? [
        { text: pen.say('published'), fill, dot: 'hollow' },
        ...(origins.has('computed') ? [{ text: pen.say('computed'), fill, dot: 'filled' as const }] : []),
      ]
    : [];
  return [
    ...dots,
    ...gapEntries(
      pen,
      gaps(grid).map(({ cell }) => cell),
    ),
  ];
};

interface End {
  readonly lines: readonly string[];
  readonly value: string;
  readonly at: number;
}

/** The last value and the name at the end of each line, pushed apart where they would meet. */
const endLabels = (pen: Pen, chart: Chart, ends: readonly End[], x: number, room: number): string => {
  const sorted = ends.toSorted((a, b) => a.at - b.at);
  const heights = sorted.map(({ lines }) => Math.max(1, lines.length) * LEADING * pen.size + 2);
  const middles: number[] = [];
  let floor = Number.NEGATIVE_INFINITY;
  for (const [i, { at }] of sorted.entries()) {
    const middle = Math.max(at, floor + (heights[i] as number) / 2);
    floor = middle + (heights[i] as number) / 2;
    middles.push(middle);
  }
  // What was pushed below the plane moves up again, all together.
  const over = Math.max(0, floor - chart.bottom - 4);
  const style = { size: pen.size, fill: INK } as const;
  return sorted
    .map(({ lines, value }, i) => {
      const middle = (middles[i] as number) - over;
      const first = middle - ((lines.length - 1) / 2) * LEADING * pen.size + 0.357 * pen.size;
      return textAt(x, first, value, { ...style, weight: 700 }) + textBlock(x + room, middle, lines, style);
    })
    .join('');
};

/** Lines on a plane with an axis; returns the picture and its lower end. */
export const drawPlane = (pen: Pen, grid: Grid, breaks: readonly Break[], top: number): [string, number] => {
  const values = amounts(grid);
  const steps = ticks(Math.min(0, ...values), Math.max(0, ...values) || 1, pen.narrow ? 3 : 5);
  const several = grid.rows.length > 1;
  const lasts = grid.rows.map((row) => runsOf(row, new Set()).at(-1)?.at(-1));
  const texts = lasts.map((last) => (last === undefined ? '' : pen.value(last.cell)));
  const room = Math.ceil(widest(pen.width1, texts, pen.size, 700)) + 6;
  const names = grid.rows.map((row) =>
    wrapText(pen.width1, pen.label(row.label), { width: pen.width * 0.24, size: pen.size, lines: 3 }),
  );
  const right = several
    ? Math.ceil(Math.max(...names.map((l) => widest(pen.width1, l, pen.size)))) + room + 12
    : Math.ceil(widest(pen.width1, texts, pen.small, 700)) + 10;
  const axis = drawAxis(pen, grid, steps, right);
  const marks = drawBreaks(pen, axis, breaks, top);
  const from = top + marks.height + 16;
  const bottom = from + (pen.narrow ? 190 : 240);
  const y = linear(steps[0] ?? 0, steps.at(-1) ?? 1, bottom, from);
  const chart: Chart = {
    x: axis.x,
    left: axis.left,
    y,
    bottom,
    top: from,
    labels: several ? 'start' : 'all',
    written: [],
  };
  const lines = grid.rows.map((row, i) =>
    drawSeries(pen, chart, row, breaks, STROKES[i] ?? { colour: ACCENT }),
  );
  const ends = lasts.flatMap((last, i) =>
    last === undefined ? [] : [{ lines: names[i] ?? [], value: texts[i] ?? '', at: y(last.value) }],
  );
  const named = several ? endLabels(pen, chart, ends, axis.x(grid.columns.length - 1) + 10, room) : '';
  return [axis.draw(chart) + marks.draw(chart) + lines.join('') + named, bottom + axis.below];
};

const sentences = (pen: Pen, grid: Grid, breaks: readonly Break[]): string[] => {
  const cut = new Set(breaks.map((b) => b.at));
  const column = (i: number): string =>
    grid.columns[i] === undefined ? '' : pen.label(grid.columns[i].label);
  const trend = (row: Grid['rows'][number], name: string): string =>
    trendText(
      pen,
      (runsOf(row, cut).findLast((run) => run.length > 1) ?? []).map(({ cell, index }) => ({
        name: column(index),
        cell,
      })),
      name,
    );
  const items = (row: Grid['rows'][number]) =>
    row.cells.flatMap((cell, i) => (cell === undefined ? [] : [{ name: column(i), cell }]));
  const [only] = grid.rows;
  if (grid.rows.length === 1 && only !== undefined)
    return [trend(only, ''), extremesText(pen, items(only)), gapsText(pen, grid)];
  if (grid.rows.length <= MOST_LINES)
    return [...grid.rows.map((row) => trend(row, pen.label(row.label))), gapsText(pen, grid)];
  const last = grid.rows.flatMap((row) => {
    const cell: Cell | undefined = row.cells.at(-1);
    return cell === undefined ? [] : [{ name: pen.label(row.label), cell }];
  });
  return [extremesText(pen, last, column(grid.columns.length - 1)), gapsText(pen, grid)];
};

/** A point a period, joined where the series goes on; broken at breaks and at gaps. */
export const drawLine = (request: FigureRequest, pen: Pen): Drawing => {
  const { table } = request;
  const grid = gridOf(table, pen.measure.id, table.dimensions.findLast(isPeriod) ?? table.dimensions.at(-1));
  const breaks = breaksIn(table, grid.columns, (b) => pen.label(b.label));
  const shown = measureText(pen, request, grid.columns);
  const head = heading(pen, shown, legendOf(pen, grid));
  const small = grid.rows.length > MOST_LINES || (pen.narrow && grid.rows.length > 1);
  const [body, height] = (small ? drawPanels : drawPlane)(pen, grid, breaks, head.height + 6);
  const alt = altText(pen, 'line', shown, sentences(pen, grid, breaks));
  const notes = [...breakNotes(pen, table, grid.columns), ...(small ? [pen.say('note.panels')] : [])];
  return pen.finish(Math.ceil(height), pen.title, alt, head.svg + body, notes);
};
