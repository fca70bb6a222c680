import type { Snapshot } from '../snapshot/index.ts';
import type { Dimension, Measure, Study, TableDefinition } from '../study/index.ts';
import { compare, isMissing, type Label, toNumber } from '../vocabulary/index.ts';
import { type Cell, type CellFlag, type Table, type TableMeasure, TOTAL } from './cell.ts';
import { definitionProblem } from './definition-problem.ts';
import { doubtsOf } from './doubts.ts';
import { intervalOf, type PeopleBehind } from './interval.ts';
import type { Outcome } from './outcome.ts';
import { isGapCode, RESERVED_LABELS } from './reserved-codes.ts';
import { publishedCodes } from './series.ts';

/** The groups of a dimension as a definition names them: in list order, gaps last. */
export interface DimensionShape {
  readonly by: string;
  readonly label: Label;
  readonly groups: readonly { readonly code: string; readonly label: Label }[];
  readonly dimension: Dimension;
  readonly total: boolean;
  readonly ordered?: true;
}

/**
 * What an engine has counted. A place is one number a dimension: the index of a group, or the number of groups for the
 * total of that dimension.
 */
export interface Counted {
  readonly rows: (place: readonly number[]) => number;
  readonly outcome: (measure: string, place: readonly number[]) => Outcome;
  readonly people: (measure: Measure, place: readonly number[]) => PeopleBehind;
}

interface Shown {
  readonly code: string;
  readonly label: Label;
  readonly at: number;
}

/** Groups to show, in list order: those with rows or printed before; of an `empty: show` dimension all but unused gaps. */
const shownGroups = (
  study: Study,
  snapshot: Snapshot,
  definition: TableDefinition,
  shape: DimensionShape,
  rows: (group: number) => number,
): readonly Shown[] => {
  const printed = publishedCodes(study, definition, shape.by);
  return shape.groups
    .map((group, at) => ({ ...group, at }))
    .filter(({ code, at }) => {
      if (rows(at) > 0 || printed.has(code)) return true;
      if (shape.dimension.empty === 'hide' || isGapCode(code)) return false;
      return shape.by !== 'period' || snapshot.manifest.periods.includes(code);
    });
};

/** By a measure at the totals of the other dimensions; groups without a value, then gaps, stay last; ties keep list order. */
const ordered = (
  shown: readonly Shown[],
  descending: boolean,
  valueOf: (group: number) => Outcome['value'],
): readonly Shown[] => {
  const values = new Map(shown.map(({ at }) => [at, valueOf(at)]));
  return shown.toSorted((a, b) => {
    const [gapA, gapB] = [isGapCode(a.code), isGapCode(b.code)];
    if (gapA || gapB) return Number(gapA) - Number(gapB);
    const [x, y] = [values.get(a.at), values.get(b.at)];
    if (x === undefined || y === undefined || isMissing(x) || isMissing(y))
      return Number(isMissing(x)) - Number(isMissing(y));
    return descending ? compare(y, x) : compare(x, y);
  });
};

const SMALL_BASE = 30;
const PERSONS: ReadonlySet<string> = new Set(['persons', 'person']);

/** Least and greatest values are single answers: they need more people behind them (methodology 5). */
const EXTREMES: ReadonlySet<string> = new Set(['min', 'max']);
const PERSONS_FOR_EXTREMES = 10;

/** Distinct persons of the cell, where the table counts them; else as far as what it counts is persons. */
const personsBehind = (
  study: Study,
  definition: TableDefinition,
  counted: Counted,
  measure: Measure,
  o: Outcome,
  place: readonly number[],
): number => {
  if (isMissing(o.value)) return 0;
  if (definition.persons !== undefined) {
    const persons = counted.outcome(definition.persons, place).value;
    return isMissing(persons) ? 0 : toNumber(persons);
  }
  const isPerson = (unit: string): boolean => PERSONS.has(unit) || study.disclosure.ofOnePerson.has(unit);
  if (isPerson(measure.unit)) return toNumber(o.numerator ?? o.value);
  return isPerson(definition.unit) ? o.n : 0;
};

const threshold = (study: Study, measure: Measure): number =>
  measure.kind === 'statistic' && EXTREMES.has(measure.statistic)
    ? Math.max(PERSONS_FOR_EXTREMES, study.disclosure.thresholdPersons)
    : study.disclosure.thresholdPersons;

