import { addressCode, type Cell, findCell, type Table, type TableMeasure } from '../../tables/index.ts';
import { type Fraction, isMissing, type ProblemPlace } from '../../vocabulary/index.ts';
import { type Binding, broken, say } from './binding.ts';

/** A cell that a tag of the text points to. It always has a value: a gap is a broken binding. */
export interface BoundCell {
  readonly address: string;
  readonly table: Table;
  readonly measure: TableMeasure;
  readonly cell: Cell;
  readonly value: Fraction;
}

/** The table an address starts with, or a reported problem. */
export const bindTable = (binding: Binding, id: string, at: ProblemPlace): Table | undefined => {
  const table = binding.byId.get(id);
  if (table === undefined) {
    const family = id.split('.').slice(0, 2).join('.');
    broken(binding, at, id, 'unknown_table', {
      known: [...binding.byId.keys()].filter((k) => k.startsWith(family)),
    });
  }
  return table;
};

/** Finds the cell of an address as written in the text; reports why when there is none or it holds no value. */
export const bindCell = (binding: Binding, written: string, at: ProblemPlace): BoundCell | undefined => {
  const address = written.replaceAll('{period}', addressCode(binding.period.id));
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
  const cell = findCell(table, address);
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
