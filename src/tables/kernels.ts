/**
 * The hot loops. Each is one plain function over typed arrays of one kind, so that the JIT compiles it for that kind alone;
 * variants for 8, 16 and 32 bits are written out for that reason. A source is read from `from`, a block is written from 0.
 */
type Slots = Uint8Array | Uint16Array | Uint32Array;
type Index = Uint16Array | Uint32Array;

// --- look-ups: slot -> byte (conditions), slot -> index (dimensions)

const bytes8 = (to: Uint8Array, of: Uint8Array, from: number, n: number, lut: Uint8Array): void => {
  for (let i = 0; i < n; i++) to[i] = lut[of[from + i] as number] as number;
};
const bytes16 = (to: Uint8Array, of: Uint16Array, from: number, n: number, lut: Uint8Array): void => {
  for (let i = 0; i < n; i++) to[i] = lut[of[from + i] as number] as number;
};
const bytes32 = (to: Uint8Array, of: Uint32Array, from: number, n: number, lut: Uint8Array): void => {
  for (let i = 0; i < n; i++) to[i] = lut[of[from + i] as number] as number;
};
export const lookUpBytes = (to: Uint8Array, of: Slots, from: number, n: number, lut: Uint8Array): void => {
  if (of instanceof Uint8Array) bytes8(to, of, from, n, lut);
  else if (of instanceof Uint16Array) bytes16(to, of, from, n, lut);
  else bytes32(to, of, from, n, lut);
};

const index8 = (to: Uint16Array, of: Uint8Array, from: number, n: number, lut: Uint16Array): void => {
  for (let i = 0; i < n; i++) to[i] = lut[of[from + i] as number] as number;
};
const index16 = (to: Uint16Array, of: Uint16Array, from: number, n: number, lut: Uint16Array): void => {
  for (let i = 0; i < n; i++) to[i] = lut[of[from + i] as number] as number;
};
const indexWide = (to: Index, of: Slots, from: number, n: number, lut: Index): void => {
  for (let i = 0; i < n; i++) to[i] = lut[of[from + i] as number] as number;
};
/** First dimension of a cell index. */
export const lookUpIndex = (to: Index, of: Slots, from: number, n: number, lut: Index): void => {
  if (to instanceof Uint16Array && lut instanceof Uint16Array) {
    if (of instanceof Uint8Array) return index8(to, of, from, n, lut);
    if (of instanceof Uint16Array) return index16(to, of, from, n, lut);
  }
  indexWide(to, of, from, n, lut);
};

const add8 = (
  to: Uint16Array,
  base: Uint16Array,
  of: Uint8Array,
  from: number,
  n: number,
  lut: Uint16Array,
): void => {
  for (let i = 0; i < n; i++) to[i] = (base[i] as number) + (lut[of[from + i] as number] as number);
};
const add16 = (
  to: Uint16Array,
  base: Uint16Array,
  of: Uint16Array,
  from: number,
  n: number,
  lut: Uint16Array,
): void => {
  for (let i = 0; i < n; i++) to[i] = (base[i] as number) + (lut[of[from + i] as number] as number);
};
const addWide = (to: Index, base: Index, of: Slots, from: number, n: number, lut: Index): void => {
  for (let i = 0; i < n; i++) to[i] = (base[i] as number) + (lut[of[from + i] as number] as number);
};
/** A further dimension: base + its own stride times its group. */
export const addIndex = (to: Index, base: Index, of: Slots, from: number, n: number, lut: Index): void => {
  if (to instanceof Uint16Array && base instanceof Uint16Array && lut instanceof Uint16Array) {
    if (of instanceof Uint8Array) return add8(to, base, of, from, n, lut);
    if (of instanceof Uint16Array) return add16(to, base, of, from, n, lut);
  }
  addWide(to, base, of, from, n, lut);
};

const masked8 = (
  to: Uint16Array,
  of: Uint8Array,
  at: number,
  lut: Uint16Array,
  where: Uint8Array,
  from: number,
  n: number,
  outside: number,
): void => {
  for (let i = 0; i < n; i++) to[i] = where[from + i] === 1 ? (lut[of[at + i] as number] as number) : outside;
};
const maskedWide = (
  to: Index,
  of: Slots,
  at: number,
  lut: Index,
  where: Uint8Array,
  from: number,
  n: number,
  outside: number,
): void => {
  for (let i = 0; i < n; i++) to[i] = where[from + i] === 1 ? (lut[of[at + i] as number] as number) : outside;
};
/** The cell of a table with one dimension: rows where the condition is not true go to `outside`, after the last cell. */
export const maskedIndex = (
  to: Index,
  of: Slots,
  at: number,
  lut: Index,
  where: Uint8Array,
  from: number,
  n: number,
  outside: number,
): void => {
  if (to instanceof Uint16Array && lut instanceof Uint16Array && of instanceof Uint8Array)
    masked8(to, of, at, lut, where, from, n, outside);
  else maskedWide(to, of, at, lut, where, from, n, outside);
};

