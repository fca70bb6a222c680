import type { TableBlock } from './document.ts';

/** Share of the text width below which a stub column is not squeezed. */
const STUB_LEAST = 0.16;
const STUB_MOST = 0.46;

const longestWord = (text: string): number =>
  Math.max(0, ...text.split(/[\s\u00ad-]+/).map((word) => word.length));

/** What a column of values asks for, in characters: its longest number, or the longest word of its header. */
const valueDemand = (table: TableBlock, column: number): number => {
  const header = table.header.at(-1)?.[column]?.text ?? '';
  const values = table.rows.map((r) => {
    const cell = r.cells[column];
    return cell === undefined ? 0 : cell.missing === undefined ? cell.text.length : longestWord(cell.text);
  });
  return Math.max(4, ...values, Math.min(longestWord(header), 14));
};

const stubDemand = (table: TableBlock, column: number): number =>
  Math.max(
    8,
    Math.min(
      34,
      Math.max((table.stub[column] ?? '').length, ...table.rows.map((r) => (r.labels[column] ?? '').length)),
    ),
  );

/** Point size of a table's text: smaller as columns grow in number and need, never below what can be read. */
export const typeSize = (table: TableBlock): number => {
  const characters = demands(table).reduce((sum, d) => sum + d, 0);
  return [8.5, 8, 7.5, 7, 6.5].find((size) => characters * size <= 800) ?? 6;
};

const demands = (table: TableBlock): readonly number[] => [
  ...table.stub.map((_, i) => stubDemand(table, i)),
  ...Array.from({ length: table.columns }, (_, i) => valueDemand(table, i) + 1.5),
];

/**
 * Width of each column as a share of the text width, leading columns first: columns of values get what their numbers and the
 * words of their headers need, the leading columns the rest within bounds; they add up to 1.
 */
export const columnShares = (table: TableBlock): readonly number[] => {
  const wanted = demands(table);
  const stubs = table.stub.length;
  const total = wanted.reduce((sum, d) => sum + d, 0);
  const stubTotal = wanted.slice(0, stubs).reduce((sum, d) => sum + d, 0);
  const stubShare = Math.min(STUB_MOST, Math.max(STUB_LEAST * stubs, stubTotal / total));
  const valueTotal = total - stubTotal;
  return wanted.map((d, i) => (i < stubs ? (d / stubTotal) * stubShare : (d / valueTotal) * (1 - stubShare)));
};
