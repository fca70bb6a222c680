import type { Snapshot } from '../snapshot/index.ts';
import type { Study, TableDefinition } from '../study/index.ts';
import type { Fraction } from '../vocabulary/index.ts';
import type { Ground } from './amount.ts';
import { arrangeTable } from './arrange.ts';
import { type Table, TOTAL } from './cell.ts';
import { truthOf } from './condition.ts';
import { definitionProblem } from './definition-problem.ts';
import { type DimensionPlan, planDimension } from './dimension-plan.ts';
import type { CountingEngine } from './engine-port.ts';
import { monthsOf, placeDimension } from './exposure.ts';
import { planMeasure, type Surroundings } from './measure-plan.ts';
import { peopleBehind } from './person-values.ts';
import { newProgram, type Program, runProgram } from './program.ts';
import { isGapCode } from './reserved-codes.ts';
import { type At, ask, readTally, settle } from './settle.ts';
import { spaceOf } from './space.ts';
import { EVERY } from './status.ts';
import { tableView } from './table-view.ts';

/** A table cannot have more places than this; a definition that asks for more is refused, not tried. */
const MOST_PLACES = 4_000_000;

const CALENDAR: ReadonlySet<string> = new Set(['year', 'quarter', 'month']);

/** Bases of shares, and exposure: that of the place's period, of the snapshot's periods when there is no such dimension. */
const surroundingsOf = (
  study: Study,
  snapshot: Snapshot,
  definition: TableDefinition,
  dimensions: readonly DimensionPlan[],
  rows: At<number>,
): Surroundings => {
  const totals = dimensions.map((d) => d.groups.length);
  const period = dimensions.findIndex((d) => d.by === 'period');
  const calendar = dimensions.flatMap((d, i) => (CALENDAR.has(d.by) ? [i] : []));
  const groups = dimensions[period]?.groups ?? [];
  const observed = (): readonly string[] =>
    groups.flatMap(({ code }, g) => {
      const shown = snapshot.manifest.periods.includes(code) || rows(totals.with(period, g)) > 0;
      return shown && !isGapCode(code) ? [code] : [];
    });
  const where = dimensions.findIndex((d) => d.by === placeDimension(study, definition));
  const known = new Map<string, Fraction | undefined>();
  const monthsAt = (place: readonly number[]): Fraction | undefined => {
    const group = place[period];
    const shown =
      group === undefined
        ? snapshot.manifest.periods
        : group === groups.length
          ? observed()
          : [groups[group]?.code ?? ''];
    const codeOf = (by: string): string => {
      const d = dimensions.findIndex((one) => one.by === by);
      return dimensions[d]?.groups[place[d] ?? -1]?.code ?? TOTAL;
    };
    return monthsOf(study, snapshot, definition, shown, codeOf);
  };
  return {
    base: (place, fixed) =>
      place.map((group, d) => (fixed.has(dimensions[d]?.by ?? '') ? group : (totals[d] as number))),
    months: (place) => {
      // Exposure is known for periods only; a part of one has none of its own.
      if (calendar.some((d) => place[d] !== totals[d])) return undefined;
      const key = `${place[period] ?? ''}/${place[where] ?? ''}`;
      if (!known.has(key)) known.set(key, monthsAt(place));
      return known.get(key);
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
  const shown = dimensions.reduce((product, d) => product * (d.groups.length + 1), 1);
  if (shown > MOST_PLACES) throw definitionProblem(definition, 'too_many_cells', String(shown));
  const where = definition.where === undefined ? EVERY : truthOf(program, definition.where.root);
  const space = spaceOf(program, dimensions, where);
  const ground: Ground = { program, space, definition };
  const tally = ask(program, space, { kind: 'tally', status: EVERY });
  let rows: At<number> = () => 0;
  const around = surroundingsOf(study, snapshot, definition, dimensions, (place) => rows(place));
  const measures = definition.measures.map((measure) => ({
    id: measure.id,
    plan: planMeasure(ground, measure, around),
  }));

  return () => {
    const at = readTally(tally);
    rows = (place) => at(place)[1];
    const outcomes = new Map(measures.map(({ id, plan }) => [id, plan()]));
    const outcome = (measure: string, place: readonly number[]) => {
      const found = outcomes.get(measure);
      if (found === undefined) throw definitionProblem(definition, 'measure_unknown', measure);
      return found(place);
    };
    return arrangeTable(study, snapshot, definition, dimensions, {
      rows,
      outcome,
      people: peopleBehind(study, snapshot, definition),
    });
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
  for (const program of programs.values()) {
    settle(program);
    runProgram(program);
  }
  return results.map((result) => result());
};

/** Our own engine behind the port: dictionary-coded typed arrays, in the server and in the browser. */
export const columnarEngine: CountingEngine = {
  name: 'columnar',
  count: (study, snapshot, definitions) => Promise.resolve(countTables(study, snapshot, definitions)),
};
