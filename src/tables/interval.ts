import { clopperPearson, type Interval, poissonExact, wilson } from '../statistics/index.ts';
import type { IntervalMethod, Measure } from '../study/index.ts';
import { isMissing, toNumber } from '../vocabulary/index.ts';
import type { Cell } from './cell.ts';
import type { Outcome } from './outcome.ts';
import { fractionOfReal } from './statistic.ts';

type CellInterval = NonNullable<Cell['interval']>;

const PERCENT = 100;

const boundsOf = (method: IntervalMethod, numerator: number, denominator: number): Interval => {
  switch (method) {
    case 'wilson':
      return wilson(numerator, denominator);
    case 'clopper_pearson':
      return clopperPearson(numerator, denominator);
    case 'poisson':
      return poissonExact(numerator, denominator);
  }
};

/**
 * The 95 % interval of a cell, for a measure whose definition asks for one: of a percentage from its counts, of a rate from
 * its count and exposure, in the unit of the value. It treats the cases as a random sample or process, which they seldom are:
 * the report says so. None without a value.
 */
export const intervalOf = (
  { interval: method }: Measure,
  { value, numerator, denominator }: Outcome,
): CellInterval | undefined => {
  if (method === undefined || isMissing(value) || numerator === undefined || denominator === undefined)
    return undefined;
  const { low, high } = boundsOf(method, toNumber(numerator), toNumber(denominator));
  const scale = method === 'poisson' ? 1 : PERCENT;
  return { low: fractionOfReal(low * scale), high: fractionOfReal(high * scale), method };
};
