import type { PublishedNumber } from '../study/index.ts';
import { compare, type Fraction, fraction, isMissing, multiply } from '../vocabulary/index.ts';
import { asPrinted, type Interval, negative, overlap, ZERO } from './interval.ts';

/** «About», «nearly», «a little below»: within a fifth of the printed number. */
const ROUGHLY = { low: fraction(4, 5), high: fraction(6, 5) } as const;
const roughly = (p: Fraction): Interval => ({
  low: multiply(p, ROUGHLY.low),
  high: multiply(p, ROUGHLY.high),
});
/** «Several tens». */
const TENS: Interval = { low: fraction(20), high: fraction(99) };

const atLeast = (x: Interval, p: Fraction): boolean => compare(x.high, p) >= 0;
const above = (x: Interval, p: Fraction): boolean => compare(x.high, p) > 0;
const atMost = (x: Interval, p: Fraction): boolean => compare(x.low, p) <= 0;
const below = (x: Interval, p: Fraction): boolean => compare(x.low, p) < 0;

/** Direction claims are tested on a percent change; a printed size (`fell by 10 %`) is rough. */
const changed = (x: Interval, size: Fraction | undefined): boolean =>
  compare(x.high, fraction(0)) > 0 && (size === undefined || overlap(x, roughly(size)));

/**
 * Is what was printed true of x? Equality means that x rounds to the printed number (either way at a tie); a printed dash
 * says 0; prose (`approx`, `more_than`, `range`, …) is a predicate.
 */
export const holds = (n: PublishedNumber, x: Interval): boolean => {
  const p = isMissing(n.value) ? undefined : n.value;
  switch (n.relation) {
    case 'increase':
      return changed(x, p);
    case 'decrease':
      return changed(negative(x), p);
    case 'several_tens':
      return overlap(x, TENS);
  }
  if (p === undefined)
    return (
      n.value !== undefined && isMissing(n.value) && n.value.missing === 'none_recorded' && overlap(x, ZERO)
    );
  switch (n.relation) {
    case 'approx':
      return overlap(x, roughly(p));
    case 'at_least':
      return atLeast(x, p);
    case 'more_than':
      return above(x, p);
    case 'max':
      return atMost(x, p);
    case 'at_most_approx':
      return atMost(x, roughly(p).high);
    case 'slightly_below':
      return below(x, p) && overlap(x, { low: roughly(p).low, high: p });
    case 'range':
      return n.valueMax !== undefined && overlap(x, { low: p, high: n.valueMax });
    default:
      return overlap(x, asPrinted(p, n.decimals));
  }
};
