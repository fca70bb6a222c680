import {
  type CellMissing,
  exactText,
  type Fraction,
  isMissing,
  type Label,
  type Language,
  labelText,
  type Messages,
  type Missing,
  roundTo,
  toNumber,
} from '../vocabulary/index.ts';
import { addressOf } from './address.ts';
import type { Cell, CellFlag, Table } from './cell.ts';
import { displayCell } from './display.ts';
import { tableGrid } from './grid.ts';

/** Whether small cells were made safe to publish; nothing does that yet, so every file says that it is internal. */
const DISCLOSURE = 'not_checked';

export interface CellJson {
  readonly address: string;
  readonly at: Readonly<Record<string, string>>;
  readonly measure: string;
  /** Nearest double, or the reason for a gap. */
  readonly value: number | Missing<CellMissing>;
  /** The same number exactly, in lowest terms: `13/3`. Absent for a gap. */
  readonly exact?: string;
  readonly numerator?: number;
  readonly denominator?: number;
  readonly n: number;
  readonly n_missing: number;
  readonly unit: string;
  readonly interval?: { readonly low: number; readonly high: number; readonly method: string };
  readonly origin: 'computed' | 'published';
  readonly flags: readonly CellFlag[];
  readonly source?: string;
  readonly printed?: string;
}

export interface TableJson {
  readonly id: string;
  readonly title: Readonly<Record<Language, string>>;
  readonly unit: string;
  readonly snapshot: string;
  readonly disclosure: typeof DISCLOSURE;
  readonly dimensions: readonly { readonly by: string; readonly codes: readonly string[] }[];
  readonly measures: readonly { readonly id: string; readonly unit: string; readonly decimals: number }[];
  readonly cells: readonly CellJson[];
  readonly breaks: readonly { readonly before: string; readonly kind: string }[];
}

const texts = (label: Label): Readonly<Record<Language, string>> => ({
  kk: label.kk.text,
  ru: label.ru.text,
  en: label.en.text,
});

const cellToJson = (table: Table, cell: Cell): CellJson => ({
  address: addressOf(table, cell),
  at: cell.at,
  measure: cell.measure,
  ...(isMissing(cell.value)
    ? { value: cell.value }
    : { value: toNumber(cell.value), exact: exactText(cell.value) }),
  ...(cell.numerator === undefined ? {} : { numerator: toNumber(cell.numerator) }),
  ...(cell.denominator === undefined ? {} : { denominator: toNumber(cell.denominator) }),
  n: cell.n,
  n_missing: cell.nMissing,
  unit: cell.unit,
  ...(cell.interval === undefined
    ? {}
    : {
        interval: {
          low: toNumber(cell.interval.low),
          high: toNumber(cell.interval.high),
          method: cell.interval.method,
        },
      }),
  origin: cell.origin,
  flags: cell.flags,
  ...(cell.source === undefined ? {} : { source: cell.source }),
  ...(cell.printed === undefined ? {} : { printed: cell.printed.text }),
});

/** A table as JSON: `{id, unit, snapshot, dimensions, cells}` and what else a reader of the file needs. */
export const tableToJson = (table: Table): TableJson => ({
  id: table.id,
  title: texts(table.title),
  unit: table.unit,
  snapshot: table.snapshot,
  disclosure: DISCLOSURE,
  dimensions: table.dimensions.map(({ by, codes }) => ({ by, codes: codes.map((c) => c.code) })),
  measures: table.measures.map(({ id, unit, decimals }) => ({ id, unit, decimals })),
  cells: table.cells.map((cell) => cellToJson(table, cell)),
  breaks: table.breaks.map(({ before, kind }) => ({ before, kind })),
});

/** Heading and one line a cell, as texts: for a CSV writer or a workbook. Values are plain decimals with a point. */
export const tableToRecords = (table: Table): readonly (readonly string[])[] => {
  const by = table.dimensions.map((d) => d.by);
  const head = [
    ...by,
    'measure',
    'value',
    'missing',
    'numerator',
    'denominator',
    'n',
    'n_missing',
    'unit',
    'origin',
    'flags',
    'source',
    'interval_low',
    'interval_high',
    'interval_method',
    'disclosure',
  ];
  const plain = (f: Fraction | undefined, digits: number): string =>
    f === undefined ? '' : f.den === 1n ? String(f.num) : roundTo(f, digits);
  return [
    head,
    ...table.cells.map((cell) => [
      ...by.map((d) => cell.at[d] ?? ''),
      cell.measure,
      isMissing(cell.value) ? '' : plain(cell.value, 10),
      isMissing(cell.value) ? cell.value.missing : '',
      plain(cell.numerator, 10),
      plain(cell.denominator, 10),
      String(cell.n),
      String(cell.nMissing),
      cell.unit,
      cell.origin,
      cell.flags.join(' '),
      cell.source ?? '',
      plain(cell.interval?.low, 10),
      plain(cell.interval?.high, 10),
      cell.interval?.method ?? '',
      DISCLOSURE,
    ]),
  ];
};

const markdownField = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A table as a Markdown table for people. */
export const tableToMarkdown = (messages: Messages, language: Language, table: Table): string => {
  const grid = tableGrid(table);
  const several = table.measures.length > 1;
  const heads = [
    ...grid.rowDimensions.map((d) => labelText(d.label, language)),
    ...grid.columns.map(({ column, measure }) => {
      const name = labelText(measure.label, language);
      if (column === undefined) return name;
      const code = labelText(column.label, language);
      return several ? `${code}: ${name}` : code;
    }),
  ];
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownField).join(' | ')} |`;
  const rule = `|${heads.map((_, i) => (i < grid.rowDimensions.length ? ' --- |' : ' ---: |')).join('')}`;
  const rows = grid.rows.map((row) =>
    line([
      ...row.codes.map((c) => labelText(c.label, language)),
      ...row.cells.map((cell, i) =>
        displayCell(messages, language, cell, grid.columns[i]?.measure ?? { decimals: 0 }),
      ),
    ]),
  );
  const mark = messages(language, 'report.mark.internal');
  return [`**${labelText(table.title, language)}** (${mark})`, '', line(heads), rule, ...rows, ''].join('\n');
};
