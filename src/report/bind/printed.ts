import {
  type Cell,
  decimalsOf,
  displayCell,
  displayNumber,
  type TableMeasure,
  TOTAL,
} from '../../tables/index.ts';
import { compare, type Fraction, fraction, parseDecimal, roundTo } from '../../vocabulary/index.ts';
import { type Binding, labelled, type Speaker } from './binding.ts';
import type { BoundCell } from './cells.ts';

export const printedFraction = ({ language }: Speaker, value: Fraction, decimals: number): string =>
  displayNumber(language, roundTo(value, decimals));

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

/** How sure a value is, in brackets; undefined where nothing was asked or nothing about it is uncertain. */
export const printedInterval = (speaker: Speaker, cell: Cell, measure: TableMeasure): string | undefined => {
  // The total of shares is 100 % whatever was asked.
  const whole = measure.unit === 'percent' && Object.values(cell.at).every((code) => code === TOTAL);
  const sure = whole && cell.numerator !== undefined && compare(cell.value as Fraction, fraction(100)) === 0;
  if (cell.interval === undefined || sure) return undefined;
  const [low, high] = [cell.interval.low, cell.interval.high].map((bound) =>
    printedFraction(speaker, bound, decimalsOf(cell, measure)),
  );
  return `[${low}–${high}]`;
};

/** What a measure is called over its numbers. */
export const measureHeading = (speaker: Speaker, measure: TableMeasure): string => {
  const label = labelled(speaker, measure.label);
  return measure.unit === 'percent' && !label.includes('%') ? `${label}, %` : label;
};
