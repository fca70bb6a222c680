import type { Snapshot } from '../snapshot/index.ts';
import type { Measure, Study, TableDefinition } from '../study/index.ts';
import { add, compare, isMissing, toNumber, type Fraction } from '../vocabulary/index.ts';
import { cellIndex, rowsOf } from './accumulate.ts';
import type { Ground } from './amount.ts';
import { TOTAL, type Cell, type CellFlag, type Table, type TableMeasure } from './cell.ts';
import {
  definitionProblem,
  isGapGroup,
  planDimension,
  type DimensionPlan,
  type Group,
} from './dimension-plan.ts';
import type { CountingEngine } from './engine-port.ts';
import { layoutOf, withTotals, type Layout } from './layout.ts';
import { planMeasure, type At, type Outcome, type Surroundings } from './measure-plan.ts';
import { newProgram, runProgram, truthOf, type Program } from './program.ts';
import { RESERVED_LABELS } from './reserved-codes.ts';
import { publishedCodes } from './series.ts';
import { tableView } from './table-view.ts';

/** A table cannot have more cells than this; a definition that asks for more is refused, not tried. */
const MOST_CELLS = 4_000_000;

/** One table on its way through a program. */
export interface TablePlan {
  readonly definition: TableDefinition;
  readonly dimensions: readonly DimensionPlan[];
  readonly ground: Ground;
  /** The table as counted; call when the program has run. */
  readonly result: () => Table;
}

/** A group of a dimension as shown: where it stands in the layout. */
interface Shown extends Group {
  readonly at: number;
}

const exposureOf = (study: Study, period: string): Fraction | undefined =>
  study.periods.find((p) => p.id === period)?.exposure?.months;

const sumOfMonths = (study: Study, periods: readonly string[]): Fraction | undefined =>
  periods
    .map((p) => exposureOf(study, p))
    .reduce((sum, months) => (sum === undefined || months === undefined ? undefined : add(sum, months)), {
      num: 0n,
      den: 1n,
    } as Fraction | undefined);

const CALENDAR: ReadonlySet<string> = new Set(['year', 'quarter', 'month']);

const groupAt = (layout: Layout, d: number, place: number): number =>
  Math.floor(place / (layout.strides[d] as number)) % ((layout.sizes[d] as number) + 1);

const surroundingsOf = (
  study: Study,
  snapshot: Snapshot,
  dimensions: readonly DimensionPlan[],
  layout: Layout,
  shownPeriods: () => readonly string[],
): Surroundings => {
  const period = dimensions.findIndex((d) => d.by === 'period');
  const calendar = dimensions.flatMap((d, i) => (CALENDAR.has(d.by) ? [i] : []));
  const isTotal = (d: number, place: number): boolean => groupAt(layout, d, place) === layout.sizes[d];
  const known = new Map<number, Fraction | undefined>();
  const monthsOf = (group: number): Fraction | undefined => {
    if (period < 0) return sumOfMonths(study, snapshot.manifest.periods);
    if (group === layout.sizes[period]) return sumOfMonths(study, shownPeriods());
    return exposureOf(study, dimensions[period]?.groups[group]?.code ?? '');
  };
  return {
    base: (place, fixed) =>
      dimensions.reduce((at, dimension, d) => {
        if (fixed.has(dimension.by)) return at;
        return at + ((layout.sizes[d] as number) - groupAt(layout, d, place)) * (layout.strides[d] as number);
      }, place),
    months: (place) => {
      // Exposure is known for periods only; part of a year has none of its own.
      if (calendar.some((d) => !isTotal(d, place))) return undefined;
      const group = period < 0 ? 0 : groupAt(layout, period, place);
      if (!known.has(group)) known.set(group, monthsOf(group));
      return known.get(group);
    },
  };
};

