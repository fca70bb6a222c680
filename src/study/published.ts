import type { Fraction, Missing } from '../vocabulary/index.ts';

/**
 * One number as an earlier publication printed it. `address` is ours: `table/row[.row]/period/measure`, or undefined when
 * no table of ours has that number (then it is compared by rule only). Columns of the file: series, measure, period, row,
 * value, value_raw, decimals, unit, status, source_table, break_after, reference_row, reference_column, relation, value_max.
 */
export interface PublishedNumber {
  readonly file: string;
  /** Line in the file, header = 1. */
  readonly line: number;
  readonly series: string;
  readonly measure: string;
  readonly period: string;
  /** Our row codes in the order of the table's dimensions without the period; `_total` for a total. */
  readonly row: readonly string[];
  readonly value: Fraction | Missing<'none_recorded' | 'not_published'>;
  readonly valueRaw: string;
  readonly decimals: number;
  readonly unit: string;
  /** `as_printed`, or `not_a_statistic` (years, dates, law articles). */
  readonly status: string;
  readonly sourceTable: string;
  readonly breakAfter: boolean;
  /** The row and column keys of the reference file, as its readers know them. */
  readonly referenceRow: string;
  readonly referenceColumn: string;
  /** For prose: eq, approx, at_least, more_than, range, … */
  readonly relation: string;
  readonly valueMax?: Fraction;
  readonly address?: string;
}

export interface PublishedFile {
  /** File name without extension, e.g. `assemblies_by_city_2018`. */
  readonly id: string;
  readonly source: string;
  readonly numbers: readonly PublishedNumber[];
}

/**
 * Arithmetic that published numbers must obey among themselves (methodology 11), as data in `published/rules.yaml`.
 * A selector is `file/row/column/period` with `*` for any; one rule is tested for every binding of its `each` variables.
 */
export interface PublishedRule {
  readonly id: string;
  readonly kind: 'sum' | 'ratio' | 'share' | 'equal' | 'difference';
  readonly result: string;
  readonly parts: readonly string[];
  readonly scale: Fraction;
  readonly each: readonly string[];
}

export interface PublishedRules {
  readonly rules: readonly PublishedRule[];
  /** Numbers that the kept reading drops, with the rule or the address that contradicts them (design 8, section 3). */
  readonly readings: readonly { readonly drop: string; readonly because: string; readonly keep: readonly string[] }[];
  /** Numbers that records cannot give, with the reason. */
  readonly notReproducible: readonly { readonly number: string; readonly because: string }[];
}
