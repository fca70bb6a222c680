/** Where a label stands inside an outline on the page: far from the edges, clear of what is already there. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
type Point = readonly [number, number];
export type Outline = readonly Point[];

export const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

export const boxOf = (outline: Outline): Box => {
  const [xs, ys] = [outline.map(([x]) => x), outline.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
};

export const centred = ([x, y]: Point, width: number, height: number): Box => ({
  x: x - width / 2,
  y: y - height / 2,
  width,
  height,
});

/** An outline without the points that lie closer to the last than a label would notice (pixels). */
export const thinned = (outline: Outline, apart = 1): Outline => {
  const kept: Point[] = [];
  for (const point of outline) {
    const last = kept.at(-1);
    if (last === undefined || Math.hypot(point[0] - last[0], point[1] - last[1]) >= apart) kept.push(point);
  }
  return kept;
};

const inside = ([px, py]: Point, outline: Outline): boolean => {
  let within = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [[x1, y1], [x2, y2]] = [outline[i] as Point, outline[j] as Point];
    if (y1 > py !== y2 > py && px < ((x2 - x1) * (py - y1)) / (y2 - y1) + x1) within = !within;
  }
  return within;
};

const distance = ([px, py]: Point, outline: Outline): number => {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [[x1, y1], [x2, y2]] = [outline[i] as Point, outline[j] as Point];
    const [dx, dy] = [x2 - x1, y2 - y1];
    const t = Math.min(1, Math.max(0, ((px - x1) * dx + (py - y1) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, (px - x1 - t * dx) ** 2 + (py - y1 - t * dy) ** 2);
  }
  return Math.sqrt(least);
};

const corners = ({ x, y, width, height }: Box): Point[] => [
  [x, y],
  [x + width / 2, y],
  [x + width, y],
  [x, y + height],
  [x + width / 2, y + height],
  [x + width, y + height],
];

/** Points of a grid inside the outline, the one farthest from every edge first. */
export const candidates = (outline: Outline): readonly Point[] => {
  const { x, y, width, height } = boxOf(outline);
  const points: [Point, number][] = [];
  for (let i = 1; i < 28; i++)
    for (let j = 1; j < 20; j++) {
      const point: Point = [x + (width * i) / 28, y + (height * j) / 20];
      // Room to the sides counts more than above and below: labels are wide.
      if (inside(point, outline)) points.push([point, distance(point, outline)]);
    }
  return points.toSorted((a, b) => b[1] - a[1]).map(([point]) => point);
};

/** The first candidate whose box lies inside the outline and clear of others; undefined when there is no room. */
export const placeFor = (
  points: readonly Point[],
  outline: Outline,
  width: number,
  height: number,
  taken: readonly Box[],
): Point | undefined =>
  points.find((point) => {
    const box = centred(point, width, height);
    return (
      corners(box).every((corner) => inside(corner, outline)) && !taken.some((other) => overlaps(box, other))
    );
  });
