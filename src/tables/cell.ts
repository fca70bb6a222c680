import type { OverPeriods } from '../study/index.ts';
import type { CellMissing, Fraction, Label, Missing } from '../vocabulary/index.ts';

export const TOTAL = '_total';

export interface Cell {
  /** Dimension -> code; `_total` for a total. In the order of the table's dimensions. */
  readonly at: Readonly<Record<string, string>>;
  readonly measure: string;
  /** Exact. Display is rounded to the measure's decimals, half away from zero, and nowhere else. */
  readonly value: Fraction | Missing<CellMissing>;
  /** Parts of the value as exact fractions: 100 x numerator / denominator for a share. Absent for statistics such as a median. */
  readonly numerator?: Fraction;
  readonly denominator?: Fraction;
  /** Rows (or distinct units) that contribute, and rows in the cell left out because a needed value is missing. */
  readonly n: number;
  readonly nMissing: number;
  readonly unit: string;
  readonly interval?: { readonly low: Fraction; readonly high: Fraction; readonly method: string };
  /** computed: from records of the snapshot; published: as printed by an earlier publication. */
  readonly origin: 'computed' | 'published';
  readonly flags: readonly CellFlag[];
  /** For published cells: file and line. */
  readonly source?: string;
  /** For published cells: the text as it was printed and its digits after the point. */
  readonly printed?: { readonly text: string; readonly decimals: number };
}
export type CellFlag =
  | 'below_threshold'
  | 'small_base'
  | 'lower_bound'
  | 'tied_mode'
  | 'carried_by_few'
  | 'break_before'
  | 'synthetic';

/** A counted table. `cells` lists row-major over dimensions in order, measures last. */
export interface Table {
  readonly id: string;
  readonly title: Label;
  readonly unit: string;
  readonly snapshot: string;
  readonly dimensions: readonly TableDimension[];
  readonly measures: readonly TableMeasure[];
  readonly cells: readonly Cell[];
  /** Codes of the period dimension before which a series breaks, with the reason. */
  readonly breaks: readonly { readonly before: string; readonly kind: string; readonly label: Label }[];
}
export interface TableDimension {
  readonly by: string;
  readonly label: Label;
  /** The codes are the answers of a scale, from one end to the other. */
  readonly ordered?: true;
  /** In display order; `_total` last where the definition asks for it. */
  readonly codes: readonly { readonly code: string; readonly label: Label }[];
}
export interface TableMeasure {
  readonly id: string;
  readonly label: Label;
  readonly unit: string;
  readonly decimals: number;
  readonly polarity?: 'high_is_bad' | 'high_is_good';
  /** Of a distinct count: what its total over time is. */
  readonly overPeriods?: OverPeriods;
}

/**
 * The one name of a cell in report, CLI and URL: `table/rowcode[.rowcode]/colcode/measure`, total = `_total`. The last
 * dimension is the column; a table with one dimension has `_` as its column code, one with none has `_/_`.
 */
export interface CellAddress {
  readonly table: string;
  readonly rowCodes: readonly string[];
  readonly columnCode: string;
  readonly measure: string;
}

/** A record row behind a cell with its part in numerator and denominator; the parts sum to the cell's. */
export interface ContributingRow {
  readonly recordId: string;
  readonly rowId?: string;
  readonly revision: string;
  readonly row: number;
  readonly numerator: Fraction;
  readonly denominator: Fraction;
}
