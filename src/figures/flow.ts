import { type Cell, displayNumber } from '../tables/index.ts';
import { problem } from '../vocabulary/index.ts';
import type { Drawing, FigureRequest } from './figure.ts';
import { columnDimension, type Grid, gridOf } from './grid.ts';
import { heading } from './legend.ts';
import { BANDS, INK, MUTED, WHITE } from './palette.ts';
import { amount, isWithheld, type Pen } from './pen.ts';
import { element, LEADING, MIDDLE, textAt, textBlock } from './svg.ts';
import { altText, gapsText, listed, measureText } from './words.ts';
import { widest, wrapText } from './wrap-text.ts';

/** Sources drawn one by one; the others of a longer table are one band, named in a note. */
const MOST_SOURCES = 9;
const NODE = 10;
const GAP = 7;

/** One end of bands: a row or a column of the table, or the rows that are drawn together. */
interface Node {
  readonly label: string;
  /** One a node of the other side. */
  readonly widths: readonly number[];
  readonly sum: number;
  /** A part is withheld: the sum of the others is not the node's. */
  readonly withheld?: Cell;
}

const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

const nodeOf = (label: string, cells: readonly (Cell | undefined)[]): Node => {
  const widths = cells.map((cell) => amount(cell) ?? 0);
  const withheld = cells.find((cell) => cell !== undefined && isWithheld(cell));
  return { label, widths, sum: total(widths), ...(withheld === undefined ? {} : { withheld }) };
};

const together = (label: string, nodes: readonly Node[]): Node => {
  const widths = (nodes[0]?.widths ?? []).map((_, i) => total(nodes.map((n) => n.widths[i] ?? 0)));
  const withheld = nodes.find((n) => n.withheld !== undefined)?.withheld;
  return { label, widths, sum: total(widths), ...(withheld === undefined ? {} : { withheld }) };
};

interface Flow {
  readonly sources: readonly Node[];
  readonly targets: readonly Node[];
  /** Names of the sources that are drawn together. */
  readonly others: readonly string[];
}

const flowOf = (pen: Pen, grid: Grid): Flow => {
  const rows = grid.rows.filter((row) => !row.total);
  const targets = grid.columns
    .map((column, i) => ({
      at: i,
      node: nodeOf(
        pen.label(column.label),
        rows.map((row) => row.cells[i]),
      ),
    }))
    .filter(({ node }) => node.sum > 0 || node.withheld !== undefined);
  const nodes = rows
    .map((row) =>
      nodeOf(
        pen.label(row.label),
        targets.map(({ at }) => row.cells[at]),
      ),
    )
    .filter((node) => node.sum > 0 || node.withheld !== undefined);
  // Withheld nodes keep their place at the end (grid.ts): an order by size would betray them.
  const known = nodes.filter((n) => n.withheld === undefined).toSorted((a, b) => b.sum - a.sum);
  const ordered = [...known, ...nodes.filter((n) => n.withheld !== undefined)];
  const rest = ordered.length > MOST_SOURCES ? ordered.slice(MOST_SOURCES - 1) : [];
  const single = ordered.slice(0, ordered.length - rest.length);
  const sources =
    rest.length === 0 ? single : [...single, together(pen.say('others', { n: rest.length }), rest)];
  return {
    sources,
    targets: targets.map(({ node }, i) => ({ ...node, widths: sources.map((s) => s.widths[i] ?? 0) })),
    others: rest.map((n) => n.label),
  };
};

interface Placed {
  readonly node: Node;
  readonly lines: readonly string[];
  readonly value: string;
  readonly top: number;
  readonly height: number;
}

