import type { Label } from '../vocabulary/index.ts';
import type { Expression } from './expression.ts';

/**
 * A table or indicator, as data. In YAML:
 *
 *   id: asm.ipk.by_city
 *   title: {kk, ru, en}
 *   unit: assembly                    # a row of an instrument or child table, or distinct(reference)
 *   of: assembly                      # the instrument or child path (`assembly.attribute`), default: instrument of `unit`
 *   where: counted                    # an expression; `counted` and conditions may be used
 *   measures:
 *     n:            count
 *     detained_on:  {count: "detained.best > 0"}
 *     police:       {sum: police.best}
 *     share:        {share: n, of: table}           # of: table | row | column | [dimension fields that stay fixed]
 *     iz:           {share_where: sanctioned, base: "sanctioned or unsanctioned"}     # percent of rows
 *     ipk:          {ratio: [sum(police.best), sum(participants.best)], unit: officers_per_participant}
 *     ima:          {rate: n, per: month, unit: assemblies_per_month}
 *     mean:         {mean: duration_min, unit: minutes}      also median, spread, min, max, distinct, distribution, top_box
 *   dimensions:
 *     - {by: place.city, order: n desc, regroup: report_cities, labels: settlements}
 *     - {by: period}
 *   totals: [place.city]              # dimensions that get a `_total`
 *   published: [assemblies_by_city_year]     # files whose cells join the series (origin: published)
 */
export interface TableDefinition {
  readonly id: string;
  readonly title: Label;
  /** Printed under the table: how to read it, where the definition comes from. */
  readonly note?: Label;
  readonly definition?: Label;
  readonly unit: string;
  /** Snapshot table it counts: an instrument id or a child path. */
  readonly of: string;
  /** The measure that counts distinct persons: cells that rest on too few are marked, whatever they measure. */
  readonly persons?: string;
  /** When set, counts distinct values of this reference instead of rows. */
  readonly distinct?: string;
  readonly where?: Expression;
  readonly measures: readonly Measure[];
  readonly dimensions: readonly Dimension[];
  readonly totals: readonly string[];
  readonly published: readonly string[];
  /** The report section it belongs to, for listings. */
  readonly section?: string;
  readonly file: string;
  readonly line: number;
}

/** Dimensions along which time runs. */
export const TIME_DIMENSIONS = ['period', 'year', 'quarter', 'month'] as const;

export interface Dimension {
  /** A field path, `period`, `unit` (first-level unit in the study's vintage), or `year`, `quarter`, `month`. */
  readonly by: string;
  /** Of a time dimension: the date of the row that it goes by; default: that of the record. */
  readonly date?: string;
  /** Measure and direction, or `list` (order of the code list or regrouping), or `label`. */
  readonly order:
    | { readonly kind: 'measure'; readonly measure: string; readonly descending: boolean }
    | { readonly kind: 'list' };
  readonly regroup?: string;
  /** Rows of the list with no cases: shown with their Missing or zero, or left out. */
  readonly empty: 'show' | 'hide';
}

export const STATISTICS = [
  'mean',
  'median',
  'mode',
  'spread',
  'min',
  'max',
  'q1',
  'q3',
  'geometric_mean',
  'trimmed_mean',
] as const;
export type StatisticName = (typeof STATISTICS)[number];

/** An amount over rows: the building block of ratios. */
export type Term =
  | { readonly kind: 'count'; readonly where?: Expression }
  | { readonly kind: 'sum'; readonly field: string; readonly where?: Expression }
  | { readonly kind: 'distinct'; readonly field: string; readonly where?: Expression };

/**
 * How sure a number is: the 95 % interval of a percentage, a rate (methodology 4.1, 4.6) or, by drawing people, a statistic
 * (4.4); or how far one person moves a statistic (4.5).
 */
export const INTERVAL_METHODS = [
  'wilson',
  'clopper_pearson',
  'poisson',
  'bootstrap',
  'leave_one_out',
] as const;
export type IntervalMethod = (typeof INTERVAL_METHODS)[number];

/**
 * What the total over time of a distinct count is. Something that occurs in several periods is one there (`distinct`), or
 * one in each of them, so that the periods add up (`sum`).
 */
export const OVER_PERIODS = ['distinct', 'sum'] as const;
export type OverPeriods = (typeof OVER_PERIODS)[number];

interface MeasureBase {
  readonly id: string;
  readonly label: Label;
  /** `assemblies`, `persons`, `percent`, `officers_per_participant`, … (a message id `unit.<unit>` exists). */
  readonly unit: string;
  /** Digits after the point on display. */
  readonly decimals: number;
  readonly polarity?: 'high_is_bad' | 'high_is_good';
  /** True where what is seen is less than what there is (police in plain clothes): cells carry `lower_bound`. */
  readonly lowerBound?: boolean;
  /** Cells carry an interval: of a percentage or (`poisson`) a rate of counted rows, or (the last two) of a statistic. */
  readonly interval?: IntervalMethod;
}
export type Measure = MeasureBase &
  (
    | { readonly kind: 'term'; readonly term: Term; readonly overPeriods?: OverPeriods }
    /** 100 x measure / the same measure over a base: table, row, column, or with the named dimensions kept fixed. */
    | {
        readonly kind: 'share';
        readonly measure: string;
        readonly within: 'table' | 'row' | 'column' | readonly string[];
      }
    /** scale x numerator / denominator over rows where both are recorded. */
    | { readonly kind: 'ratio'; readonly numerator: Term; readonly denominator: Term; readonly scale: number }
    /** Per month (or other unit) of exposure of the cell's period. */
    | { readonly kind: 'rate'; readonly measure: string; readonly per: 'month' }
    | {
        readonly kind: 'statistic';
        readonly statistic: StatisticName;
        readonly field: string;
        readonly where?: Expression;
      }
    /** Percent of recorded values at or above (below) a code or score. */
    | { readonly kind: 'top_box'; readonly field: string; readonly codes: readonly string[] }
  );
