import { type Problem, problem } from '../vocabulary/index.ts';
import type { Drawing, FigureRequest } from './figure.ts';
import { amounts, type Grid, type GridColumn, type GridRow, gaps, gridOf, isPeriod } from './grid.ts';
import { heading, patch } from './legend.ts';
import { ACCENT, INK, MUTED, RULE, WHITE } from './palette.ts';
import { type Part, partsOf, tellingTitles } from './parts.ts';
import { amount, gapEntries, gapFill, type Pen } from './pen.ts';
import type { Scale } from './scale.ts';
import { element, LEADING, MIDDLE, textAt, textBlock } from './svg.ts';
import { along, timeAxis } from './time-axis.ts';
import { altText, breakNotes, gapsText, listed, measureText } from './words.ts';
import { widest, wrapText } from './wrap-text.ts';

const LEAST = 4.5;
const GREATEST = 13;

/** Areas of marks are as the numbers; one is the smallest mark. */
const radius = (value: number, most: number): number =>
  most <= 1 ? LEAST : Math.max(LEAST, GREATEST * Math.sqrt(value / most));

/** One table of the picture, its cells along the axis of all, with the pen of its measure. */
interface Track {
  readonly part: Part;
  readonly pen: Pen;
  readonly title: string;
  readonly grid: Grid;
}

/** The tables of a picture along one axis; one without periods, or with numbers below zero, cannot be drawn so. */
const tracksOf = (request: FigureRequest, pen: Pen): readonly Track[] | Problem => {
  const parts = partsOf(request, pen);
  if ('code' in parts) return parts;
  const grids: Grid[] = [];
  for (const { table, measure } of parts) {
    const time = table.dimensions.findLast(isPeriod);
    const grid = gridOf(table, measure.id, time);
    if (time === undefined || amounts(grid).some((value) => value < 0))
      return problem('figure_without_time', { table: table.id });
    grids.push(grid);
  }
  const axis = timeAxis(grids);
  const titles = tellingTitles(parts.map(({ table }) => pen.label(table.title)));
  return parts.map((part, i) => ({
    part,
    pen: pen.of(part.measure),
    title: titles[i] ?? '',
    grid: along(axis, grids[i] as Grid),
  }));
};

interface Lane {
  readonly track: Track;
  readonly row: GridRow;
  readonly label: string;
  readonly lines: readonly string[];
  /** The title of its table, above the first lane of several tables. */
  readonly title: readonly string[];
  /** Top of the title, of the words on a narrow page, and the middle of the marks. */
  readonly head: number;
  readonly top: number;
  readonly middle: number;
}

/** Lanes from top to bottom, in the order of the tables, with the height they take. */
const lanesOf = (
  pen: Pen,
  tracks: readonly Track[],
  start: number,
  room: number,
): readonly [readonly Lane[], number] => {
  let y = start;
  const lanes = tracks.flatMap((track) =>
    track.grid.rows.map((row, i): Lane => {
      // A table without rows of its own is one lane, called as the table is.
      const own = pen.label(row.label);
      const label = own === '' ? track.title : own;
      const title =
        tracks.length === 1 || own === '' || i > 0
          ? []
          : wrapText(pen.width1, track.title, { width: pen.width, size: pen.size, weight: 700, lines: 2 });
      const lines = wrapText(pen.width1, label, { width: room, size: pen.size, lines: 3 });
      const words = lines.length * LEADING * pen.size;
      const height = 2 * GREATEST + 4;
      const head = y;
      const top = head + (title.length === 0 ? 0 : title.length * LEADING * pen.size + 4);
      const middle = pen.narrow ? top + words + height / 2 : top + Math.max(words, height) / 2;
      y = top + (pen.narrow ? words + height : Math.max(words, height)) + 4;
      return { track, row, label, lines, title, head, top, middle };
    }),
  );
  return [lanes, y];
};

const drawLane = (
  pen: Pen,
  { track, row, lines, title, head, top, middle }: Lane,
  x: Scale,
  left: number,
  most: number,
): string => {
  const style = { size: pen.size, fill: INK } as const;
  const above =
    title.length === 0
      ? ''
      : textBlock(0, head + (title.length * LEADING * pen.size) / 2, title, { ...style, weight: 700 });
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
    const text = track.pen.value(cell);
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
  return above + label + line + marks.join('');
};

