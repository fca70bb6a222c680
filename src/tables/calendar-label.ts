import type { Label, Language } from '../vocabulary/index.ts';

const MONTH: Intl.DateTimeFormatOptions = { month: 'long', year: 'numeric', timeZone: 'UTC' };

/** Made once: a formatter costs more than the counting of a small table. */
const formats = new Map<Language, Intl.DateTimeFormat>();
const formatOf = (language: Language): Intl.DateTimeFormat => {
  const known =
    formats.get(language) ?? new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, MONTH);
  formats.set(language, known);
  return known;
};

const monthIn = (language: Language, date: Date): string => {
  const text = formatOf(language).format(date);
  // A row heading, not a sentence: `январь 2018`, without the abbreviation of "year" that ends it.
  return text.replace(/(?<!\s)\s*г\.$/, '');
};

/** The name of a month (`2018-03`) in three languages, from the Unicode CLDR; undefined for any other code. */
export const monthLabel = (code: string): Label | undefined => {
  const match = /^(\d{4})-(\d{2})$/.exec(code);
  if (match === null) return undefined;
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, 1));
  return {
    kk: { text: monthIn('kk', date) },
    ru: { text: monthIn('ru', date) },
    en: { text: monthIn('en', date) },
  };
};
