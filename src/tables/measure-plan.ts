import type { Measure, TableDefinition } from '../study/index.ts';
import {
  add,
  type CellMissing,
  divide,
  type Fraction,
  fraction,
  type Missing,
  missing,
  multiply,
} from '../vocabulary/index.ts';
import {
  type Amount,
  countTerm,
  fieldStatus,
  type Ground,
  numberColumn,
  planBeside,
  planTerm,
  standing,
  type TermPlan,
} from './amount.ts';
import { codedColumn, entryNumbers } from './coded-column.ts';
import { definitionProblem, fieldProblem } from './definition-problem.ts';
import type { Outcome } from './outcome.ts';
import { placesOverTime } from './over-time.ts';
import type { Program } from './program.ts';
import { type At, ask, type Place, readFrequencies } from './settle.ts';
import { statisticOf } from './statistic.ts';
import { coded, combine, type Status } from './status.ts';
import { EITHER } from './truth-tables.ts';

/** Places a share or a rate needs beside the cell's own. */
export interface Surroundings {
  /** The place whose amount is the base of a share: named dimensions kept, all others at their total. */
  readonly base: (place: Place, fixed: ReadonlySet<string>) => Place;
  /** Months of exposure of a place's period; undefined when they are not known. */
  readonly months: (place: Place) => Fraction | undefined;
}

/** A measure added to a program; ask for its results when the program has run. */
export type MeasurePlan = () => At<Outcome>;

const HUNDRED = fraction(100);
const isZero = (f: Fraction): boolean => f.num === 0n;

/** Why a denominator of zero has no value: nothing was there, or what was there gives no answer. */
const noValue = (n: number, nMissing: number): Missing<CellMissing> =>
  missing(n === 0 && nMissing === 0 ? 'no_cases' : 'undefined');

const ofAmount = ({ value, n, nMissing, known }: Amount): Outcome =>
  known ? { value, numerator: value, n, nMissing } : { value: missing('undefined'), n, nMissing };

/** The term under a measure that shares and rates refer to. */
export const termNamed = (definition: TableDefinition, name: string): Measure & { kind: 'term' } => {
  const found = definition.measures.find((m) => m.id === name);
  if (found === undefined) throw definitionProblem(definition, 'measure_unknown', name);
  if (found.kind !== 'term') throw definitionProblem(definition, 'measure_not_a_term', name);
  return found;
};

/** The amount of a term; over time it is what its periods add up to where the measure says so. */
const planAmount = (ground: Ground, measure: Measure & { kind: 'term' }): (() => At<Amount>) => {
  const amounts = countTerm(ground, planTerm(ground.definition, ground.program, measure.term));
  if (measure.overPeriods !== 'sum') return amounts;
  const { dimensions } = ground.space;
  return () => {
    const at = amounts();
    return (place) => {
      const parts = placesOverTime(dimensions, place).map(at);
      const value = parts.reduce((sum, part) => add(sum, part.value), fraction(0));
      return { ...at(place), value, n: parts.reduce((sum, part) => sum + part.n, 0) };
    };
  };
};

/** Dimensions that a share keeps fixed. A table with one dimension has rows only. */
export const fixedDimensions = (
  definition: TableDefinition,
  within: 'table' | 'row' | 'column' | readonly string[],
): ReadonlySet<string> => {
  const names = definition.dimensions.map((d) => d.by);
  const rows = names.length < 2 ? names : names.slice(0, -1);
  const columns = names.length < 2 ? [] : names.slice(-1);
  if (within === 'table') return new Set();
  if (within === 'row') return new Set(rows);
  if (within === 'column') return new Set(columns);
  const unknown = within.find((name) => !names.includes(name));
  if (unknown !== undefined) throw fieldProblem(definition, unknown);
  return new Set(within);
};

const planShare = (
  ground: Ground,
  measure: Measure & { kind: 'share' },
  around: Surroundings,
): MeasurePlan => {
  const { definition } = ground;
  const amounts = planAmount(ground, termNamed(definition, measure.measure));
  const fixed = fixedDimensions(definition, measure.within);
  return () => {
    const at = amounts();
    return (place) => {
      const [part, base] = [at(place), at(around.base(place, fixed))];
      const counted = { n: base.n, nMissing: base.nMissing };
      const parts = { numerator: part.value, denominator: base.value, ...counted };
      if (!base.known || !part.known) return { value: missing('undefined'), ...counted };
      if (isZero(base.value)) return { ...parts, value: noValue(base.n, base.nMissing) };
      return { ...parts, value: multiply(HUNDRED, divide(part.value, base.value)) };
    };
  };
};

/** Both parts of a ratio over the rows where both are recorded, and the status of a row in either. */
export interface RatioParts {
  readonly numerator: TermPlan;
  readonly denominator: TermPlan;
  readonly status: Status;
}

