/**
 * Cells with their totals. A dimension of s groups has s + 1 places, the last one its total; a place list is row-major,
 * as cells are. Counting touches the inner cells only; totals are folded from them, so that they cannot disagree.
 */
export interface Layout {
  readonly sizes: readonly number[];
  /** Number of places, totals included. */
  readonly places: number;
  /** Steps from one group to the next, in the place list. */
  readonly strides: readonly number[];
  /** Inner cells under a place: one, or all those that a total sums. */
  inner(place: number): readonly number[];
}

const stridesOf = (sizes: readonly number[]): readonly number[] => {
  const strides: number[] = [];
  let stride = 1;
  for (const size of sizes.toReversed()) {
    strides.unshift(stride);
    stride *= size;
  }
  return strides;
};

export const layoutOf = (sizes: readonly number[]): Layout => {
  const wide = sizes.map((s) => s + 1);
  const strides = stridesOf(wide);
  const innerStrides = stridesOf(sizes);
  const inner = (place: number): readonly number[] =>
    sizes.reduce<readonly number[]>(
      (cells, size, d) => {
        const at = Math.floor(place / (strides[d] as number)) % (size + 1);
        const stride = innerStrides[d] as number;
        if (at < size) return cells.map((c) => c + at * stride);
        return cells.flatMap((c) => Array.from({ length: size }, (_, g) => c + g * stride));
      },
      [0],
    );
  return { sizes, places: wide.reduce((a, b) => a * b, 1), strides, inner };
};

/** Copies inner cells to their places, dimension by dimension. Returns the next inner cell. */
const copyInner = (
  inner: Uint32Array | Float64Array,
  to: Float64Array,
  d: number,
  cell: number,
  place: number,
  layout: Pick<Layout, 'sizes' | 'strides'>,
  width: number,
): number => {
  const size = layout.sizes[d];
  if (size === undefined) {
    for (let w = 0; w < width; w++) to[place * width + w] = inner[cell * width + w] as number;
    return cell + 1;
  }
  let next = cell;
  for (let g = 0; g < size; g++)
    next = copyInner(inner, to, d + 1, next, place + g * (layout.strides[d] as number), layout, width);
  return next;
};

/** Sums of inner cells at every place; `width` numbers a cell. Integers below 2^53 stay exact in a double. */
export const withTotals = (
  inner: Uint32Array | Float64Array,
  { sizes, places, strides }: Layout,
  width: number,
): Float64Array => {
  const to = new Float64Array(places * width);
  copyInner(inner, to, 0, 0, 0, { sizes, strides }, width);
  // One dimension after the other: its total is the sum over its groups, totals of earlier dimensions included.
  for (const [d, size] of sizes.entries()) {
    const stride = (strides[d] as number) * width;
    const span = stride * (size + 1);
    for (let from = 0; from < to.length; from += span)
      for (let offset = 0; offset < stride; offset++) {
        let sum = 0;
        for (let g = 0; g < size; g++) sum += to[from + g * stride + offset] as number;
        to[from + size * stride + offset] = sum;
      }
  }
  return to;
};
