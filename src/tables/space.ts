import { entriesUsed } from './coded-column.ts';
import type { DimensionPlan } from './dimension-plan.ts';
import { type Layout, layoutOf } from './layout.ts';
import { addIndex, lookUpIndex, maskedIndex, maskedPair, maskIndex } from './look-up-kernels.ts';
import type { Program } from './program.ts';
import { coded, combine, EVERY, maskOf, type Status } from './status.ts';
import { AND } from './truth-tables.ts';

/** The cells of a table: its dimensions, and the rows that are counted. Tables with the same ones share a space. */
export interface Space {
  readonly key: string;
  readonly dimensions: readonly DimensionPlan[];
  readonly where: Status;
  readonly layout: Layout;
  /** Index in the layout of a place, given as one group a dimension (the number of groups: its total). */
  readonly index: (place: readonly number[]) => number;
  /** The inner cells under a place. */
  readonly inner: (place: readonly number[]) => readonly number[];
}

/** Rows of groups that a regrouping drops are out of the table, totals included. */
const withoutDropped = (dimensions: readonly DimensionPlan[], where: Status): Status =>
  dimensions.reduce((status, { key, coded: { slots, entries }, groupOf }) => {
    if (!groupOf.includes(-1)) return status;
    const kept = Uint8Array.from(groupOf, (group) => (group < 0 ? 0 : 1));
    const by = key.slice(0, key.indexOf('|'));
    return combine(status, coded({ kind: 'whole', key: by, slots, count: entries.length }, kept), AND);
  }, where);

export const spaceOf = (program: Program, dimensions: readonly DimensionPlan[], condition: Status): Space => {
  const where = withoutDropped(dimensions, condition);
  const key = `${dimensions.map((d) => d.key).join(' × ')} where ${where.key}`;
  return program.once(`space ${key}`, () => {
    const layout = layoutOf(dimensions.map((d) => d.size));
    const index = (place: readonly number[]): number =>
      place.reduce((at, group, d) => {
        const { groups, slotOf, size } = dimensions[d] as DimensionPlan;
        const slot = group === groups.length ? size : (slotOf[group] as number);
        return at + slot * (layout.strides[d] as number);
      }, 0);
    return { key, dimensions, where, layout, index, inner: (place) => layout.inner(index(place)) };
  });
};

const indexArray = (length: number, largest: number): Uint16Array | Uint32Array =>
  largest < 0xffff ? new Uint16Array(length) : new Uint32Array(length);

/** The cell of every row of the block; rows outside stand at `outside`, after the last cell. */
export interface CellIndex {
  readonly data: Uint16Array | Uint32Array;
  readonly outside: number;
}

/** A dimension as steps of a cell index; one whose groups all stand at 0 needs none. */
interface Axis {
  readonly slots: DimensionPlan['coded']['slots'];
  readonly lut: Uint16Array | Uint32Array;
}

const axesOf = (dimensions: readonly DimensionPlan[], cells: number): readonly Axis[] => {
  let stride = cells;
  return dimensions.flatMap(({ coded: column, groupOf, slotOf, size }) => {
    stride /= size;
    const lut = indexArray(groupOf.length, cells);
    const used = entriesUsed(column);
    let matters = false;
    for (const [entry, group] of groupOf.entries()) {
      lut[entry] = group < 0 ? 0 : (slotOf[group] as number) * stride;
      matters ||= used[entry] === 1 && lut[entry] !== 0;
    }
    return matters ? [{ slots: column.slots, lut }] : [];
  });
};

interface ByteAxis {
  readonly slots: Uint8Array;
  readonly lut: Uint16Array;
}
const bytePair = (axes: readonly Axis[]): readonly [ByteAxis, ByteAxis] | undefined => {
  const bytes = axes.flatMap(({ slots, lut }) =>
    slots instanceof Uint8Array && lut instanceof Uint16Array ? [{ slots, lut }] : [],
  );
  const [a, b] = bytes;
  return axes.length === 2 && a !== undefined && b !== undefined ? [a, b] : undefined;
};

/** Adds the steps that find the cell of each row, once a space; dimensions are shared by spaces that differ in `where`. */
export const cellIndex = (program: Program, { key, dimensions, where, layout }: Space): CellIndex => {
  const outside = layout.sizes.reduce((a, b) => a * b, 1);
  return program.once(`cells ${key}`, () => {
    const axes = axesOf(dimensions, outside);
    const data = indexArray(program.block, outside);
    const [only, ...others] = axes;
    if (where !== EVERY && only !== undefined && others.length === 0) {
      const truth = maskOf(program, where);
      const { slots, lut } = only;
      program.steps.push((start, n) =>
        maskedIndex(data, slots, start, lut, truth.data, truth.whole ? start : 0, n, outside),
      );
      return { data, outside };
    }
    const pair = where === EVERY ? undefined : bytePair(axes);
    if (pair !== undefined && data instanceof Uint16Array) {
      const truth = maskOf(program, where);
      const [a, b] = pair;
      program.steps.push((start, n) =>
        maskedPair(
          data,
          a.slots,
          a.lut,
          b.slots,
          b.lut,
          start,
          truth.data,
          truth.whole ? start : 0,
          n,
          outside,
        ),
      );
      return { data, outside };
    }
    const base = program.once(`dimensions ${dimensions.map((d) => d.key).join(' × ')}`, () => {
      const index = indexArray(program.block, outside);
      for (const [i, { slots, lut }] of axes.entries())
        program.steps.push(
          i === 0
            ? (start, n) => lookUpIndex(index, slots, start, n, lut)
            : (start, n) => addIndex(index, index, slots, start, n, lut),
        );
      return index;
    });
    if (where === EVERY) return { data: base, outside };
    const truth = maskOf(program, where);
    program.steps.push((start, n) => maskIndex(data, base, truth.data, truth.whole ? start : 0, n, outside));
    return { data, outside };
  });
};
