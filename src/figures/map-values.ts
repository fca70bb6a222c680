import { type Cell, decimalsOf, type Table, TOTAL } from '../tables/index.ts';
import { isMissing, type Label, type Problem, problem, roundTo, unitNameOn } from '../vocabulary/index.ts';
import { naturalClasses, type ValueClass } from './classes.ts';
import type { FigureRequest } from './figure.ts';
import { columnDimension, type Grid, type GridColumn, type GridRow, gridOf, onlyColumn } from './grid.ts';
import type { LegendEntry } from './legend.ts';
import { ABSENT, type Fill, hatched, steps, WITHHELD } from './palette.ts';
import { fewEntries, gapEntries, isWithheld, type Pen, restsOnFew } from './pen.ts';

/** What a map shows: a value, a gap or nothing for each unit of a division. */
export interface MapValues {
  readonly units: readonly string[];
  readonly cells: ReadonlyMap<string, Cell>;
  readonly column: GridColumn | undefined;
  /** The rows drawn, for words. */
  readonly grid: Grid;
  /** Rows without a unit. */
  readonly elsewhere: readonly GridRow[];
  readonly classes: readonly ValueClass[];
  readonly colours: readonly string[];
}

/** The dimension of the units: `unit`, or the first one. */
const unitColumn = (table: Table) => {
  const across = columnDimension(table);
  return across?.by === 'unit' ? table.dimensions[0] : across;
};

const shortLabel = (request: FigureRequest, pen: Pen, unit: string): Label => {
  const name = { text: unitName(request, pen, unit) };
  return { kk: name, ru: name, en: name };
};

/** The value as a reader sees it: what is printed alike must be coloured alike. */
const printed = (cell: Cell | undefined, { measure }: Pen): number | undefined =>
  cell === undefined || isMissing(cell.value)
    ? undefined
    : Number(roundTo(cell.value, decimalsOf(cell, measure)));

/** Rows that say why no unit is known (`_not_recorded`): they stand under the map, not on it. */
const isElsewhere = ({ codes }: GridRow): boolean => codes[0]?.startsWith('_') ?? false;

/** Values by unit. A code that is no unit of the division is a problem, not a blank: the map would lie by leaving it out. */
export const mapValues = (request: FigureRequest, pen: Pen): MapValues | Problem => {
  const { table, vintage } = request;
  if (vintage === undefined) return problem('figure_vintage_missing', { table: table.id });
  const all = onlyColumn(gridOf(table, pen.measure.id, unitColumn(table)), request.column);
  const parts = all.rows.filter((row) => !row.codes.includes(TOTAL));
  const units = parts.filter((row) => !isElsewhere(row));
  const codes = units.map((row) => row.codes[0] ?? '');
  const strange = codes.find((code) => !vintage.units.includes(code));
  if (strange !== undefined)
    return problem('figure_unit_unknown', { unit: strange, vintage: vintage.id, table: table.id });
  if (new Set(codes).size < codes.length) return problem('figure_map_dimensions', { table: table.id });
  const rows = units.map((row) => ({ ...row, label: shortLabel(request, pen, row.codes[0] ?? '') }));
  const cells = new Map(
    rows.flatMap((row) => (row.cells[0] === undefined ? [] : [[row.codes[0] ?? '', row.cells[0]]])),
  );
  const values = [...cells.values()].map((cell) => printed(cell, pen)).filter((v) => v !== undefined);
  const classes = naturalClasses(values, 5);
  return {
    units: vintage.units,
    cells,
    column: all.columns[0],
    grid: { columns: all.columns, rows },
    elsewhere: parts.filter(isElsewhere),
    classes,
    colours: steps(pen.measure.polarity ?? 'none', classes.length),
  };
};

/** How a unit is filled. A unit without a row has nothing recorded; it is never coloured as zero. */
export const fillOf = ({ cells, classes, colours }: MapValues, pen: Pen, unit: string): Fill => {
  const cell = cells.get(unit);
  const value = printed(cell, pen);
  if (cell !== undefined && isWithheld(cell)) return WITHHELD;
  if (value === undefined) return ABSENT;
  const at = classes.findIndex(({ low, high }) => low <= value && value <= high);
  const fill: Fill = { id: `class-${at}`, ground: colours[at] ?? ABSENT.ground };
  return restsOnFew(cell) ? hatched(fill) : fill;
};

/** Short name of a unit on the day that the map shows; else its label in the table. */
export const unitName = ({ table, geography, day }: FigureRequest, pen: Pen, unit: string): string => {
  const known = geography?.units.get(unit);
  const name = known === undefined ? undefined : unitNameOn(known, day);
  const label =
    (pen.narrow ? name?.narrow : undefined) ??
    name?.short ??
    name?.label ??
    table.dimensions.flatMap((d) => d.codes).find((c) => c.code === unit)?.label;
  return label === undefined ? unit : pen.label(label);
};

/** Which end of the classes is the worse one: said in words, because a colour alone does not say it. */
const withEnd = (pen: Pen, text: string, at: number, classes: number): string => {
  const { polarity } = pen.measure;
  const first = at === 0;
  if (polarity === undefined || classes < 2 || (!first && at < classes - 1)) return text;
  const better = first === (polarity === 'high_is_bad');
  return pen.say('end', { text, end: better ? 'better' : 'worse' });
};

/** The classes by the displayed values that lie in them, then the kinds of gaps there are. */
export const mapLegend = (values: MapValues, pen: Pen): readonly LegendEntry[] => {
  const { cells, classes, colours, units } = values;
  const shown = new Map(
    [...cells.values()].flatMap((cell) => {
      const value = printed(cell, pen);
      return value === undefined ? [] : [[value, pen.value(cell)] as const];
    }),
  );
  const range = ({ low, high }: ValueClass): string => {
    const [from, to] = [shown.get(low) ?? '', shown.get(high) ?? ''];
    return from === to ? from : `${from} – ${to}`;
  };
  const entries: LegendEntry[] = classes.map((c, i) => ({
    text: withEnd(pen, range(c), i, classes.length),
    fill: { id: `class-${i}`, ground: colours[i] as string },
  }));
  const absent = units.some((unit) => !cells.has(unit)) ? [pen.say('absent')] : [];
  const all = [...cells.values()];
  return [...entries, ...fewEntries(pen, all), ...gapEntries(pen, all, absent)];
};

/** What the dark end means, where more is worse or better. */
export const polarityNote = (pen: Pen): string =>
  pen.say('darker', { polarity: pen.measure.polarity ?? 'none' });

/** Units and their values, for words. */
export const mapItems = ({ grid }: MapValues, pen: Pen) =>
  grid.rows.flatMap((row) =>
    row.cells[0] === undefined ? [] : [{ name: pen.label(row.label), cell: row.cells[0] }],
  );

/** What a map leaves out, said with its values. */
export const elsewhereNotes = ({ elsewhere }: MapValues, pen: Pen): readonly string[] => {
  const texts = elsewhere.flatMap(({ label, cells: [cell] }) =>
    cell === undefined ? [] : [`${pen.label(label)} (${pen.value(cell)})`],
  );
  return texts.length === 0 ? [] : [pen.say('note.elsewhere', { names: texts.join(', ') })];
};
