import type { SnapshotTable } from '../snapshot/index.ts';
import { slotsFor } from './coded-column.ts';
import type { ChildScope } from './expression-scalar.ts';
import { type Scalar, TRUE } from './scalar.ts';

/**
 * How many child rows each row has, as one small integer a row: `slots[row]` is the number itself. A condition such as
 * `count(materials) > 0` is then decided once a number, not once a row.
 */
export interface ChildCounts {
  readonly slots: Uint8Array | Uint16Array | Uint32Array;
  /** Numbers from 0 to the greatest that occurs. */
  readonly count: number;
  /** A number as so many child rows, of which nothing is known but that they were counted. */
  readonly scope: ChildScope;
}

const build = (child: SnapshotTable, rowsAbove: number, flag: string | undefined): ChildCounts => {
  const column = flag === undefined ? undefined : child.columns.get(flag);
  const wide = new Uint32Array(rowsAbove);
  child.parent?.rows.forEach((above, row) => {
    const isIn =
      column === undefined ||
      (column.kind === 'boolean' && column.values[row] === 1 && (column.missing?.[row] ?? 0) === 0);
    if (isIn) (wide[above] as number)++;
  });
  const count = wide.reduce((a, b) => Math.max(a, b), 0) + 1;
  const slots = slotsFor(rowsAbove, count);
  slots.set(wide);
  const field = (path: string): Scalar | undefined =>
    flag !== undefined && path.endsWith(`.${flag}`) ? { kind: 'boolean', at: () => TRUE } : undefined;
  return {
    slots,
    count,
    scope: {
      first: () => 0,
      end: (number) => number,
      scope: { table: child.id, field, child: () => undefined },
    },
  };
};

const made = new WeakMap<SnapshotTable, Map<string | undefined, ChildCounts>>();

/** The numbers of child rows, or of those with a boolean column true. Made once and kept with the snapshot. */
export const childCounts = (child: SnapshotTable, rowsAbove: number, flag?: string): ChildCounts => {
  const counts = made.get(child) ?? new Map<string | undefined, ChildCounts>();
  made.set(child, counts);
  const known = counts.get(flag) ?? build(child, rowsAbove, flag);
  counts.set(flag, known);
  return known;
};
