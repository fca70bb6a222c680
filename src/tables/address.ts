import { ProblemError, problem } from '../vocabulary/index.ts';
import type { Cell, CellAddress, Table } from './cell.ts';

/** Stands where a table has no such dimension. */
const NONE = '_';

type Placed = Pick<Table, 'id' | 'dimensions'>;

/** Address of a cell of a table: `table/rowcode[.rowcode]/colcode/measure`. */
export const addressOf = (table: Placed, cell: Pick<Cell, 'at' | 'measure'>): string => {
  const codes = table.dimensions.map(({ by }) => addressCode(cell.at[by] ?? NONE));
  const [rows, column] = codes.length < 2 ? [codes, NONE] : [codes.slice(0, -1), codes.at(-1) ?? NONE];
  return [table.id, rows.length === 0 ? NONE : rows.join('.'), column, cell.measure].join('/');
};

/** Codes are snake_case; a dot or slash inside one (a period `2018.1`, a unit-only place) is escaped so that parts stay apart. */
export const addressCode = (code: string): string =>
  code.replace(/[%./]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
const decode = (code: string): string =>
  code.replace(/%(25|2e|2f)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

/** Reads an address. Throws ProblemError `cell_unknown` for text of another form. */
export const parseAddress = (text: string): CellAddress => {
  const [table, rows, column, measure, ...rest] = text.split('/');
  if (!table || !rows || !column || !measure || rest.length > 0)
    throw new ProblemError(problem('cell_unknown', { address: text }));
  return {
    table,
    rowCodes: rows === NONE ? [] : rows.split('.').map(decode),
    columnCode: decode(column),
    measure,
  };
};

/** Dimension -> code of an address in a table; undefined when the address has another number of codes. */
export const placeOfAddress = (
  table: Placed,
  { rowCodes, columnCode }: CellAddress,
): Readonly<Record<string, string>> | undefined => {
  const codes = columnCode === NONE ? rowCodes : [...rowCodes, columnCode];
  if (codes.length !== table.dimensions.length) return undefined;
  return Object.fromEntries(table.dimensions.map(({ by }, i) => [by, codes[i] ?? '']));
};

const indexes = new WeakMap<Table, ReadonlyMap<string, Cell>>();

/** The cell at an address, given as text or parsed; undefined when the table has none there. */
export const findCell = (table: Table, address: string | CellAddress): Cell | undefined => {
  let index = indexes.get(table);
  if (index === undefined) {
    index = new Map(table.cells.map((cell) => [addressOf(table, cell), cell]));
    indexes.set(table, index);
  }
  const parsed = typeof address === 'string' ? parseAddress(address) : address;
  if (parsed.table !== table.id) return undefined;
  const at = placeOfAddress(table, parsed);
  return at === undefined ? undefined : index.get(addressOf(table, { at, measure: parsed.measure }));
};
