import {
  isPrinted,
  type PublishedFile,
  type PublishedNumber,
  type PublishedRule,
  type PublishedRules,
} from '../study/index.ts';
import { compare, fraction, isMissing, parseDecimal, subtract } from '../vocabulary/index.ts';
import { nearestPercentage } from './attainable.ts';
import {
  asPrinted,
  exactly,
  type Interval,
  middle,
  negative,
  product,
  quotient,
  sum,
  ZERO,
} from './interval.ts';
import { leastSpread } from './least-spread.ts';
import { holds } from './relation.ts';
import {
  allowed,
  type Bindings,
  indexPublished,
  match,
  type PublishedIndex,
  parseSelector,
  select,
} from './selector.ts';

/** One rule tested on one set of numbers. */
export interface Evaluation {
  readonly rule: PublishedRule;
  /** Absent where the rule's result is a constant (percentages that must sum to 100). */
  readonly result?: PublishedNumber;
  readonly parts: readonly PublishedNumber[];
}
/** What the other numbers say the result must be, and whether it is. */
export interface Outcome {
  readonly expected: Interval;
  readonly agrees: boolean;
}
/** The value of a number in an evaluation: as printed, or from records. undefined: it has none. */
export type ValueOf = (n: PublishedNumber) => Interval | undefined;

/** An evaluation that can be repeated with other values. */
export type Tested = Evaluation & { readonly test: (valueOf: ValueOf) => Outcome | undefined };

const CONSTANT = /^-?\d+(?:\.\d+)?$/;
/** Whole things: a printed count is exact. Everything else was rounded. */
const COUNTED = new Set([
  'assemblies',
  'persons',
  'warnings',
  'cases',
  'cities',
  'groups',
  'applications',
  'actions',
  'incidents',
  'violations',
  'proceedings',
  'charges',
  'convictions',
  'suits',
  'items',
  'outlets',
  'interviews',
  'respondents',
  'kinds',
  'ranks',
]);
export const isCount = (n: PublishedNumber): boolean => COUNTED.has(n.unit) && n.decimals === 0;

/** A printed number as an operand; a printed dash adds nothing to a sum. */
export const printedValue: ValueOf = (n) => {
  if (isMissing(n.value)) return n.value.missing === 'none_recorded' ? ZERO : undefined;
  return isCount(n) ? exactly(n.value) : asPrinted(n.value, n.decimals);
};

const bindingsOf = (
  index: PublishedIndex,
  rule: PublishedRule,
): readonly { readonly result?: PublishedNumber; readonly bindings: Bindings }[] => {
  const constant = CONSTANT.test(rule.result);
  const anchor = parseSelector(constant ? (rule.parts[0] ?? '') : rule.result);
  const found = (index.get(anchor.keys[0] ?? '') ?? []).flatMap((number) => {
    const bindings = match(anchor, number);
    return bindings === undefined || !allowed(rule.where, bindings) ? [] : [{ result: number, bindings }];
  });
  if (!constant) return found;
  const distinct = new Map(found.map(({ bindings }) => [[...bindings].join('|'), bindings]));
  return [...distinct.values()].map((bindings) => ({ bindings }));
};

/** Terms of a rule under bindings: constants and the numbers they name; undefined when a named number was not printed. */
const termsOf = (
  index: PublishedIndex,
  texts: readonly string[],
  bindings: Bindings,
): readonly PublishedNumber[] | undefined => {
  const lists = texts.filter((t) => !CONSTANT.test(t)).map((t) => select(index, parseSelector(t), bindings));
  return lists.some((numbers) => numbers.length === 0) ? undefined : lists.flat();
};

/** Every way the rules apply to the published files. */
export const evaluations = (
  files: readonly PublishedFile[],
  rules: PublishedRules,
): readonly (Evaluation & { readonly test: (valueOf: ValueOf) => Outcome | undefined })[] => {
  const index = indexPublished(files);
  return rules.rules.flatMap((rule) =>
    bindingsOf(index, rule).flatMap(({ result, bindings }) => {
      const parts = termsOf(index, [...rule.parts, ...rule.times, ...rule.under], bindings);
      if (parts === undefined || (result !== undefined && parts.includes(result))) return [];
      const test = (valueOf: ValueOf): Outcome | undefined => outcome(index, rule, bindings, result, valueOf);
      return [{ rule, parts, test, ...(result === undefined ? {} : { result }) }];
    }),
  );
};

/** The rules tested on the printed numbers alone: for any report, with no records at hand. */
export const checkPublished = (
  files: readonly PublishedFile[],
  rules: PublishedRules,
): readonly (Evaluation & Outcome)[] =>
  evaluations(files, rules).flatMap((e) => {
    const found = e.test(printedValue);
    return found === undefined ? [] : [{ ...e, ...found }];
  });

