import { columnOf, type Relation } from './incident-columns.ts';

/** Columns as the passes by hand read them. */
export type Relations = ReadonlyMap<string, Relation>;
export type Into = Map<string, Float64Array>;
/** Values shifted by one: 0 is a gap. */
export const shifted = (relations: Relations, of: string, name: string): Uint8Array =>
  Uint8Array.from(columnOf(relations, of, name).values, (v) => v + 1);
export const numbers = (relations: Relations, of: string, name: string): Int32Array =>
  columnOf(relations, of, name).values;
export const slots = (relations: Relations, of: string, name: string): number =>
  (columnOf(relations, of, name).categories?.length ?? 0) + 1;
export const slot = (relations: Relations, of: string, name: string, code: string): number =>
  (columnOf(relations, of, name).categories?.indexOf(code) ?? -1) + 1;
