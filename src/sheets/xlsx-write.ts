import { type Cell, Workbook, type Worksheet } from '@cj-tech-master/excelts';

export type XlsxValue =
  | string
  | number
  | { readonly missing: string }
  /** A number with its own digits after the point, where the numbers of a column differ. */
  | { readonly number: number; readonly decimals: number; readonly italic?: boolean }
  /** Text that leads to another sheet of the workbook: its place in `sheets`, from 0. */
  | { readonly text: string; readonly sheet: number };

export interface XlsxColumn {
  readonly header: string;
  /** In characters. */
  readonly width?: number;
  /** Long texts are folded into lines; else they end at the next cell. */
  readonly wrap?: boolean;
  readonly type: 'text' | 'number';
  /** Digits after the point on display. */
  readonly decimals?: number;
}

export interface XlsxSheet {
  readonly name: string;
  /** Printed above the table. */
  readonly title?: string;
  /** Lines between the title and the table: marks that a reader must not miss. */
  readonly lead?: readonly string[];
  readonly columns: readonly XlsxColumn[];
  /** Header rows above the names of the columns, top first: text and how many columns it spans. */
  readonly groups?: readonly (readonly { readonly text: string; readonly span: number }[])[];
  readonly rows: readonly (readonly XlsxValue[])[];
  /** Rows of totals, from 0: printed bold. */
  readonly totals?: ReadonlySet<number>;
  /** Leading columns that stay in sight. */
  readonly frozen?: number;
  /** Printed below the table. */
  readonly notes?: readonly string[];
}

export interface XlsxDocument {
  readonly title: string;
  readonly sheets: readonly XlsxSheet[];
  /** The only time in the file; a fixed day unless given. */
  readonly created?: Date;
}

/** Any fixed day: the same content gives the same bytes. */
const FIXED_DATE = new Date(Date.UTC(2000, 0, 1));
const SHEET_NAME_LENGTH = 31;
const WIDEST = 60;
const WIDEST_NUMBER = 20;
/** Bold letters are wider. */
const BOLD = 1.15;
/** A note is wrapped in a field at least so wide, in characters; an empty column has the width of a new sheet. */
const NOTE_WIDTH = 70;
const EMPTY_WIDTH = 9;
const LINE_HEIGHT = 15;
/** Every dressed cell names its face: a font without one falls back to whatever the program likes. */
const FACE = { name: 'Calibri', family: 2, size: 11 } as const;
const A4 = 9;

/** Excel's rules for names of sheets: at most 31 characters, none of []:*?/\, no apostrophe at the ends, no name twice. */
const sheetName = (wanted: string, taken: ReadonlySet<string>): string => {
  const clean =
    wanted
      .replaceAll(/[[\]:*?/\\]/g, ' ')
      .replaceAll(/^'+|(?<!')'+$/g, '')
      .trim() || 'Sheet';
  for (let n = 1; ; n += 1) {
    const tail = n === 1 ? '' : ` ${n}`;
    const name = clean.slice(0, SHEET_NAME_LENGTH - tail.length) + tail;
    if (!taken.has(name.toLowerCase())) return name;
  }
};

/** A gap is written as its reason in words. Text stays text: a string cell is never a formula. */
const written = (value: XlsxValue): string | number => {
  if (typeof value !== 'object') return value;
  if ('number' in value) return value.number;
  return 'missing' in value ? value.missing : value.text;
};

const numberFormat = (decimals: number): string =>
  decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`;

/** A column of numbers is as wide as its numbers; a long header or a gap in words is wrapped in it. */
const widthOf = (column: XlsxColumn, index: number, rows: XlsxSheet['rows']): number => {
  if (column.width !== undefined) return column.width;
  const longest = rows.reduce(
    (most, row) => Math.max(most, String(written(row[index] ?? '')).length),
    Math.ceil(column.header.length * BOLD),
  );
  return Math.min(Math.max(longest + 2, 8), column.type === 'number' ? WIDEST_NUMBER : WIDEST);
};

const dress = (cell: Cell, value: XlsxValue, column: XlsxColumn, names: readonly string[]): void => {
  if (typeof cell.value === 'number') {
    const own = typeof value === 'object' && 'number' in value ? value : undefined;
    cell.numFmt = numberFormat(own?.decimals ?? column.decimals ?? 0);
    if (own?.italic === true) cell.font = { ...FACE, italic: true };
  } else if (column.type === 'number') cell.alignment = { horizontal: 'right', wrapText: true };
  else if (column.width !== undefined)
    cell.alignment = {
      wrapText: column.wrap === true,
      vertical: 'top',
      horizontal: 'left',
      indent: column.wrap === true ? 0 : 1,
    };
  if (typeof value !== 'object' || !('sheet' in value)) return;
  // A quote inside the name of a sheet is doubled in a reference (ECMA-376, 18.17).
  const name = (names[value.sheet] ?? '').replaceAll("'", "''");
  cell.value = { text: value.text, hyperlink: `#'${name}'!A1` };
  cell.font = { ...FACE, underline: true, color: { argb: 'FF1F4E79' } };
};

