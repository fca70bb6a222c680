import { isMissing, type Label } from '../vocabulary/index.ts';
import { type Cell, type Table, type TableDimension, type TableMeasure, TOTAL } from './cell.ts';

export interface GridCode {
  readonly code: string;
  readonly label: Label;
}
/** A printed column: a code of the last dimension (none in a table with fewer than two) and a measure. */
export interface GridColumn {
  readonly column?: GridCode;
  readonly measure: TableMeasure;
}
export interface GridRow {
  readonly codes: readonly GridCode[];
  readonly isTotal: boolean;
  /** One for each column, in their order. */
  readonly cells: readonly Cell[];
}
/** A table as it is printed: row headings × column headings × measures. */
export interface TableGrid {
  readonly rowDimensions: readonly TableDimension[];
  readonly columnDimension?: TableDimension;
  readonly columns: readonly GridColumn[];
  readonly rows: readonly GridRow[];
}

const product = (dimensions: readonly TableDimension[]): readonly (readonly GridCode[])[] =>
  dimensions.reduce<readonly (readonly GridCode[])[]>(
    (rows, d) => rows.flatMap((row) => d.codes.map((c) => [...row, c])),
    [[]],
  );

const isEmpty = (cells: readonly Cell[]): boolean =>
  cells.every((c) => c.origin === 'computed' && c.n === 0 && c.nMissing === 0);

const unpublished = (cell: Cell | undefined): boolean =>
  cell !== undefined && isMissing(cell.value) && cell.value.missing === 'not_published';

/**
 * The grid that report, site, workbook and command line share. With several row dimensions, combinations without a single
 * case are left out (a topic stands under its own theme only), and so are columns of which nothing was ever published (an
 * earlier report that printed an index without its counts); the cells are still in the table.
 */
export const tableGrid = (table: Table): TableGrid => {
  const nested = table.dimensions.length > 1;
  const rowDimensions = nested ? table.dimensions.slice(0, -1) : table.dimensions;
  const columnDimension = nested ? table.dimensions.at(-1) : undefined;
  const columns = (columnDimension?.codes ?? [undefined]).flatMap((column) =>
    table.measures.map((measure) => ({ ...(column === undefined ? {} : { column }), measure })),
  );
  const rows = product(rowDimensions)
    .map((codes, r) => ({
      codes,
      isTotal: codes.some((c) => c.code === TOTAL),
      cells: table.cells.slice(r * columns.length, (r + 1) * columns.length),
    }))
    .filter((row) => rowDimensions.length < 2 || row.isTotal || !isEmpty(row.cells));
  const kept = columns.flatMap((_, i) => (rows.some((row) => !unpublished(row.cells[i])) ? [i] : []));
  return {
    rowDimensions,
    ...(columnDimension === undefined ? {} : { columnDimension }),
    columns: kept.flatMap((i) => columns[i] ?? []),
    rows: rows.map((row) => ({ ...row, cells: kept.flatMap((i) => row.cells[i] ?? []) })),
  };
};
