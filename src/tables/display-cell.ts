import { type Fraction, isMissing, type Language, type Messages, roundTo } from '../vocabulary/index.ts';
import type { Cell, TableMeasure } from './cell.ts';

/** Marks of the language: Kazakh and Russian write `12 345,6`, English `12,345.6`; four digits stay together. */
const MARKS: Readonly<Record<Language, { readonly group: string; readonly decimal: string }>> = {
  kk: { group: '\u00a0', decimal: ',' },
  ru: { group: '\u00a0', decimal: ',' },
  en: { group: ',', decimal: '.' },
};

/** An exact number as a reader sees it: rounded half away from zero, thousands grouped from 10 000 up, a true minus sign. */
export const displayNumber = (value: Fraction, decimals: number, language: Language): string => {
  const rounded = roundTo(value, decimals);
  const [whole = '', fractional] = rounded.replace('-', '').split('.');
  const { group, decimal } = MARKS[language];
  const grouped = whole.length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, group);
  return `${rounded.startsWith('-') ? '\u2212' : ''}${grouped}${fractional === undefined ? '' : `${decimal}${fractional}`}`;
};

/** A cell's value without unit or noun; a gap as its reason in words. The one place where the value of a cell becomes text. */
export const displayCell = (
  cell: Cell,
  measure: TableMeasure,
  language: Language,
  messages: Messages,
): string =>
  isMissing(cell.value)
    ? messages(language, `missing.${cell.value.missing}`)
    : displayNumber(cell.value, measure.decimals, language);

/** The same with the percent sign where the measure is a percentage; other units stand in captions and nouns. */
export const displayWithSign = (
  cell: Cell,
  measure: TableMeasure,
  language: Language,
  messages: Messages,
): string => {
  const text = displayCell(cell, measure, language, messages);
  if (isMissing(cell.value) || measure.unit !== 'percent') return text;
  return language === 'en' ? `${text}%` : `${text}\u00a0%`;
};
