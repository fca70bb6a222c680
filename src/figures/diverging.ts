import { type Cell, type Table, type TableMeasure, TOTAL } from '../tables/index.ts';
import { type Label, type Problem, problem, toNumber } from '../vocabulary/index.ts';
import type { Drawing, FigureRequest } from './figure.ts';
import { heading, type LegendEntry, patch } from './legend.ts';
import { type Fill, INK, MUTED, SCALE, textOn, WHITE, WITHHELD } from './palette.ts';
import { partsOf, tellingTitles } from './parts.ts';
import { amount, gapFill, isWithheld, type Pen } from './pen.ts';
import { linear, type Scale } from './scale.ts';
import { element, LEADING, MIDDLE, textAt, textBlock } from './svg.ts';
import { altText, measureText } from './words.ts';
import { widest, wrapText } from './wrap-text.ts';

/** Answers left of the line, across it (the middle one of an odd scale), and right of it, as indexes of the scale. */
const sides = (answers: number): { readonly left: number; readonly middle: boolean } => ({
  left: Math.floor(answers / 2),
  middle: answers % 2 === 1,
});

/** The most answers a reader tells apart at a glance. */
const MOST_ANSWERS = 7;
const BAR = 22;
const GAP = 10;

interface Answered {
  readonly label: string;
  /** One an answer of the scale, in its order. */
  readonly cells: readonly (Cell | undefined)[];
}

/** The ordered answers of a table: the codes of its first dimension. What is no answer (`_not_recorded`) is not on the scale. */
const answersOf = (table: Table): Table['dimensions'][number]['codes'] =>
  table.dimensions[0]?.codes.filter(({ code }) => !code.startsWith('_')) ?? [];

const columnsOf = (table: Table): readonly { readonly code: string; readonly label: Label }[] => {
  const codes = table.dimensions[1]?.codes ?? [];
  // A total of one column says the same again.
  return codes.length === 2 ? codes.filter(({ code }) => code !== TOTAL) : codes;
};

const cellsOf = (table: Table, { id }: TableMeasure, column: string | undefined): Answered['cells'] => {
  const [answer, across] = table.dimensions;
  return answersOf(table).map(({ code }) =>
    table.cells.find(
      (cell) =>
        cell.measure === id &&
        cell.at[answer?.by ?? ''] === code &&
        (across === undefined || cell.at[across.by] === column),
    ),
  );
};

/** Bars of one table are its columns; of several tables, one each: the column asked for, else all respondents together. */
const barsOf = (request: FigureRequest, pen: Pen): readonly Answered[] | Problem => {
  const parts = partsOf(request, pen);
  if ('code' in parts) return parts;
  const first = answersOf(request.table).map(({ code }) => code);
  const odd = parts.find(
    ({ table }) =>
      table.dimensions.length > 2 ||
      answersOf(table)
        .map(({ code }) => code)
        .join() !== first.join(),
  );
  if (odd !== undefined || first.length < 2 || first.length > MOST_ANSWERS)
    return problem('figure_scale', { table: (odd?.table ?? request.table).id, most: MOST_ANSWERS });
  const [only, ...more] = parts;
  if (only !== undefined && more.length === 0) {
    const columns = columnsOf(only.table);
    if (columns.length > 0)
      return columns.map(({ code, label }) => ({
        label: pen.label(label),
        cells: cellsOf(only.table, only.measure, code),
      }));
  }
  const titles = tellingTitles(parts.map(({ table }) => pen.label(table.title)));
  return parts.map(({ table, measure }, i) => {
    const codes = table.dimensions[1]?.codes.map(({ code }) => code) ?? [];
    const column = [request.column, TOTAL].find((c) => c !== undefined && codes.includes(c)) ?? codes.at(-1);
    return { label: titles[i] ?? '', cells: cellsOf(table, measure, column) };
  });
};

const sum = (cells: readonly (Cell | undefined)[]): number =>
  cells.reduce((total, cell) => total + (amount(cell) ?? 0), 0);

/** How far a bar reaches left and right of the line. */
const reach = ({ cells }: Answered): readonly [number, number] => {
  const { left, middle } = sides(cells.length);
  const half = middle ? (amount(cells[left]) ?? 0) / 2 : 0;
  return [sum(cells.slice(0, left)) + half, sum(cells.slice(left + (middle ? 1 : 0))) + half];
};

/** A bar with a withheld part is not drawn: its length would tell what is withheld. */
const undrawn = ({ cells }: Answered): Cell | undefined =>
  cells.find((cell) => cell !== undefined && isWithheld(cell)) ??
  (sum(cells) === 0 ? cells.find((cell) => cell !== undefined) : undefined);

const drawBar = (pen: Pen, bar: Answered, fills: readonly Fill[], scale: Scale, top: number): string => {
  const middle = top + BAR / 2;
  const baseline = middle + MIDDLE * pen.small;
  const gap = undrawn(bar);
  if (gap !== undefined)
    return (
      patch(pen, isWithheld(gap) ? WITHHELD : gapFill(gap), {
        x: scale(0) + 3,
        y: top + 3,
        width: 16,
        height: BAR - 6,
      }) + textAt(scale(0) + 25, baseline, pen.value(gap), { size: pen.small, fill: MUTED })
    );
  let from = -reach(bar)[0];
  const drawn = bar.cells.map((cell, i) => {
    const value = amount(cell) ?? 0;
    if (cell === undefined || value <= 0) return '';
    const [x, end] = [scale(from), scale(from + value)];
    from += value;
    const fill = fills[i] as Fill;
    const shape = element('rect', {
      x,
      y: top,
      width: end - x,
      height: BAR,
      fill: pen.fill(fill),
      stroke: WHITE,
      'stroke-width': 1,
    });
    return shape + valueOf(pen, pen.value(cell), fill, { x, end, baseline }, i, bar.cells.length);
  });
  return drawn.join('');
};

