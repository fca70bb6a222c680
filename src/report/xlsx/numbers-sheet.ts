import type { XlsxColumn, XlsxSheet, XlsxValue } from '../../sheets/index.ts';
import { exactText, type Fraction, toNumber } from '../../vocabulary/index.ts';
import { figuresOf, type NumberTrace, type ReportDocument, tablesOf } from '../document.ts';
import { textNumbers } from '../text-numbers.ts';

/** A fixed text in the document's language. */
export type Say = (id: string, args?: Readonly<Record<string, string | number>>) => string;

interface Column extends XlsxColumn {
  readonly of: (trace: NumberTrace) => XlsxValue | undefined;
}

/** Exact values stand in the cells of tables; a trace knows only what was printed. */
const exactValues = (document: ReportDocument): ReadonlyMap<string, Fraction> => {
  const values = new Map<string, Fraction>();
  const tables = [...tablesOf(document), ...figuresOf(document).flatMap((f) => f.tables)];
  for (const cell of tables.flatMap((t) => t.rows.flatMap((r) => r.cells)))
    if (cell.value !== undefined) values.set(cell.address, cell.value);
  return values;
};

const columnsOf = (document: ReportDocument, say: Say): readonly Column[] => {
  const values = exactValues(document);
  const inText = textNumbers(document);
  const how = (id: string): string => say(`report.how.${id}`);
  const text = (header: string, width: number, of: Column['of']): Column => ({
    header,
    width,
    type: 'text',
    of,
  });
  const number = (header: string, of: Column['of']): Column => ({ header, width: 14, type: 'number', of });
  const value = (trace: NumberTrace): XlsxValue | undefined => {
    const exact = values.get(trace.address);
    return exact && { number: toNumber(exact), decimals: exact.den === 1n ? 0 : 6 };
  };
  return [
    text(how('address'), 44, (t) => t.address),
    text(how('table'), 40, (t) => t.tableTitle),
    text(how('where'), 40, (t) => t.where.map((w) => `${w.label}: ${w.text}`).join('; ')),
    text(how('measure'), 30, (t) => t.measure),
    text(say('report_file.unit'), 16, (t) => t.unit),
    text(how('value'), 14, (t) => t.text),
    number(say('report_file.value'), value),
    text(say('report_file.exact'), 18, (t) => {
      const exact = values.get(t.address);
      return exact && exactText(exact);
    }),
    text(how('numerator'), 14, (t) => t.numerator),
    text(how('denominator'), 14, (t) => t.denominator),
    text(how('base'), 30, (t) => t.base),
    number(how('records'), (t) => (t.origin === 'computed' ? t.n : undefined)),
    number(how('left_out'), (t) => (t.origin === 'computed' ? t.missing : undefined)),
    text(how('interval'), 24, ({ interval }) => interval && say('report.how.interval_text', { ...interval })),
    text(how('origin'), 24, (t) => how(`origin_${t.origin}`)),
    text(how('published_in'), 34, (t) => t.source),
    text(how('flags'), 30, (t) => t.flags.map((f) => say(`report.flag.${f}`)).join('; ')),
    text(say('report_file.in_text'), 12, (t) => (inText.has(t.address) ? say('report_file.yes') : undefined)),
    text(say('report.definition'), 60, (t) => t.definition),
  ];
};

/** How every number of the report was made, one a row: what the page shows on a click. */
export const numbersSheet = (document: ReportDocument, lead: readonly string[], say: Say): XlsxSheet => {
  const columns = columnsOf(document, say);
  return {
    name: say('report_file.numbers'),
    title: say('report.how.title'),
    lead,
    columns: columns.map(({ of: _of, ...column }) => column),
    rows: [...document.traces.values()].map((trace) => columns.map((column) => column.of(trace) ?? '')),
    frozen: 1,
    notes: [`${say('report.how.snapshot')}: ${document.snapshot.id}`],
  };
};
