import type { Column } from '../snapshot/index.ts';
import { dayText, fraction, RECORDED_MISSING, type RecordedMissing, roundTo } from '../vocabulary/index.ts';

/** One thing a column can hold: a code, number, day or text; or one of the reasons for a gap. */
export interface Entry {
  readonly code: string;
  /** Scaled integer of a number column, day number of a day column, 0 or 1 of a boolean. */
  readonly number?: number;
  readonly missing?: RecordedMissing;
}

/**
 * A column as small integers: `slots[row]` is an index into `entries`, and the gaps are the last entries, one for each
 * reason. So a gap is counted like any other answer, by one look-up and no branch.
 */
export interface CodedColumn {
  readonly slots: Uint8Array | Uint16Array | Uint32Array;
  readonly entries: readonly Entry[];
  /** Entries that are values; the gaps follow. */
  readonly values: number;
}

/** A gap as a dimension code: `_not_recorded`, … */
export const missingCode = (reason: RecordedMissing): string => `_${reason}`;

const GAPS: readonly Entry[] = RECORDED_MISSING.map((missing) => ({ code: missingCode(missing), missing }));

export const slotsFor = (rows: number, entries: number): Uint8Array | Uint16Array | Uint32Array =>
  entries <= 256 ? new Uint8Array(rows) : entries <= 65536 ? new Uint16Array(rows) : new Uint32Array(rows);

const decimalText = (value: number, decimals: number): string =>
  roundTo(fraction(BigInt(value), 10n ** BigInt(decimals)), decimals);

/** Distinct values of a numeric column in ascending order, gaps left out. */
const distinctNumbers = (
  values: Int32Array | Float64Array,
  missing: Uint8Array | undefined,
): Float64Array => {
  const seen = new Set<number>();
  for (let row = 0; row < values.length; row++)
    if ((missing?.[row] ?? 0) === 0) seen.add(values[row] as number);
  return Float64Array.from(seen).sort();
};

interface Dictionary {
  readonly entries: readonly Entry[];
  readonly slotOf: (row: number) => number;
}

const dictionaryOf = (column: Column): Dictionary => {
  switch (column.kind) {
    case 'code': {
      const { values } = column;
      return { entries: column.dictionary.map((code) => ({ code })), slotOf: (row) => values[row] as number };
    }
    case 'boolean': {
      const { values } = column;
      const entries = [
        { code: 'false', number: 0 },
        { code: 'true', number: 1 },
      ];
      return { entries, slotOf: (row) => values[row] as number };
    }
    case 'text': {
      const index = new Map<string, number>();
      const distinct = [
        ...new Set(column.values.filter((_, row) => (column.missing?.[row] ?? 0) === 0)),
      ].sort();
      distinct.forEach((text, i) => index.set(text, i));
      return {
        entries: distinct.map((code) => ({ code })),
        slotOf: (row) => index.get(column.values[row] ?? '') ?? 0,
      };
    }
    default: {
      const { values } = column;
      const distinct = distinctNumbers(values, column.missing);
      const index = new Map(Array.from(distinct, (v, i) => [v, i]));
      const text = (v: number): string =>
        column.kind === 'day' ? dayText(v) : decimalText(v, column.decimals);
      return {
        entries: Array.from(distinct, (number) => ({ code: text(number), number })),
        slotOf: (row) => index.get(values[row] as number) ?? 0,
      };
    }
  }
};

const code = (column: Column): CodedColumn => {
  const { entries, slotOf } = dictionaryOf(column);
  const all = [...entries, ...GAPS];
  const { missing } = column;
  if (missing === undefined && (column.kind === 'code' || column.kind === 'boolean'))
    return { slots: column.values, entries: all, values: entries.length };
  const slots = slotsFor(column.values.length, all.length);
  for (let row = 0; row < slots.length; row++) {
    const gap = missing === undefined ? 0 : (missing[row] as number);
    slots[row] = gap === 0 ? slotOf(row) : entries.length + gap - 1;
  }
  return { slots, entries: all, values: entries.length };
};

const coded = new WeakMap<Column, CodedColumn>();

/** The coded view of a column; made once for a column of a snapshot and kept with it. */
export const codedColumn = (column: Column): CodedColumn => {
  const known = coded.get(column);
  if (known !== undefined) return known;
  const made = code(column);
  coded.set(column, made);
  return made;
};

const extents = new WeakMap<Column, number>();

/** Largest magnitude in a numeric column: decides whether sums and squares stay exact in a double. */
export const magnitude = (column: Column): number => {
  let largest = extents.get(column);
  if (largest !== undefined) return largest;
  largest = 0;
  if (column.kind === 'number') {
    const { values } = column;
    for (let row = 0; row < values.length; row++)
      largest = Math.max(largest, Math.abs(values[row] as number));
  }
  extents.set(column, largest);
  return largest;
};

const occurring = new WeakMap<CodedColumn, Uint8Array>();

/** For each entry 1 when some row holds it. */
export const entriesUsed = (column: CodedColumn): Uint8Array => {
  let used = occurring.get(column);
  if (used === undefined) {
    used = new Uint8Array(column.entries.length);
    for (let row = 0; row < column.slots.length; row++) used[column.slots[row] as number] = 1;
    occurring.set(column, used);
  }
  return used;
};

const numbersOf = new WeakMap<CodedColumn, Float64Array>();

/** The numbers of the entries that are values, ascending: scaled integers of a number column. */
export const entryNumbers = (column: CodedColumn): Float64Array => {
  let numbers = numbersOf.get(column);
  if (numbers === undefined) {
    numbers = Float64Array.from(column.entries.slice(0, column.values), (e) => e.number ?? 0);
    numbersOf.set(column, numbers);
  }
  return numbers;
};
