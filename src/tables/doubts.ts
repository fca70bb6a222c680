import type { Measure } from '../study/index.ts';
import type { CellFlag } from './cell.ts';
import type { PeopleBehind } from './interval.ts';

const MUCH_ABOVE = 0.5;
const MUCH_OF_THE_SUM = 0.2;

const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** How often the most frequent value occurs, and how many values occur so often. */
const mostFrequent = (values: readonly number[]): readonly [times: number, values: number] => {
  const times = new Map<number, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  const most = Math.max(...times.values());
  return [most, [...times.values()].filter((n) => n === most).length];
};

/** A mean over half above the geometric mean, or with more than a fifth of its sum from one person (methodology 4.5). */
const carriedByFew = (people: readonly (readonly number[])[]): boolean => {
  const values = people.flat();
  const sum = total(values);
  if (people.some((own) => total(own) > MUCH_OF_THE_SUM * sum)) return true;
  if (values.some((value) => value <= 0)) return false;
  const geometric = Math.exp(total(values.map(Math.log)) / values.length);
  return sum / values.length - geometric > MUCH_ABOVE * geometric;
};

/**
 * What is to be said of a statistic beside its value: that several values are equally frequent, of which a mode names the
 * least; or, of a mean that shows how far one person moves it, that few people carry it.
 */
export const doubtsOf = (measure: Measure, people: () => PeopleBehind): readonly CellFlag[] => {
  if (measure.kind !== 'statistic') return [];
  if (measure.statistic === 'mode') {
    const [times, values] = mostFrequent(people().values.flat());
    return times > 0 && values > 1 ? ['tied_mode'] : [];
  }
  if (measure.statistic === 'mean' && measure.interval === 'leave_one_out')
    return carriedByFew(people().values) ? ['carried_by_few'] : [];
  return [];
};
