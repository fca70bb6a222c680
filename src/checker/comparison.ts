import type { PublishedRuleKind } from '../study/index.ts';
import type { Fraction, Missing } from '../vocabulary/index.ts';

export const VERDICTS = [
  'equal',
  'publication_inconsistent',
  'not_reproducible',
  'no_records',
  'not_a_statistic',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A cell of ours as the caller has it; only computed cells are evidence, never a published number that joined a series. */
export interface OurCell {
  readonly value: Fraction | Missing;
  readonly origin?: 'computed' | 'published';
}

/** The rule that a number breaks, with every number in conflict as printed. The first address is the number judged. */
export interface Witness {
  readonly rule: string;
  readonly kind: PublishedRuleKind;
  readonly addresses: readonly string[];
  readonly values: readonly string[];
  /** What the kept numbers say it must be. */
  readonly expected: string;
  /** The question of the reading that drops this number, where one is written down. */
  readonly reading?: string;
}

/** One published number judged. `table`, `row`, `column` and `period` are keys of the reference files. */
export interface Comparison {
  readonly table: string;
  readonly row: string;
  readonly column: string;
  readonly period: string;
  readonly source_table: string;
  /** As printed (`-` for a dash), without words. */
  readonly published: string;
  readonly unit: string;
  readonly relation: string;
  /** Our value as an exact decimal or rounded to six digits; a reason where we have none; empty where nothing compares. */
  readonly ours: string;
  /** Exact, e.g. `10/32`, where it is not a whole number. */
  readonly ours_exact?: string;
  readonly verdict: Verdict;
  readonly basis: 'records' | 'other_published' | '';
  /** Code of the message `published.reason.<reason>`. */
  readonly reason: string;
  /** The rule by which an equal number follows from others. */
  readonly rule?: string;
  readonly witness?: Witness;
  /** Our cell, where a table of ours has this number. */
  readonly address?: string;
}
