import { type Interval, LEVEL, tailOf } from './interval.ts';
import { meanFromAbove, meanFromBelow } from './quantile.ts';

/**
 * The exact interval of a Poisson rate: `x` events in `exposure` (months, say), bounds per unit of exposure (Garwood 1936;
 * methodology 4.6). Throws RangeError for a count that is none or an exposure that is not above zero.
 */
export const poissonExact = (x: number, exposure: number, level = LEVEL): Interval => {
  if (!(Number.isSafeInteger(x) && x >= 0 && exposure > 0))
    throw new RangeError(`${x} events in ${exposure} is no rate`);
  const tail = tailOf(level);
  return {
    low: x === 0 ? 0 : meanFromBelow(tail, x) / exposure,
    high: meanFromAbove(tail, x) / exposure,
    level,
  };
};
