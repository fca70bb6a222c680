import type { Cell } from '../tables/index.ts';
import type { Drawing, FigureRequest } from './figure.ts';
import { amounts, gaps, type Grid, gridOf, isPeriod } from './grid.ts';
import { heading, type LegendEntry } from './legend.ts';
import { breaksIn, type Chart, drawAxis, drawBreaks, drawSeries, runsOf } from './line-parts.ts';
import { ACCENT, INK, MUTED } from './palette.ts';
import { gapFill, isWithheld, type Pen } from './pen.ts';
import { linear, ticks } from './scale.ts';
import { element, LEADING, textAt, textBlock } from './svg.ts';
import { altText, breakNotes, extremesText, gapsText, measureText, trendText } from './words.ts';
import { widest, wrapText } from './wrap-text.ts';

/** More lines than this in one picture cannot be followed in grey: then every row gets a small panel. */
const MOST_LINES = 4;

export const STROKES: readonly { readonly colour: string; readonly dash?: string }[] = [
  { colour: '#0b3f6b' },
  { colour: '#5d98c2' },
  { colour: '#0b3f6b', dash: '7 3' },
  { colour: '#5d98c2', dash: '2 3' },
];

/** Points as published and as computed, and the kinds of gaps, where there are any. */
const legendOf = (pen: Pen, grid: Grid): LegendEntry[] => {
  const cells = grid.rows.flatMap((row) => row.cells).filter((c): c is Cell => c !== undefined);
  const fill = { id: 'accent', ground: ACCENT };
  const origins: LegendEntry[] = cells.some((c) => c.origin === 'published')
    ? [
        { text: pen.say('published'), fill, dot: 'hollow' },
        ...(cells.some((c) => c.origin === 'computed')
          ? [{ text: pen.say('computed'), fill, dot: 'filled' as const }]
          : []),
      ]
    : [];
  const reasons = new Map(gaps(grid).map(({ cell }) => [pen.value(cell), gapFill(cell)]));
  return [...origins, ...[...reasons].map(([text, gap]) => ({ text, fill: gap }))];
};

const single = (pen: Pen, grid: Grid, breaks: ReturnType<typeof breaksIn>, top: number): [string, number] => {
  const values = amounts(grid);
  const steps = ticks(Math.min(0, ...values), Math.max(0, ...values) || 1, pen.narrow ? 3 : 4);
  const several = grid.rows.length > 1;
  const room = several ? pen.width * 0.26 : 0;
  const names = grid.rows.map((row) =>
    wrapText(pen.width1, pen.label(row.label), { width: room - 12, size: pen.size, lines: 3 }),
  );
  const right = several ? Math.ceil(Math.max(...names.map((l) => widest(pen.width1, l, pen.size)))) + 12 : 16;
  const axis = drawAxis(pen, grid, steps, right);
  const marks = drawBreaks(pen, axis, breaks, top);
  const height = pen.narrow ? 190 : 240;
  const from = top + marks.height + 16;
  const y = linear(steps[0] ?? 0, steps.at(-1) ?? 1, from + height, from);
  const chart: Chart = { ...axis, y, bottom: from + height, top: from, labels: several ? 'ends' : 'all' };
  const lines = grid.rows
    .map((row, i) => drawSeries(pen, chart, row, breaks, STROKES[i] ?? { colour: ACCENT }))
    .join('');
  const body =
    axis.draw(chart) + marks.draw(chart) + lines + (several ? endLabels(pen, chart, grid, names) : '');
  return [body, from + height + axis.below];
};

/** Names at the ends of lines, pushed apart where they would meet. */
const endLabels = (pen: Pen, { y, x }: Chart, grid: Grid, names: readonly (readonly string[])[]): string => {
  const ends = grid.rows
    .flatMap((row, i) => {
      const runs = runsOf(row, new Set());
      const last = runs.at(-1)?.at(-1);
      return last === undefined
        ? []
        : [
            {
              at: y(last.value),
              lines: names[i] ?? [],
              height: (names[i]?.length ?? 1) * LEADING * pen.size,
            },
          ];
    })
    .toSorted((a, b) => a.at - b.at);
  let floor = Number.NEGATIVE_INFINITY;
  const placed = ends.map(({ at, lines, height }) => {
    const middle = Math.max(at, floor + height / 2);
    floor = middle + height / 2 + 2;
    return textBlock(x(grid.columns.length - 1) + 12, middle, lines, { size: pen.size, fill: INK });
  });
  return placed.join('');
};

