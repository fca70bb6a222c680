import { type Table, type TableDimension, type TableMeasure, TOTAL } from '../tables/index.ts';
import { isMissing } from '../vocabulary/index.ts';
import type { FigureKind } from './figure.ts';
import { isPeriod } from './grid.ts';

/** A way to draw a table that suits its shape. */
export interface FittingFigure {
  readonly kind: FigureKind;
  readonly measure: string;
  /** Further measures of the same table, a panel each. */
  readonly others?: readonly string[];
}

/** What of a table decides how it can be drawn. */
interface Shape {
  readonly table: Table;
  /** Codes of the first two dimensions, totals left out. */
  readonly rows: number;
  readonly columns: number;
  readonly time: TableDimension | undefined;
  /** Codes of the time dimension. */
  readonly periods: number;
  /** Rows are first-level units, and nothing but time divides them. */
  readonly units: boolean;
  /** The measure that the table is about: the first that says which end is worse, else the first. */
  readonly lead: TableMeasure;
  /** Numbers of cases, which add up. */
  readonly count: TableMeasure | undefined;
  readonly percent: TableMeasure | undefined;
}

const codesOf = (dimension: TableDimension | undefined): number =>
  dimension?.codes.filter(({ code }) => code !== TOTAL).length ?? 0;

/** A count is its own numerator and has no base; a statistic has neither. */
const isCount = ({ cells }: Table, { id }: TableMeasure): boolean => {
  const own = cells.filter((cell) => cell.measure === id && !isMissing(cell.value));
  return (
    own.length > 0 && own.every((cell) => cell.numerator !== undefined && cell.denominator === undefined)
  );
};

const shapeOf = (table: Table, first: TableMeasure): Shape => {
  const { dimensions, measures } = table;
  const time = dimensions.find(isPeriod);
  return {
    table,
    rows: codesOf(dimensions[0]),
    columns: codesOf(dimensions[1]),
    time,
    periods: codesOf(time),
    units: dimensions.some((d) => d.by === 'unit') && dimensions.every((d) => d.by === 'unit' || d === time),
    lead: measures.find((m) => m.polarity !== undefined) ?? first,
    count: measures.find((m) => isCount(table, m)),
    percent: measures.find((m) => m.unit === 'percent'),
  };
};

/** Few enough columns to stand beside each other; of periods the last may stand for all, of other things none may. */
const MOST_COLUMNS = 4;
const MOST_TARGETS = 8;
const MOST_PANELS = 6;

/** What each kind needs of a table and the measure it draws, the most telling kind first. */
const NEEDS: readonly (readonly [FigureKind, (shape: Shape) => TableMeasure | undefined])[] = [
  ['diverging', ({ table, percent }) => (table.dimensions[0]?.ordered === true ? percent : undefined)],
  ['line', ({ periods, lead }) => (periods > 2 ? lead : undefined)],
  ['map', ({ units, lead }) => (units ? lead : undefined)],
  [
    'bar',
    ({ columns, time, table, lead }) =>
      columns <= MOST_COLUMNS || time === table.dimensions[1] ? lead : undefined,
  ],
  [
    'panels',
    ({ table: { dimensions, measures }, rows, time, lead }) =>
      dimensions.length === 1 &&
      rows > (time === undefined ? 1 : 2) &&
      measures.length > 2 &&
      measures.length <= MOST_PANELS
        ? lead
        : undefined,
  ],
  ['stacked', ({ columns, count, percent }) => (columns > 1 ? (count ?? percent) : undefined)],
  ['whole', ({ columns, count, percent }) => (columns > 1 ? (count ?? percent) : undefined)],
  [
    'flow',
    ({ rows, columns, time, count }) =>
      time === undefined && rows > 2 && columns > 2 && columns <= MOST_TARGETS ? count : undefined,
  ],
  [
    'timeline',
    ({ table, time, columns, count }) =>
      time?.by === 'month' && time === table.dimensions[1] && columns > 2 ? count : undefined,
  ],
  ['tiles', ({ units, lead }) => (units ? lead : undefined)],
];

/**
 * The ways to draw a table that suit its shape, the most telling first: its dimensions, what they are of and how long, what
 * its measures are. No table is known by name. Whether a figure comes about depends on its numbers too (`drawFigure`).
 */
export const fittingFigures = (table: Table): readonly FittingFigure[] => {
  const [first] = table.measures;
  if (first === undefined || table.dimensions.length === 0 || table.dimensions.length > 2) return [];
  const shape = shapeOf(table, first);
  return NEEDS.flatMap(([kind, measureFor]) => {
    const measure = measureFor(shape);
    if (measure === undefined) return [];
    const others = kind === 'panels' ? table.measures.filter((m) => m !== measure).map((m) => m.id) : [];
    return [{ kind, measure: measure.id, ...(others.length === 0 ? {} : { others }) }];
  });
};