/** Values in the order of their rows, so that two lists over the same rows can be paired. */
type Operands = (texts: readonly string[], byRow?: boolean) => readonly Interval[] | undefined;

const operandsFor =
  (index: PublishedIndex, bindings: Bindings, valueOf: ValueOf): Operands =>
  (texts, byRow = false) => {
    const values = texts.flatMap((text): (Interval | undefined)[] => {
      if (CONSTANT.test(text)) return [exactly(parseDecimal(text))];
      const selector = parseSelector(text);
      const numbers = select(index, selector, bindings);
      const ordered = byRow
        ? numbers.toSorted((a, b) => (a.referenceRow < b.referenceRow ? -1 : 1))
        : numbers;
      return ordered.map((n) => {
        const value = valueOf(n);
        return value !== undefined && selector.negative ? negative(value) : value;
      });
    });
    return values.some((v) => v === undefined) ? undefined : values.filter((v) => v !== undefined);
  };

const total = (values: readonly Interval[]): Interval => values.reduce(sum, ZERO);

/** Weights are counts, which are exact or nearly so: their rounding is left out. */
const weightedMean = (parts: readonly Interval[], weights: readonly Interval[]): Interval | undefined => {
  if (parts.length !== weights.length) return undefined;
  const exact = weights.map((w) => exactly(middle(w)));
  return quotient(total(parts.map((part, i) => product(part, exact[i] ?? ZERO))), total(exact));
};

const rank = ([first, ...others]: readonly Interval[]): Interval | undefined =>
  first === undefined
    ? undefined
    : exactly(fraction(1 + others.filter((o) => compare(o.low, first.high) > 0).length));

const expectedOf = (rule: PublishedRule, operands: Operands): Interval | undefined => {
  if (rule.kind === 'weighted_mean')
    return weightedMean(operands(rule.parts, true) ?? [], operands(rule.times, true) ?? []);
  if (rule.kind === 'least_spread')
    return leastSpread(
      rule,
      operands(rule.parts) ?? [],
      operands(rule.times) ?? [],
      operands(rule.under) ?? [],
    );
  const [parts, times, under] = [operands(rule.parts), operands(rule.times), operands(rule.under)];
  if (parts === undefined || times === undefined || under === undefined) return undefined;
  switch (rule.kind) {
    case 'ratio': {
      const numerator = [exactly(rule.scale), ...times].reduce(product, total(parts));
      return quotient(numerator, total(under));
    }
    case 'rows':
      return exactly(fraction(parts.filter((v) => compare(v.high, fraction(0)) !== 0).length));
    case 'rank':
      return rank(parts);
    case 'change': {
      const [now, before] = parts;
      const ratio = now === undefined || before === undefined ? undefined : quotient(now, before);
      return ratio === undefined
        ? undefined
        : product(sum(ratio, exactly(fraction(-1))), exactly(fraction(100)));
    }
    default:
      return total(parts);
  }
};

const outcome = (
  index: PublishedIndex,
  rule: PublishedRule,
  bindings: Bindings,
  result: PublishedNumber | undefined,
  valueOf: ValueOf,
): Outcome | undefined => {
  const expected = expectedOf(rule, operandsFor(index, bindings, valueOf));
  if (expected === undefined) return undefined;
  if (result === undefined) {
    const constant = parseDecimal(rule.result);
    return {
      expected,
      agrees: compare(expected.low, constant) <= 0 && compare(constant, expected.high) <= 0,
    };
  }
  if (rule.kind === 'at_most') {
    const printed = printedValue(result);
    return printed === undefined ? undefined : { expected, agrees: compare(printed.low, expected.high) <= 0 };
  }
  if (rule.kind === 'least_spread') {
    const printed = printedValue(result);
    return printed === undefined ? undefined : { expected, agrees: compare(printed.high, expected.low) >= 0 };
  }
  if (rule.kind === 'attainable') {
    const whole = middle(expected);
    if (!isPrinted(result) || whole.den !== 1n || whole.num <= 0n) return undefined;
    const nearest = nearestPercentage(asPrinted(result.value, result.decimals), whole.num);
    return { expected: exactly(nearest.percent), agrees: nearest.inside };
  }
  if (rule.kind === 'equal' && repeats(result, expected))
    return { expected, agrees: isPrinted(result) && compare(middle(expected), result.value) === 0 };
  return { expected, agrees: holds(result, expected) };
};

/** Printed twice to the same digit: then both must say the same, while 3.95 may stand beside 4.0. */
const repeats = (n: PublishedNumber, other: Interval): boolean => {
  const own = n.relation === 'eq' ? printedValue(n) : undefined;
  return own !== undefined && compare(subtract(own.high, own.low), subtract(other.high, other.low)) === 0;
};
