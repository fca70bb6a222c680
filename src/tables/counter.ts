import type { NumberColumn } from '../snapshot/index.ts';
import type { CodedColumn } from './coded-column.ts';
import { countRows, histogramRows, slotRows, sumRows, tallyRows } from './kernels.ts';
import { withTotals } from './layout.ts';
import type { Program } from './program.ts';
import { cellIndex, type Space } from './space.ts';
import { EVERY, type Status, vectorOf } from './status.ts';

/** What is counted in the cells of a space. Everything a measure asks for is one of these, or is read from one. */
export type What =
  | { readonly kind: 'rows' }
  /** Rows out, in and missing: three numbers a cell. */
  | { readonly kind: 'tally'; readonly status: Status }
  /** Sum over rows that are in, in units of 10^-decimals. */
  | { readonly kind: 'sum'; readonly status: Status; readonly path: string; readonly column: NumberColumn }
  /** Rows by entry of a coding, whatever their status. */
  | {
      readonly kind: 'histogram';
      readonly path: string;
      readonly slots: CodedColumn['slots'];
      readonly count: number;
    }
  /** The same over rows that are in by a status of other columns. */
  | {
      readonly kind: 'filtered';
      readonly status: Status;
      readonly path: string;
      readonly slots: CodedColumn['slots'];
      readonly count: number;
    };

/** A thing counted in a space. `inner` holds `width` numbers a cell once the program has run. */
export interface Counter {
  readonly space: Space;
  readonly what: What;
  readonly width: number;
  readonly inner: Uint32Array | Float64Array;
  /** Instead of `inner`, by cell, where far more is possible than occurs: entry -> rows. */
  readonly sparse?: readonly (Map<number, number> | undefined)[];
}

export const keyOf = (what: What): string => {
  if (what.kind === 'rows') return 'rows';
  if (what.kind === 'histogram') return `histogram ${what.path}`;
  return `${what.kind} ${what.kind === 'tally' ? '' : what.path} ${what.status.key}`;
};

const widthOf = (what: What): number => {
  if (what.kind === 'tally') return 3;
  return what.kind === 'histogram' || what.kind === 'filtered' ? what.count : 1;
};

/** Above this many numbers a counter is kept as a map of what occurs, not as an array of what is possible. */
export const DENSE = 1 << 22;

/** Distinct texts by city: most pairs never occur. */
const sparseCounter = (
  program: Program,
  space: Space,
  what: What & { kind: 'histogram' | 'filtered' },
): Counter => {
  const { data: cells, outside } = cellIndex(program, space);
  const status = vectorOf(program, what.kind === 'filtered' ? what.status : EVERY);
  const sparse: (Map<number, number> | undefined)[] = [];
  const { slots } = what;
  program.steps.push((start, n) => {
    const from = status.whole ? start : 0;
    for (let i = 0; i < n; i++) {
      const cell = cells[i] as number;
      if (status.data[from + i] !== 1 || cell === outside) continue;
      let counts = sparse[cell];
      if (counts === undefined) sparse[cell] = counts = new Map();
      const entry = slots[start + i] as number;
      counts.set(entry, (counts.get(entry) ?? 0) + 1);
    }
  });
  return { space, what, width: what.count, inner: new Uint32Array(), sparse };
};

/** Adds the steps that count. */
export const startCounter = (program: Program, space: Space, what: What): Counter => {
  const { data: cells, outside } = cellIndex(program, space);
  const width = widthOf(what);
  const length = (outside + 1) * width;
  if (length > DENSE && (what.kind === 'histogram' || what.kind === 'filtered'))
    return sparseCounter(program, space, what);
  const counter = (inner: Uint32Array | Float64Array): Counter => ({ space, what, width, inner });
  switch (what.kind) {
    case 'rows': {
      const inner = new Uint32Array(length);
      program.steps.push((_, n) => countRows(inner, cells, n));
      return counter(inner);
    }
    case 'tally': {
      const inner = new Uint32Array(length);
      const status = vectorOf(program, what.status);
      program.steps.push((start, n) => tallyRows(inner, cells, status.data, status.whole ? start : 0, n));
      return counter(inner);
    }
    case 'sum': {
      const inner = new Float64Array(length);
      const status = vectorOf(program, what.status);
      const { values } = what.column;
      program.steps.push((start, n) =>
        sumRows(inner, cells, status.data, status.whole ? start : 0, values, start, n),
      );
      return counter(inner);
    }
    case 'histogram': {
      const inner = new Uint32Array(length);
      const { slots, count } = what;
      program.steps.push((start, n) => slotRows(inner, cells, slots, start, n, count));
      return counter(inner);
    }
    case 'filtered': {
      const inner = new Uint32Array(length);
      const status = vectorOf(program, what.status);
      const { slots, count } = what;
      program.steps.push((start, n) =>
        histogramRows(inner, cells, status.data, status.whole ? start : 0, slots, start, n, count),
      );
      return counter(inner);
    }
  }
};

const totals = new WeakMap<Counter, Float64Array>();

/** A counter with the totals of its dimensions. */
export const totalsOf = (counter: Counter): Float64Array => {
  let found = totals.get(counter);
  if (found === undefined) {
    found = withTotals(counter.inner, counter.space.layout, counter.width);
    totals.set(counter, found);
  }
  return found;
};

/** Visits what was counted in an inner cell: entry (or number of the cell) and how often. */
export const visit = (
  { inner, width, sparse }: Counter,
  cell: number,
  see: (entry: number, count: number) => void,
): void => {
  if (sparse !== undefined) {
    for (const [entry, count] of sparse[cell] ?? []) see(entry, count);
    return;
  }
  for (let e = 0, at = cell * width; e < width; e++, at++) {
    const count = inner[at] as number;
    if (count !== 0) see(e, count);
  }
};

/** A narrower counter from a wider one: for each list of weights, the sum of counts times weights. */
export const weighed = (counter: Counter, weights: readonly Float64Array[]): Counter => {
  const cells = counter.space.layout.sizes.reduce((a, b) => a * b, 1);
  const width = weights.length;
  const inner = new Float64Array(cells * width);
  for (let cell = 0; cell < cells; cell++)
    visit(counter, cell, (entry, count) => {
      for (let w = 0; w < width; w++)
        (inner[cell * width + w] as number) += count * ((weights[w] as Float64Array)[entry] as number);
    });
  return { space: counter.space, what: counter.what, width, inner };
};
