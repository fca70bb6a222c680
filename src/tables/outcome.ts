import type { CellMissing, Fraction, Missing } from '../vocabulary/index.ts';

/** What a measure gives at a place: the parts of a cell that depend on counting. */
export interface Outcome {
  readonly value: Fraction | Missing<CellMissing>;
  readonly numerator?: Fraction;
  readonly denominator?: Fraction;
  readonly n: number;
  readonly nMissing: number;
}
