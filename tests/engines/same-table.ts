import type { Measure, TableDefinition } from '../../src/study/index.ts';
import { addressOf, type Cell, type Table } from '../../src/tables/index.ts';
import { type Fraction, isMissing, toNumber } from '../../src/vocabulary/index.ts';

const exact = (f: Fraction | undefined): string => (f === undefined ? '-' : `${f.num}/${f.den}`);

/** Roots and logarithms are doubles: two engines agree to nine digits, not in the last bit. */
const isReal = (measure: Measure | undefined): boolean =>
  measure?.kind === 'statistic' && (measure.statistic === 'spread' || measure.statistic === 'geometric_mean');

const valueText = (cell: Cell, measure: Measure | undefined): string => {
  if (isMissing(cell.value)) return cell.value.missing;
  if (!isReal(measure)) return exact(cell.value);
  const value = toNumber(cell.value);
  // A sum of squares in doubles leaves dust where the exact spread is 0.
  return Math.abs(value) < 1e-6 ? '0' : value.toPrecision(9);
};

/** Everything a table says, line by line, so that a difference is readable. */
export const linesOf = (table: Table, definition: TableDefinition): readonly string[] => [
  ...table.dimensions.map((d) => `${d.by}: ${d.codes.map((c) => c.code).join(' ')}`),
  ...table.cells.map((cell) => {
    const measure = definition.measures.find((m) => m.id === cell.measure);
    const parts = [
      exact(cell.numerator),
      exact(cell.denominator),
      cell.n,
      cell.nMissing,
      cell.flags.join('+'),
    ];
    return [addressOf(table, cell), valueText(cell, measure), ...parts].join(' ');
  }),
];
