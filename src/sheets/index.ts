export { columnLetters, type SheetCell, type SheetRow, type SheetTable } from './cell.ts';
export { DELIMITERS, type Delimiter } from './csv-read.ts';
export { type CsvValue, type CsvWriteOptions, csvLine, safeText, writeCsv } from './csv-write.ts';
export { ENCODINGS, type Encoding } from './encoding.ts';
export { SHEET_LIMITS, type SheetLimits, ZIP_LIMITS } from './limits.ts';
export { openSource, readTable, type TableFormat, type TableSource } from './read-table.ts';
export {
  writeXlsx,
  type XlsxColumn,
  type XlsxDocument,
  type XlsxSheet,
  type XlsxValue,
} from './xlsx-write.ts';
export { readZip } from './zip-guard.ts';
export { writeZip } from './zip-write.ts';
