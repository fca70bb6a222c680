/** The hot loops that count: plain functions over typed arrays of one kind each (see look-up-kernels.ts). */
type Slots = Uint8Array | Uint16Array | Uint32Array;
type Index = Uint16Array | Uint32Array;

// --- accumulation: integers only
//
// Four lanes side by side, one for every fourth row, each `lane` numbers long: two rows of the same cell would otherwise
// wait for each other's store. The lanes are added up when the pass is over; a lane of 0 is one lane.

/** Rows of each cell. */
export const countRows = (into: Uint32Array, cells: Index, n: number, lane: number): void => {
  if (cells instanceof Uint16Array) count16(into, cells, n, lane);
  else countWide(into, cells, n);
};
const count16 = (into: Uint32Array, cells: Uint16Array, n: number, lane: number): void => {
  const second = lane;
  const third = 2 * lane;
  const fourth = 3 * lane;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    into[cells[i] as number]!++;
    into[second + (cells[i + 1] as number)]!++;
    into[third + (cells[i + 2] as number)]!++;
    into[fourth + (cells[i + 3] as number)]!++;
  }
  for (; i < n; i++) into[cells[i] as number]!++;
};
const countWide = (into: Uint32Array, cells: Index, n: number): void => {
  for (let i = 0; i < n; i++) into[cells[i] as number]!++;
};

/** Rows of each cell that are out, in and missing: three counts a cell. */
export const tallyRows = (
  into: Uint32Array,
  cells: Index,
  status: Uint8Array,
  from: number,
  n: number,
  lane: number,
): void => {
  if (cells instanceof Uint16Array) tally16(into, cells, status, from, n, lane);
  else tallyWide(into, cells, status, from, n);
};
const tally16 = (
  into: Uint32Array,
  cells: Uint16Array,
  status: Uint8Array,
  from: number,
  n: number,
  lane: number,
): void => {
  const second = lane;
  const third = 2 * lane;
  const fourth = 3 * lane;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    into[(cells[i] as number) * 3 + (status[from + i] as number)]!++;
    into[second + (cells[i + 1] as number) * 3 + (status[from + i + 1] as number)]!++;
    into[third + (cells[i + 2] as number) * 3 + (status[from + i + 2] as number)]!++;
    into[fourth + (cells[i + 3] as number) * 3 + (status[from + i + 3] as number)]!++;
  }
  for (; i < n; i++) into[(cells[i] as number) * 3 + (status[from + i] as number)]!++;
};
const tallyWide = (into: Uint32Array, cells: Index, status: Uint8Array, from: number, n: number): void => {
  for (let i = 0; i < n; i++) into[(cells[i] as number) * 3 + (status[from + i] as number)]!++;
};

/** Sum of the values of rows that are in; exact while rows x largest magnitude stays below 2^53, which the caller checks. */
export const sumRows = (
  into: Float64Array,
  cells: Index,
  status: Uint8Array,
  statusFrom: number,
  values: Int32Array | Float64Array,
  from: number,
  n: number,
  lane: number,
): void => {
  if (cells instanceof Uint16Array && values instanceof Int32Array)
    sumInt(into, cells, status, statusFrom, values, from, n, lane);
  else sumWide(into, cells, status, statusFrom, values, from, n);
};
const sumInt = (
  into: Float64Array,
  cells: Uint16Array,
  status: Uint8Array,
  statusFrom: number,
  values: Int32Array,
  from: number,
  n: number,
  lane: number,
): void => {
  const second = lane;
  const third = 2 * lane;
  const fourth = 3 * lane;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const s = statusFrom + i;
    const v = from + i;
    into[cells[i] as number]! += (values[v] as number) * ((status[s] as number) & 1);
    into[second + (cells[i + 1] as number)]! += (values[v + 1] as number) * ((status[s + 1] as number) & 1);
    into[third + (cells[i + 2] as number)]! += (values[v + 2] as number) * ((status[s + 2] as number) & 1);
    into[fourth + (cells[i + 3] as number)]! += (values[v + 3] as number) * ((status[s + 3] as number) & 1);
  }
  for (; i < n; i++)
    into[cells[i] as number]! += (values[from + i] as number) * ((status[statusFrom + i] as number) & 1);
};
/** The same in whole numbers of 32 bits, where no lane can overflow. */
export const sumSmall = (
  into: Int32Array,
  cells: Uint16Array,
  status: Uint8Array,
  statusFrom: number,
  values: Int32Array,
  from: number,
  n: number,
  lane: number,
): void => {
  const second = lane;
  const third = 2 * lane;
  const fourth = 3 * lane;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const s = statusFrom + i;
    const v = from + i;
    into[cells[i] as number]! += Math.imul(values[v] as number, (status[s] as number) & 1);
    into[second + (cells[i + 1] as number)]! += Math.imul(
      values[v + 1] as number,
      (status[s + 1] as number) & 1,
    );
    into[third + (cells[i + 2] as number)]! += Math.imul(
      values[v + 2] as number,
      (status[s + 2] as number) & 1,
    );
    into[fourth + (cells[i + 3] as number)]! += Math.imul(
      values[v + 3] as number,
      (status[s + 3] as number) & 1,
    );
  }
  for (; i < n; i++)
    into[cells[i] as number]! += Math.imul(
      values[from + i] as number,
      (status[statusFrom + i] as number) & 1,
    );
};
const sumWide = (
  into: Float64Array,
  cells: Index,
  status: Uint8Array,
  statusFrom: number,
  values: Int32Array | Float64Array,
  from: number,
  n: number,
): void => {
  for (let i = 0; i < n; i++)
    into[cells[i] as number]! += (values[from + i] as number) * ((status[statusFrom + i] as number) & 1);
};

