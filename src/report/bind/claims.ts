/**
 * Claims about printed values, as exact predicates. They see what the reader sees: values rounded to the decimals they are
 * printed with. A claim that would need a test of chance is not here (architecture, "Report").
 */
import { compare, type Fraction, fraction, multiply } from '../../vocabulary/index.ts';

export interface Claimed {
  readonly cell: Fraction;
  /** The other side: a cell or a bound. */
  readonly than: Fraction;
}

const ZERO = fraction(0);
const TENTH = fraction(1, 10);

const absolute = (f: Fraction): Fraction => (f.num < 0n ? { num: -f.num, den: f.den } : f);

/**
 * The tolerance of `times`, `half` and `third`: the printed ratio differs from the named one by at most a tenth of the named
 * one, bounds included. |cell - r x than| <= r x |than| / 10, and `than` is not zero. So "half" is 45 to 55 %, "a third" is
 * 30 to 36.7 %, "doubled" is 1.8 to 2.2, "tripled" is 2.7 to 3.3.
 */
const about = (ratio: Fraction, { cell, than }: Claimed): boolean => {
  const named = multiply(ratio, than);
  const distance = absolute(fraction(cell.num * named.den - named.num * cell.den, cell.den * named.den));
  return compare(than, ZERO) !== 0 && compare(distance, multiply(TENTH, absolute(named))) <= 0;
};

const below = ({ cell, than }: Claimed): boolean => compare(cell, than) < 0;
const above = ({ cell, than }: Claimed): boolean => compare(cell, than) > 0;

/** Claims about two values. */
export const COMPARISONS = {
  fell: below,
  rose: above,
  same: ({ cell, than }: Claimed): boolean => compare(cell, than) === 0,
  more_than: above,
  less_than: below,
  half: (claimed: Claimed): boolean => about(fraction(1, 2), claimed),
  third: (claimed: Claimed): boolean => about(fraction(1, 3), claimed),
} as const;

/** k times the other value, k a whole number from 2 up. */
export const times = (k: number, claimed: Claimed): boolean => about(fraction(k), claimed);

/** Claims about a value among its peers: other rows, or earlier periods. Without a peer none of them holds. */
export const RANKINGS = {
  /** Above every rival: a tie is not "most". */
  most: (cell: Fraction, rivals: readonly Fraction[]): boolean =>
    rivals.length > 0 && rivals.every((rival) => compare(cell, rival) > 0),
  least: (cell: Fraction, rivals: readonly Fraction[]): boolean =>
    rivals.length > 0 && rivals.every((rival) => compare(cell, rival) < 0),
  /** For the first time: above zero now, zero in every earlier period. */
  first: (cell: Fraction, earlier: readonly Fraction[]): boolean =>
    compare(cell, ZERO) > 0 && earlier.length > 0 && earlier.every((e) => compare(e, ZERO) === 0),
} as const;

export const isNone = (cell: Fraction): boolean => compare(cell, ZERO) === 0;
