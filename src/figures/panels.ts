import type { Cell, Table } from '../tables/index.ts';
import { type Problem, problem } from '../vocabulary/index.ts';
import type { Drawing, FigureRequest } from './figure.ts';
import { columnDimension, type Grid, type GridRow, gridOf, isPeriod, onlyColumn } from './grid.ts';
import { heading, patch } from './legend.ts';
import { drawPlane } from './line.ts';
import { breaksIn } from './line-parts.ts';
import { ABSENT, type Fill, hatched, INK, MUTED, NEUTRAL, RAMPS, RULE } from './palette.ts';
import { type Part, partsOf, tellingTitles } from './parts.ts';
import { amount, fewEntries, gapEntries, gapFill, type Pen, restsOnFew } from './pen.ts';
import { linear } from './scale.ts';
import { element, LEADING, MIDDLE, textAt, textBlock } from './svg.ts';
import { altText, breakNotes, extremesText, gapsText, trendText } from './words.ts';
import { widest, wrapText } from './wrap-text.ts';

interface Panel extends Part {
  readonly title: string;
  /** The measure with the direction that is worse, where the title does not say it. */
  readonly remark: string;
  readonly grid: Grid;
  /** The pen with the measure of the panel. */
  readonly pen: Pen;
}

const isSeries = ({ dimensions }: Table): boolean =>
  dimensions.length === 1 && dimensions[0] !== undefined && isPeriod(dimensions[0]);

const panelsOf = (request: FigureRequest, pen: Pen): readonly Panel[] | Problem => {
  const parts = partsOf(request, pen);
  if ('code' in parts) return parts;
  const series = isSeries(request.table);
  const odd = parts.find(({ table }) => table.dimensions.length === 0 || isSeries(table) !== series);
  if (odd !== undefined) return problem('figure_panels', { table: odd.table.id, first: request.table.id });
  const said = parts.map(({ measure }) =>
    pen.say('panel', { measure: pen.label(measure.label), polarity: measure.polarity ?? 'none' }),
  );
  const named = parts.map(({ table }) => pen.label(table.title));
  // Panels of one table differ by their measures only.
  const oneTable = parts.length > 1 && new Set(named).size === 1;
  const titles = oneTable ? said : tellingTitles(named);
  return parts.map((part, i) => {
    const { table, measure } = part;
    const grid = series
      ? gridOf(table, measure.id, table.dimensions[0])
      : onlyColumn(gridOf(table, measure.id, columnDimension(table)), request.column);
    return {
      ...part,
      title: titles[i] ?? '',
      remark: oneTable ? '' : (said[i] ?? ''),
      grid,
      pen: pen.of(measure),
    };
  });
};

/** Above a panel: what it is of, in bold, and its measure with the direction that is worse. */
const panelHead = (
  { pen, title, remark }: Panel,
  width: number,
): readonly [readonly string[], readonly string[]] => {
  const { size, small } = pen;
  return [
    wrapText(pen.width1, title, { width, size, weight: 700, lines: 3 }),
    wrapText(pen.width1, remark, { width, size: small, lines: 4 }),
  ];
};

const headHeight = (pen: Pen, [title, text]: ReturnType<typeof panelHead>): number =>
  LEADING * (title.length * pen.size + text.length * pen.small) + 6;

const drawHead = (
  pen: Pen,
  [title, text]: ReturnType<typeof panelHead>,
  x: number,
  bottom: number,
): string => {
  const below = text.length * LEADING * pen.small;
  const above = title.length * LEADING * pen.size;
  return (
    textBlock(x, bottom - 6 - below - above / 2, title, { size: pen.size, weight: 700, fill: INK }) +
    textBlock(x, bottom - 6 - below / 2, text, { size: pen.small, fill: MUTED })
  );
};

/** Rows in the order of the first panel; what only later ones have comes after, a total last. */
const sharedRows = (panels: readonly Panel[]): readonly GridRow[] => {
  const rows = new Map<string, GridRow>();
  for (const { grid } of panels) for (const row of grid.rows) if (!rows.has(row.key)) rows.set(row.key, row);
  const all = [...rows.values()];
  return [...all.filter((row) => !row.total), ...all.filter((row) => row.total)];
};

const cellAt = ({ grid }: Panel, key: string): Cell | undefined =>
  grid.rows.find((row) => row.key === key)?.cells[0];

