import type { RecordedMissing } from '../vocabulary/index.ts';

/**
 * Columns of a snapshot: dictionary-coded typed arrays. A gap is a reason in `missing`, and the slot in `values` is then 0
 * and must not be read. `missing` is absent when the column has no gap.
 */
interface ColumnBase {
  readonly name: string;
  /** Per row: 0 = present, else 1 + index in RECORDED_MISSING. */
  readonly missing?: Uint8Array;
}
export interface CodeColumn extends ColumnBase {
  readonly kind: 'code';
  readonly values: Uint8Array | Uint16Array | Uint32Array;
  /** index -> code; in the code list's order first, then codes met only in data. */
  readonly dictionary: readonly string[];
}
export interface NumberColumn extends ColumnBase {
  readonly kind: 'number';
  /** Integers, or decimals scaled by 10^decimals. Never fractions of a unit. */
  readonly values: Int32Array | Float64Array;
  readonly decimals: number;
}
/** Days since 1970-01-01; a partial date has first and last day columns and its text in a text column. */
export interface DayColumn extends ColumnBase {
  readonly kind: 'day';
  readonly values: Int32Array;
}
export interface TextColumn extends ColumnBase {
  readonly kind: 'text';
  readonly values: readonly string[];
}
export interface BooleanColumn extends ColumnBase {
  readonly kind: 'boolean';
  readonly values: Uint8Array;
}
export type Column = CodeColumn | NumberColumn | DayColumn | TextColumn | BooleanColumn;

export const missingReason = (
  column: Column,
  row: number,
  reasons: readonly RecordedMissing[],
): RecordedMissing | undefined => {
  const at = column.missing?.[row] ?? 0;
  return at === 0 ? undefined : reasons[at - 1];
};
