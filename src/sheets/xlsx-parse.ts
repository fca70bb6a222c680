import type { Cell, Workbook, Worksheet } from '@cj-tech-master/excelts';
import { type Problem, ProblemError, problem } from '../vocabulary/index.ts';
import { columnLetters, type SheetCell, type SheetRow } from './cell.ts';
import { type SheetLimits, WORKBOOK } from './limits.ts';
import { readZip } from './zip-guard.ts';
import { writeZip } from './zip-write.ts';

/** What is asked of one workbook, and what comes of it: plain data, so that it can pass between threads. */
export interface XlsxRequest {
  readonly bytes: Uint8Array;
  readonly sheet: string | number;
  readonly headerRow: number;
  readonly limits: SheetLimits;
}
export type XlsxReply = { readonly rows: readonly SheetRow[] } | { readonly problems: readonly Problem[] };

/** Excel's day 0 in UTC: a cell on it holds a time of day without a date. */
const isTimeOnly = (date: Date): boolean => date.getUTCFullYear() < 1900;

const fromDate = (exact: Date): SheetCell => {
  if (Number.isNaN(exact.getTime())) return { error: '#DATE' };
  const date = new Date(Math.round(exact.getTime() / 1000) * 1000); // serial numbers are binary fractions of a day
  const iso = date.toISOString();
  if (isTimeOnly(date)) return { time: iso.slice(11, 16) };
  return { date: iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 16) };
};

const fromRich = (value: object): SheetCell => {
  if ('richText' in value) return (value.richText as { text: string }[]).map((run) => run.text).join('');
  if ('text' in value)
    return typeof value.text === 'object' && value.text !== null ? fromRich(value.text) : String(value.text);
  if ('checkbox' in value) return value.checkbox === true;
  if ('error' in value) return { error: String(value.error) };
  return { error: '#UNKNOWN' };
};

const toCell = (cell: Cell): SheetCell => {
  const { value } = cell;
  if (cell.formula !== undefined || (typeof value === 'object' && value !== null && 'formula' in value))
    return { formula: cell.address };
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return fromDate(value);
  return typeof value === 'object' ? fromRich(value) : value;
};

const chooseSheet = (workbook: Workbook, sheet: string | number): Worksheet => {
  const all = workbook.worksheets;
  const found = typeof sheet === 'number' ? all[sheet - 1] : all.find((s) => s.name === sheet);
  if (found !== undefined) return found;
  const sheets = all.map((s) => s.name).join(', ');
  throw new ProblemError(problem('import_sheet_unknown', { sheet: String(sheet), sheets }));
};

/** A merged cell hides values or pretends that one stands for several; above the header it is only a heading. */
const refuseMerged = (sheet: Worksheet, headerRow: number): void => {
  const found = sheet.mergedRegions.filter((region) => region.bottom >= headerRow);
  if (found.length === 0) return;
  throw new ProblemError(
    found.slice(0, 20).map((r) => {
      const range = `${columnLetters(r.left - 1)}${r.top}:${columnLetters(r.right - 1)}${r.bottom}`;
      return problem('import_merged_cells', { range }, { row: r.top });
    }),
  );
};

const limit = (what: string, most: number, row: number): ProblemError =>
  new ProblemError(problem('import_limit', { what, limit: most, row }, { row }));

const readRows = (sheet: Worksheet, { headerRow, limits }: XlsxRequest): SheetRow[] => {
  const rows: SheetRow[] = [];
  sheet.eachRow((row, number) => {
    if (number < headerRow) return;
    const cells: SheetCell[] = [];
    row.eachCell((cell, column) => {
      const value = toCell(cell);
      if (value === '') return;
      if (column > limits.columns) throw limit('columns', limits.columns, number);
      if (typeof value === 'string' && value.length > limits.cell) throw limit('cell', limits.cell, number);
      while (cells.length < column - 1) cells.push('');
      cells.push(value);
    });
    if (cells.length > 0) rows.push({ row: number, cells });
    if (rows.length > limits.rows + 1) throw limit('rows', limits.rows, number);
  });
  return rows;
};

/** Whether a cell element (`<c r="A1">`, `<c>`, `<c/>`) begins at a byte. */
const isCell = (xml: Uint8Array, at: number): boolean => {
  const [tag, next] = [xml[at + 1], xml[at + 2]];
  return xml[at] === 0x3c && tag === 0x63 && (next === 0x20 || next === 0x3e || next === 0x2f);
};

/** Counted in the packed parts, before the parser builds anything of them. */
const refuseTooMany = (files: ReadonlyMap<string, Uint8Array>): void => {
  let cells = 0;
  for (const [name, xml] of files)
    if (name.startsWith('xl/worksheets/'))
      for (let at = 0; at < xml.length; at += 1) if (isCell(xml, at)) cells += 1;
  if (cells > WORKBOOK.cells)
    throw new ProblemError(problem('import_limit', { what: 'cells', limit: WORKBOOK.cells, row: 1 }));
};

/** One sheet of a workbook. Never throws: the problems are part of the reply. Run it where it can be ended (`xlsx-worker.ts`). */
export const parseXlsx = async (request: XlsxRequest): Promise<XlsxReply> => {
  try {
    const files = await readZip(request.bytes);
    if (!files.has('[Content_Types].xml'))
      throw new ProblemError(problem('import_not_a_table', { reason: 'not_xlsx', row: 1 }));
    refuseTooMany(files);
    // The parser is large and is loaded only for what has passed the guard.
    const excel = await import('@cj-tech-master/excelts');
    const workbook = new excel.Workbook();
    // Only what the guard has unpacked and counted is parsed, not the file as it came.
    await workbook.xlsx.load(writeZip(files, { store: true }));
    const sheet = chooseSheet(workbook, request.sheet);
    refuseMerged(sheet, request.headerRow);
    return { rows: readRows(sheet, request) };
  } catch (error) {
    if (error instanceof ProblemError) return { problems: error.problems };
    return { problems: [problem('import_not_a_table', { reason: 'not_xlsx', row: 1 })] };
  }
};
