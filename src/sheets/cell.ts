/**
 * One cell as the file holds it. CSV knows only text. A workbook knows numbers, dates and truth values, and what cannot be
 * taken as a value is named, not guessed: a formula's cached result is never used.
 */
export type SheetCell =
  | string
  | number
  | boolean
  /** ISO date, or date and time where the cell has one. */
  | { readonly date: string }
  | { readonly time: string }
  | { readonly formula: string }
  | { readonly error: string }
  | { readonly merged: string };

/** A record of the file with its row number as a spreadsheet shows it: the first row is 1. */
export interface SheetRow {
  readonly row: number;
  readonly cells: readonly SheetCell[];
}

/** A table with its header: `rows` streams what stands below it, empty rows left out. */
export interface SheetTable {
  readonly header: readonly string[];
  readonly rows: AsyncIterable<SheetRow>;
}

/** Letters of a column by index from 0: 0 -> A, 26 -> AA. */
export const columnLetters = (index: number): string =>
  index < 26
    ? String.fromCharCode(65 + index)
    : columnLetters(Math.floor(index / 26) - 1) + columnLetters(index % 26);