/** The end of the scale: panels of one measure have one, so that their bars can be compared. */
const reachOf = (panels: readonly Panel[], { measure }: Panel): number =>
  Math.max(
    0,
    ...panels
      .filter((other) => other.measure.id === measure.id)
      .flatMap(({ grid }) => grid.rows.flatMap(({ cells: [cell] }) => amount(cell) ?? [])),
  ) || 1;

const barFill = ({ measure }: Panel, row: GridRow, cell: Cell): Fill => {
  const polarity = measure.polarity ?? 'none';
  const fill: Fill = row.total
    ? { id: 'total', ground: NEUTRAL }
    : { id: `bar-${polarity}`, ground: RAMPS[polarity][3] as string };
  return restsOnFew(cell) ? hatched(fill) : fill;
};

interface Row {
  readonly row: GridRow;
  readonly lines: readonly string[];
  readonly height: number;
}

const drawBarsOf = (
  panel: Panel,
  rows: readonly Row[],
  x: number,
  wide: number,
  top: number,
  reach: number,
): string => {
  const { pen } = panel;
  const size = pen.small;
  const texts = rows.flatMap(({ row }) => {
    const cell = cellAt(panel, row.key);
    return cell === undefined || amount(cell) === undefined ? [] : [pen.value(cell)];
  });
  const scale = linear(0, reach, x, x + wide - widest(pen.width1, texts, size) - 6);
  let y = top;
  let bars = '';
  for (const { row, height } of rows) {
    const cell = cellAt(panel, row.key);
    const value = amount(cell);
    const box = { x, y: y + height / 2 - 5.5, height: 11 };
    if (cell !== undefined && value !== undefined) {
      const end = scale(Math.max(0, value));
      const style = { size, fill: INK, weight: row.total ? 700 : 400 } as const;
      if (value > 0) bars += patch(pen, barFill(panel, row, cell), { ...box, width: end - x });
      bars += textAt(end + 4, y + height / 2 + MIDDLE * size, pen.value(cell), style);
    } else bars += patch(pen, cell === undefined ? ABSENT : gapFill(cell), { ...box, x: x + 1, width: 11 });
    y += height;
  }
  const base = element('path', { d: `M${x.toFixed(1)} ${top.toFixed(1)}V${y.toFixed(1)}`, stroke: MUTED });
  return bars + base;
};

/** How panels of bars share the width: how many stand side by side, and the names at their left. */
interface Layout {
  readonly across: number;
  readonly gutter: number;
  readonly rows: readonly Row[];
  readonly left: number;
  readonly wide: number;
}

const layoutFor = (
  { narrow, width, small, ...pen }: Pen,
  panels: readonly Panel[],
  across: number,
): Layout => {
  const gutter = narrow ? 10 : 14;
  const rows: Row[] = sharedRows(panels).map((row) => {
    const lines = wrapText(pen.width1, pen.label(row.label), {
      width: width * (narrow || across < 3 ? 0.3 : 0.22),
      size: small,
      lines: 4,
    });
    return { row, lines, height: Math.max(narrow ? 18 : 19, lines.length * LEADING * small + 3) };
  });
  const left =
    Math.ceil(
      widest(
        pen.width1,
        rows.flatMap(({ lines }) => lines),
        small,
        700,
      ),
    ) + 10;
  return { across, gutter, rows, left, wide: (width - left - gutter * (across - 1)) / across };
};

/** As many side by side as leave room for every word of their titles. */
const barLayout = (pen: Pen, panels: readonly Panel[]): Layout => {
  const words = panels.flatMap(({ title }) => title.split(' '));
  const longest = widest(pen.width1, words, pen.size, 700);
  const layouts = [5, 4, 3, 2, 1]
    .filter((across) => across <= Math.min(panels.length, pen.narrow ? 2 : 5))
    .map((across) => layoutFor(pen, panels, across));
  return layouts.find(({ wide }) => longest <= wide) ?? (layouts.at(-1) as Layout);
};

/** Panels of bars side by side, the names of their rows once at the left. */
const drawBarPanels = (pen: Pen, panels: readonly Panel[], top: number): [string, number] => {
  const { across, gutter, rows, left, wide } = barLayout(pen, panels);
  let y = top;
  let body = '';
  for (let start = 0; start < panels.length; start += across) {
    const block = panels.slice(start, start + across);
    const heads = block.map((panel) => panelHead(panel, wide));
    const from = y + Math.max(...heads.map((head) => headHeight(pen, head)));
    body += names(pen, rows, left, from);
    for (const [i, panel] of block.entries()) {
      const x = left + i * (wide + gutter);
      body += drawHead(pen, heads[i] ?? [[], []], x, from);
      body += drawBarsOf(panel, rows, x, wide, from, reachOf(panels, panel));
    }
    y = from + rows.reduce((sum, { height }) => sum + height, 0) + 18;
  }
  return [body, y - 12];
};

