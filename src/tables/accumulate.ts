import type { NumberColumn } from '../snapshot/index.ts';
import { magnitude, type CodedColumn } from './coded-column.ts';
import type { DimensionPlan } from './dimension-plan.ts';
import {
  addIndex,
  AND,
  countRows,
  histogramRows,
  lookUpIndex,
  maskIndex,
  sumRows,
  tallyRows,
} from './kernels.ts';
import { combine, everyRow, lookUp, type Bytes, type Program } from './program.ts';

/** The cell of every row of a block: row-major over the groups of the dimensions; rows outside go to `size`. */
export interface CellIndex {
  readonly key: string;
  readonly data: Uint16Array | Uint32Array;
  readonly size: number;
}

const indexArray = (length: number, size: number): Uint16Array | Uint32Array =>
  size < 0xffff ? new Uint16Array(length) : new Uint32Array(length);

const kept = (
  program: Program,
  dimensions: readonly DimensionPlan[],
  where: Bytes | undefined,
): Bytes | undefined =>
  dimensions.reduce<Bytes | undefined>((truth, d) => {
    if (!d.groupOf.includes(-1)) return truth;
    const lut = Uint8Array.from(d.groupOf, (group) => (group < 0 ? 0 : 1));
    const keeps = lookUp(program, `keeps ${d.key}`, d.coded.slots, lut);
    return truth === undefined ? keeps : combine(program, 'and', truth, keeps, AND);
  }, where);

const dimensionIndex = (program: Program, dimensions: readonly DimensionPlan[], size: number): CellIndex => {
  const last = dimensions.at(-1);
  const key = `cells ${dimensions.map((d) => d.key).join(' × ')}`;
  return program.once(key, () => {
    const data = indexArray(program.block, size);
    let stride = size;
    for (const [i, d] of dimensions.entries()) {
      stride /= d.groups.length;
      const lut = indexArray(d.groupOf.length, size);
      for (const [entry, group] of d.groupOf.entries()) lut[entry] = Math.max(0, group) * stride;
      const { slots } = d.coded;
      if (i === 0) program.steps.push((start, n) => lookUpIndex(data, slots, start, n, lut));
      else program.steps.push((start, n) => addIndex(data, data, slots, start, n, lut));
    }
    return { key, data: last === undefined ? data.fill(0) : data, size };
  });
};

/** Cells of a table: its dimensions and its condition. Tables with the same ones share it, and all that is counted on it. */
export const cellIndex = (
  program: Program,
  dimensions: readonly DimensionPlan[],
  where: Bytes | undefined,
): CellIndex => {
  const size = dimensions.reduce((product, d) => product * d.groups.length, 1);
  const base = dimensionIndex(program, dimensions, size);
  const truth = kept(program, dimensions, where);
  if (truth === undefined) return base;
  const key = `${base.key} where ${truth.key}`;
  return program.once(key, () => {
    const data = indexArray(program.block, size);
    program.steps.push((start, n) =>
      maskIndex(data, base.data, truth.data, truth.whole ? start : 0, n, size),
    );
    return { key, data, size };
  });
};

/** Rows of each cell. Filled when the program has run, as all that follow. */
export const rowsOf = (program: Program, cells: CellIndex): Uint32Array =>
  program.once(`rows ${cells.key}`, () => {
    const into = new Uint32Array(cells.size + 1);
    program.steps.push((_, n) => countRows(into, cells.data, n));
    return into;
  });

/** Rows of each cell out, in and missing: three numbers a cell. */
export const tallyOf = (program: Program, cells: CellIndex, status: Bytes): Uint32Array =>
  program.once(`tally ${cells.key} ${status.key}`, () => {
    const into = new Uint32Array((cells.size + 1) * 3);
    program.steps.push((start, n) => tallyRows(into, cells.data, status.data, status.whole ? start : 0, n));
    return into;
  });

/** Do sums of this column stay exact in a double, whatever the rows? Else they are folded from a histogram in BigInt. */
export const sumsExactly = (program: Program, column: NumberColumn): boolean =>
  magnitude(column) * program.view.table.rows < Number.MAX_SAFE_INTEGER;

/** Sum over the rows of each cell that are in, in units of 10^-decimals. */
export const sumOf = (
  program: Program,
  cells: CellIndex,
  status: Bytes | undefined,
  path: string,
  column: NumberColumn,
): Float64Array => {
  const rows = status ?? everyRow(program);
  return program.once(`sum ${path} ${cells.key} ${rows.key}`, () => {
    const into = new Float64Array(cells.size + 1);
    program.steps.push((start, n) =>
      sumRows(into, cells.data, rows.data, rows.whole ? start : 0, column.values, start, n),
    );
    return into;
  });
};

/** How often each entry of a coded column stands in the rows of a cell that are in. */
export interface Histogram {
  /** Entry and count, ascending by entry, over several cells together. */
  over(cells: readonly number[]): readonly (readonly [entry: number, count: number])[];
}

/** Above this many slots a histogram is kept as sorted pairs, not as an array over all that is possible. */
const DENSE = 1 << 21;

export const histogramOf = (
  program: Program,
  cells: CellIndex,
  status: Bytes | undefined,
  path: string,
  coded: CodedColumn,
): Histogram => {
  const rows = status ?? everyRow(program);
  return program.once(`histogram ${path} ${cells.key} ${rows.key}`, () =>
    (cells.size + 1) * (coded.entries.length + 1) <= DENSE
      ? denseHistogram(program, cells, rows, coded)
      : sparseHistogram(program, cells, rows, coded),
  );
};

const denseHistogram = (
  program: Program,
  cells: CellIndex,
  rows: Bytes,
  { slots, entries, values }: CodedColumn,
): Histogram => {
  const width = entries.length + 1;
  const into = new Uint32Array((cells.size + 1) * width);
  program.steps.push((start, n) =>
    histogramRows(into, cells.data, rows.data, rows.whole ? start : 0, slots, start, n, entries.length),
  );
  return {
    over: (chosen) => {
      const sum = new Float64Array(values);
      for (const cell of chosen)
        for (let e = 0; e < values; e++) (sum[e] as number) += into[cell * width + e] as number;
      const found: [number, number][] = [];
      for (const [entry, count] of sum.entries()) if (count > 0) found.push([entry, count]);
      return found;
    },
  };
};

const sparseHistogram = (
  program: Program,
  cells: CellIndex,
  rows: Bytes,
  { slots, values }: CodedColumn,
): Histogram => {
  const byCell: Map<number, number>[] = [];
  program.steps.push((start, n) => {
    const from = rows.whole ? start : 0;
    for (let i = 0; i < n; i++) {
      const cell = cells.data[i] as number;
      const entry = slots[start + i] as number;
      if (rows.data[from + i] !== 1 || entry >= values || cell === cells.size) continue;
      const counts = (byCell[cell] ??= new Map());
      counts.set(entry, (counts.get(entry) ?? 0) + 1);
    }
  });
  return {
    over: (chosen) => {
      const sum = new Map<number, number>();
      for (const cell of chosen)
        for (const [e, count] of byCell[cell] ?? []) sum.set(e, (sum.get(e) ?? 0) + count);
      return [...sum].sort(([a], [b]) => a - b);
    },
  };
};