const mask16 = (
  to: Uint16Array,
  base: Uint16Array,
  where: Uint8Array,
  from: number,
  n: number,
  outside: number,
): void => {
  for (let i = 0; i < n; i++) to[i] = where[from + i] === 1 ? (base[i] as number) : outside;
};
const maskWide = (
  to: Index,
  base: Index,
  where: Uint8Array,
  from: number,
  n: number,
  outside: number,
): void => {
  for (let i = 0; i < n; i++) to[i] = where[from + i] === 1 ? (base[i] as number) : outside;
};
/** The same over an index that is there already. */
export const maskIndex = (
  to: Index,
  base: Index,
  where: Uint8Array,
  from: number,
  n: number,
  outside: number,
): void => {
  if (to instanceof Uint16Array && base instanceof Uint16Array) mask16(to, base, where, from, n, outside);
  else maskWide(to, base, where, from, n, outside);
};

/** Two dimensions at once, of columns of bytes: the most frequent table by far. */
export const maskedPair = (
  to: Uint16Array,
  a: Uint8Array,
  lutA: Uint16Array,
  b: Uint8Array,
  lutB: Uint16Array,
  at: number,
  where: Uint8Array,
  from: number,
  n: number,
  outside: number,
): void => {
  for (let i = 0; i < n; i++)
    to[i] =
      where[from + i] === 1
        ? (lutA[a[at + i] as number] as number) + (lutB[b[at + i] as number] as number)
        : outside;
};

/** The same, counted at once where nothing else is asked of these cells. Four lanes, as below. */
export const countPair = (
  into: Uint32Array,
  a: Uint8Array,
  lutA: Uint16Array,
  b: Uint8Array,
  lutB: Uint16Array,
  at: number,
  where: Uint8Array,
  from: number,
  n: number,
  outside: number,
  lane: number,
): void => {
  const cell = (i: number): number =>
    where[from + i] === 1
      ? (lutA[a[at + i] as number] as number) + (lutB[b[at + i] as number] as number)
      : outside;
  const second = lane;
  const third = 2 * lane;
  const fourth = 3 * lane;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    into[cell(i)]!++;
    into[second + cell(i + 1)]!++;
    into[third + cell(i + 2)]!++;
    into[fourth + cell(i + 3)]!++;
  }
  for (; i < n; i++) into[cell(i)]!++;
};

// --- three-valued logic on bytes: 0 false, 1 true, 2 unknown

const table = (f: (a: number, b: number) => number): Uint8Array =>
  Uint8Array.from({ length: 9 }, (_, i) => f(Math.floor(i / 3), i % 3));

/** A truth table of two operands at 3a + b. */
export const AND = table((a, b) => (a === 0 || b === 0 ? 0 : a === 2 || b === 2 ? 2 : 1));
export const OR = table((a, b) => (a === 1 || b === 1 ? 1 : a === 2 || b === 2 ? 2 : 0));
/** Status of a term: out where its condition is false, missing where condition or value is, else in. */
export const TERM = table((where, recorded) => (where === 1 ? recorded : where));
/** Status of a ratio: missing where either part is, in where either part has something, else out. */
export const EITHER = table((a, b) => (a === 2 || b === 2 ? 2 : a === 1 || b === 1 ? 1 : 0));
/** A part's status inside a ratio: its own, unless the other part is missing. */
export const BESIDE = table((own, other) => (own === 2 || other === 2 ? 2 : own));

const addBytes8 = (to: Uint8Array, of: Uint8Array, from: number, n: number, lut: Uint8Array): void => {
  for (let i = 0; i < n; i++) to[i] = (to[i] as number) + (lut[of[from + i] as number] as number);
};
const addBytes16 = (to: Uint8Array, of: Uint16Array, from: number, n: number, lut: Uint8Array): void => {
  for (let i = 0; i < n; i++) to[i] = (to[i] as number) + (lut[of[from + i] as number] as number);
};
const addBytes32 = (to: Uint8Array, of: Uint32Array, from: number, n: number, lut: Uint8Array): void => {
  for (let i = 0; i < n; i++) to[i] = (to[i] as number) + (lut[of[from + i] as number] as number);
};
/** A further digit of a joint vocabulary; the look-up holds it times its weight. */
export const addBytes = (to: Uint8Array, of: Slots, from: number, n: number, lut: Uint8Array): void => {
  if (of instanceof Uint8Array) addBytes8(to, of, from, n, lut);
  else if (of instanceof Uint16Array) addBytes16(to, of, from, n, lut);
  else addBytes32(to, of, from, n, lut);
};

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

/** Adds the lanes of a counter into its first. */
export const addLanes = (into: Uint32Array | Float64Array, lane: number): void => {
  for (let at = 0; at < lane; at++)
    into[at] =
      (into[at] as number) +
      (into[lane + at] as number) +
      (into[2 * lane + at] as number) +
      (into[3 * lane + at] as number);
};
