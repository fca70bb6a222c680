import { isMissing, type Language, type Messages, roundTo, toNumber } from '../vocabulary/index.ts';
import type { Cell, TableMeasure } from './cell.ts';

/** Narrow no-break space: groups digits without letting a line end inside a number. */
const GROUP = '\u202f';
const MINUS = '\u2212';
const GROUPS: Readonly<Record<Language, string>> = { kk: GROUP, ru: GROUP, en: ',' };
const POINTS: Readonly<Record<Language, string>> = { kk: ',', ru: ',', en: '.' };

const inThrees = (digits: string): readonly string[] => {
  const first = digits.length % 3 || 3;
  const groups = [digits.slice(0, first)];
  for (let at = first; at < digits.length; at += 3) groups.push(digits.slice(at, at + 3));
  return groups;
};

/** Plain decimal text (`-12345.5`) as a person reads it: `−12 345,5`. Four digits stay together. */
export const displayNumber = (language: Language, plain: string): string => {
  const [whole = '', decimals] = plain.replace(/^-/, '').split('.');
  const grouped = whole.length < 5 ? whole : inThrees(whole).join(GROUPS[language]);
  return `${plain.startsWith('-') ? MINUS : ''}${grouped}${decimals === undefined ? '' : POINTS[language] + decimals}`;
};

/** Digits after the point: a number that was published is shown with the digits it was printed with, not with more. */
export const decimalsOf = (cell: Cell, measure: Pick<TableMeasure, 'decimals'>): number =>
  cell.printed?.decimals ?? measure.decimals;

/**
 * The one way from a cell to the text a person reads: rounded half away from zero, in the language's digits, without the
 * unit; a gap is its reason in words.
 */
export const displayCell = (
  messages: Messages,
  language: Language,
  cell: Cell,
  measure: Pick<TableMeasure, 'decimals'>,
): string =>
  isMissing(cell.value)
    ? messages(language, `missing.${cell.value.missing}`)
    : displayNumber(language, roundTo(cell.value, decimalsOf(cell, measure)));

/** The number behind a cell for charts and sorting; undefined for a gap. */
export const cellNumber = (cell: Cell): number | undefined =>
  isMissing(cell.value) ? undefined : toNumber(cell.value);
