import type { CodedColumn } from './coded-column.ts';
import { type Layout, withTotals } from './layout.ts';
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

/** The rows of a column by how often their entry occurs. */
interface Occurrences {
  /** For each row 1 when no other row has its entry. */
  readonly once: Uint8Array;
  /** The other rows, in the order of their entries, and beside them these entries. */
  readonly rows: Uint32Array;
  readonly entries: Uint32Array;
}

const known = new WeakMap<CodedColumn, Occurrences>();

/** Made once for a column (a counting sort) and kept with it. */
const occurrencesOf = (column: CodedColumn): Occurrences => {
  const before = known.get(column);
  if (before !== undefined) return before;
  const { slots } = column;
  const times = new Uint32Array(column.entries.length);
  for (let row = 0; row < slots.length; row++) (times[slots[row] as number] as number)++;
  const once = new Uint8Array(slots.length);
  const next = new Uint32Array(times.length);
  let repeated = 0;
  for (const [entry, n] of times.entries()) {
    next[entry] = repeated;
    if (n > 1) repeated += n;
  }
  const [rows, entries] = [new Uint32Array(repeated), new Uint32Array(repeated)];
  for (let row = 0; row < slots.length; row++) {
    const entry = slots[row] as number;
    if (times[entry] === 1) once[row] = 1;
    else {
      const at = next[entry] as number;
      next[entry] = at + 1;
      rows[at] = row;
      entries[at] = entry;
    }
  }
  const made = { once, rows, entries };
  known.set(column, made);
  return made;
};

/** Up to this many pairs of cell and entry are marked one by one. */
const FEW_PAIRS = 1 << 12;

/** A few entries, as outlets of materials: mark which ones a cell has; a total has those of its cells. */
const markPairs = (
  program: Program,
  space: Space,
  status: Status,
  { slots, entries }: CodedColumn,
): (() => Float64Array) => {
  const { data: cells, outside } = cellIndex(program, space);
  const { data, whole } = vectorOf(program, status);
  const width = entries.length;
  const marks = new Uint32Array((outside + 1) * width);
  program.steps.push((start, n) => {
    const from = whole ? start : 0;
    for (let i = 0; i < n; i++) {
      const at = (cells[i] as number) * width + (slots[start + i] as number);
      marks[at] = (marks[at] as number) | ((data[from + i] as number) & 1);
    }
  });
  return () => {
    const all = withTotals(marks, space.layout, width);
    const counts = new Float64Array(space.layout.places);
    for (let at = 0; at < all.length; at++) if (all[at] !== 0) (counts[Math.floor(at / width)] as number)++;
    return counts;
  };
};

/**
 * Many entries, as court cases of incidents. Most occur in one row, and such rows add up as rows do. The others come in the
 * order of their entries, and each place remembers the entry it saw last: one visit a row, however many entries there are.
 */
const visitRows = (
  program: Program,
  space: Space,
  status: Status,
  column: CodedColumn,
): (() => Float64Array) => {
  const { data: cells, outside } = cellIndex(program, space);
  const { data, whole } = vectorOf(program, status);
  const { once, rows, entries } = occurrencesOf(column);
  const total = program.view.table.rows;
  const cellOf = cells instanceof Uint16Array ? new Uint16Array(total) : new Uint32Array(total);
  const alone = new Uint32Array(outside + 1);
  program.steps.push((start, n) => {
    const from = whole ? start : 0;
    for (let i = 0; i < n; i++) {
      const cell = outside + ((cells[i] as number) - outside) * ((data[from + i] as number) & 1);
      cellOf[start + i] = cell;
      alone[cell] = (alone[cell] as number) + (once[start + i] as number);
    }
  });
  return () => {
    const counts = withTotals(alone, space.layout, 1);
    const last = new Uint32Array(counts.length);
    const above: Int32Array[] = [];
    for (let i = 0; i < rows.length; i++) {
      const cell = cellOf[rows[i] as number] as number;
      if (cell === outside) continue;
      const mark = (entries[i] as number) + 1;
      const places = (above[cell] ??= placesAbove(space.layout, cell));
      for (let p = 0; p < places.length; p++) {
        const place = places[p] as number;
        if (last[place] === mark) continue;
        last[place] = mark;
        counts[place] = (counts[place] as number) + 1;
      }
    }
    return counts;
  };
};

/**
 * Counts the different entries of the rows that are in, at every place: totals of different entries are not their sums.
 * `done` gets the numbers once the last block was read.
 */
export const countDistinct = (
  program: Program,
  space: Space,
  status: Status,
  column: CodedColumn,
  done: (places: Float64Array) => void,
): void => {
  const pairs = space.layout.places * column.entries.length;
  const counted = pairs <= FEW_PAIRS ? markPairs : visitRows;
  const result = counted(program, space, status, column);
  program.endings.push(() => done(result()));
};