/** Rows of each cell by entry of a coding. */
export const slotRows = (
  into: Uint32Array,
  cells: Index,
  slots: Slots,
  from: number,
  n: number,
  width: number,
  lane: number,
): void => {
  if (cells instanceof Uint16Array && slots instanceof Uint8Array)
    slot8(into, cells, slots, from, n, width, lane);
  else if (cells instanceof Uint16Array && slots instanceof Uint16Array)
    slot16(into, cells, slots, from, n, width);
  else slotWide(into, cells, slots, from, n, width);
};
const slot8 = (
  into: Uint32Array,
  cells: Uint16Array,
  slots: Uint8Array,
  from: number,
  n: number,
  width: number,
  lane: number,
): void => {
  const second = lane;
  const third = 2 * lane;
  const fourth = 3 * lane;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const at = from + i;
    into[(cells[i] as number) * width + (slots[at] as number)]!++;
    into[second + (cells[i + 1] as number) * width + (slots[at + 1] as number)]!++;
    into[third + (cells[i + 2] as number) * width + (slots[at + 2] as number)]!++;
    into[fourth + (cells[i + 3] as number) * width + (slots[at + 3] as number)]!++;
  }
  for (; i < n; i++) into[(cells[i] as number) * width + (slots[from + i] as number)]!++;
};
const slot16 = (
  into: Uint32Array,
  cells: Uint16Array,
  slots: Uint16Array,
  from: number,
  n: number,
  width: number,
): void => {
  for (let i = 0; i < n; i++) into[(cells[i] as number) * width + (slots[from + i] as number)]!++;
};
const slotWide = (
  into: Uint32Array,
  cells: Index,
  slots: Slots,
  from: number,
  n: number,
  width: number,
): void => {
  for (let i = 0; i < n; i++) into[(cells[i] as number) * width + (slots[from + i] as number)]!++;
};

/** The same over rows that are in. */
export const histogramRows = (
  into: Uint32Array,
  cells: Index,
  status: Uint8Array,
  statusFrom: number,
  slots: Slots,
  from: number,
  n: number,
  width: number,
): void => {
  for (let i = 0; i < n; i++)
    into[(cells[i] as number) * width + (slots[from + i] as number)]! +=
      (status[statusFrom + i] as number) & 1;
};

/** Adds the lanes of a counter into its first, or into `to`. */
export const addLanes = (
  into: Uint32Array | Int32Array | Float64Array,
  lane: number,
  to: Uint32Array | Float64Array | Int32Array = into,
): void => {
  for (let at = 0; at < lane; at++)
    to[at] =
      (into[at] as number) +
      (into[lane + at] as number) +
      (into[2 * lane + at] as number) +
      (into[3 * lane + at] as number);
};
