import {
  clopperPearson,
  clusterBootstrap,
  type Interval,
  leaveOneOut,
  poissonExact,
  type Statistic,
  wilson,
} from '../statistics/index.ts';
import type { Measure, StatisticName } from '../study/index.ts';
import { isMissing, toNumber } from '../vocabulary/index.ts';
import type { Cell } from './cell.ts';
import type { Outcome } from './outcome.ts';
import { fractionOfReal, statisticOf } from './statistic.ts';

type CellInterval = NonNullable<Cell['interval']>;
/** The values of each person behind a cell, as integers of 10^-decimals. */
export interface PeopleBehind {
  readonly decimals: number;
  readonly values: readonly (readonly number[])[];
}
type People = () => PeopleBehind;
interface Bounds {
  readonly low: number;
  readonly high: number;
}

const PERCENT = 100;
/** The same snapshot gives the same interval everywhere. */
const SEED = 1;

const ofCounts = (
  bounds: (numerator: number, denominator: number) => Interval,
  scale: number,
  { numerator, denominator }: Outcome,
): Bounds | undefined => {
  if (numerator === undefined || denominator === undefined) return undefined;
  const { low, high } = bounds(toNumber(numerator), toNumber(denominator));
  return { low: low * scale, high: high * scale };
};

const ofPeople = (
  measure: Measure,
  people: People,
  bounds: (values: readonly (readonly number[])[], statistic: Statistic) => Bounds | undefined,
): Bounds | undefined => {
  if (measure.kind !== 'statistic') return undefined;
  const { slots, statistic } = statisticIn(measure.statistic, people());
  return bounds(slots, statistic);
};

const boundsOf = (measure: Measure, outcome: Outcome, people: People): Bounds | undefined => {
  switch (measure.interval) {
    case 'wilson':
      return ofCounts(wilson, PERCENT, outcome);
    case 'clopper_pearson':
      return ofCounts(clopperPearson, PERCENT, outcome);
    case 'poisson':
      return ofCounts(poissonExact, 1, outcome);
    case 'bootstrap':
      return ofPeople(measure, people, (values, statistic) =>
        clusterBootstrap(values, statistic, { seed: SEED }),
      );
    case 'leave_one_out':
      return ofPeople(measure, people, leaveOneOut);
    default:
      return undefined;
  }
};

/**
 * How sure a cell is, for a measure whose definition asks for it, in the unit of the value: a 95 % interval, or between which
 * values it moves when one person is left out. It treats cases as a random sample or process, which they seldom are: the
 * report says so. None without a value, and none from fewer than two people.
 */
export const intervalOf = (measure: Measure, outcome: Outcome, people: People): CellInterval | undefined => {
  if (measure.interval === undefined || isMissing(outcome.value)) return undefined;
  const bounds = boundsOf(measure, outcome, people);
  return (
    bounds && { low: fractionOfReal(bounds.low), high: fractionOfReal(bounds.high), method: measure.interval }
  );
};

/** A statistic of scaled integers, as a double in the unit of the field: the same definition as that of the cell. */
const statisticIn = (
  name: StatisticName,
  { decimals, values: people }: PeopleBehind,
): { readonly slots: readonly (readonly number[])[]; readonly statistic: Statistic } => {
  const values = Float64Array.from(new Set(people.flat())).sort();
  const slotOf = new Map([...values].map((value, slot) => [value, slot]));
  const statistic: Statistic = (slots) => {
    if (slots.length === 0) return undefined;
    const counts = new Float64Array(values.length);
    for (const slot of slots) (counts[slot] as number)++;
    const found = statisticOf(name, { values, counts }, decimals);
    return found === undefined ? undefined : toNumber(found);
  };
  // Thousands of replicates draw from few values: each answer is its place among them, and a replicate counts places.
  return { slots: people.map((own) => own.map((value) => slotOf.get(value) ?? 0)), statistic };
};
