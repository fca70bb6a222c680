import type { DimensionPlan } from './dimension-plan.ts';
import { addIndex, AND, lookUpIndex, maskIndex } from './kernels.ts';
import { type Layout, layoutOf } from './layout.ts';
import type { Program } from './program.ts';
import { coded, combine, EVERY, type Status, vectorOf } from './status.ts';

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

/** Adds the steps that find the cell of each row, once a space; dimensions are shared by spaces that differ in `where`. */
export const cellIndex = (program: Program, { key, dimensions, where, layout }: Space): CellIndex => {
  const cells = layout.sizes.reduce((a, b) => a * b, 1);
  const base = program.once(`dimensions ${dimensions.map((d) => d.key).join(' × ')}`, () => {
    const data = indexArray(program.block, cells);
    let stride = cells;
    for (const [i, d] of dimensions.entries()) {
      stride /= d.size;
      const lut = indexArray(d.groupOf.length, cells);
      for (const [entry, group] of d.groupOf.entries())
        lut[entry] = group < 0 ? 0 : (d.slotOf[group] as number) * stride;
      const { slots } = d.coded;
      if (i === 0) program.steps.push((start, n) => lookUpIndex(data, slots, start, n, lut));
      else program.steps.push((start, n) => addIndex(data, data, slots, start, n, lut));
    }
    return data;
  });
  if (where === EVERY) return { data: base, outside: cells };
  return program.once(`cells ${key}`, () => {
    const data = indexArray(program.block, cells);
    const truth = vectorOf(program, where);
    program.steps.push((start, n) => maskIndex(data, base, truth.data, truth.whole ? start : 0, n, cells));
    return { data, outside: cells };
  });
};
