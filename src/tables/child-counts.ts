import type { SnapshotTable } from '../snapshot/index.ts';
import { slotsFor } from './coded-column.ts';
import type { ChildScope } from './expression-scalar.ts';

/**
 * How many child rows each row has, as one small integer a row: `slots[row]` is the number itself. A condition such as
 * `count(materials) > 0` is then decided once a number, not once a row.
 */
export interface ChildCounts {
  readonly slots: Uint8Array | Uint16Array | Uint32Array;
  /** Numbers from 0 to the greatest that occurs. */
  readonly count: number;
  /** A number as so many child rows, of which nothing but their number can be read. */
  readonly scope: ChildScope;
}

const build = (child: SnapshotTable, rowsAbove: number): ChildCounts => {
  const wide = new Uint32Array(rowsAbove);
  for (const row of child.parent?.rows ?? []) (wide[row] as number)++;
  const count = wide.reduce((a, b) => Math.max(a, b), 0) + 1;
  const slots = slotsFor(rowsAbove, count);
  slots.set(wide);
  const nothing = () => undefined;
  return {
    slots,
    count,
    scope: {
      first: () => 0,
      end: (number) => number,
      scope: { table: child.id, field: nothing, child: nothing },
    },
  };
};

const made = new WeakMap<SnapshotTable, ChildCounts>();

/** The numbers of child rows. Made once and kept with the snapshot. */
export const childCounts = (child: SnapshotTable, rowsAbove: number): ChildCounts => {
  const known = made.get(child) ?? build(child, rowsAbove);
  made.set(child, known);
  return known;
};