/** Nodes from top to bottom, each with room for its words; what is left of the height goes between them. */
const place = (
  pen: Pen,
  nodes: readonly Node[],
  names: readonly (readonly string[])[],
  { top, height, scale }: { readonly top: number; readonly height: number; readonly scale: number },
): readonly Placed[] => {
  const slots = nodes.map((node, i) => slotHeight(pen, node, names[i] ?? [], scale));
  const spare = (height - total(slots) - GAP * (nodes.length - 1)) / Math.max(1, nodes.length - 1);
  let y = top;
  return nodes.map((node, i) => {
    const slot = slots[i] ?? 0;
    const own = node.sum * scale;
    const placed = {
      node,
      lines: names[i] ?? [],
      value: valueOf(pen, node),
      top: y + (slot - own) / 2,
      height: own,
    };
    y += slot + GAP + Math.max(0, spare);
    return placed;
  });
};

/** On a narrow page the number stands above the name, so that the bands keep their room. */
const wordsHeight = (pen: Pen, lines: readonly string[]): number =>
  (lines.length + (pen.narrow ? 1 : 0)) * LEADING * pen.size;

const slotHeight = (pen: Pen, node: Node, lines: readonly string[], scale: number): number =>
  Math.max(node.sum * scale, wordsHeight(pen, lines));

const sideHeight = (
  pen: Pen,
  nodes: readonly Node[],
  names: readonly (readonly string[])[],
  scale: number,
): number =>
  total(nodes.map((node, i) => slotHeight(pen, node, names[i] ?? [], scale))) + GAP * (nodes.length - 1);

const numberOf = (pen: Pen, value: number): string =>
  displayNumber(pen.language, value.toFixed(pen.measure.decimals));

const valueOf = (pen: Pen, { sum, withheld }: Node): string =>
  withheld === undefined ? numberOf(pen, sum) : pen.value(withheld);

const band = (
  x: readonly [number, number],
  y: readonly [number, number],
  width: number,
  fill: string,
): string => {
  const [from, to] = x;
  const middle = ((from + to) / 2).toFixed(1);
  const [a, b] = [y[0].toFixed(1), y[1].toFixed(1)];
  const [c, d] = [(y[0] + width).toFixed(1), (y[1] + width).toFixed(1)];
  const [l, r] = [from.toFixed(1), to.toFixed(1)];
  return element('path', {
    d: `M${l} ${a}C${middle} ${a} ${middle} ${b} ${r} ${b}V${d}C${middle} ${d} ${middle} ${c} ${l} ${c}Z`,
    fill,
    'fill-opacity': 0.6,
    stroke: WHITE,
    'stroke-width': 0.5,
  });
};

const bandsBetween = (
  sources: readonly Placed[],
  targets: readonly Placed[],
  x: readonly [number, number],
  scale: number,
): string => {
  const ends = targets.map(({ top }) => top);
  return sources
    .flatMap(({ node, top }) => {
      let from = top;
      return node.widths.map((value, i) => {
        const width = value * scale;
        const drawn =
          value === 0 ? '' : band(x, [from, ends[i] ?? 0], width, BANDS[i % BANDS.length] as string);
        from += width;
        ends[i] = (ends[i] ?? 0) + width;
        return drawn;
      });
    })
    .join('');
};

/** The bar of a node with its number and its name, outwards. */
const drawNode = (
  pen: Pen,
  { lines, value, top, height }: Placed,
  x: number,
  side: -1 | 1,
  fill: string,
): string => {
  const bar = element('rect', { x, y: top, width: NODE, height: Math.max(1, height), fill });
  const middle = top + height / 2;
  const anchor = side === 1 ? ('start' as const) : ('end' as const);
  const from = side === 1 ? x + NODE + 6 : x - 6;
  const size = pen.size;
  const bold = { size, weight: 700, fill: INK, anchor } as const;
  const style = { size, fill: INK, anchor } as const;
  if (pen.narrow) {
    const up = (lines.length * LEADING * size) / 2;
    const down = middle + (LEADING * size) / 2;
    return bar + textBlock(from, middle - up, [value], bold) + textBlock(from, down, lines, style);
  }
  const number = textAt(from, middle + MIDDLE * size, value, bold);
  const name = textBlock(from + side * (pen.width1(value, size, 700) + 7), middle, lines, style);
  return bar + number + name;
};

