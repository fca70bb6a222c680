import type { TableBlock, TableRow } from './document.ts';

/** How the columns of a table share a page. */
export interface TableLayout {
  /** Point size of the text. */
  readonly size: number;
  /** Better on a page laid on its side: upright it would fit only in type too small to read. */
  readonly wide: boolean;
  /** Share of the text width that the table takes: a narrow table is not stretched over the page. */
  readonly width: number;
  /** Share of the table's width for each column, leading columns first; they add up to 1. */
  readonly columns: readonly number[];
  /** The last line of the header stands on its side: its words would run into each other on the widest page. */
  readonly turned: boolean;
}

/** Characters times points that fill a text width of 158 mm in the report's sans face, margins of cells included. */
const FULL = 780;
/** The same on an A4 page laid on its side. */
const FULL_SIDEWAYS = 1200;
const SIZES = [8.5, 8, 7.5, 7, 6.5];
const LARGEST = 8.5;
const SMALLEST = 6;
const SMALLEST_UPRIGHT = 6.5;
const NARROWEST = 0.5;
const BOLD = 1.18;
/** No word asks for more than this, in characters. */
const LONGEST_WORD = 24;
/** Margins of a cell, in characters. */
const MARGIN = 1.8;

/** Words as lines break: a space that does not break belongs to its word. */
const longestWord = (text: string): number =>
  Math.max(0, ...text.split(/[ \t\n]+/).map((word) => word.replaceAll('\u00ad', '').length));

/**
 * The words of a header as printed: a sign of percent keeps to the short word before it, the Kazakh abbreviation of "year" to
 * its number, so that neither stands on a line alone.
 */
export const headingText = (text: string): string =>
  text.replace(/(?<!\S)(\S{1,8}) %/gu, '$1\u00a0%').replace(/(\d{4}) ж\./gu, '$1\u00a0ж.');

/** The longest word above a column; a heading over several columns asks its part of each. */
const headerWord = (table: TableBlock, column: number): number =>
  Math.max(
    ...table.header.map((row) => {
      let end = 0;
      const over = row.find(({ span }) => (end += span) > column);
      return over === undefined ? 0 : longestWord(headingText(over.text)) / over.span;
    }),
  );

/** What the numbers of a column need. */
const numberNeed = (table: TableBlock, column: number): number => {
  const values = table.rows.map((r) => {
    const cell = r.cells[column];
    if (cell === undefined) return 0;
    return cell.missing === undefined ? cell.text.length + cell.marks.length : longestWord(cell.text);
  });
  return Math.max(3, ...values) + MARGIN;
};

/** What a column of values needs: its longest number, the longest word of its header, a header of about three lines. */
const valueNeed = (table: TableBlock, column: number): number => {
  const header = table.header.at(-1)?.[column]?.text ?? '';
  // Bold letters are wider; a longer word is hyphenated, where the language has rules for it.
  const word = Math.min(headerWord(table, column) * BOLD, LONGEST_WORD);
  return Math.max(numberNeed(table, column), word + MARGIN, Math.min(header.length / 3, 18) + MARGIN);
};

/** What a column of values is given where the page has room: a header of one line, or two when it is long. */
const valueEase = (table: TableBlock, column: number): number => {
  const { length } = table.header.at(-1)?.[column]?.text ?? '';
  const header = length <= 18 ? length : Math.min(Math.max(18, length * 0.6), 30);
  return Math.max(valueNeed(table, column), header * BOLD + MARGIN, 9);
};

/** A leading column asks for its longest label, on two lines when it is long and the page has no room for one. */
const stubDemand = (table: TableBlock, column: number, eased: boolean): number => {
  const labels = [table.stub[column] ?? '', ...table.rows.map((r) => r.labels[column] ?? '')];
  const longest = Math.max(8, ...labels.map((label) => label.length));
  const folded = Math.max(30, Math.min(longest / 2, 46), ...labels.map(longestWord));
  const word = Math.max(...labels.map(longestWord));
  return (
    Math.max(Math.min(longest, eased ? 56 : folded) * 1.08, Math.min(word * BOLD, LONGEST_WORD)) + MARGIN
  );
};

/** Columns sized by what stands in them; the type grows smaller only when they need more than the page has. */
export const tableLayout = (table: TableBlock): TableLayout => {
  const values = Array.from({ length: table.columns }, (_, i) => i);
  const sum = (demands: readonly number[]): number => demands.reduce((total, d) => total + d, 0);
  const needed = [
    ...table.stub.map((_, i) => stubDemand(table, i, false)),
    ...values.map((i) => valueNeed(table, i)),
  ];
  const eased = [
    ...table.stub.map((_, i) => stubDemand(table, i, true)),
    ...values.map((i) => valueEase(table, i)),
  ];
  const wide = sum(needed) * SMALLEST_UPRIGHT > FULL;
  const room = wide ? FULL_SIDEWAYS : FULL;
  const turned = sum(needed) * SMALLEST > room;
  const onSide = [
    ...table.stub.map((_, i) => stubDemand(table, i, true)),
    ...values.map((i) => numberNeed(table, i)),
  ];
  const wanted = turned ? onSide : sum(eased) * LARGEST <= room ? eased : needed;
  const total = sum(wanted);
  const size = SIZES.find((s) => total * s <= room) ?? SMALLEST;
  return {
    size,
    wide,
    width: Math.min(1, Math.max(NARROWEST, (total * size) / room)),
    columns: wanted.map((demand) => demand / total),
    turned,
  };
};

/**
 * The labels of a row as printed: a leading label that only repeats the row above is left out. The last label always stands.
 */
export const shownLabels = (rows: readonly TableRow[], index: number): readonly string[] => {
  const labels = rows[index]?.labels ?? [];
  const above = rows[index - 1]?.labels ?? [];
  const firstNew = labels.findIndex((label, i) => label !== above[i]);
  return labels.map((label, i) => (i < firstNew && i < labels.length - 1 ? '' : label));
};
