import { writeXlsx, type XlsxColumn, type XlsxSheet, type XlsxValue } from '../../sheets/index.ts';
import { type Messages, toNumber } from '../../vocabulary/index.ts';
import { figuresOf, type ReportDocument, type TableBlock, type TableCell, tablesOf } from '../document.ts';
import { numbersSheet, type Say } from './numbers-sheet.ts';

/** A table with the name of its sheet ("Table 3", "Figure 1") and its caption. */
interface Printed {
  readonly name: string;
  /** Without its number. */
  readonly title: string;
  readonly caption: string;
  readonly table: TableBlock;
  readonly notes: readonly string[];
  readonly source: string;
}

const printedTables = (document: ReportDocument, say: Say): readonly Printed[] => [
  ...tablesOf(document).map((table) => ({
    name: say('report.table', { number: table.number }),
    title: table.caption,
    caption: say('report.table_caption', { number: table.number, caption: table.caption }),
    table,
    notes: table.notes,
    source: table.source,
  })),
  ...figuresOf(document).flatMap(({ number, caption, tables, notes, source }) =>
    tables.map((table, i) => ({
      name: `${say('report.figure', { number })}${tables.length === 1 ? '' : ` (${i + 1})`}`,
      title: tables.length === 1 ? caption : table.caption,
      caption: say('report.figure_caption', { number, caption }),
      table,
      notes: [...notes, ...table.notes.filter((note) => !notes.includes(note))],
      source,
    })),
  ),
];

/** A number keeps its exact value; the digits shown are those printed in the report. */
const valueOf = (cell: TableCell): XlsxValue => {
  if (cell.value === undefined) return { missing: cell.missing ?? cell.text };
  const italic = cell.origin === 'published';
  return { number: toNumber(cell.value), decimals: cell.decimals, ...(italic ? { italic } : {}) };
};

const tableSheet = (printed: Printed, lead: readonly string[], say: Say): XlsxSheet => {
  const { table } = printed;
  const names = table.header.at(-1) ?? [];
  const columns: XlsxColumn[] = [
    ...table.stub.map((header): XlsxColumn => ({ header, type: 'text' })),
    ...names.map(({ text }): XlsxColumn => ({ header: text, type: 'number' })),
  ];
  const published = table.rows.some((r) =>
    r.cells.some((c) => c.value !== undefined && c.origin === 'published'),
  );
  return {
    name: printed.name,
    title: printed.caption,
    lead,
    groups: table.header
      .slice(0, -1)
      .map((row) => [...table.stub.map(() => ({ text: '', span: 1 })), ...row]),
    columns,
    rows: table.rows.map((row) => [...row.labels, ...row.cells.map(valueOf)]),
    totals: new Set(table.rows.flatMap((row, i) => (row.total ? [i] : []))),
    frozen: table.stub.length,
    notes: [
      ...(table.definition === undefined ? [] : [table.definition]),
      ...printed.notes,
      ...(published ? [say('report.published_mark')] : []),
      printed.source,
    ],
  };
};

const indexSheet = (document: ReportDocument, tables: readonly Printed[], say: Say): XlsxSheet => {
  const entry = (name: string, text: string, sheet: number): XlsxValue[] => [{ text: name, sheet }, text];
  const numbers = say('report_file.numbers');
  return {
    name: say('report_file.index'),
    title: document.subtitle === undefined ? document.title : `${document.title}. ${document.subtitle}`,
    lead: document.marks.map((m) => m.text),
    columns: [
      { header: say('report_file.sheet'), type: 'text', width: 22, wrap: true },
      { header: say('report_file.content'), type: 'text', width: 110, wrap: true },
    ],
    rows: [
      ...tables.map(({ name, title }, i) => entry(name, title, i + 1)),
      entry(numbers, say('report.how.title'), tables.length + 1),
      ['', ''],
      ...document.cover.map((fact) => [fact.label, fact.text]),
    ],
  };
};

/**
 * Every table of the report on a sheet of its own, numbers as numbers, gaps as words; before them an index with links, after
 * them how each number was made. The same document and time give the same bytes.
 */
export const renderXlsx = (
  document: ReportDocument,
  { messages, creationTime }: { readonly messages: Messages; readonly creationTime: Date },
): Promise<Uint8Array> => {
  const say: Say = (id, args) => messages(document.language, id, args);
  const tables = printedTables(document, say);
  const lead = document.marks.filter((m) => m.everyPage).map((m) => m.text);
  return writeXlsx({
    title: document.title,
    created: creationTime,
    sheets: [
      indexSheet(document, tables, say),
      ...tables.map((table) => tableSheet(table, lead, say)),
      numbersSheet(document, lead, say),
    ],
  });
};