/** What stands between a node's bar and its name. */
const lead = (pen: Pen, node: Node): number =>
  pen.narrow ? 6 : pen.width1(valueOf(pen, node), pen.size, 700) + 13;

const namesOf = (pen: Pen, nodes: readonly Node[], room: number): (readonly string[])[] =>
  nodes.map((node) =>
    wrapText(pen.width1, node.label, {
      width: room - lead(pen, node),
      size: pen.size,
      lines: 4,
    }),
  );

/** What a side takes of the width: its numbers and names. */
const roomOf = (pen: Pen, nodes: readonly Node[], names: readonly (readonly string[])[]): number =>
  Math.ceil(
    Math.max(
      0,
      ...nodes.map((node, i) =>
        Math.max(
          lead(pen, node) + widest(pen.width1, names[i] ?? [], pen.size),
          6 + pen.width1(valueOf(pen, node), pen.size, 700),
        ),
      ),
    ),
  ) + 2;

const widestFlows = (pen: Pen, { sources, targets }: Flow): string => {
  const all = sources.flatMap((source) =>
    source.widths.map((value, i) => ({ value, text: `${source.label} → ${targets[i]?.label ?? ''}` })),
  );
  const flows = all
    .toSorted((a, b) => b.value - a.value)
    .slice(0, 3)
    .filter(({ value }) => value > 0)
    .map(({ text, value }) => `${text} (${numberOf(pen, value)})`);
  return flows.length === 0 ? pen.say('alt.nothing') : pen.say('alt.flows', { flows: flows.join('; ') });
};

const sums = (pen: Pen, nodes: readonly Node[]): string =>
  nodes.map((node) => `${node.label} – ${valueOf(pen, node)}`).join(', ');

/**
 * Bands from the rows of a table to its columns, as wide as the numbers (Sankey 1898). Ends are bars with their names and
 * sums; the cells stand in the table beside the picture.
 */
export const drawFlow = (request: FigureRequest, pen: Pen): Drawing => {
  const { table } = request;
  const across = columnDimension(table);
  const grid = gridOf(table, pen.measure.id, across);
  const flow = flowOf(pen, grid);
  const { sources, targets, others } = flow;
  if (across === undefined || sources.some(({ widths }) => widths.some((w) => w < 0)))
    return problem('figure_not_parts', { table: table.id, measure: pen.measure.id });
  const shown = measureText(pen, request, []);
  const head = heading(pen, `${shown}. ${pen.say('flow')}`, []);
  const left = namesOf(pen, sources, pen.width * (pen.narrow ? 0.34 : 0.28));
  const right = namesOf(pen, targets, pen.width * (pen.narrow ? 0.41 : 0.34));
  const x = [roomOf(pen, sources, left), pen.width - roomOf(pen, targets, right) - NODE] as const;
  const all = total(sources.map(({ sum }) => sum));
  const scale = all === 0 ? 0 : (pen.narrow ? 300 : 330) / all;
  const top = head.height + 12;
  const height = Math.max(sideHeight(pen, sources, left, scale), sideHeight(pen, targets, right, scale));
  const from = place(pen, sources, left, { top, height, scale });
  const to = place(pen, targets, right, { top, height, scale });
  const bands = bandsBetween(from, to, [x[0] + NODE, x[1]], scale);
  const nodes = [
    ...from.map((node) => drawNode(pen, node, x[0], -1, MUTED)),
    ...to.map((node, i) => drawNode(pen, node, x[1], 1, BANDS[i % BANDS.length] as string)),
  ];
  const alt = altText(pen, 'flow', shown, [
    widestFlows(pen, flow),
    pen.say('alt.ends', { from: sums(pen, sources), to: sums(pen, targets) }),
    gapsText(pen, grid),
  ]);
  const notes = others.length === 0 ? [] : [pen.say('note.others', { names: listed(pen, others, 12) })];
  return pen.finish(Math.ceil(top + height + 8), pen.title, alt, head.svg + bands + nodes.join(''), notes);
};
