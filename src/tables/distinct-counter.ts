import type { CodedColumn } from './coded-column.ts';
import type { Layout } from './layout.ts';
import type { Program } from './program.ts';
import { cellIndex, type Space } from './space.ts';
import { type Status, vectorOf } from './status.ts';

/** The place of an inner cell and those of all totals above it. */
const placesAbove = ({ sizes, strides }: Layout, cell: number): Int32Array => {
  let rest = cell;
  const places = [0];
  for (let d = sizes.length - 1; d >= 0; d--) {
    const [size, stride] = [sizes[d] as number, strides[d] as number];
    const at = rest % size;
    rest = Math.floor(rest / size);
    for (const place of places.splice(0)) places.push(place + at * stride, place + size * stride);
  }
  return Int32Array.from(places);
};

const orders = new WeakMap<CodedColumn, Uint32Array>();

/** Rows in the order of their entries (a counting sort); made once for a column and kept with it. */
const rowsByEntry = (column: CodedColumn): Uint32Array => {
  const known = orders.get(column);
  if (known !== undefined) return known;
  const { slots, entries } = column;
  const next = new Uint32Array(entries.length + 1);
  for (let row = 0; row < slots.length; row++) {
    const after = (slots[row] as number) + 1;
    next[after] = (next[after] as number) + 1;
  }
  for (let e = 1; e < next.length; e++) next[e] = (next[e] as number) + (next[e - 1] as number);
  const order = new Uint32Array(slots.length);
  for (let row = 0; row < slots.length; row++) {
    const entry = slots[row] as number;
    const at = next[entry] as number;
    order[at] = row;
    next[entry] = at + 1;
  }
  orders.set(column, order);
  return order;
};

/**
 * Counts the different entries of the rows that are in, at every place. Totals of different cases are not sums, so each place
 * remembers the entry it saw last while the rows come in the order of their entries: one visit a row, however many cases there are.
 * `done` gets the numbers once the last block was read.
 */
export const countDistinct = (
  program: Program,
  space: Space,
  status: Status,
  column: CodedColumn,
  done: (places: Float64Array) => void,
): void => {
  const { data: cells, outside } = cellIndex(program, space);
  const { data, whole } = vectorOf(program, status);
  const { rows } = program.view.table;
  const cellOf = cells instanceof Uint16Array ? new Uint16Array(rows) : new Uint32Array(rows);
  program.steps.push((start, n) => {
    const from = whole ? start : 0;
    for (let i = 0; i < n; i++) cellOf[start + i] = data[from + i] === 1 ? (cells[i] as number) : outside;
  });
  program.endings.push(() => {
    const counts = new Float64Array(space.layout.places);
    const last = new Uint32Array(space.layout.places);
    const above: Int32Array[] = [];
    const { slots } = column;
    for (const row of rowsByEntry(column)) {
      const cell = cellOf[row] as number;
      if (cell === outside) continue;
      const mark = (slots[row] as number) + 1;
      const places = (above[cell] ??= placesAbove(space.layout, cell));
      for (let p = 0; p < places.length; p++) {
        const place = places[p] as number;
        if (last[place] === mark) continue;
        last[place] = mark;
        counts[place] = (counts[place] as number) + 1;
      }
    }
    done(counts);
  });
};
