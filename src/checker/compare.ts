import {
  isPrinted,
  publishedAddress,
  publishedName,
  type PublishedNumber,
  type Study,
} from '../study/index.ts';
import {
  compare as order,
  type Fraction,
  fraction,
  isMissing,
  type Missing,
  roundTo,
} from '../vocabulary/index.ts';
import type { Comparison, OurCell, Witness } from './comparison.ts';
import {
  type Evaluation,
  evaluations,
  isCount,
  type Outcome,
  printedValue,
  type ValueOf,
} from './evaluate.ts';
import { exactly, type Interval, middle, ZERO } from './interval.ts';
import { holds } from './relation.ts';
import { match, parseSelector } from './selector.ts';

type Published = Pick<Study, 'published' | 'publishedRules'>;
type Tested = Evaluation & { readonly test: (valueOf: ValueOf) => Outcome | undefined };
/** A value from records: a number, or the reason why a cell has none. */
type Recorded = Fraction | Missing;

const TOTAL = '_total';
/** Kinds that limit a number without saying what it is: they can contradict it, never confirm it. */
const ONLY_LIMITS = new Set(['attainable', 'at_most']);

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

/** What records say about a number. A row that is not in a counted table had no cases: its total proves that we counted. */
const recordsOf = (
  numbers: readonly PublishedNumber[],
  ours: (address: string) => OurCell | undefined,
): ReadonlyMap<PublishedNumber, Recorded> => {
  const computed = (address: string): Recorded | undefined => {
    const cell = ours(address);
    return cell === undefined || cell.origin === 'published' ? undefined : cell.value;
  };
  const recorded = (n: PublishedNumber): Recorded | undefined => {
    if (n.address === undefined) return undefined;
    const value = computed(n.address);
    if (value !== undefined || n.row.length === 0 || n.row.at(-1) === TOTAL) return value;
    const total = computed(publishedAddress(n.series, [...n.row.slice(0, -1), TOTAL], n.period, n.measure));
    return total === undefined ? undefined : isCount(n) ? fraction(0) : { missing: 'no_cases' };
  };
  return new Map(
    numbers.flatMap((n) => {
      const value = recorded(n);
      return value === undefined ? [] : [[n, value] as const];
    }),
  );
};

const agrees = (n: PublishedNumber, value: Recorded): boolean =>
  isMissing(value) ? isMissing(n.value) && n.value.missing === 'none_recorded' : holds(n, exactly(value));

const asInterval = (value: Recorded): Interval | undefined => (isMissing(value) ? undefined : exactly(value));

interface Knowledge {
  readonly tested: readonly Tested[];
  readonly recorded: ReadonlyMap<PublishedNumber, Recorded>;
  /** Differs from the records. */
  readonly suspect: ReadonlySet<PublishedNumber>;
  /** Our value where we have one, else as printed. */
  readonly kept: ValueOf;
}

const judgeFor = (
  { published, publishedRules: rules }: Published,
  numbers: readonly PublishedNumber[],
  direct: ReadonlyMap<PublishedNumber, Recorded>,
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

/** Prose figures that are made of cells (a ratio of two cities) have the value that the rule gives from our cells. */
const withDerived = (
  tested: readonly Tested[],
  direct: ReadonlyMap<PublishedNumber, Recorded>,
): ReadonlyMap<PublishedNumber, Recorded> => {
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

type Reading = { readonly question: string; readonly because: readonly string[] } | undefined;

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

const printedText = (n: PublishedNumber): string => {
  if (!isPrinted(n)) return n.valueRaw;
  const low = roundTo(n.value, n.decimals);
  return n.valueMax === undefined ? low : `${low}–${roundTo(n.valueMax, n.decimals)}`;
};

const DIGITS = 6;
const decimalText = (value: Fraction): string => {
  const text = roundTo(value, DIGITS).replace(/\.?0+$/, '');
  return value.den === 1n ? value.num.toString() : text;
};

/** As written for people: one value, or the ends of an interval. */
const intervalText = ({ low, high }: Interval): string =>
  order(low, high) === 0 ? decimalText(low) : `${decimalText(low)}–${decimalText(high)}`;

const witnessOf = (n: PublishedNumber, e: Tested, valueOf: ValueOf, reading: Reading): Witness => {
  const others = [...(e.result === undefined ? [] : [e.result]), ...e.parts].filter((m) => m !== n);
  const members = [n, ...new Set(others)];
  const found = e.test(valueOf);
  return {
    rule: e.rule.id,
    kind: e.rule.kind,
    addresses: members.map(publishedName),
    values: members.map(printedText),
    expected:
      found === undefined ? '' : e.result === undefined ? e.rule.result : intervalText(found.expected),
    ...(reading === undefined ? {} : { reading: reading.question }),
  };
};

interface Judgement extends Pick<Comparison, 'verdict' | 'reason'> {
  readonly basis?: Comparison['basis'];
  readonly value?: Recorded | undefined;
  readonly rule?: string;
  readonly witness?: Witness;
}

const comparison = (
  n: PublishedNumber,
  { verdict, reason, basis, value, rule, witness }: Judgement,
): Comparison => ({
  table: n.file,
  row: n.referenceRow,
  column: n.referenceColumn,
  period: n.period,
  source_table: n.sourceTable,
  published: printedText(n),
  unit: n.unit,
  relation: n.relation,
  ours: value === undefined ? '' : isMissing(value) ? value.missing : decimalText(value),
  ...(value === undefined || isMissing(value) || value.den === 1n
    ? {}
    : { ours_exact: `${value.num}/${value.den}` }),
  verdict,
  basis: basis ?? '',
  reason,
  ...(rule === undefined ? {} : { rule }),
  ...(witness === undefined ? {} : { witness }),
  ...(n.address === undefined ? {} : { address: n.address }),
});
