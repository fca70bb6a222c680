/** A value on its way out: text is made safe, numbers are written as they are. */
export type CsvValue = string | number | bigint;

export interface CsvWriteOptions {
  readonly delimiter?: ',' | ';' | '\t';
  /** Byte order mark, for Excel. */
  readonly bom?: boolean;
}

/**
 * What a spreadsheet would run as a formula: `= + - @`, TAB, CR, LF, NUL or a full-width variant at the start, also
 * behind spaces and quotes (OWASP ASVS 1.2.10). \s covers every Unicode space.
 */
const FORMULA_START = /^[\s"'\u200B-\u200D\u2060]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n\0]/u;

/** Text that no spreadsheet runs: an apostrophe goes before what could start a formula. */
export const safeText = (text: string): string => (FORMULA_START.test(text) ? `'${text}` : text);

const field = (value: CsvValue): string =>
  `"${(typeof value === 'string' ? safeText(value) : String(value)).replaceAll('"', '""')}"`;

/** One line with its CRLF (RFC 4180), every field quoted. */
export const csvLine = (values: readonly CsvValue[], delimiter: ',' | ';' | '\t' = ','): string =>
  `${values.map(field).join(delimiter)}\r\n`;

/** A whole CSV text. A gap is the caller's to write: as its reason, never as an empty number. */
export const writeCsv = (rows: Iterable<readonly CsvValue[]>, options: CsvWriteOptions = {}): string => {
  const lines = [...rows].map((row) => csvLine(row, options.delimiter ?? ','));
  return (options.bom === true ? '\uFEFF' : '') + lines.join('');
};
