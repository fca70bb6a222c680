import type { Snapshot } from '../snapshot/index.ts';
import type { Study, TableDefinition } from '../study/index.ts';
import type { Fraction } from '../vocabulary/index.ts';
import { cellIndex, rowsOf } from './accumulate.ts';
import type { Ground } from './amount.ts';
import { arrangeTable, type Counted, monthsOf } from './arrange.ts';
import type { Table } from './cell.ts';
import { definitionProblem } from './definition-problem.ts';
import { type DimensionPlan, planDimension } from './dimension-plan.ts';
import type { CountingEngine } from './engine-port.ts';
import { type Layout, layoutOf, withTotals } from './layout.ts';
import { planMeasure, type Surroundings } from './measure-plan.ts';
import { truthOf } from './condition.ts';
import { newProgram, type Program, runProgram } from './program.ts';
import { isGapCode } from './reserved-codes.ts';
import { tableView } from './table-view.ts';

/** A table cannot have more places than this; a definition that asks for more is refused, not tried. */
const MOST_PLACES = 4_000_000;

const CALENDAR: ReadonlySet<string> = new Set(['year', 'quarter', 'month']);

const groupAt = (layout: Layout, d: number, place: number): number =>
  Math.floor(place / (layout.strides[d] as number)) % ((layout.sizes[d] as number) + 1);

/** Bases of shares, and exposure: that of the place's period, of the snapshot's periods when there is no such dimension. */
const surroundingsOf = (
  study: Study,
  snapshot: Snapshot,
  dimensions: readonly DimensionPlan[],
  layout: Layout,
  rows: () => Float64Array,
): Surroundings => {
  const period = dimensions.findIndex((d) => d.by === 'period');
  const calendar = dimensions.flatMap((d, i) => (CALENDAR.has(d.by) ? [i] : []));
  const groups = dimensions[period]?.groups ?? [];
  const top = layout.places - 1;
  const observed = (): readonly string[] =>
    groups.flatMap(({ code }, g) => {
      const place = top - (groups.length - g) * (layout.strides[period] as number);
      const shown = snapshot.manifest.periods.includes(code) || (rows()[place] as number) > 0;
      return shown && !isGapCode(code) ? [code] : [];
    });
  const known = new Map<number, Fraction | undefined>();
  const monthsAt = (group: number): Fraction | undefined => {
    if (period < 0) return monthsOf(study, snapshot.manifest.periods);
    return monthsOf(study, group === groups.length ? observed() : [groups[group]?.code ?? '']);
  };
  return {
    base: (place, fixed) =>
      dimensions.reduce((at, { by }, d) => {
        if (fixed.has(by)) return at;
        return at + ((layout.sizes[d] as number) - groupAt(layout, d, place)) * (layout.strides[d] as number);
      }, place),
    months: (place) => {
      // Exposure is known for periods only; a part of one has none of its own.
      if (calendar.some((d) => groupAt(layout, d, place) !== layout.sizes[d])) return undefined;
      const group = period < 0 ? 0 : groupAt(layout, period, place);
      if (!known.has(group)) known.set(group, monthsAt(group));
      return known.get(group);
    },
  };
};

/** Adds a definition to a program; the table is asked for when the program has run. */
const planTable = (
  study: Study,
  snapshot: Snapshot,
  program: Program,
  definition: TableDefinition,
): (() => Table) => {
  const dimensions = definition.dimensions.map((d) => planDimension(study, program.view, definition, d));
  const unknownTotal = definition.totals.find((by) => !dimensions.some((d) => d.by === by));
  if (unknownTotal !== undefined) throw definitionProblem(definition, 'dimension_unknown', unknownTotal);
  const layout = layoutOf(dimensions.map((d) => d.groups.length));
  if (layout.places > MOST_PLACES)
    throw definitionProblem(definition, 'too_many_cells', String(layout.places));
  const where = definition.where === undefined ? undefined : truthOf(program, definition.where.root);
  const cells = cellIndex(program, dimensions, where);
  const ground: Ground = { program, cells, layout, definition };
  const inner = rowsOf(program, cells);
  let rows: Float64Array = new Float64Array();
  const around = surroundingsOf(study, snapshot, dimensions, layout, () => rows);
  const measures = definition.measures.map((measure) => ({
    id: measure.id,
    plan: planMeasure(ground, measure, around),
  }));
  const indexOf = (place: readonly number[]): number =>
    place.reduce((at, group, d) => at + group * (layout.strides[d] as number), 0);

  return () => {
    rows = withTotals(inner, layout, 1);
    const outcomes = new Map(measures.map(({ id, plan }) => [id, plan()]));
    const counted: Counted = {
      rows: (place) => rows[indexOf(place)] as number,
      outcome: (measure, place) => {
        const at = outcomes.get(measure);
        if (at === undefined) throw definitionProblem(definition, 'measure_unknown', measure);
        return at(indexOf(place));
      },
    };
    return arrangeTable(study, snapshot, definition, dimensions, counted);
  };
};

/**
 * Counts tables over a snapshot: one pass over each snapshot table, however many definitions stand on it. The results are
 * in the order of the definitions. Throws ProblemError for a definition that does not fit the study or the snapshot.
 */
export const countTables = (
  study: Study,
  snapshot: Snapshot,
  definitions: readonly TableDefinition[],
): readonly Table[] => {
  const programs = new Map<string, Program>();
  const results = definitions.map((definition) => {
    const view = tableView(snapshot, definition.of);
    if (view === undefined) throw definitionProblem(definition, 'table_unknown', definition.of);
    const program = programs.get(definition.of) ?? newProgram(view);
    programs.set(definition.of, program);
    return planTable(study, snapshot, program, definition);
  });
  for (const program of programs.values()) runProgram(program);
  return results.map((result) => result());
};

/** Our own engine behind the port: dictionary-coded typed arrays, in the server and in the browser. */
export const columnarEngine: CountingEngine = {
  name: 'columnar',
  count: (study, snapshot, definitions) => Promise.resolve(countTables(study, snapshot, definitions)),
};
