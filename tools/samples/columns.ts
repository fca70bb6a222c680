import { valuesOf, type WordList, word } from './words.ts';

/** One column of a sample file: its heading, the field it fills, and how codes are written in it. */
export interface Column {
  readonly heading: string;
  readonly to: string;
  readonly list?: WordList;
  /** Several codes or references in one cell. */
  readonly several?: true;
  readonly date?: true;
}
/** Field path -> code, codes or text. */
export type Row = Readonly<Record<string, string | readonly string[]>>;

const SEVERAL = '; ';
const written = (column: Column, value: string): string => {
  if (value === '') return '';
  if (column.date === true) return value.split('-').reverse().join('.');
  return column.list === undefined ? value : word(column.list, value);
};
const cell = (column: Column, row: Row): string => {
  const value = row[column.to] ?? '';
  const text = (Array.isArray(value) ? value : [value as string])
    .map((v) => written(column, v))
    .join(SEVERAL);
  return /[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Semicolons and CRLF, as a Russian spreadsheet saves it. */
export const csvOf = (columns: readonly Column[], rows: readonly Row[]): string =>
  [columns.map((c) => c.heading).join(';'), ...rows.map((row) => columns.map((c) => cell(c, row)).join(';'))]
    .map((l) => `${l}\r\n`)
    .join('');

/** The mapping's rule for a column: only what differs from the plain heading. */
export const ruleOf = (column: Column): unknown => ({
  from: column.heading,
  ...(column.date === true ? { parse: { date: 'DD.MM.YYYY' } } : {}),
  ...(column.several === true ? { split: SEVERAL.trim() } : {}),
  ...(column.list === undefined ? {} : { values: valuesOf(column.list) }),
});