/** Groups to show, in list order: those with rows; of an `empty: show` dimension all, gaps and foreign periods excepted. */
const shownGroups = (
  snapshot: Snapshot,
  plan: DimensionPlan,
  rows: (group: number) => number,
  printed: ReadonlySet<string>,
): readonly Shown[] =>
  plan.groups
    .map((group, at) => ({ ...group, at }))
    .filter((group) => {
      if (rows(group.at) > 0 || printed.has(group.code)) return true;
      if (plan.dimension.empty === 'hide' || isGapGroup(group)) return false;
      return plan.by !== 'period' || snapshot.manifest.periods.includes(group.code);
    });

/** By a measure at the totals of the other dimensions; cells without a value, then gaps, stay last; ties keep list order. */
const ordered = (
  shown: readonly Shown[],
  plan: DimensionPlan,
  valueOf: ((group: number) => Outcome['value']) | undefined,
): readonly Shown[] => {
  const { order } = plan.dimension;
  if (order.kind === 'list' || valueOf === undefined) return shown;
  return shown.toSorted((a, b) => {
    if (isGapGroup(a) !== isGapGroup(b)) return isGapGroup(a) ? 1 : -1;
    const [x, y] = [valueOf(a.at), valueOf(b.at)];
    if (isMissing(x) || isMissing(y)) return Number(isMissing(x)) - Number(isMissing(y));
    return order.descending ? compare(y, x) : compare(x, y);
  });
};

const SMALL_BASE = 30;
const PERSONS: ReadonlySet<string> = new Set(['persons', 'person']);

const flagsOf = (
  study: Study,
  snapshot: Snapshot,
  definition: TableDefinition,
  measure: Measure,
  o: Outcome,
): CellFlag[] => {
  const flags: CellFlag[] = [];
  const threshold = study.disclosure.thresholdPersons;
  if (!isMissing(o.value)) {
    const persons = PERSONS.has(measure.unit)
      ? toNumber(o.numerator ?? o.value)
      : PERSONS.has(definition.unit)
        ? o.n
        : 0;
    if (persons > 0 && persons < threshold) flags.push('below_threshold');
    // Methodology 4.1: a percentage on fewer than 30 is printed with its base.
    if (measure.unit === 'percent' && o.n < SMALL_BASE) flags.push('small_base');
    if (measure.lowerBound === true) flags.push('lower_bound');
  }
  if (snapshot.manifest.synthetic) flags.push('synthetic');
  return flags;
};

const product = (lists: readonly (readonly Shown[])[]): readonly (readonly Shown[])[] =>
  lists.reduce<readonly (readonly Shown[])[]>(
    (rows, list) => rows.flatMap((row) => list.map((g) => [...row, g])),
    [[]],
  );

