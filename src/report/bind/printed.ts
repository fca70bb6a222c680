import { decimalsOf, displayCell, displayNumber, type TableMeasure } from '../../tables/index.ts';
import { type Fraction, parseDecimal, roundTo } from '../../vocabulary/index.ts';
import type { Binding } from './binding.ts';
import type { BoundCell } from './cells.ts';

export const printedFraction = (binding: Binding, value: Fraction, decimals: number): string =>
  displayNumber(binding.language, roundTo(value, decimals));

/** A cell's value as printed in a table, without unit or noun; a gap as its reason in words. */
export const printed = (binding: Binding, { cell, measure }: Pick<BoundCell, 'cell' | 'measure'>): string =>
  displayCell(binding.messages, binding.language, cell, measure);

/** The value a reader sees, rounded half away from zero. Claims are tested on it. */
export const printedValue = ({ value, cell, measure }: BoundCell): Fraction =>
  parseDecimal(roundTo(value, decimalsOf(cell, measure)));

/** The parts of a value: whole where they are whole, else with as many decimals as they need, four at most. */
export const printedPart = (binding: Binding, value: Fraction, measure: TableMeasure): string => {
  if (value.den === 1n) return printedFraction(binding, value, 0);
  const needed = [1, 2, 3, 4].find((d) => 10n ** BigInt(d) % value.den === 0n);
  return printedFraction(binding, value, needed ?? Math.max(measure.decimals, 2));
};