/** Header rows that span columns stand above the names of the columns. */
const addGroups = (sheet: Worksheet, groups: NonNullable<XlsxSheet['groups']>): void => {
  for (const group of groups) {
    const row = sheet.addRow(group.flatMap(({ text, span }) => [text, ...Array<string>(span - 1).fill('')]));
    row.font = { ...FACE, bold: true };
    row.alignment = { wrapText: true, vertical: 'top', horizontal: 'center' };
    let column = 1;
    for (const { span } of group) {
      if (span > 1) sheet.mergeCells(row.number, column, row.number, column + span - 1);
      column += span;
    }
  }
};

/** Lines of a text wrapped in so many characters; an empty one takes a line too. */
const linesIn = (text: string, width: number): number => Math.max(1, Math.ceil((text.length * BOLD) / width));

/** Notes stand under the whole table, wrapped, and do not stretch the printed page. */
const addNotes = (sheet: Worksheet, notes: readonly string[], widths: readonly number[]): void => {
  const table = widths.reduce((sum, width) => sum + width, 0);
  const added = Math.max(0, Math.ceil((NOTE_WIDTH - table) / EMPTY_WIDTH));
  const width = table + added * EMPTY_WIDTH;
  for (const note of notes) {
    const row = sheet.addRow([note]);
    row.font = { ...FACE, italic: true };
    row.alignment = { wrapText: true, vertical: 'top' };
    row.height = LINE_HEIGHT * linesIn(note, width);
    if (widths.length + added > 1) sheet.mergeCells(row.number, 1, row.number, widths.length + added);
  }
};

/** Lines of a row in its wrapped columns: programs that open a file do not all make room for them by themselves. */
const linesOf = (columns: readonly XlsxColumn[], row: XlsxSheet['rows'][number]): number =>
  columns.reduce((most, { wrap, width }, i) => {
    if (wrap !== true || width === undefined) return most;
    return Math.max(most, linesIn(String(written(row[i] ?? '')), width));
  }, 1);

const addTable = (sheet: Worksheet, table: XlsxSheet, names: readonly string[]): void => {
  const { title, columns, rows, notes } = table;
  if (title !== undefined) {
    sheet.addRow([title]).font = { ...FACE, bold: true, size: 13 };
    for (const line of table.lead ?? []) sheet.addRow([line]).font = { ...FACE, color: { argb: 'FF8A3B12' } };
    sheet.addRow([]);
  }
  addGroups(sheet, table.groups ?? []);
  const header = sheet.addRow(columns.map((c) => c.header));
  header.font = { ...FACE, bold: true };
  header.alignment = { wrapText: true, vertical: 'bottom' };
  columns.forEach(({ type }, i) => {
    const cell = header.getCell(i + 1);
    cell.border = { bottom: { style: 'thin' } };
    if (type === 'number') cell.alignment = { wrapText: true, vertical: 'bottom', horizontal: 'right' };
  });
  rows.forEach((row, i) => {
    const added = sheet.addRow(row.map(written));
    const lines = linesOf(columns, row);
    // A row of one line keeps the height that the program gives it.
    if (lines > 1) added.height = LINE_HEIGHT * lines;
    if (table.totals?.has(i) === true) added.font = { ...FACE, bold: true };
    columns.forEach((column, c) => dress(added.getCell(c + 1), row[c] ?? '', column, names));
  });
  columns.forEach((column, i) => {
    sheet.getColumn(i + 1).width = widthOf(column, i, rows);
  });
  const { frozen } = table;
  sheet.views = [
    { state: 'frozen', ySplit: header.number, ...(frozen === undefined ? {} : { xSplit: frozen }) },
  ];
  // Printed: the whole width on a page laid on its side, the header on each page.
  Object.assign(sheet.pageSetup, {
    paperSize: A4,
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: `${header.number}:${header.number}`,
  });
  if (notes === undefined || notes.length === 0) return;
  sheet.addRow([]);
  addNotes(
    sheet,
    notes,
    columns.map((column, i) => widthOf(column, i, rows)),
  );
};

/** An XLSX workbook: typed numbers, text that is never a formula, header bold and frozen, the same bytes for the same content. */
export const writeXlsx = async (document: XlsxDocument): Promise<Uint8Array> => {
  const workbook = new Workbook();
  Object.assign(workbook, { title: document.title, creator: 'Baqylau', lastModifiedBy: 'Baqylau' });
  workbook.created = document.created ?? FIXED_DATE;
  workbook.modified = document.created ?? FIXED_DATE;
  const names: string[] = [];
  for (const { name } of document.sheets)
    names.push(sheetName(name, new Set(names.map((n) => n.toLowerCase()))));
  document.sheets.forEach((sheet, i) => addTable(workbook.addWorksheet(names[i]), sheet, names));
  return new Uint8Array(await workbook.xlsx.writeBuffer());
};
