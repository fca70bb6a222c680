import { ABSENT, type Fill, INK, MUTED, outline } from './palette.ts';
import type { Pen } from './pen.ts';
import { element, LEADING, textAt, textBlock } from './svg.ts';
import { wrapText } from './wrap-text.ts';

/** A piece of a picture with the height it takes. */
export interface Part {
  readonly svg: string;
  readonly height: number;
}

export interface LegendEntry {
  readonly text: string;
  readonly fill: Fill;
  /** A dot on a line instead of a square: filled (computed) or hollow (as published). */
  readonly dot?: 'filled' | 'hollow';
}

const SWATCH = 13;

/** A filled rectangle in a filling, outlined where it is too light to see. */
export const patch = (
  pen: Pen,
  fill: Fill,
  box: { x: number; y: number; width: number; height: number },
): string =>
  element('rect', {
    ...box,
    fill: pen.fill(fill),
    stroke: outline(fill),
    'stroke-width': outline(fill) === undefined ? undefined : 0.75,
    'stroke-dasharray': fill === ABSENT ? '2 2' : undefined,
  });

export const dotAt = (x: number, y: number, colour: string, hollow: boolean): string =>
  element('circle', {
    cx: x,
    cy: y,
    r: 3.5,
    fill: hollow ? '#ffffff' : colour,
    stroke: colour,
    'stroke-width': 1.75,
  });

const mark = (pen: Pen, { fill, dot }: LegendEntry, x: number, middle: number): string =>
  dot === undefined
    ? patch(pen, fill, { x: x + 0.5, y: middle - SWATCH / 2, width: SWATCH, height: SWATCH })
    : element('path', { d: `M${x} ${middle}h${SWATCH + 1}`, stroke: fill.ground, 'stroke-width': 2 }) +
      dotAt(x + (SWATCH + 1) / 2, middle, fill.ground, dot === 'hollow');

/** Entries side by side, as many in a line as their real widths allow. */
export const legend = (pen: Pen, entries: readonly LegendEntry[], top: number): Part => {
  const { size } = pen;
  const line = size * 1.6;
  let [x, y] = [0, top];
  let svg = '';
  for (const entry of entries) {
    const lines = wrapText(pen.width1, entry.text, { width: pen.width - SWATCH - 8, size, lines: 3 });
    const wide = SWATCH + 7 + Math.max(...lines.map((l) => pen.width1(l, size)));
    if (x > 0 && x + wide > pen.width) [x, y] = [0, y + line];
    svg += mark(pen, entry, x, y + line / 2);
    lines.forEach((text, i) => {
      svg += textAt(x + SWATCH + 7, y + line / 2 + size * 0.357 + i * LEADING * size, text, {
        size,
        fill: INK,
      });
    });
    y += (lines.length - 1) * LEADING * size;
    x += wide + 18;
  }
  return { svg, height: entries.length === 0 ? 0 : y + line - top + 6 };
};

/** What the values are, above the picture, and its legend. */
export const heading = (pen: Pen, text: string, entries: readonly LegendEntry[]): Part => {
  const lines = wrapText(pen.width1, text, { width: pen.width, size: pen.size, lines: 3 });
  const height = lines.length * LEADING * pen.size;
  const title = textBlock(0, height / 2, lines, { size: pen.size, fill: MUTED });
  const below = legend(pen, entries, height + 6);
  return { svg: title + below.svg, height: height + 6 + below.height };
};