/** Space between the names of two periods. */
const APART = 8;

/** The least step at which the names of periods, each between its ends, do not meet. */
const stepOf = (ends: readonly (readonly [number, number])[]): number => {
  const meet = (every: number): boolean => {
    const kept = ends.filter((_, i) => i % every === 0);
    return kept.some(([start], i) => i > 0 && start < (kept[i - 1]?.[1] ?? 0) + APART);
  };
  let every = 1;
  while (meet(every)) every++;
  return every;
};

/** Light rules at the periods, named below: every second or third where the names would meet. */
const drawAxis = (pen: Pen, columns: readonly GridColumn[], x: Scale, from: number, to: number): string => {
  const size = pen.small;
  const names = columns.map(({ label }, i) => {
    const name = pen.label(label);
    const half = pen.width1(name, size) / 2;
    return { name, half, at: Math.min(Math.max(x(i), half), pen.width - half) };
  });
  const every = stepOf(names.map(({ at, half }) => [at - half, at + half]));
  return names
    .map(({ name, at }, i) => {
      const rule = element('path', {
        d: `M${x(i).toFixed(1)} ${from.toFixed(1)}V${to.toFixed(1)}`,
        stroke: RULE,
        'stroke-width': 0.75,
      });
      if (i % every !== 0) return rule;
      return rule + textAt(at, to + size + 5, name, { size, fill: MUTED, anchor: 'middle' });
    })
    .join('');
};

const sentence = ({ pen, grid: { columns } }: Track, label: string, row: GridRow): string => {
  const events = row.cells.flatMap((cell, i) => {
    const column = columns[i];
    return cell === undefined || column === undefined || !((amount(cell) ?? 0) > 0)
      ? []
      : [`${pen.label(column.label)} – ${pen.value(cell)}`];
  });
  return events.length === 0 ? '' : pen.say('alt.parts', { name: label, parts: listed(pen, events, 6) });
};

/** What a lane is called where its own name does not say it: "Hearings, Trial". */
const fullName = ({ track, label }: Lane, several: boolean): string =>
  several && label !== track.title ? `${track.title}, ${label}` : label;

/**
 * What happened when: a lane a row of each table (the stages of a case, say), a mark where the table has a number, from the
 * first to the last joined by a line. All lanes have one axis of time. Marks are as large as the numbers.
 */
export const drawTimeline = (request: FigureRequest, pen: Pen): Drawing => {
  const tracks = tracksOf(request, pen);
  if ('code' in tracks) return tracks;
  const columns = tracks[0]?.grid.columns ?? [];
  const measures = new Set(tracks.map((track) => measureText(track.pen, request, [])));
  const shown = [...measures].join('; ');
  const cells = tracks.flatMap(({ grid }) => gaps(grid).map(({ cell }) => cell));
  const most = Math.max(0, ...tracks.flatMap(({ grid }) => amounts(grid)));
  const text = most <= 1 ? shown : `${shown}. ${pen.say('marks')}`;
  const head = heading(pen, text, gapEntries(pen, cells));
  const room = pen.narrow ? pen.width : pen.width * 0.26;
  const [lanes, bottom] = lanesOf(pen, tracks, head.height + 8, room);
  const names = lanes.flatMap(({ lines }) => lines);
  const left = pen.narrow ? GREATEST + 2 : widest(pen.width1, names, pen.size) + GREATEST + 16;
  const right = pen.width - GREATEST - 4;
  const x: Scale = (i) => left + (columns.length === 1 ? 0 : (i * (right - left)) / (columns.length - 1));
  const body =
    drawAxis(pen, columns, x, head.height + 4, bottom) +
    lanes.map((lane) => drawLane(pen, lane, x, left, most)).join('');
  const alt = altText(pen, 'timeline', shown, [
    ...lanes.map((lane) => sentence(lane.track, fullName(lane, tracks.length > 1), lane.row)),
    ...tracks.map((track) => gapsText(track.pen, track.grid)),
  ]);
  const height = Math.ceil(bottom + pen.small + 12);
  const notes = new Set(tracks.flatMap(({ part }) => breakNotes(pen, part.table, columns)));
  return pen.finish(height, pen.title, alt, head.svg + body, [...notes]);
};
