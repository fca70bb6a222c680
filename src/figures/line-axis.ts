import { displayNumber } from '../tables/index.ts';
import type { Grid } from './grid.ts';
import type { Break, Chart } from './line-parts.ts';
import { INK, MUTED, RULE, WHITE } from './palette.ts';
import type { Pen } from './pen.ts';
import type { Scale } from './scale.ts';
import { element, LEADING, MIDDLE, textAt } from './svg.ts';
import { widest, wrapText } from './wrap-text.ts';

export interface Axis {
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
  const texts = steps.map((step) => displayNumber(pen.language, step.toFixed(decimals)));
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

/** A dashed rule across a plane where a series breaks. */
export const breakRule = (x: number, from: number, to: number): string =>
  element('path', {
    d: `M${x.toFixed(1)} ${from.toFixed(1)}V${to.toFixed(1)}`,
    stroke: MUTED,
    'stroke-width': 1,
    'stroke-dasharray': '4 3',
  });

/** Breaks of the same kind next to each other are named once, at the last of them. */
const named = (breaks: readonly Break[]): readonly (readonly Break[])[] => {
  const groups: Break[][] = [];
  for (const one of breaks) {
    const last = groups.at(-1);
    if (last?.[0]?.text === one.text) last.push(one);
    else groups.push([one]);
  }
  return groups;
};

/** Break rules with their words above the plane: each on lines of its own, on the side where there is more room. */
export const drawBreaks = (
  pen: Pen,
  axis: Axis,
  breaks: readonly Break[],
  top: number,
): { readonly height: number; draw(chart: Chart): string } => {
  const size = pen.small;
  let y = top;
  const placed = named(breaks).map((group) => {
    const xs = group.map(({ at }) => axis.x(at - 0.5));
    const [first = 0, last = 0] = [xs[0], xs.at(-1)];
    const toRight = pen.width - last >= first;
    const x = toRight ? last : first;
    const width = Math.min((toRight ? pen.width - x : x) - 8, 320);
    const lines = wrapText(pen.width1, group[0]?.text ?? '', { width, size, lines: 4 });
    const from = y;
    y += lines.length * LEADING * size + 4;
    return { x, xs, toRight, lines, from };
  });
  const words = placed.map(({ x, toRight, lines, from }) => {
    const wide = widest(pen.width1, lines, size) + 4;
    const height = lines.length * LEADING * size;
    // The words of a later break may cross the rule of an earlier one: they lie on white.
    const ground = element('rect', {
      x: toRight ? x + 4 : x - 4 - wide,
      y: from,
      width: wide,
      height,
      fill: WHITE,
    });
    const texts = lines.map((line, i) =>
      textAt(x + (toRight ? 6 : -6), from + (i + 0.8) * LEADING * size, line, {
        size,
        fill: MUTED,
        anchor: toRight ? 'start' : 'end',
      }),
    );
    return ground + texts.join('');
  });
  const draw = ({ bottom }: Chart): string =>
    placed.flatMap(({ xs, from }) => xs.map((x) => breakRule(x, from, bottom))).join('') + words.join('');
  return { height: y - top, draw };
};