/** Adds a definition to a program. Throws ProblemError when it does not fit the study or the snapshot. */
export const planTable = (
  study: Study,
  snapshot: Snapshot,
  program: Program,
  definition: TableDefinition,
): TablePlan => {
  const dimensions = definition.dimensions.map((d) => planDimension(study, program.view, definition, d));
  const unknownTotal = definition.totals.find((by) => !dimensions.some((d) => d.by === by));
  if (unknownTotal !== undefined) throw definitionProblem(definition, 'dimension_unknown', unknownTotal);
  const layout = layoutOf(dimensions.map((d) => d.groups.length));
  if (layout.places > MOST_CELLS)
    throw definitionProblem(definition, 'too_many_cells', String(layout.places));
  const where = definition.where === undefined ? undefined : truthOf(program, definition.where.root);
  const cells = cellIndex(program, dimensions, where);
  const ground: Ground = { program, cells, layout, definition };
  const rows = rowsOf(program, cells);
  let shown: readonly (readonly Shown[])[] = [];
  const around = surroundingsOf(study, snapshot, dimensions, layout, () => {
    const d = dimensions.findIndex((plan) => plan.by === 'period');
    return (shown[d] ?? []).filter((g) => !isGapGroup(g)).map((g) => g.code);
  });
  const measures = definition.measures.map((measure) => ({
    measure,
    plan: planMeasure(ground, measure, around),
  }));

  const result = (): Table => {
    const counts = withTotals(rows, layout, 1);
    const whole = dimensions.reduce(
      (place, _, d) => place + (layout.sizes[d] as number) * (layout.strides[d] as number),
      0,
    );
    const onlyGroup = (d: number, group: number): number =>
      whole - ((layout.sizes[d] as number) - group) * (layout.strides[d] as number);
    shown = dimensions.map((plan, d) =>
      shownGroups(
        snapshot,
        plan,
        (g) => counts[onlyGroup(d, g)] as number,
        publishedCodes(study, definition, plan.by),
      ),
    );
    const outcomes = new Map<string, At<Outcome>>(measures.map(({ measure, plan }) => [measure.id, plan()]));
    const inOrder = dimensions.map((plan, d) => {
      const { order } = plan.dimension;
      const at = order.kind === 'measure' ? outcomes.get(order.measure) : undefined;
      if (order.kind === 'measure' && at === undefined)
        throw definitionProblem(definition, 'measure_unknown', order.measure);
      return ordered(shown[d] ?? [], plan, at && ((group) => at(onlyGroup(d, group)).value));
    });
    const codes = inOrder.map((groups, d) => {
      const total: Shown = {
        code: TOTAL,
        label: RESERVED_LABELS.get(TOTAL) as Group['label'],
        at: layout.sizes[d] as number,
      };
      return dimensions[d]?.total === true ? [...groups, total] : groups;
    });
    const tableMeasures: TableMeasure[] = definition.measures.map(
      ({ id, label, unit, decimals, polarity }) => ({
        id,
        label,
        unit,
        decimals,
        ...(polarity === undefined ? {} : { polarity }),
      }),
    );
    const counted: Cell[] = [];
    for (const groups of product(codes)) {
      const at = Object.fromEntries(groups.map((g, d) => [dimensions[d]?.by ?? '', g.code]));
      const place = groups.reduce((p, g, d) => p + g.at * (layout.strides[d] as number), 0);
      for (const measure of definition.measures) {
        const outcome = (outcomes.get(measure.id) as At<Outcome>)(place);
        const flags = flagsOf(study, snapshot, definition, measure, outcome);
        counted.push({ at, measure: measure.id, ...outcome, unit: measure.unit, origin: 'computed', flags });
      }
    }
    return {
      id: definition.id,
      title: definition.title,
      unit: definition.unit,
      snapshot: snapshot.manifest.id,
      dimensions: dimensions.map((plan, d) => ({
        by: plan.by,
        label: plan.label,
        codes: (codes[d] ?? []).map(({ code, label }) => ({ code, label })),
      })),
      measures: tableMeasures,
      cells: counted,
      breaks: [],
    };
  };
  return { definition, dimensions, ground, result };
};

/**
 * Counts tables over a snapshot: one pass over each snapshot table, however many definitions stand on it. The results are
 * in the order of the definitions. Throws ProblemError with every definition that cannot be counted.
 */
export const countTables = (
  study: Study,
  snapshot: Snapshot,
  definitions: readonly TableDefinition[],
): readonly Table[] => {
  const programs = new Map<string, Program>();
  const plans = definitions.map((definition) => {
    const view = tableView(snapshot, definition.of);
    if (view === undefined) throw definitionProblem(definition, 'table_unknown', definition.of);
    const program = programs.get(definition.of) ?? newProgram(view);
    programs.set(definition.of, program);
    return planTable(study, snapshot, program, definition);
  });
  for (const program of programs.values()) runProgram(program);
  return plans.map((plan) => plan.result());
};

/** Our own engine behind the port: dictionary-coded typed arrays, in the server and in the browser. */
export const columnarEngine: CountingEngine = {
  name: 'columnar',
  count: (study, snapshot, definitions) => Promise.resolve(countTables(study, snapshot, definitions)),
};