/** A value stands in its part; that of an outermost part too narrow for it stands beside the bar. */
const valueOf = (
  pen: Pen,
  text: string,
  fill: Fill,
  { x, end, baseline }: { readonly x: number; readonly end: number; readonly baseline: number },
  index: number,
  answers: number,
): string => {
  const size = pen.small;
  const fits = pen.width1(text, size) + 6 <= end - x;
  if (fits)
    return textAt((x + end) / 2, baseline, text, { size, fill: textOn(fill.ground), anchor: 'middle' });
  if (index === 0) return textAt(x - 4, baseline, text, { size, fill: INK, anchor: 'end' });
  return index === answers - 1 ? textAt(end + 4, baseline, text, { size, fill: INK }) : '';
};

/** How many answered, where the cells know it: a share of eight people is another statement than one of eight hundred. */
const withBase = (pen: Pen, { label, cells }: Answered): string => {
  const base = cells.find((cell) => cell?.denominator !== undefined)?.denominator;
  return base === undefined ? label : pen.say('base', { label, n: toNumber(base) });
};

const sentence = (pen: Pen, answers: readonly string[], { label, cells }: Answered): string =>
  pen.say('alt.parts', {
    name: label,
    parts: cells
      .flatMap((cell, i) => (cell === undefined ? [] : [`${answers[i] ?? ''} – ${pen.value(cell)}`]))
      .join(', '),
  });

const tooMuch = ({ cells }: Answered): boolean =>
  cells.some((cell) => (amount(cell) ?? 0) < 0) || sum(cells) > 100 + 0.5 * cells.length;

/**
 * Bars of ordered answers on both sides of a line: the lower half of the scale left of it, the upper half right, so that
 * where people stand is seen as a place and not as a colour (Heiberger & Robbins 2014).
 */
export const drawDiverging = (request: FigureRequest, pen: Pen): Drawing => {
  const bars = barsOf(request, pen);
  if ('code' in bars) return bars;
  const { table } = request;
  if (pen.measure.unit !== 'percent' || bars.some(tooMuch))
    return problem('figure_not_parts', { table: table.id, measure: pen.measure.id });
  const answers = answersOf(table).map(({ label }) => pen.label(label));
  const { left: lower, middle } = sides(answers.length);
  const fills = SCALE[answers.length] ?? [];
  const shown = measureText(pen, request, []);
  const where = pen.say('sides', {
    left: answers.slice(0, lower).join(', '),
    right: answers.slice(lower + (middle ? 1 : 0)).join(', '),
  });
  const entries: LegendEntry[] = answers.map((text, i) => ({ text, fill: fills[i] as Fill }));
  const head = heading(pen, `${shown}. ${where}`, entries);
  const { size, narrow, width } = pen;
  const names = bars.map((bar) =>
    wrapText(pen.width1, withBase(pen, bar), { width: narrow ? width : width * 0.3, size, lines: 3 }),
  );
  const beside = narrow ? 0 : Math.ceil(Math.max(0, ...names.map((l) => widest(pen.width1, l, size)))) + 12;
  const reaches = bars.map(reach);
  const [low, high] = [Math.max(0, ...reaches.map(([l]) => l)), Math.max(0, ...reaches.map(([, r]) => r))];
  // Room for values beside the ends of bars.
  const ends = bars.flatMap(({ cells }) => [cells[0], cells.at(-1)].flatMap((cell) => cell ?? []));
  const valued = ends.filter((cell) => amount(cell) !== undefined).map((cell) => pen.value(cell));
  const margin = Math.ceil(widest(pen.width1, valued, pen.small)) + 6;
  const scale = linear(-low, high, beside + margin, width - margin);
  const start = head.height + 8;
  let y = start;
  const drawn = bars.map((bar, i) => {
    const lines = names[i] ?? [];
    const text = lines.length * LEADING * size;
    const top = narrow ? y + text + 2 : y + Math.max(0, text - BAR) / 2;
    const style = { size, fill: INK } as const;
    const label = narrow
      ? textBlock(0, y + text / 2, lines, style)
      : textBlock(beside - 12, top + BAR / 2, lines, { ...style, anchor: 'end' });
    y = (narrow ? top + BAR : y + Math.max(text, BAR)) + GAP;
    return { label, bar: drawBar(pen, bar, fills, scale, top), top };
  });
  // The line stands behind the labels of a narrow page, and over the bars.
  const line = drawn.map(({ top }) =>
    element('path', {
      d: `M${scale(0).toFixed(1)} ${(top - 4).toFixed(1)}v${BAR + 8}`,
      stroke: INK,
      'stroke-width': 1.5,
    }),
  );
  const body = drawn.map(({ label, bar }) => label + bar).join('') + line.join('');
  const alt = altText(
    pen,
    'diverging',
    shown,
    bars.map((bar) => sentence(pen, answers, bar)),
  );
  return pen.finish(Math.ceil(y - GAP + 6), pen.title, alt, head.svg + body, []);
};
