import type { PublishedNumber, PublishedReading, Study } from '../study/index.ts';
import { type Fraction, fraction, isMissing } from '../vocabulary/index.ts';
import type { Comparison, OurCell } from './comparison.ts';
import { evaluations, printedValue, type Tested, type ValueOf } from './evaluate.ts';
import { exactly, type Interval, middle } from './interval.ts';
import { comparison, witnessOf } from './judgement.ts';
import {
  agrees,
  ONLY_LIMITS,
  type Recorded,
  type RecordedNumbers,
  recordsOf,
  withDerived,
} from './recorded.ts';
import { holds } from './relation.ts';
import { match, parseSelector } from './selector.ts';

type Published = Pick<Study, 'published' | 'publishedRules'>;

/**
 * Judges every published number against `ours` (computed cells, by address) and against the other published numbers
 * (rules of the study). Equal means that our exact value rounds to the printed one, ties either way. Without records only
 * what follows from other printed numbers can be equal. A number that differs from the records must be contradicted by a
 * rule whose other numbers are kept, else it is `not_reproducible` with reason `unexplained`. Pure; in file order.
 */
export const comparePublished = (
  study: Published,
  ours: (address: string) => OurCell | undefined,
): readonly Comparison[] => {
  const numbers = study.published.flatMap((file) => file.numbers);
  const judge = judgeFor(study, numbers, recordsOf(numbers, ours));
  return numbers.map(judge);
};

const asInterval = (value: Recorded): Interval | undefined => (isMissing(value) ? undefined : exactly(value));

interface Knowledge {
  readonly tested: readonly Tested[];
  readonly recorded: RecordedNumbers;
  /** Differs from the records. */
  readonly suspect: ReadonlySet<PublishedNumber>;
  /** Our value where we have one, else as printed. */
  readonly kept: ValueOf;
}

const judgeFor = (
  { published, publishedRules: rules }: Published,
  numbers: readonly PublishedNumber[],
  direct: RecordedNumbers,
): ((n: PublishedNumber) => Comparison) => {
  const tested = evaluations(published, rules);
  const recorded = withDerived(tested, direct);
  const suspect = new Set(
    numbers.filter((n) => recorded.has(n) && !agrees(n, recorded.get(n) ?? fraction(0))),
  );
  const kept: ValueOf = (n) => {
    const value = recorded.get(n);
    return value === undefined ? printedValue(n) : asInterval(value);
  };
  const knowledge: Knowledge = { tested, recorded, suspect, kept };
  const listed = notReproducible(numbers, rules.notReproducible);
  const readingOf = (n: PublishedNumber) =>
    rules.readings.find((r) => r.drop.some((text) => match(parseSelector(text), n) !== undefined));
  return (n) => {
    const reading = readingOf(n);
    if (n.status === 'not_a_statistic')
      return comparison(n, { verdict: 'not_a_statistic', reason: 'not_a_statistic' });
    const reason = listed.get(n);
    if (reason !== undefined) return comparison(n, { verdict: 'not_reproducible', reason });
    const value = recorded.get(n);
    if (value === undefined) return withoutRecords(n, knowledge, reading);
    return withRecords(n, value, knowledge, reading);
  };
};

const notReproducible = (
  numbers: readonly PublishedNumber[],
  entries: readonly { readonly number: string; readonly because: string }[],
): ReadonlyMap<PublishedNumber, string> =>
  new Map(
    entries.flatMap(({ number, because }) => {
      const selector = parseSelector(number);
      return numbers.filter((n) => match(selector, n) !== undefined).map((n) => [n, because] as const);
    }),
  );

type Reading = PublishedReading | undefined;

/** The rules named by the reading come first: they say it in the plainest way. */
const preferred = (found: readonly Tested[], reading: Reading): Tested | undefined =>
  found.find((e) => reading?.because.includes(e.rule.id)) ?? found[0];

const withRecords = (n: PublishedNumber, value: Recorded, k: Knowledge, reading: Reading): Comparison => {
  if (agrees(n, value))
    return comparison(n, { verdict: 'equal', basis: 'records', reason: 'matches_records', value });
  // The others of the rule must be kept: a rule with two doubtful numbers does not say which is wrong.
  const against = k.tested.filter((e) => {
    const others = [...e.parts, ...(e.result === undefined ? [] : [e.result])].filter((m) => m !== n);
    const member = others.length < e.parts.length + (e.result === undefined ? 0 : 1);
    return member && !others.some((m) => k.suspect.has(m)) && e.test(printedValue)?.agrees === false;
  });
  const found = preferred(against, reading);
  if (found === undefined)
    return comparison(n, { verdict: 'not_reproducible', reason: 'unexplained', value });
  const witness = witnessOf(n, found, printedValue, reading);
  return comparison(n, {
    verdict: 'publication_inconsistent',
    basis: 'records',
    reason: 'contradicts_published',
    value,
    witness,
  });
};

const withoutRecords = (n: PublishedNumber, k: Knowledge, reading: Reading): Comparison => {
  const results = k.tested.filter((e) => e.result === n);
  const against =
    preferred(
      results.filter((e) => e.test(k.kept)?.agrees === false),
      reading,
    ) ?? incomplete(n, k);
  if (against !== undefined) {
    const witness = witnessOf(n, against, k.kept, reading);
    const value =
      against.result === n && !ONLY_LIMITS.has(against.rule.kind)
        ? expectedValue(against, k.kept)
        : undefined;
    return comparison(n, {
      verdict: 'publication_inconsistent',
      basis: 'other_published',
      reason: 'contradicts_published',
      value,
      witness,
    });
  }
  const confirming = results.find((e) => confirms(n, e, k.kept));
  if (confirming !== undefined) {
    const value = expectedValue(confirming, k.kept);
    return comparison(n, {
      verdict: 'equal',
      basis: 'other_published',
      reason: 'follows_from_published',
      value,
      rule: confirming.rule.id,
    });
  }
  return comparison(n, { verdict: 'no_records', reason: 'no_records_of_period' });
};

const expectedValue = (e: Tested, valueOf: ValueOf): Fraction | undefined => {
  const found = e.test(valueOf);
  return found === undefined ? undefined : middle(found.expected);
};

const confirms = (n: PublishedNumber, e: Tested, valueOf: ValueOf): boolean => {
  if (ONLY_LIMITS.has(e.rule.kind)) return false;
  const found = e.test(valueOf);
  return found !== undefined && found.agrees && holds(n, exactly(middle(found.expected)));
};

/**
 * Shares that must make 100 and do not: nothing says which is wrong, so each is doubtful, unless another rule confirms it
 * or already explains the gap by contradicting one of them.
 */
const incomplete = (n: PublishedNumber, k: Knowledge): Tested | undefined => {
  const confirmed = k.tested.some((e) => e.result === n && confirms(n, e, k.kept));
  if (confirmed) return undefined;
  return k.tested.find((e) => {
    if (e.result !== undefined || !e.parts.includes(n) || e.test(k.kept)?.agrees !== false) return false;
    return !e.parts.some((m) =>
      k.tested.some((other) => other.result === m && other.test(k.kept)?.agrees === false),
    );
  });
};
