import type { Column, SnapshotTable } from '../snapshot/index.ts';
import { slotsFor } from './coded-column.ts';
import type { ChildScope } from './expression-scalar.ts';

/**
 * The answers of a select_multiple as one small integer a row: `slots[row]` names a set of codes, and few different sets
 * occur. A condition on the answers is then decided once a set, not once a row. No answer is a set of its own.
 */
export interface CodeSets {
  readonly slots: Uint8Array | Uint16Array | Uint32Array;
  readonly count: number;
  /** Whether a set is an answer at all. */
  readonly answered: (set: number) => boolean;
  /** The sets as child rows, so that an expression reads a set as it reads a row's children. */
  readonly scope: (name: string) => ChildScope;
}

const made = new WeakMap<SnapshotTable, CodeSets | undefined>();

const UNANSWERED = 'unanswered';

/** `own` is the column of the table above that says whether the question was answered. */
const build = (child: SnapshotTable, rowsAbove: number, own: Column | undefined): CodeSets | undefined => {
  const value = child.columns.get('value');
  if (value?.kind !== 'code' || child.parent === undefined) return undefined;
  const [members, starts]: [(string | undefined)[], number[]] = [[], []];
  const index = new Map<string, number>();
  const parents = child.parent.rows;
  const wide = new Uint32Array(rowsAbove);
  let at = 0;
  for (let row = 0; row < rowsAbove; row++) {
    const from = at;
    while (at < parents.length && parents[at] === row) at++;
    const codes = Array.from({ length: at - from }, (_, i) =>
      (value.missing?.[from + i] ?? 0) > 0 ? undefined : value.dictionary[value.values[from + i] ?? 0],
    );
    const isGap = (own?.missing?.[row] ?? 0) > 0;
    const key = isGap ? UNANSWERED : JSON.stringify(codes);
    let set = index.get(key);
    if (set === undefined) {
      set = index.size;
      index.set(key, set);
      starts.push(members.length);
      if (!isGap) members.push(...codes);
    }
    wide[row] = set;
  }
  const slots = slotsFor(rowsAbove, index.size);
  slots.set(wide);
  starts.push(members.length);
  return {
    slots,
    count: index.size,
    answered: (set) => set !== index.get(UNANSWERED),
    scope: (name) => ({
      first: (set) => starts[set] ?? 0,
      end: (set) => starts[set + 1] ?? 0,
      scope: {
        table: child.id,
        field: (path) => (path === `${name}.value` ? { kind: 'text', at: (i) => members[i] } : undefined),
        child: () => undefined,
      },
    }),
  };
};

/** The sets of a select_multiple's child table; undefined for any other child. Made once and kept with the snapshot. */
export const codeSets = (
  child: SnapshotTable,
  rowsAbove: number,
  own: Column | undefined,
): CodeSets | undefined => {
  if (!made.has(child)) made.set(child, build(child, rowsAbove, own));
  return made.get(child);
};