const flagger =
  (study: Study, snapshot: Snapshot, definition: TableDefinition, counted: Counted) =>
  (measure: Measure, o: Outcome, place: readonly number[]): readonly CellFlag[] => {
    const flags: CellFlag[] = [];
    const persons = personsBehind(study, definition, counted, measure, o, place);
    if (persons > 0 && persons < threshold(study, measure)) flags.push('below_threshold');
    if (!isMissing(o.value)) {
      // A percentage on fewer than 30 is printed with its base (methodology 4.1).
      if (measure.unit === 'percent' && o.n < SMALL_BASE) flags.push('small_base');
      if (measure.lowerBound === true) flags.push('lower_bound');
      flags.push(...doubtsOf(measure, () => counted.people(measure, place)));
    }
    if (snapshot.manifest.synthetic) flags.push('synthetic');
    return flags;
  };

const tableMeasure = (measure: Measure): TableMeasure => {
  const { id, label, unit, decimals, polarity } = measure;
  const isDistinct = measure.kind === 'term' && measure.term.kind === 'distinct';
  return {
    id,
    label,
    unit,
    decimals,
    ...(polarity === undefined ? {} : { polarity }),
    ...(isDistinct ? { overPeriods: measure.overPeriods ?? 'distinct' } : {}),
  };
};

const product = (lists: readonly (readonly Shown[])[]): readonly (readonly Shown[])[] =>
  lists.reduce<readonly (readonly Shown[])[]>(
    (rows, list) => rows.flatMap((row) => list.map((g) => [...row, g])),
    [[]],
  );

/** Which groups are shown, in which order, totals last. */
const arrangeCodes = (
  study: Study,
  snapshot: Snapshot,
  definition: TableDefinition,
  shapes: readonly DimensionShape[],
  counted: Counted,
): readonly (readonly Shown[])[] => {
  const totals = shapes.map((s) => s.groups.length);
  return shapes.map((shape, d) => {
    const only = (group: number): readonly number[] => totals.with(d, group);
    const { order } = shape.dimension;
    const shown = shownGroups(study, snapshot, definition, shape, (g) => counted.rows(only(g)));
    if (order.kind === 'measure' && !definition.measures.some((m) => m.id === order.measure))
      throw definitionProblem(definition, 'measure_unknown', order.measure);
    const groups =
      order.kind === 'list'
        ? shown
        : ordered(shown, order.descending, (g) => counted.outcome(order.measure, only(g)).value);
    const label = RESERVED_LABELS.get(TOTAL) as Label;
    return shape.total ? [...groups, { code: TOTAL, label, at: shape.groups.length }] : groups;
  });
};

/**
 * Lays out what an engine counted as a table: which groups are shown, in which order, with which flags. All engines share
 * it; none of them shares how it counts.
 */
export const arrangeTable = (
  study: Study,
  snapshot: Snapshot,
  definition: TableDefinition,
  shapes: readonly DimensionShape[],
  counted: Counted,
): Table => {
  const codes = arrangeCodes(study, snapshot, definition, shapes, counted);
  const flagsOf = flagger(study, snapshot, definition, counted);
  const cells = product(codes).flatMap((groups) => {
    const at = Object.fromEntries(groups.map((g, d) => [shapes[d]?.by ?? '', g.code]));
    const place = groups.map((g) => g.at);
    return definition.measures.map((measure): Cell => {
      const outcome = counted.outcome(measure.id, place);
      const flags = flagsOf(measure, outcome, place);
      const interval = intervalOf(measure, outcome, () => counted.people(measure, place));
      const between = interval === undefined ? {} : { interval };
      return {
        at,
        measure: measure.id,
        ...outcome,
        ...between,
        unit: measure.unit,
        origin: 'computed',
        flags,
      };
    });
  });
  return {
    id: definition.id,
    title: definition.title,
    unit: definition.unit,
    snapshot: snapshot.manifest.id,
    dimensions: shapes.map(({ by, label, ordered: scale }, d) => ({
      by,
      label,
      ...(scale === undefined ? {} : { ordered: scale }),
      codes: (codes[d] ?? []).map((g) => ({ code: g.code, label: g.label })),
    })),
    measures: definition.measures.map(tableMeasure),
    cells,
    breaks: [],
  };
};
