import type { Cell, Table } from '../tables/index.ts';
import { compare, isMissing } from '../vocabulary/index.ts';
import type { FigureRequest } from './figure.ts';
import { type Grid, type GridColumn, type GridRow, gaps } from './grid.ts';
import type { Pen } from './pen.ts';

/** Measure, its unit where the name does not say it, and the one column shown. */
export const measureText = (
  pen: Pen,
  { messages, language }: FigureRequest,
  columns: readonly GridColumn[],
): string => {
  const { label, unit } = pen.measure;
  const name = pen.label(label);
  const unitId = `unit.${unit}`;
  const unitText = unit.includes('_per_') && messages.has(unitId) ? messages(language, unitId) : '';
  const shown = columns.length === 1 && columns[0] !== undefined ? pen.label(columns[0].label) : '';
  const withUnit = unitText === '' || name.includes(unitText) ? name : `${name} (${unitText})`;
  return shown === '' ? withUnit : `${withUnit}, ${shown}`;
};

/** A label that stands as a sentence of its own. */
export const begun = (label: string): string => label.slice(0, 1).toLocaleUpperCase() + label.slice(1);

interface Named {
  readonly name: string;
  readonly cell: Cell;
}

/** Names in a sentence: as many as `most`, and how many more. */
export const listed = (pen: Pen, names: readonly string[], most = 3): string =>
  names.length <= most + 1
    ? names.join(', ')
    : pen.say('and_more', { names: names.slice(0, most).join(', '), n: names.length - most });

const valued = (items: readonly Named[]): Named[] => items.filter(({ cell }) => !isMissing(cell.value));

const order = (a: Cell, b: Cell): number =>
  isMissing(a.value) || isMissing(b.value) ? 0 : compare(a.value, b.value);

/** Those with the largest and the smallest displayed value: what rounds to the same text is the same to a reader. */
const extremes = (pen: Pen, items: readonly Named[]): { high: Named[]; low: Named[] } => {
  const sorted = valued(items).toSorted((a, b) => order(b.cell, a.cell));
  const [first, last] = [sorted[0], sorted.at(-1)];
  const same = (as: Named | undefined) =>
    items.filter(({ cell }) => as !== undefined && pen.value(cell) === pen.value(as.cell));
  return { high: same(first), low: same(last) };
};

/** "Highest: Astana (12); lowest: Aktau, Oral (1)." `where` names the column when the picture has several. */
export const extremesText = (pen: Pen, items: readonly Named[], where = ''): string => {
  const values = valued(items);
  const only = values[0];
  const place = where === '' ? { has: 'no', where } : { has: 'yes', where };
  if (only === undefined) return pen.say('alt.nothing');
  if (values.length === 1)
    return pen.say('alt.only', { ...place, name: only.name, value: pen.value(only.cell) });
  const { high, low } = extremes(pen, values);
  const [top, bottom] = [high[0], low[0]];
  if (top === undefined || bottom === undefined || high.length === values.length)
    return pen.say('alt.equal', { ...place, value: pen.value(only.cell) });
  const names = (of: readonly Named[]) =>
    listed(
      pen,
      of.map(({ name }) => name),
    );
  return pen.say('alt.extremes', {
    ...place,
    high: names(high),
    highest: pen.value(top.cell),
    low: names(low),
    lowest: pen.value(bottom.cell),
  });
};

/** "From 52 (2016) to 32 (2018): fell." over the last run of values that nothing breaks. */
export const trendText = (pen: Pen, run: readonly Named[], name: string): string => {
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined || first === last) return '';
  const same = pen.value(first.cell) === pen.value(last.cell);
  return pen.say('alt.trend', {
    has: name === '' ? 'no' : 'yes',
    name,
    from: first.name,
    first: pen.value(first.cell),
    to: last.name,
    last: pen.value(last.cell),
    direction: same ? 'same' : order(last.cell, first.cell) > 0 ? 'up' : 'down',
  });
};

/** Which cells have no value, by reason: "withheld: Atyrau; no cases: Oral". */
export const gapsText = (pen: Pen, grid: Grid): string => {
  const byReason = new Map<string, string[]>();
  for (const { row, column, cell } of gaps(grid)) {
    const name = grid.columns.length > 1 ? both(pen, row, column) : pen.label(row.label);
    byReason.set(pen.value(cell), [...(byReason.get(pen.value(cell)) ?? []), name]);
  }
  const parts = [...byReason].map(([reason, names]) =>
    pen.say('alt.gap', { reason, names: listed(pen, names) }),
  );
  return parts.length === 0 ? '' : pen.say('alt.gaps', { gaps: parts.join('; ') });
};

const both = (pen: Pen, row: GridRow, column: GridColumn): string => {
  const [a, b] = [pen.label(row.label), pen.label(column.label)];
  return a === '' ? b : b === '' ? a : `${a} (${b})`;
};

/** The whole alternative: what picture it is, then what it shows. */
export const altText = (pen: Pen, kind: string, shown: string, sentences: readonly string[]): string =>
  [pen.say('alt.picture', { kind: pen.say(`kind.${kind}`), title: pen.title, shown }), ...sentences]
    .filter((sentence) => sentence !== '')
    .join(' ');

/** Breaks of the series among the columns shown, as notes; breaks of the same kinds are told in one sentence. */
export const breakNotes = (pen: Pen, table: Table, shown: readonly GridColumn[]): readonly string[] => {
  const kinds = new Map<string, Set<string>>();
  for (const { before, label } of table.breaks) {
    const at = shown.findIndex((c) => c.code === before);
    const column = shown[at];
    if (at < 1 || column === undefined) continue;
    const name = pen.label(column.label);
    kinds.set(name, (kinds.get(name) ?? new Set()).add(pen.label(label)));
  }
  const sentences = new Map<string, string[]>();
  for (const [name, labels] of kinds) {
    const label = [...labels].sort().map(begun).join('. ');
    sentences.set(label, [...(sentences.get(label) ?? []), name]);
  }
  return [...sentences].map(([label, names]) => pen.say('note.break', { before: names.join(', '), label }));
};