const panels = (pen: Pen, grid: Grid, breaks: ReturnType<typeof breaksIn>, top: number): [string, number] => {
  const across = pen.narrow ? 2 : 3;
  const gutter = pen.narrow ? 14 : 22;
  const wide = (pen.width - gutter * (across - 1)) / across;
  const steps = ticks(Math.min(0, ...amounts(grid)), Math.max(0, ...amounts(grid)) || 1, 3);
  const names = grid.rows.map((row) =>
    wrapText(pen.width1, pen.label(row.label), { width: wide, size: pen.size, weight: 700, lines: 2 }),
  );
  let y = top;
  let body = '';
  for (let start = 0; start < grid.rows.length; start += across) {
    const line = grid.rows.slice(start, start + across);
    const title = Math.max(...names.slice(start, start + across).map((l) => l.length)) * LEADING * pen.size;
    const from = y + title + 16;
    const bottom = from + (pen.narrow ? 64 : 76);
    for (const [i, row] of line.entries()) {
      const left = i * (wide + gutter);
      const x = (at: number) => left + 8 + (at * (wide - 24)) / Math.max(1, grid.columns.length - 1);
      const chart: Chart = {
        x,
        y: linear(steps[0] ?? 0, steps.at(-1) ?? 1, bottom, from),
        top: from,
        bottom,
        labels: 'ends',
        left,
      };
      const lines = names[start + i] ?? [];
      body += textBlock(left, y + title / 2, lines, { size: pen.size, weight: 700, fill: INK });
      body += element('path', {
        d: `M${left.toFixed(1)} ${bottom.toFixed(1)}h${wide.toFixed(1)}`,
        stroke: MUTED,
        'stroke-width': 0.75,
      });
      for (const { at } of breaks) body += breakRule(x(at - 0.5), from - 6, bottom);
      body += drawSeries(pen, chart, row, breaks, { colour: ACCENT });
      const [first, last] = [grid.columns[0], grid.columns.at(-1)];
      const style = { size: pen.small, fill: MUTED } as const;
      if (first !== undefined) body += textAt(left, bottom + pen.small + 4, pen.label(first.label), style);
      if (last !== undefined && last !== first)
        body += textAt(left + wide, bottom + pen.small + 4, pen.label(last.label), {
          ...style,
          anchor: 'end',
        });
    }
    y = bottom + pen.small + 22;
  }
  return [body, y - 10];
};

const breakRule = (x: number, from: number, to: number): string =>
  element('path', {
    d: `M${x.toFixed(1)} ${from.toFixed(1)}V${to.toFixed(1)}`,
    stroke: MUTED,
    'stroke-width': 1,
    'stroke-dasharray': '4 3',
  });

/** A point a period, joined where the series goes on; broken at breaks and at gaps. */
export const drawLine = (request: FigureRequest, pen: Pen): Drawing => {
  const { table } = request;
  const grid = gridOf(table, pen.measure.id, table.dimensions.findLast(isPeriod) ?? table.dimensions.at(-1));
  const breaks = breaksIn(table, grid.columns, (b) => pen.label(b.label));
  const shown = measureText(pen, request, grid.columns);
  const head = heading(pen, shown, legendOf(pen, grid));
  const small = grid.rows.length > MOST_LINES || (pen.narrow && grid.rows.length > 1);
  const [body, height] = (small ? panels : single)(pen, grid, breaks, head.height + 4);
  const alt = altText(pen, table, 'line', shown, sentences(pen, grid, breaks));
  return pen.finish(
    Math.ceil(height),
    pen.label(table.title),
    alt,
    head.svg + body,
    breakNotes(pen, table, grid.columns),
  );
};

const sentences = (pen: Pen, grid: Grid, breaks: ReturnType<typeof breaksIn>): string[] => {
  const named = (row: Grid['rows'][number]) =>
    row.cells.flatMap((cell, i) =>
      cell === undefined ? [] : [{ name: pen.label(grid.columns[i]?.label ?? row.label), cell }],
    );
  const at = new Set(breaks.map((b) => b.at));
  const trend = (row: Grid['rows'][number]): string => {
    const run = runsOf(row, at).at(-1) ?? [];
    return trendText(
      pen,
      run.map(({ cell, index }) => ({ name: pen.label(grid.columns[index]?.label ?? row.label), cell })),
    );
  };
  const hidden = grid.rows.some((row) => row.cells.some((c) => c !== undefined && isWithheld(c)));
  const [only] = grid.rows;
  if (grid.rows.length === 1 && only !== undefined)
    return [trend(only), extremesText(pen, named(only)), gapsText(pen, grid)];
  const each = grid.rows.slice(0, MOST_LINES).flatMap((row) => {
    const text = trend(row);
    return text === '' ? [] : [`${pen.label(row.label)}: ${text}`];
  });
  const last = grid.rows.flatMap((row) =>
    row.cells.at(-1) === undefined ? [] : [{ name: pen.label(row.label), cell: row.cells.at(-1)! }],
  );
  const latest = `${pen.label(grid.columns.at(-1)?.label ?? grid.rows[0]!.label)}: ${extremesText(pen, last)}`;
  return [
    ...(grid.rows.length <= MOST_LINES ? each : [latest]),
    hidden || gaps(grid).length > 0 ? gapsText(pen, grid) : '',
  ];
};
