import { isPrinted, type PublishedNumber, type PublishedReading, publishedName } from '../study/index.ts';
import { type Fraction, isMissing, compare as order, roundTo } from '../vocabulary/index.ts';
import type { Comparison, Witness } from './comparison.ts';
import type { Tested, ValueOf } from './evaluate.ts';
import type { Interval } from './interval.ts';
import type { Recorded } from './recorded.ts';

const printedText = (n: PublishedNumber): string => {
  if (!isPrinted(n)) return n.valueRaw;
  const low = roundTo(n.value, n.decimals);
  return n.valueMax === undefined ? low : `${low}–${roundTo(n.valueMax, n.decimals)}`;
};

const DIGITS = 6;
const decimalText = (value: Fraction): string => {
  const text = roundTo(value, DIGITS)
    .replace(/(?<!0)0+$/, '')
    .replace(/\.$/, '');
  return value.den === 1n ? value.num.toString() : text;
};

/** As written for people: one value, or the ends of an interval. */
const intervalText = ({ low, high }: Interval): string =>
  order(low, high) === 0 ? decimalText(low) : `${decimalText(low)}–${decimalText(high)}`;

/** Who says so: the rule with every number in it, the judged one first. */
export const witnessOf = (
  n: PublishedNumber,
  e: Tested,
  valueOf: ValueOf,
  reading: PublishedReading | undefined,
): Witness => {
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

/** What was found out about a number, before it is written down. */
export interface Judgement extends Pick<Comparison, 'verdict' | 'reason'> {
  readonly basis?: Comparison['basis'];
  readonly value?: Recorded | undefined;
  readonly rule?: string;
  readonly witness?: Witness;
}

export const comparison = (
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