export const planRatio = (
  program: Program,
  definition: TableDefinition,
  measure: Measure & { kind: 'ratio' | 'top_box' },
): RatioParts => {
  const [above, below] =
    measure.kind === 'top_box'
      ? topBoxTerms(program, definition, measure)
      : [
          planTerm(definition, program, measure.numerator),
          planTerm(definition, program, measure.denominator),
        ];
  const numerator = planBeside(above, below);
  const denominator = planBeside(below, above);
  const status = combine(numerator.status, denominator.status, EITHER);
  return { numerator, denominator, status };
};

const topBoxTerms = (
  program: Program,
  definition: TableDefinition,
  measure: Measure & { kind: 'top_box' },
): readonly [TermPlan, TermPlan] => {
  const column = program.view.column(measure.field);
  if (column === undefined) throw fieldProblem(definition, measure.field);
  const { slots, entries } = codedColumn(column);
  const coding = { kind: 'whole' as const, key: measure.field, slots, count: entries.length };
  const chosen = Uint8Array.from(entries, ({ code, missing: gap }) =>
    gap !== undefined ? 2 : measure.codes.includes(code) ? 1 : 0,
  );
  const recorded = chosen.map((status) => (status === 2 ? 2 : 1));
  return [
    { status: coded(coding, chosen), adds: { kind: 'one' } },
    { status: coded(coding, recorded), adds: { kind: 'one' } },
  ];
};

const planRatioMeasure = (ground: Ground, measure: Measure & { kind: 'ratio' | 'top_box' }): MeasurePlan => {
  const { numerator, denominator, status } = planRatio(ground.program, ground.definition, measure);
  const scale = measure.kind === 'top_box' ? HUNDRED : parseScale(measure.scale);
  const [above, below] = [countTerm(ground, numerator), countTerm(ground, denominator)];
  const stand = standing(ground, status);
  return () => {
    const [top, bottom, at] = [above(), below(), stand()];
    return (place) => {
      const { n, nMissing } = at(place);
      const parts = { numerator: top(place).value, denominator: bottom(place).value, n, nMissing };
      if (isZero(parts.denominator)) return { ...parts, value: noValue(n, nMissing) };
      return { ...parts, value: multiply(scale, divide(parts.numerator, parts.denominator)) };
    };
  };
};

/** A scale is written as 100 or 1000 in a definition; a fraction of one keeps six digits. */
const parseScale = (scale: number): Fraction => fraction(BigInt(Math.round(scale * 1e6)), 1_000_000n);

const planRate = (ground: Ground, measure: Measure & { kind: 'rate' }, around: Surroundings): MeasurePlan => {
  const amounts = planAmount(ground, termNamed(ground.definition, measure.measure));
  return () => {
    const at = amounts();
    return (place) => {
      const { value, n, nMissing, known } = at(place);
      const months = around.months(place);
      if (!known) return { value: missing('undefined'), n, nMissing };
      if (months === undefined || isZero(months))
        return { value: missing('no_exposure'), numerator: value, n, nMissing };
      return { value: divide(value, months), numerator: value, denominator: months, n, nMissing };
    };
  };
};

const planStatistic = (ground: Ground, measure: Measure & { kind: 'statistic' }): MeasurePlan => {
  const { definition, program, space } = ground;
  const column = numberColumn(definition, program, measure.field);
  const status = fieldStatus(program, measure.field, measure.where);
  const stand = standing(ground, status);
  if (measure.statistic === 'mean') {
    const sums = countTerm(ground, { status, adds: { kind: 'number', path: measure.field, column } });
    return () => {
      const at = sums();
      return (place) => {
        const { value, n, nMissing } = at(place);
        if (n === 0) return { value: noValue(n, nMissing), n, nMissing };
        return { value: divide(value, fraction(n)), numerator: value, denominator: fraction(n), n, nMissing };
      };
    };
  }
  const values = codedColumn(column);
  const frequencies = ask(program, space, {
    kind: 'frequencies',
    status,
    path: measure.field,
    coded: values,
  });
  return () => {
    const [at, found, numbers] = [stand(), readFrequencies(frequencies), entryNumbers(values)];
    return (place) => {
      const { n, nMissing } = at(place);
      if (n === 0) return { value: noValue(n, nMissing), n, nMissing };
      const value = statisticOf(
        measure.statistic,
        { values: numbers, counts: found(place) },
        column.decimals,
      );
      return { value: value ?? missing('undefined'), n, nMissing };
    };
  };
};

export const planMeasure = (ground: Ground, measure: Measure, around: Surroundings): MeasurePlan => {
  switch (measure.kind) {
    case 'term': {
      const amounts = planAmount(ground, measure);
      return () => {
        const at = amounts();
        return (place) => ofAmount(at(place));
      };
    }
    case 'share':
      return planShare(ground, measure, around);
    case 'ratio':
    case 'top_box':
      return planRatioMeasure(ground, measure);
    case 'rate':
      return planRate(ground, measure, around);
    case 'statistic':
      return planStatistic(ground, measure);
  }
};
