import { Workbook, type Worksheet } from '@cj-tech-master/excelts';

export type XlsxValue = string | number | { readonly missing: string };

export interface XlsxColumn {
  readonly header: string;
  /** In characters. */
  readonly width?: number;
  readonly type: 'text' | 'number';
  /** Digits after the point on display. */
  readonly decimals?: number;
}

export interface XlsxSheet {
  readonly name: string;
  /** Printed above the table. */
  readonly title?: string;
  readonly columns: readonly XlsxColumn[];
  readonly rows: readonly (readonly XlsxValue[])[];
  /** Printed below the table. */
  readonly notes?: readonly string[];
}

export interface XlsxDocument {
  readonly title: string;
  readonly sheets: readonly XlsxSheet[];
}

/** Any fixed day: the same content gives the same bytes. */
const FIXED_DATE = new Date(Date.UTC(2000, 0, 1));
const SHEET_NAME_LENGTH = 31;
const WIDEST = 60;

/** Excel's rules for names of sheets: at most 31 characters, none of []:*?/\, no apostrophe at the ends, no name twice. */
const sheetName = (wanted: string, taken: ReadonlySet<string>): string => {
  const clean =
    wanted
      .replaceAll(/[[\]:*?/\\]/g, ' ')
      .replaceAll(/^'+|'+$/g, '')
      .trim() || 'Sheet';
  for (let n = 1; ; n += 1) {
    const tail = n === 1 ? '' : ` ${n}`;
    const name = clean.slice(0, SHEET_NAME_LENGTH - tail.length) + tail;
    if (!taken.has(name.toLowerCase())) return name;
  }
};

/** A gap is written as its reason in words. Text stays text: a string cell is never a formula. */
const written = (value: XlsxValue): string | number => (typeof value === 'object' ? value.missing : value);

const numberFormat = (decimals: number): string =>
  decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`;

const widthOf = (column: XlsxColumn, index: number, rows: XlsxSheet['rows']): number => {
  const longest = rows.reduce(
    (most, row) => Math.max(most, String(written(row[index] ?? '')).length),
    column.header.length,
  );
  return column.width ?? Math.min(Math.max(longest + 2, 8), WIDEST);
};

const addTable = (sheet: Worksheet, { title, columns, rows, notes }: XlsxSheet): void => {
  if (title !== undefined) {
    sheet.addRow([title]).font = { bold: true, size: 13 };
    sheet.addRow([]);
  }
  const header = sheet.addRow(columns.map((c) => c.header));
  header.font = { bold: true };
  header.alignment = { wrapText: true, vertical: 'top' };
  for (const row of rows) {
    const added = sheet.addRow(row.map(written));
    columns.forEach((column, i) => {
      const cell = added.getCell(i + 1);
      if (typeof cell.value === 'number') cell.numFmt = numberFormat(column.decimals ?? 0);
      else if (column.type === 'number') cell.alignment = { horizontal: 'right' };
    });
  }
  columns.forEach((column, i) => {
    sheet.getColumn(i + 1).width = widthOf(column, i, rows);
  });
  sheet.views = [{ state: 'frozen', ySplit: header.number }];
  if (notes === undefined || notes.length === 0) return;
  sheet.addRow([]);
  for (const note of notes) sheet.addRow([note]).font = { italic: true };
};

/** An XLSX workbook: typed numbers, text that is never a formula, header bold and frozen, the same bytes for the same content. */
export const writeXlsx = async (document: XlsxDocument): Promise<Uint8Array> => {
  const workbook = new Workbook();
  Object.assign(workbook, { title: document.title, creator: 'Baqylau', lastModifiedBy: 'Baqylau' });
  workbook.created = FIXED_DATE;
  workbook.modified = FIXED_DATE;
  const taken = new Set<string>();
  for (const sheet of document.sheets) {
    const name = sheetName(sheet.name, taken);
    taken.add(name.toLowerCase());
    addTable(workbook.addWorksheet(name), sheet);
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
};
