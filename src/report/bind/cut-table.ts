import type { Table } from '../../tables/index.ts';

const PERIODS = ['period', 'year', 'quarter', 'month'];

/** The dimension of a table along which time runs: its periods before any finer division of them. */
export const timeDimension = (table: Table): Table['dimensions'][number] | undefined =>
  PERIODS.map((by) => table.dimensions.find((d) => d.by === by)).find((d) => d !== undefined);

/** What of a table is printed: the named measures and the named codes of its time dimension, in the table's own order. */
export interface Cut {
  readonly measures?: readonly string[];
  readonly periods?: readonly string[];
}

/** The part of a table that is printed. Cells keep their codes, so addresses stay those of the whole table. */
export const cutTable = (table: Table, cut: Cut): Table => {
  const time = timeDimension(table);
  const inMeasures = (id: string): boolean => cut.measures === undefined || cut.measures.includes(id);
  const inPeriods = (code: string): boolean => cut.periods === undefined || cut.periods.includes(code);
  return {
    ...table,
    measures: table.measures.filter((m) => inMeasures(m.id)),
    dimensions: table.dimensions.map((d) =>
      d === time ? { ...d, codes: d.codes.filter((c) => inPeriods(c.code)) } : d,
    ),
    cells: table.cells.filter(
      (c) => inMeasures(c.measure) && (time === undefined || inPeriods(c.at[time.by] ?? '')),
    ),
  };
};
