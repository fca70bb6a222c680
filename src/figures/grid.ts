import { type Cell, type Table, type TableDimension, TOTAL } from '../tables/index.ts';
import { isMissing, type Label, type Language, labelText } from '../vocabulary/index.ts';
import { amount, isWithheld } from './pen.ts';

export interface GridColumn {
  readonly code: string;
  readonly label: Label;
}
export interface GridRow {
  /** Codes of the row dimensions, joined. */
  readonly key: string;
  readonly codes: readonly string[];
  readonly label: Label;
  readonly total: boolean;
  /** One a column of the grid; undefined where the table has no such cell. */
  readonly cells: readonly (Cell | undefined)[];
}

/** One measure of a table as rows and columns, in display order. */
export interface Grid {
  readonly rows: readonly GridRow[];
  readonly columns: readonly GridColumn[];
}

const PERIODS: ReadonlySet<string> = new Set(['period', 'year', 'quarter', 'month']);
export const isPeriod = (dimension: TableDimension): boolean => PERIODS.has(dimension.by);

const NO_COLUMN: GridColumn = { code: '', label: { kk: { text: '' }, ru: { text: '' }, en: { text: '' } } };

/** Labels of several dimensions in one: those that tell rows apart. */
const joined = (labels: readonly Label[]): Label => {
  const text = (language: Language) => ({
    text: labels.map((l) => labelText(l, language)).join(' · '),
  });
  return { kk: text('kk'), ru: text('ru'), en: text('en') };
};

const tuples = (dimensions: readonly TableDimension[]): string[][] =>
  dimensions.reduce<string[][]>(
    (rows, d) => rows.flatMap((row) => d.codes.map(({ code }) => [...row, code])),
    [[]],
  );

const codeLabel = (dimension: TableDimension, code: string): Label =>
  dimension.codes.find((c) => c.code === code)?.label ?? NO_COLUMN.label;

/**
 * A withheld value must not be betrayed by its place in an order by size: rows with one stand after the others, ordered
 * by code. Periods and units keep their own order, which says nothing about values.
 */
const withheldLast = (rows: readonly GridRow[], hidden: ReadonlySet<string>): GridRow[] => [
  ...rows.filter((row) => !hidden.has(row.key)),
  ...rows.filter((row) => hidden.has(row.key)).toSorted((a, b) => (a.key < b.key ? -1 : 1)),
];

/** A total beside its parts only where it is an average of them: a sum would dwarf them and repeat the table. */
const averages = (rows: readonly GridRow[]): boolean => {
  const parts = rows.filter((row) => !row.total);
  if (parts.length === 0) return true;
  return rows
    .filter((row) => row.total)
    .every((total) =>
      total.cells.every((cell, i) => {
        const [whole, values] = [
          amount(cell),
          parts.map((row) => amount(row.cells[i])).filter((v) => v !== undefined),
        ];
        return whole === undefined || values.length === 0 || whole < Math.max(...values);
      }),
    );
};

/**
 * Lays a measure out. `across` is the dimension of the columns: the last one, or `none` when every dimension makes rows.
 * Totals of columns are left out; totals of rows stay, last, where they are averages.
 */
export const gridOf = (table: Table, measure: string, across: TableDimension | undefined): Grid => {
  const down = table.dimensions.filter((d) => d !== across);
  const key = (codes: readonly string[], column: string) => [...codes, column].join('\u0000');
  const index = new Map<string, Cell>();
  const hidden = new Set<string>();
  for (const cell of table.cells) {
    const codes = down.map((d) => cell.at[d.by] ?? TOTAL);
    if (cell.measure === measure)
      index.set(key(codes, across === undefined ? '' : (cell.at[across.by] ?? TOTAL)), cell);
    if (isWithheld(cell)) hidden.add(codes.join('\u0000'));
  }
  const columns = across === undefined ? [NO_COLUMN] : across.codes.filter((c) => c.code !== TOTAL);
  const telling = down.filter((d) => d.codes.filter((c) => c.code !== TOTAL).length > 1);
  const named = telling.length === 0 ? down : telling;
  const rows = tuples(down)
    .map((codes): GridRow => {
      const total = codes.includes(TOTAL);
      const labels = named.map((d) => codeLabel(d, codes[down.indexOf(d)] ?? ''));
      const cells = columns.map((c) => index.get(key(codes, c.code)));
      return { key: codes.join('\u0000'), codes, label: joined(labels), total, cells };
    })
    .filter((row) => row.cells.some((cell) => cell !== undefined))
    .filter((row) => !row.total || row.codes.every((code) => code === TOTAL));
  const parts = rows.filter((row) => !row.total);
  const fixed = down.some((d) => isPeriod(d) || d.by === 'unit');
  const ordered = fixed ? parts : withheldLast(parts, hidden);
  return { rows: averages(rows) ? [...ordered, ...rows.filter((row) => row.total)] : ordered, columns };
};

/** The dimension that makes the columns: the last one when there are several. */
export const columnDimension = ({ dimensions }: Table): TableDimension | undefined =>
  dimensions.length > 1 ? dimensions.at(-1) : undefined;

/** A grid cut to one column: the one asked for, else the last. */
export const onlyColumn = ({ rows, columns }: Grid, code: string | undefined): Grid => {
  const found = code === undefined ? columns.length - 1 : columns.findIndex((c) => c.code === code);
  const at = found < 0 ? columns.length - 1 : found;
  return {
    columns: columns.slice(at, at + 1),
    rows: rows
      .map((row) => ({ ...row, cells: row.cells.slice(at, at + 1) }))
      .filter((r) => r.cells[0] !== undefined),
  };
};

/** All values of a grid, for a scale. */
export const amounts = ({ rows }: Grid): number[] =>
  rows.flatMap((row) => row.cells.map(amount)).filter((v) => v !== undefined);

/** Cells without a value, with the words for them. */
export const gaps = ({
  rows,
  columns,
}: Grid): { readonly row: GridRow; readonly column: GridColumn; readonly cell: Cell }[] =>
  rows.flatMap((row) =>
    row.cells.flatMap((cell, i) =>
      cell !== undefined && isMissing(cell.value) ? [{ row, column: columns[i] ?? NO_COLUMN, cell }] : [],
    ),
  );
