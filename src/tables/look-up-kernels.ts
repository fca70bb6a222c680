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
  for (let i = 0; i < n; i++)
    to[i] = outside + ((lut[of[at + i] as number] as number) - outside) * ((where[from + i] as number) & 1);
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
  for (let i = 0; i < n; i++)
    to[i] = outside + ((lut[of[at + i] as number] as number) - outside) * ((where[from + i] as number) & 1);
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
  for (let i = 0; i < n; i++)
    to[i] = outside + ((base[i] as number) - outside) * ((where[from + i] as number) & 1);
};
const maskWide = (
  to: Index,
  base: Index,
  where: Uint8Array,
  from: number,
  n: number,
  outside: number,
): void => {
  for (let i = 0; i < n; i++)
    to[i] = outside + ((base[i] as number) - outside) * ((where[from + i] as number) & 1);
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
      outside +
      ((lutA[a[at + i] as number] as number) + (lutB[b[at + i] as number] as number) - outside) *
        ((where[from + i] as number) & 1);
};

// --- joint vocabularies

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

const and8 = (
  to: Uint8Array,
  base: Uint8Array,
  at: number,
  of: Uint8Array,
  from: number,
  n: number,
  lut: Uint8Array,
): void => {
  for (let i = 0; i < n; i++) to[i] = (base[at + i] as number) & (lut[of[from + i] as number] as number);
};
const andWide = (
  to: Uint8Array,
  base: Uint8Array,
  at: number,
  of: Slots,
  from: number,
  n: number,
  lut: Uint8Array,
): void => {
  for (let i = 0; i < n; i++) to[i] = (base[at + i] as number) & (lut[of[from + i] as number] as number);
};
/** A further operand of a conjunction: odd where both are 1. */
export const andBytes = (
  to: Uint8Array,
  base: Uint8Array,
  at: number,
  of: Slots,
  from: number,
  n: number,
  lut: Uint8Array,
): void => {
  if (of instanceof Uint8Array) and8(to, base, at, of, from, n, lut);
  else andWide(to, base, at, of, from, n, lut);
};
