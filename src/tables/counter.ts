import type { NumberColumn } from '../snapshot/index.ts';
import { type CodedColumn, magnitude } from './coded-column.ts';
import {
  addLanes,
  countRows,
  histogramRows,
  slotRows,
  sumRows,
  sumSmall,
  tallyRows,
} from './count-kernels.ts';
import { countDistinct } from './distinct-counter.ts';
import { withTotals } from './layout.ts';
import type { Program, Step } from './program.ts';
import { cellIndex, type Space } from './space.ts';
import { type Coding, EVERY, type Status, slotsOf, vectorOf } from './status.ts';

/** What is counted in the cells of a space. Everything a measure asks for is one of these, or is read from one. */
export type What =
  | { readonly kind: 'rows' }
  /** Rows out, in and missing: three numbers a cell. */
  | { readonly kind: 'tally'; readonly status: Status }
  /** Sum over rows that are in, in units of 10^-decimals. */
  | { readonly kind: 'sum'; readonly status: Status; readonly path: string; readonly column: NumberColumn }
  /** Rows by entry of a coding, whatever their status. */
  | { readonly kind: 'histogram'; readonly coding: Coding }
  /** Different entries among the rows that are in. */
  | {
      readonly kind: 'distinct';
      readonly status: Status;
      readonly path: string;
      readonly column: CodedColumn;
    }
  /** The same as a histogram over rows that are in by a status of other columns. */
  | { readonly kind: 'filtered'; readonly status: Status; readonly coding: Coding };

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
  switch (what.kind) {
    case 'rows':
      return 'rows';
    case 'tally':
      return `tally ${what.status.key}`;
    case 'sum':
      return `sum ${what.path} ${what.status.key}`;
    case 'histogram':
      return `histogram ${what.coding.key}`;
    case 'distinct':
      return `distinct ${what.path} ${what.status.key}`;
    case 'filtered':
      return `filtered ${what.coding.key} ${what.status.key}`;
  }
};

const widthOf = (what: What): number => {
  if (what.kind === 'tally') return 3;
  return what.kind === 'histogram' || what.kind === 'filtered' ? what.coding.count : 1;
};

/** Above this many numbers a counter is kept as a map of what occurs, not as an array of what is possible. */
export const DENSE = 1 << 22;

/** Sums below this stay whole in 32 bits. */
const SMALL_SUMS = 2 ** 31;

/** Counters up to this size have four lanes; they stay in the first-level cache. */
const FEW = 4096;

/** Distinct texts by city: most pairs never occur. */
const sparseCounter = (
  program: Program,
  space: Space,
  what: What & { kind: 'histogram' | 'filtered' },
): Counter => {
  const { data: cells, outside } = cellIndex(program, space);
  const status = vectorOf(program, what.kind === 'filtered' ? what.status : EVERY);
  const sparse: (Map<number, number> | undefined)[] = [];
  const slots = slotsOf(program, what.coding);
  program.steps.push((start, n) => {
    const from = status.whole ? start : 0;
    const first = slots.whole ? start : 0;
    for (let i = 0; i < n; i++) {
      const cell = cells[i] as number;
      if (status.data[from + i] !== 1 || cell === outside) continue;
      let counts = sparse[cell];
      if (counts === undefined) sparse[cell] = counts = new Map();
      const entry = slots.data[first + i] as number;
      counts.set(entry, (counts.get(entry) ?? 0) + 1);
    }
  });
  return { space, what, width: what.coding.count, inner: new Uint32Array(), sparse };
};

/** Numbers of counters at every place. */
const totals = new WeakMap<Counter, Float64Array>();

