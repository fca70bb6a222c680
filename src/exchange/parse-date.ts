import { dayNumber } from '../vocabulary/index.ts';

/** An ISO partial date; `impossible` where the shape fits but there is no such day; undefined where it does not fit. */
export type ParsedDate = { readonly iso: string } | { readonly impossible: true } | undefined;

const TOKENS = /YYYY|MM|M|DD|D/g;
const DIGITS: Record<string, string> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{2})',
  D: '(?<day>\\d{1,2})',
};

const patternOf = (format: string): RegExp => {
  const escaped = format.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll(TOKENS, (token) => DIGITS[token] ?? token)}$`);
};

const ISO = [
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/,
  /^(?<year>\d{4})-(?<month>\d{2})$/,
  /^(?<year>\d{4})$/,
];

/** A reader of dates written like `DD.MM.YYYY`; without a format, of ISO dates, months and years (`~` is kept). */
export const dateReader = (format: string | undefined): ((text: string) => ParsedDate) => {
  const patterns = format === undefined ? ISO : [patternOf(format)];
  return (text) => {
    const approximate = format === undefined && text.endsWith('~');
    const bare = approximate ? text.slice(0, -1) : text;
    const found = patterns.map((p) => p.exec(bare)?.groups).find((groups) => groups !== undefined);
    if (found === undefined) return undefined;
    const { year = '', month, day } = found;
    if (dayNumber(Number(year), Number(month ?? 1), Number(day ?? 1)) === undefined)
      return { impossible: true };
    const parts = [year, month?.padStart(2, '0'), day?.padStart(2, '0')].filter((p) => p !== undefined);
    return { iso: parts.join('-') + (approximate ? '~' : '') };
  };
};
