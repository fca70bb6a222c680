import { RECORDED_MISSING, type RecordedMissing } from '../vocabulary/index.ts';
import type { Column } from './column.ts';

/** Collects the values of one column row by row and then lays them out in a given row order. */
export interface ColumnWriter {
  readonly name: string;
  /** A value, or a gap with its reason. */
  push(value: string | number | boolean | { readonly missing: RecordedMissing }): void;
  /** The column with its rows in `order` (new row -> pushed row). */
  finish(order: Uint32Array): Column;
}

type Slots = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** A typed array that grows by doubling: the memory of a column is that of its values, not of JavaScript objects. */
const growing = <S extends Slots>(make: (length: number) => S) => {
  let slots = make(1024);
  let length = 0;
  return {
    push: (value: number): void => {
      if (length === slots.length) {
        const larger = make(length * 2);
        larger.set(slots as never);
        slots = larger;
      }
      slots[length++] = value;
    },
    at: (index: number): number => slots[index] ?? 0,
    ordered: <T extends Slots>(order: Uint32Array, into: (length: number) => T): T => {
      const out = into(order.length);
      for (let row = 0; row < order.length; row++) out[row] = slots[order[row] ?? 0] ?? 0;
      return out;
    },
    get length() {
      return length;
    },
  };
};

const bytes = (n: number) => new Uint8Array(n);

/** Shared by all kinds: gaps are counted, and a column without any has no `missing` array. */
const withMissing = (name: string) => {
  const reasons = growing(bytes);
  let gaps = 0;
  return {
    note: (value: unknown): boolean => {
      const gap = typeof value === 'object' && value !== null && 'missing' in value;
      if (gap) gaps++;
      reasons.push(gap ? 1 + RECORDED_MISSING.indexOf((value as { missing: RecordedMissing }).missing) : 0);
      return gap;
    },
    base: (order: Uint32Array) => (gaps === 0 ? { name } : { name, missing: reasons.ordered(order, bytes) }),
  };
};

/** Codes in the list's order first; a code that is only in the data follows in order of first appearance after sorting. */
export const codeWriter = (name: string, list: readonly string[]): ColumnWriter => {
  const gaps = withMissing(name);
  const index = new Map(list.map((code, i) => [code, i]));
  const slots = growing((n) => new Uint32Array(n));
  return {
    name,
    push: (value) => {
      if (gaps.note(value)) return slots.push(0);
      const code = String(value);
      let at = index.get(code);
      if (at === undefined) index.set(code, (at = index.size));
      slots.push(at);
    },
    finish: (order) => {
      // Codes outside the list are sorted, so that the order of arrival leaves no trace in the bytes.
      const found = [...index.keys()];
      const dictionary = [...found.slice(0, list.length), ...found.slice(list.length).sort()];
      const renumber = Uint32Array.from(found, (code) => dictionary.indexOf(code));
      const wide = slots.ordered(order, (n) => new Uint32Array(n)).map((i) => renumber[i] ?? 0);
      const values =
        dictionary.length <= 256
          ? Uint8Array.from(wide)
          : dictionary.length <= 65536
            ? Uint16Array.from(wide)
            : wide;
      return { ...gaps.base(order), kind: 'code', values, dictionary };
    },
  };
};

/** Integers, or decimals already scaled to integers by 10^decimals. */
export const numberWriter = (name: string, decimals: number): ColumnWriter => {
  const gaps = withMissing(name);
  const slots = growing((n) => new Float64Array(n));
  let small = true;
  return {
    name,
    push: (value) => {
      if (gaps.note(value)) return slots.push(0);
      const number = Number(value);
      if (!Number.isSafeInteger(number))
        throw new RangeError(`${name}: ${String(value)} is not a safe integer`);
      small &&= number === (number | 0);
      slots.push(number);
    },
    finish: (order) => ({
      ...gaps.base(order),
      kind: 'number',
      decimals,
      values: small
        ? slots.ordered(order, (n) => new Int32Array(n))
        : slots.ordered(order, (n) => new Float64Array(n)),
    }),
  };
};

/** Days since 1970-01-01. */
export const dayWriter = (name: string): ColumnWriter => {
  const gaps = withMissing(name);
  const slots = growing((n) => new Int32Array(n));
  return {
    name,
    push: (value) => slots.push(gaps.note(value) ? 0 : Number(value)),
    finish: (order) => ({
      ...gaps.base(order),
      kind: 'day',
      values: slots.ordered(order, (n) => new Int32Array(n)),
    }),
  };
};

export const booleanWriter = (name: string): ColumnWriter => {
  const gaps = withMissing(name);
  const slots = growing(bytes);
  return {
    name,
    push: (value) => slots.push(gaps.note(value) || value !== true ? 0 : 1),
    finish: (order) => ({ ...gaps.base(order), kind: 'boolean', values: slots.ordered(order, bytes) }),
  };
};

export const textWriter = (name: string): ColumnWriter => {
  const gaps = withMissing(name);
  const texts: string[] = [];
  return {
    name,
    push: (value) => {
      texts.push(gaps.note(value) ? '' : String(value));
    },
    finish: (order) => ({
      ...gaps.base(order),
      kind: 'text',
      values: Array.from(order, (row) => texts[row] ?? ''),
    }),
  };
};