/** Names of rows, and light rules that lead the eye from a name to its bars. */
const names = (pen: Pen, rows: readonly Row[], left: number, top: number): string => {
  let y = top;
  let svg = '';
  for (const { row, lines, height } of rows) {
    const rule = `M0 ${(y + height).toFixed(1)}H${pen.width}`;
    svg += element('path', { d: rule, stroke: RULE, 'stroke-width': 0.5 });
    const style = { size: pen.small, fill: INK, weight: row.total ? 700 : 400, anchor: 'end' } as const;
    svg += textBlock(left - 8, y + height / 2, lines, style);
    y += height;
  }
  return svg;
};

/** Series beside each other, each with an axis of its own: things of different units are never on one axis. */
const drawSeriesPanels = (pen: Pen, panels: readonly Panel[], top: number): [string, number] => {
  const across = pen.narrow ? 1 : 2;
  const gutter = 30;
  const wide = (pen.width - gutter * (across - 1)) / across;
  let y = top;
  let body = '';
  for (let start = 0; start < panels.length; start += across) {
    const block = panels.slice(start, start + across);
    const heads = block.map((panel) => panelHead(panel, wide));
    const from = y + Math.max(...heads.map((head) => headHeight(pen, head)));
    let bottom = from;
    for (const [i, panel] of block.entries()) {
      const breaks = breaksIn(panel.table, panel.grid.columns, (b) => pen.label(b.label));
      const [plane, end] = drawPlane({ ...panel.pen, width: wide, narrow: true }, panel.grid, breaks, from);
      const x = i * (wide + gutter);
      body += drawHead(pen, heads[i] ?? [[], []], x, from);
      body += element('g', { transform: `translate(${x.toFixed(1)} 0)` }, plane);
      bottom = Math.max(bottom, end);
    }
    y = bottom + 16;
  }
  return [body, y - 12];
};

const columnName = (pen: Pen, { columns }: Grid, at: number): string => {
  const column = columns[at];
  return column === undefined ? '' : pen.label(column.label);
};

const sentence = ({ pen, title, grid }: Panel, series: boolean): string => {
  const [row] = grid.rows;
  const points = series
    ? (row?.cells ?? []).map((cell, i) => ({ name: columnName(pen, grid, i), cell }))
    : grid.rows.filter((r) => !r.total).map((r) => ({ name: pen.label(r.label), cell: r.cells[0] }));
  const named = points.flatMap(({ name, cell }) => (cell === undefined ? [] : [{ name, cell }]));
  const valued = named.filter(({ cell }) => amount(cell) !== undefined);
  const said = series ? trendText(pen, valued, '') : extremesText(pen, named);
  return [pen.say('alt.panel', { title, text: said }), gapsText(pen, grid)].filter((t) => t !== '').join(' ');
};

/**
 * Small multiples (Tufte 1983): one panel a table. Bars when the rows are things, in the same order everywhere; lines when
 * they are periods.
 */
export const drawPanelsOf = (request: FigureRequest, pen: Pen): Drawing => {
  const panels = panelsOf(request, pen);
  if ('code' in panels) return panels;
  const series = isSeries(request.table);
  const cells = panels.flatMap(({ grid }) =>
    grid.rows.flatMap((row) => row.cells.flatMap((cell) => cell ?? [])),
  );
  const entries = series ? [] : [...fewEntries(pen, cells), ...gapEntries(pen, cells)];
  const head = heading(pen, pen.say(series ? 'own_axes' : 'same_order'), entries);
  const draw = series ? drawSeriesPanels : drawBarPanels;
  const [body, height] = draw(pen, panels, head.height + 6);
  const shown = panels.map(({ title }) => title).join('; ');
  const alt = altText(
    pen,
    'panels',
    shown,
    panels.map((panel) => sentence(panel, series)),
  );
  const notes = panels.flatMap(({ table, grid }) => (series ? breakNotes(pen, table, grid.columns) : []));
  return pen.finish(Math.ceil(height), pen.title, alt, head.svg + body, [...new Set(notes)]);
};
