import { type Cell, type Table, type TableMeasure, TOTAL } from '../../tables/index.ts';
import { type Fraction, isMissing, type ProblemPlace, parseDecimal, roundTo } from '../../vocabulary/index.ts';
import { type Binding, broken, say, withPeriod } from './binding.ts';

/** A cell that a tag of the text points to. It always has a value: a gap is a broken binding. */
export interface BoundCell {
  readonly address: string;
  readonly table: Table;
  readonly measure: TableMeasure;
  readonly cell: Cell;
  readonly value: Fraction;
}

/** `table/rowcode[.rowcode]/colcode/measure` of a cell (see CellAddress). */
export const addressOf = (table: Table, cell: Cell): string => {
  const codes = table.dimensions.map((d) => cell.at[d.by] ?? TOTAL);
  const [rows, column] = codes.length < 2 ? [codes, '_'] : [codes.slice(0, -1), codes.at(-1)];
  return [table.id, rows.length === 0 ? '_' : rows.join('.'), column, cell.measure].join('/');
};

const indexes = new WeakMap<Table, ReadonlyMap<string, Cell>>();
const cellsByAddress = (table: Table): ReadonlyMap<string, Cell> => {
  const known = indexes.get(table);
  if (known !== undefined) return known;
  const index = new Map(table.cells.map((cell) => [addressOf(table, cell), cell]));
  indexes.set(table, index);
  return index;
};

/** The table an address starts with, or a reported problem. */
export const bindTable = (binding: Binding, id: string, at: ProblemPlace): Table | undefined => {
  const table = binding.byId.get(id);
  if (table === undefined) {
    const family = id.split('.').slice(0, 2).join('.');
    broken(binding, at, id, 'unknown_table', { known: [...binding.byId.keys()].filter((k) => k.startsWith(family)) });
  }
  return table;
};

/** Finds the cell of an address as written in the text; reports why when there is none or it holds no value. */
export const bindCell = (binding: Binding, written: string, at: ProblemPlace): BoundCell | undefined => {
  const address = withPeriod(binding, written);
  const [tableId, row, column, measureId, ...rest] = address.split('/');
  if (!tableId || !row || !column || !measureId || rest.length > 0) {
    broken(binding, at, address, 'address');
    return undefined;
  }
  const table = bindTable(binding, tableId, at);
  if (table === undefined) return undefined;
  const measure = table.measures.find((m) => m.id === measureId);
  if (measure === undefined) {
    broken(binding, at, address, 'unknown_measure', { known: table.measures.map((m) => m.id) });
    return undefined;
  }
  const cell = cellsByAddress(table).get(address);
  if (cell === undefined) {
    const codes = table.dimensions.flatMap((d) => d.codes.map((c) => c.code));
    broken(binding, at, address, 'unknown_cell', { known: codes });
    return undefined;
  }
  const { value } = cell;
  if (isMissing(value)) {
    broken(binding, at, address, 'no_value', { detail: say(binding, `missing.${value.missing}`) });
    return undefined;
  }
  return { address, table, measure, cell, value };
};

/** The value a reader sees: rounded to the measure's decimals, half away from zero. Claims are tested on it. */
export const printedValue = (value: Fraction, measure: TableMeasure): Fraction =>
  parseDecimal(roundTo(value, measure.decimals));
