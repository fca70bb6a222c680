import type { Table } from '../../tables/index.ts';
import { LANGUAGES, type Label, type Language } from '../../vocabulary/index.ts';

/** No line begins with a dash that belongs to the words before it; an English apostrophe is curved, as its quotation marks are. */
export const typeset = (language: Language, text: string): string => {
  const dashed = text.replace(/ (?=[—–](?: |$))/g, '\u00a0');
  return language === 'en' ? dashed.replace(/(?<=\p{L})'/gu, '’') : dashed;
};

/** A reference that no line end cuts at its number: "table 4", "4-кесте". */
export const unbroken = (text: string): string =>
  text.replace(/ (?=\S*\d)/g, '\u00a0').replace(/(?<=\d)-(?=\p{L})/gu, '\u2011');

/** A label that stands as a sentence of its own. */
export const begun = (label: string): string => label.slice(0, 1).toLocaleUpperCase() + label.slice(1);

const YEARS = /^(\d{4})-(\d{4})$/;

const yearRange = (label: Label): Label =>
  LANGUAGES.some((language) => YEARS.test(label[language].text))
    ? (Object.fromEntries(
        LANGUAGES.map((l) => [l, { ...label[l], text: label[l].text.replace(YEARS, '$1–$2') }]),
      ) as Label)
    : label;

/** A period that is named by its id, `2011-2012`, is printed as the text writes it: with an en dash. */
export const withYearRanges = (table: Table): Table => ({
  ...table,
  dimensions: table.dimensions.map((d) => ({
    ...d,
    codes: d.codes.map((c) => ({ ...c, label: yearRange(c.label) })),
  })),
});
