import type { TableMeasure } from '../../tables/index.ts';
import { type Fraction, isMissing, type Language, roundTo } from '../../vocabulary/index.ts';
import { type Binding, say } from './binding.ts';
import type { BoundCell } from './cells.ts';

const MARKS: Readonly<Record<Language, { readonly group: string; readonly decimal: string }>> = {
  kk: { group: '\u00a0', decimal: ',' },
  ru: { group: '\u00a0', decimal: ',' },
  en: { group: ',', decimal: '.' },
};

/** A decimal text in the language's way of writing, thousands grouped from 10 000 up. */
export const localNumber = (text: string, language: Language): string => {
  const [whole = '', decimals] = text.replace('-', '').split('.');
  const { group, decimal } = MARKS[language];
  const grouped = whole.length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, group);
  return `${text.startsWith('-') ? '\u2212' : ''}${grouped}${decimals === undefined ? '' : `${decimal}${decimals}`}`;
};

export const printedFraction = (binding: Binding, value: Fraction, decimals: number): string =>
  localNumber(roundTo(value, decimals), binding.language);

/** A cell's value as printed in a table, without unit or noun; a gap as its reason in words. */
export const printed = (binding: Binding, { cell, measure }: Pick<BoundCell, 'cell' | 'measure'>): string =>
  isMissing(cell.value)
    ? say(binding, `missing.${cell.value.missing}`)
    : printedFraction(binding, cell.value, measure.decimals);

/** The parts of a value: whole where they are whole, else with as many decimals as they need, four at most. */
export const printedPart = (binding: Binding, value: Fraction, measure: TableMeasure): string => {
  if (value.den === 1n) return printedFraction(binding, value, 0);
  const needed = [1, 2, 3, 4].find((d) => 10n ** BigInt(d) % value.den === 0n);
  return printedFraction(binding, value, needed ?? Math.max(measure.decimals, 2));
};
