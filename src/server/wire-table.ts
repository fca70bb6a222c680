import type { WireCell, WireLabel, WireTable } from '../contract/index.ts';
import type { TableDefinition } from '../study/index.ts';
import { addressOf, type Cell, cellNumber, displayCell, type Table, tableGrid, type TableMeasure, TOTAL } from '../tables/index.ts';
import { isMissing, type Label, type Language, labelText, type Messages, needsReview } from '../vocabulary/index.ts';

export interface Words {
  readonly messages: Messages;
  readonly language: Language;
}

const labelled = (code: string, label: Label, { language }: Words): WireLabel => ({
  code,
  text: labelText(label, language),
  draft: needsReview(label, language),
});

export const exactText = ({ num, den }: { readonly num: bigint; readonly den: bigint }): string =>
  den === 1n ? String(num) : `${num}/${den}`;

const wireCell = (table: Table, cell: Cell, measure: TableMeasure, { messages, language }: Words): WireCell => {
  const number = cellNumber(cell);
  return {
    address: addressOf(table, cell),
    text: displayCell(messages, language, cell, measure),
    ...(isMissing<string>(cell.value) ? { missing: cell.value.missing } : { exact: exactText(cell.value) }),
    ...(number === undefined ? {} : { number }),
    n: cell.n,
    nMissing: cell.nMissing,
    origin: cell.origin,
    flags: cell.flags,
  };
};

/** Which pictures suit a table: a line needs periods, a map needs units, stacked bars need parts of a whole. */
export const figuresFor = (table: Table): readonly string[] => {
  const by = table.dimensions.map((d) => d.by);
  const periods = table.dimensions.find((d) => d.by === 'period')?.codes.filter((c) => c.code !== TOTAL).length ?? 0;
  if (table.dimensions.length === 0 || table.dimensions.length > 2) return [];
  return ['bar', ...(by.length === 2 ? ['stacked'] : []), ...(periods > 1 ? ['line'] : []), ...(by.includes('unit') ? ['tiles'] : [])];
};

/** A counted table in the reader's language, as the printed grid. */
export const wireTable = (table: Table, definition: TableDefinition | undefined, words: Words): WireTable => {
  const { messages, language } = words;
  const grid = tableGrid(table);
  const unit = (id: string): string => (messages.has(`unit.${id}`) ? messages(language, `unit.${id}`) : id);
  const text = (label: Label | undefined): string | undefined => (label === undefined ? undefined : labelText(label, language));
  const [note, meaning] = [text(definition?.note), text(definition?.definition)];
  return {
    id: table.id,
    title: labelText(table.title, language),
    draft: needsReview(table.title, language),
    ...(note === undefined ? {} : { note }),
    ...(meaning === undefined ? {} : { definition: meaning }),
    unit: unit(table.unit),
    snapshot: table.snapshot,
    dimensions: table.dimensions.map((d) => ({
      by: d.by,
      title: labelText(d.label, language),
      codes: d.codes.map((c) => labelled(c.code, c.label, words)),
    })),
    measures: table.measures.map((m) => ({ id: m.id, title: labelText(m.label, language), unit: unit(m.unit) })),
    rows: grid.rows.map((row) => ({
      codes: row.codes.map((c) => labelled(c.code, c.label, words)),
      total: row.isTotal,
      cells: row.cells.map((cell, i) => wireCell(table, cell, grid.columns[i]?.measure ?? measureOf(table, cell), words)),
    })),
    columns: grid.columns.map(({ column, measure }) => ({
      code: column === undefined ? undefined : labelled(column.code, column.label, words),
      measure: measure.id,
      title: labelText(measure.label, language),
    })),
    breaks: table.breaks.map((b) => ({ before: b.before, text: labelText(b.label, language) })),
    figures: figuresFor(table),
  };
};

const measureOf = (table: Table, cell: Cell): TableMeasure => {
  const measure = table.measures.find((m) => m.id === cell.measure);
  if (measure === undefined) throw new Error(`table ${table.id} has no measure ${cell.measure}`);
  return measure;
};
