import { cleanWord } from '../vocabulary/index.ts';
import type { BoundMapping, BoundRule } from './bound-mapping.ts';

/** Columns that one thing is made of: a field, the key, a person who stands behind a row. */
export interface ColumnsRead {
  /** The field's path, or the part of the mapping: `key`, `review`. */
  readonly fills: string;
  /** Whether only the team may read what is made of them. */
  readonly isSecret: boolean;
  /** Cleaned names. */
  readonly columns: readonly string[];
}

const columnsOfRule = ({ rule }: BoundRule): readonly string[] => [
  ...(rule.from === undefined ? [] : typeof rule.from === 'string' ? [rule.from] : rule.from),
  ...Object.keys(rule.flags ?? {}),
];

/** Everything that a mapping makes of columns. A cell that is split belongs to its repeat as a whole. */
export const columnsRead = ({ mapping, rules, repeats }: BoundMapping): readonly ColumnsRead[] => {
  const {
    author,
    vouched_by: voucher,
    evidence,
    submitted_on: submitted,
    verified_on: verified,
  } = mapping.review;
  const ofRule = (bound: BoundRule): ColumnsRead => ({
    fills: bound.target.path,
    isSecret: bound.target.sensitivity === 'identity',
    columns: columnsOfRule(bound).map(cleanWord),
  });
  const people = [author.from, voucher?.from, evidence?.from, submitted?.from, verified?.from].flat();
  return [
    ...rules.map(ofRule),
    ...repeats.flatMap(({ field, rows, split }) => [
      ...rows.flat().map(ofRule),
      ...(split === undefined
        ? []
        : [{ fills: field.path, isSecret: hasSecret(rows), columns: [cleanWord(split.from)] }]),
    ]),
    { fills: 'key', isSecret: false, columns: (mapping.key ?? []).map(cleanWord) },
    { fills: 'review', isSecret: false, columns: people.filter((p) => p !== undefined).map(cleanWord) },
  ];
};

/** Whether any rule of a repeat fills an identity field. */
export const hasSecret = (rows: readonly (readonly BoundRule[])[]): boolean =>
  rows.some((rules) => rules.some((bound) => bound.target.sensitivity === 'identity'));
