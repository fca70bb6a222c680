import type { StatisticName } from '../study/index.ts';
import { type Fraction, fraction, toNumber } from '../vocabulary/index.ts';

/** Values, integers of 10^-decimals, ascending, with how often each occurs (0: not at all). */
export interface Frequencies {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

/** Significant digits kept of a statistic that is no fraction (a root, a logarithm). */
const DIGITS = 15;

/**
 * A double as the exact fraction of its decimal text with 15 significant digits. Roots and logarithms have no exact
 * fraction; this one is the same on every machine that computes the same double.
 */
export const fractionOfReal = (value: number): Fraction => {
  const [mantissa = '0', exponent = '0'] = value.toExponential(DIGITS - 1).split('e');
  const digits = BigInt(mantissa.replace('.', ''));
  const power = Number(exponent) - (DIGITS - 1);
  return power >= 0 ? fraction(digits * 10n ** BigInt(power)) : fraction(digits, 10n ** BigInt(-power));
};

const countOf = ({ counts }: Frequencies): number => counts.reduce((n, count) => n + count, 0);

/** Exact sum of values to a power. */
const sumOfPowers = ({ values, counts }: Frequencies, power: bigint): bigint => {
  let sum = 0n;
  for (let i = 0; i < values.length; i++)
    if (counts[i] !== 0) sum += BigInt(values[i] as number) ** power * BigInt(counts[i] as number);
  return sum;
};

const valueAt = ({ values, counts }: Frequencies, rank: number): number => {
  let [seen, last] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (counts[i] === 0) continue;
    last = values[i] as number;
    seen += counts[i] as number;
    if (rank < seen) break;
  }
  return last;
};

/** Quantile p = quarters/4 by linear interpolation between closest ranks (Hyndman and Fan type 7, the default of R). */
const quantile = (frequencies: Frequencies, quarters: number): Fraction => {
  const position = (countOf(frequencies) - 1) * quarters;
  const rank = Math.floor(position / 4);
  const [low, high] = [valueAt(frequencies, rank), valueAt(frequencies, rank + 1)];
  return fraction(4n * BigInt(low) + BigInt(position % 4) * BigInt(high - low), 4n);
};

/** Sample variance, divisor n - 1 (design 8: with n two printed cells have no integer solution). */
const variance = (frequencies: Frequencies): Fraction | undefined => {
  const n = BigInt(countOf(frequencies));
  if (n < 2n) return undefined;
  const [sum, squares] = [sumOfPowers(frequencies, 1n), sumOfPowers(frequencies, 2n)];
  return fraction(n * squares - sum * sum, n * (n - 1n));
};

/** The mean logarithm of values above zero; others have none. */
const meanLogarithm = (frequencies: Frequencies): number | undefined => {
  const { values, counts } = frequencies;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    if (counts[i] === 0) continue;
    if ((values[i] as number) <= 0) return undefined;
    sum += Math.log(values[i] as number) * (counts[i] as number);
  }
  return sum / countOf(frequencies);
};

/** The most frequent value; of several the least, so that it does not depend on order. */
const mode = ({ values, counts }: Frequencies): number => {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((counts[i] ?? 0) > (counts[best] ?? 0)) best = i;
  return values[best] as number;
};

/** The mean without the tenth of values that is lowest and the tenth that is highest, each rounded down (mean(trim = .1) of R). */
const trimmedMean = (frequencies: Frequencies): Fraction => {
  const { values, counts } = frequencies;
  const n = countOf(frequencies);
  const cut = Math.floor(n / 10);
  let [sum, seen] = [0n, 0];
  for (let i = 0; i < values.length; i++) {
    const [from, to] = [Math.max(seen, cut), Math.min(seen + (counts[i] as number), n - cut)];
    if (to > from) sum += BigInt(values[i] as number) * BigInt(to - from);
    seen += counts[i] as number;
  }
  return fraction(sum, n - 2 * cut);
};

/** A statistic of recorded values, in their scale; undefined when they have none. Frequencies must not be empty. */
const inScale = (name: StatisticName, frequencies: Frequencies): Fraction | undefined => {
  switch (name) {
    case 'mean':
      return fraction(sumOfPowers(frequencies, 1n), countOf(frequencies));
    case 'median':
      return quantile(frequencies, 2);
    case 'q1':
      return quantile(frequencies, 1);
    case 'q3':
      return quantile(frequencies, 3);
    case 'mode':
      return fraction(mode(frequencies));
    case 'trimmed_mean':
      return trimmedMean(frequencies);
    case 'min':
      return fraction(valueAt(frequencies, 0));
    case 'max':
      return fraction(valueAt(frequencies, Number.POSITIVE_INFINITY));
    case 'spread': {
      const squared = variance(frequencies);
      return squared === undefined ? undefined : fractionOfReal(Math.sqrt(toNumber(squared)));
    }
    case 'geometric_mean': {
      const log = meanLogarithm(frequencies);
      return log === undefined ? undefined : fractionOfReal(Math.exp(log));
    }
  }
};

/** A statistic of recorded values, scaled integers of 10^-decimals. A spread of one value and a geometric mean of zero have none. */
export const statisticOf = (
  name: StatisticName,
  frequencies: Frequencies,
  decimals: number,
): Fraction | undefined => {
  const value = inScale(name, frequencies);
  return value === undefined ? undefined : fraction(value.num, value.den * 10n ** BigInt(decimals));
};
