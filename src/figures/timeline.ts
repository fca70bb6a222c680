import { problem } from '../vocabulary/index.ts';
import type { Drawing, FigureRequest } from './figure.ts';
import { amounts, type Grid, type GridRow, gaps, gridOf, isPeriod } from './grid.ts';
import { heading, patch } from './legend.ts';
import { ACCENT, INK, MUTED, RULE, WHITE } from './palette.ts';
import { amount, gapEntries, gapFill, type Pen } from './pen.ts';
import type { Scale } from './scale.ts';
import { element, LEADING, MIDDLE, textAt, textBlock } from './svg.ts';
import { altText, breakNotes, gapsText, listed, measureText } from './words.ts';
import { widest, wrapText } from './wrap-text.ts';

const LEAST = 4.5;
const GREATEST = 13;

/** Areas of marks are as the numbers; one is the smallest mark. */
const radius = (value: number, most: number): number =>
  most <= 1 ? LEAST : Math.max(LEAST, GREATEST * Math.sqrt(value / most));

interface Lane {
  readonly row: GridRow;
  readonly lines: readonly string[];
  /** Top of its words on a narrow page, and the middle of its marks. */
  readonly top: number;
  readonly middle: number;
}

/** Lanes from top to bottom, in the order of the table, with the height they take. */
const lanesOf = (pen: Pen, grid: Grid, start: number, room: number): readonly [readonly Lane[], number] => {
  let y = start;
  const lanes = grid.rows.map((row): Lane => {
    const lines = wrapText(pen.width1, pen.label(row.label), { width: room, size: pen.size, lines: 3 });
    const words = lines.length * LEADING * pen.size;
    const height = 2 * GREATEST + 4;
    const top = y;
    const middle = pen.narrow ? y + words + height / 2 : y + Math.max(words, height) / 2;
    y += pen.narrow ? words + height + 4 : Math.max(words, height) + 4;
    return { row, lines, top, middle };
  });
  return [lanes, y];
};

const drawLane = (
  pen: Pen,
  { row, lines, top, middle }: Lane,
  x: Scale,
  left: number,
  most: number,
): string => {
  const style = { size: pen.size, fill: INK } as const;
  const label = pen.narrow
    ? textBlock(0, top + (lines.length * LEADING * pen.size) / 2, lines, style)
    : textBlock(left - 14, middle, lines, { ...style, anchor: 'end' });
  const at = row.cells.flatMap((cell, i) => ((amount(cell) ?? 0) > 0 ? [i] : []));
  const [first, last] = [at[0], at.at(-1)];
  const line =
    first === undefined || last === undefined || first === last
      ? ''
      : element('path', {
          d: `M${x(first).toFixed(1)} ${middle.toFixed(1)}H${x(last).toFixed(1)}`,
          stroke: ACCENT,
          'stroke-width': 2,
        });
  const marks = row.cells.map((cell, i) => {
    const value = amount(cell);
    if (cell === undefined || value === 0) return '';
    if (value === undefined)
      return patch(pen, gapFill(cell), { x: x(i) - 5, y: middle - 5, width: 10, height: 10 });
    const r = radius(value, most);
    const mark = element('circle', {
      cx: x(i),
      cy: middle,
      r,
      fill: ACCENT,
      stroke: WHITE,
      'stroke-width': 1,
    });
    if (most <= 1) return mark;
    const text = pen.value(cell);
    const inside = r >= 8 && pen.width1(text, pen.small, 700) + 4 <= 2 * r;
    return inside
      ? mark +
          textAt(x(i), middle + MIDDLE * pen.small, text, {
            size: pen.small,
            weight: 700,
            fill: WHITE,
            anchor: 'middle',
          })
      : mark + textAt(x(i), middle - r - 2, text, { size: pen.small, fill: INK, anchor: 'middle' });
  });
  return label + line + marks.join('');
};

/** Light rules at the periods, named below: every second or third where the names would meet. */
const drawAxis = (pen: Pen, grid: Grid, x: Scale, from: number, to: number): string => {
  const size = pen.small;
  const named = grid.columns.map(({ label }) => pen.label(label));
  const step = grid.columns.length > 1 ? x(1) - x(0) : pen.width;
  const every = Math.max(1, Math.ceil((widest(pen.width1, named, size) + 10) / step));
  return named
    .map((name, i) => {
      const rule = element('path', {
        d: `M${x(i).toFixed(1)} ${from.toFixed(1)}V${to.toFixed(1)}`,
        stroke: RULE,
        'stroke-width': 0.75,
      });
      if (i % every !== 0) return rule;
      const half = pen.width1(name, size) / 2;
      const at = Math.min(Math.max(x(i), half), pen.width - half);
      return rule + textAt(at, to + size + 5, name, { size, fill: MUTED, anchor: 'middle' });
    })
    .join('');
};

const sentence = (pen: Pen, { columns }: Grid, row: GridRow): string => {
  const events = row.cells.flatMap((cell, i) => {
    const column = columns[i];
    return cell === undefined || column === undefined || !((amount(cell) ?? 0) > 0)
      ? []
      : [`${pen.label(column.label)} – ${pen.value(cell)}`];
  });
  return events.length === 0
    ? ''
    : pen.say('alt.parts', { name: pen.label(row.label), parts: listed(pen, events, 6) });
};

/**
 * What happened when: a lane a row (the stages of a case, say), a mark where the table has a number, from the first to
 * the last joined by a line. Marks are as large as the numbers.
 */
export const drawTimeline = (request: FigureRequest, pen: Pen): Drawing => {
  const { table } = request;
  const time = table.dimensions.at(-1);
  const all = gridOf(table, pen.measure.id, time);
  const grid: Grid = { ...all, rows: all.rows.filter((row) => !row.total) };
  if (time === undefined || !isPeriod(time) || amounts(grid).some((value) => value < 0))
    return problem('figure_without_time', { table: table.id });
  const shown = measureText(pen, request, []);
  const cells = gaps(grid).map(({ cell }) => cell);
  const most = Math.max(0, ...amounts(grid));
  const text = most <= 1 ? shown : `${shown}. ${pen.say('marks')}`;
  const head = heading(pen, text, gapEntries(pen, cells));
  const room = pen.narrow ? pen.width : pen.width * 0.26;
  const [lanes, bottom] = lanesOf(pen, grid, head.height + 8, room);
  const left = pen.narrow
    ? GREATEST + 2
    : widest(
        pen.width1,
        lanes.flatMap(({ lines }) => lines),
        pen.size,
      ) +
      GREATEST +
      16;
  const right = pen.width - GREATEST - 4;
  const x: Scale = (i) =>
    left + (grid.columns.length === 1 ? 0 : (i * (right - left)) / (grid.columns.length - 1));
  const body =
    drawAxis(pen, grid, x, head.height + 4, bottom) +
    lanes.map((lane) => drawLane(pen, lane, x, left, most)).join('');
  const alt = altText(pen, 'timeline', shown, [
    ...grid.rows.map((row) => sentence(pen, grid, row)),
    gapsText(pen, grid),
  ]);
  const height = Math.ceil(bottom + pen.small + 12);
  return pen.finish(height, pen.title, alt, head.svg + body, breakNotes(pen, table, grid.columns));
};
