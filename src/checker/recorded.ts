import { type PublishedNumber, publishedAddress } from '../study/index.ts';
import { type Fraction, fraction, isMissing, type Missing } from '../vocabulary/index.ts';
import type { OurCell } from './comparison.ts';
import { isCount, type Tested, type ValueOf } from './evaluate.ts';
import { exactly, middle, ZERO } from './interval.ts';
import { holds } from './relation.ts';

/** A value from records: a number, or the reason why a cell has none. */
export type Recorded = Fraction | Missing;
export type RecordedNumbers = ReadonlyMap<PublishedNumber, Recorded>;

const TOTAL = '_total';
/** Kinds that limit a number without saying what it is: they can contradict it, never confirm it. */
export const ONLY_LIMITS: ReadonlySet<string> = new Set(['attainable', 'at_most', 'least_spread']);

/** What records say about a number. A row that is not in a counted table had no cases: its total proves that we counted. */
export const recordsOf = (
  numbers: readonly PublishedNumber[],
  ours: (address: string) => OurCell | undefined,
): RecordedNumbers => {
  const computed = (address: string): Recorded | undefined => {
    const cell = ours(address);
    return cell === undefined || cell.origin === 'published' ? undefined : cell.value;
  };
  const recorded = (n: PublishedNumber): Recorded | undefined => {
    if (n.address === undefined) return undefined;
    const value = computed(n.address);
    if (value !== undefined || n.row.length === 0 || n.row.at(-1) === TOTAL) return value;
    const total = computed(
      publishedAddress(n.series, [...n.row.slice(0, -1), TOTAL], n.column ?? n.period, n.measure),
    );
    return total === undefined ? undefined : isCount(n) ? fraction(0) : { missing: 'no_cases' };
  };
  return new Map(
    numbers.flatMap((n) => {
      const value = recorded(n);
      return value === undefined ? [] : [[n, value] as const];
    }),
  );
};

/** Does the printed number say what the records say. */
export const agrees = (n: PublishedNumber, value: Recorded): boolean =>
  isMissing(value) ? isMissing(n.value) && n.value.missing === 'none_recorded' : holds(n, exactly(value));

/** Prose figures that are made of cells (a ratio of two cities) have the value that the rule gives from our cells. */
export const withDerived = (tested: readonly Tested[], direct: RecordedNumbers): RecordedNumbers => {
  const all = new Map(direct);
  const fromRecords: ValueOf = (n) => {
    const value = direct.get(n);
    return value === undefined ? undefined : isMissing(value) ? ZERO : exactly(value);
  };
  for (const { result, rule, test } of tested) {
    if (result === undefined || all.has(result) || result.address !== undefined || ONLY_LIMITS.has(rule.kind))
      continue;
    const found = test(fromRecords);
    if (found !== undefined) all.set(result, middle(found.expected));
  }
  return all;
};