/** Adds the steps that count. */
export const startCounter = (program: Program, space: Space, what: What): Counter => {
  if (what.kind === 'distinct') {
    const made: Counter = { space, what, width: 1, inner: new Uint32Array() };
    countDistinct(program, space, what.status, what.column, (places) => totals.set(made, places));
    return made;
  }
  const { data: cells, outside } = cellIndex(program, space);
  const width = widthOf(what);
  const length = (outside + 1) * width;
  if (length > DENSE && (what.kind === 'histogram' || what.kind === 'filtered'))
    return sparseCounter(program, space, what);
  const lane = length <= FEW ? length : 0;
  const counter = <S extends Uint32Array | Float64Array>(inner: S, step: (into: S) => Step): Counter => {
    program.steps.push(step(inner));
    if (lane > 0) program.endings.push(() => addLanes(inner, lane));
    return { space, what, width, inner };
  };
  const size = lane > 0 ? 4 * lane : length;
  const whole = (): Uint32Array => new Uint32Array(size);
  if (what.kind === 'rows') return counter(whole(), (into) => (_, n) => countRows(into, cells, n, lane));
  if (what.kind === 'histogram') {
    const { data: slots, whole: all } = slotsOf(program, what.coding);
    return counter(
      whole(),
      (into) => (start, n) => slotRows(into, cells, slots, all ? start : 0, n, width, lane),
    );
  }
  const { data, whole: all } = vectorOf(program, what.status);
  if (what.kind === 'tally')
    return counter(whole(), (into) => (start, n) => tallyRows(into, cells, data, all ? start : 0, n, lane));
  if (what.kind === 'sum') {
    const { values } = what.column;
    const largest = (magnitude(what.column) * (program.view.table.rows + 4 * program.block)) / 4;
    if (lane > 0 && largest < SMALL_SUMS && values instanceof Int32Array && cells instanceof Uint16Array) {
      const [small, inner] = [new Int32Array(size), new Float64Array(lane)];
      program.steps.push((start, n) => sumSmall(small, cells, data, all ? start : 0, values, start, n, lane));
      program.endings.push(() => addLanes(small, lane, inner));
      return { space, what, width, inner };
    }
    return counter(
      new Float64Array(size),
      (into) => (start, n) => sumRows(into, cells, data, all ? start : 0, values, start, n, lane),
    );
  }
  const slots = slotsOf(program, what.coding);
  return counter(
    whole(),
    (into) => (start, n) =>
      histogramRows(into, cells, data, all ? start : 0, slots.data, slots.whole ? start : 0, n, width),
  );
};

/** A counter with the totals of its dimensions. */
export const totalsOf = (counter: Counter): Float64Array => {
  let found = totals.get(counter);
  if (found === undefined) {
    found = withTotals(counter.inner, counter.space.layout, counter.width);
    totals.set(counter, found);
  }
  return found;
};

/** Adds what was counted in an inner cell, by entry; entries beyond the end of `to` (gaps) are left out. */
export const addCounts = ({ inner, width, sparse }: Counter, cell: number, to: Float64Array): void => {
  if (sparse !== undefined) {
    for (const [entry, count] of sparse[cell] ?? []) if (entry < to.length) (to[entry] as number) += count;
    return;
  }
  for (let e = 0, at = cell * width; e < to.length; e++, at++) (to[e] as number) += inner[at] as number;
};

const cellsOf = ({ space }: Counter): number => space.layout.sizes.reduce((a, b) => a * b, 1);

/** A narrower counter from one by entry: the sum of counts times weights. */
export const weighed = (counter: Counter, weights: Float64Array): Counter => {
  const { inner, sparse, width } = counter;
  const to = new Float64Array(cellsOf(counter));
  for (let cell = 0; cell < to.length; cell++) {
    let sum = 0;
    if (sparse !== undefined)
      for (const [entry, count] of sparse[cell] ?? []) sum += count * (weights[entry] as number);
    else
      for (let e = 0, i = cell * width; e < width; e++, i++) {
        const count = inner[i] as number;
        if (count !== 0) sum += count * (weights[e] as number);
      }
    to[cell] = sum;
  }
  return { space: counter.space, what: counter.what, width: 1, inner: to };
};

/** A counter by status (out, in, missing) from one by entry; `classes` gives the status of each entry. */
export const classed = (counter: Counter, classes: Uint8Array): Counter => {
  const { inner, sparse, width } = counter;
  const to = new Float64Array(cellsOf(counter) * 3);
  for (let cell = 0, at = 0; at < to.length; cell++, at += 3) {
    if (sparse !== undefined)
      for (const [entry, count] of sparse[cell] ?? [])
        (to[at + (classes[entry] as number)] as number) += count;
    else
      for (let e = 0, i = cell * width; e < width; e++, i++) {
        const count = inner[i] as number;
        if (count !== 0) (to[at + (classes[e] as number)] as number) += count;
      }
  }
  return { space: counter.space, what: counter.what, width: 3, inner: to };
};
