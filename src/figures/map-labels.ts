import { type Box, candidates, centred, type Outline, overlaps, placeFor } from './label-place.ts';
import { fillOf, type MapValues } from './map-values.ts';
import { ABSENT, INK, quietGround, textOn, WHITE, WITHHELD } from './palette.ts';
import { amount, type Pen } from './pen.ts';
import { element, MIDDLE, textAt } from './svg.ts';

/** A unit on the page: an outline, or the middle of a mark where its area is too small to be seen. */
export interface Placed {
  readonly unit: string;
  readonly name: string;
  readonly text: string;
  /** Middle of the mark, for units drawn as points. */
  readonly point?: readonly [number, number];
  readonly outline: Outline;
}

/** A small unit: a pill with its value, its name to the right; returns the boxes they take. */
export const drawMark = (
  pen: Pen,
  values: MapValues,
  { unit, name, text, point = [0, 0] }: Placed,
): { svg: string; boxes: Box[] } => {
  const size = pen.small;
  const height = size + 6;
  const width = Math.max(height, pen.width1(text, size, 700) + 10);
  const [x, y] = point;
  const fill = fillOf(values, pen, unit);
  const solid = fill !== WITHHELD && fill !== ABSENT;
  const box = centred([x, y], width, height);
  const outline = element('rect', {
    ...box,
    rx: height / 2,
    fill: pen.fill(fill),
    stroke: INK,
    'stroke-width': 1.25,
  });
  const quiet = solid ? quietGround(fill) : undefined;
  const under = { ...centred([x, y], pen.width1(text, size, 700) + 4, height - 4), fill: quiet };
  const pill = outline + (quiet === undefined ? '' : element('rect', under));
  const value = textAt(x, y + MIDDLE * size, text, {
    size,
    weight: 700,
    fill: solid ? textOn(fill.ground) : INK,
    anchor: 'middle',
  });
  if (pen.narrow) return { svg: pill + value, boxes: [box] };
  const label = {
    x: box.x + width + 3,
    y: y - size / 2 - 1,
    width: pen.width1(name, size) + 2,
    height: size + 2,
  };
  const outside = label.x + label.width > pen.width;
  const at = outside ? { ...label, x: box.x - 5 - label.width } : label;
  const halo = element('rect', { ...at, fill: WHITE, 'fill-opacity': 0.8 });
  return {
    svg: pill + value + halo + textAt(at.x + 1, y + MIDDLE * size, name, { size, fill: INK }),
    boxes: [box, at],
  };
};

/** Name and value inside the outline, or the value alone where there is no room for both. */
export const drawLabel = (
  pen: Pen,
  values: MapValues,
  { unit, name, text, outline }: Placed,
  taken: Box[],
): string => {
  const size = pen.small;
  const fill = fillOf(values, pen, unit);
  const colour = fill === WITHHELD || fill === ABSENT ? INK : textOn(fill.ground);
  const style = { fill: colour, anchor: 'middle' } as const;
  const points = candidates(outline);
  const wide = pen.width1(text, size + 1, 700);
  // Words on a hatch are read on a quiet ground.
  const quiet = quietGround(fill);
  const ground = (box: Box) => (quiet === undefined ? '' : element('rect', { ...box, fill: quiet }));
  for (const nameSize of pen.narrow ? [9.5] : [size, size - 1.5]) {
    const width = Math.max(pen.width1(name, nameSize), wide) + 4;
    const at = placeFor(points, outline, width, size * 2.4, taken);
    if (at === undefined) continue;
    const box = centred(at, width, size * 2.4);
    taken.push(box);
    const [x, y] = at;
    const value = textAt(x, y + size * 0.95, text, { ...style, size: size + 1, weight: 700 });
    return ground(box) + textAt(x, y - size * 0.25, name, { ...style, size: nameSize }) + value;
  }
  // A dash without a name says nothing that the filling does not say.
  if (amount(values.cells.get(unit)) === undefined) return '';
  const clear = (point: readonly [number, number]): boolean =>
    !taken.some((other) => overlaps(centred(point, wide + 2, size * 1.2), other));
  // A value rather crosses its border than lies under the mark of another unit.
  const at = placeFor(points, outline, wide + 2, size * 1.2, taken) ?? points.find(clear) ?? points[0];
  if (at === undefined) return '';
  const box = centred(at, wide + 4, size * 1.3);
  taken.push(box);
  return (
    ground(box) + textAt(at[0], at[1] + MIDDLE * (size + 1), text, { ...style, size: size + 1, weight: 700 })
  );
};
