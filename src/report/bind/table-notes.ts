import { type Cell, type CellFlag, countedOnce, type Table } from '../../tables/index.ts';
import { type CellMissing, isMissing } from '../../vocabulary/index.ts';
import type { TableRow } from '../document.ts';
import { labelled, type Speaker, say } from './binding.ts';
import { timeDimension } from './cut-table.ts';
import { begun } from './typeset.ts';

/**
 * Marks of gaps in a table's body, after the statistical offices' convention; the words stand under the table. A dash is
 * "nothing recorded", dots "not available".
 */
export const GAP_MARK: Readonly<Record<CellMissing, string>> = {
  none_recorded: '–',
  no_cases: '·',
  undefined: '·',
  no_exposure: '…',
  not_published: '…',
  not_comparable: '≠',
  suppressed: '×',
};

/** Marks beside a number, explained under its table. */
export const FLAG_MARK: Partial<Readonly<Record<CellFlag, string>>> = {
  below_threshold: '†',
  small_base: '*',
  lower_bound: '‡',
  tied_mode: '°',
  carried_by_few: '§',
};

/**
 * Marks of the flags that a table's numbers carry and the words for them. A flag that every number of a measure carries marks
 * none of them: a mark on each says no more than a note that names the measure.
 */
export const flagMarks = (
  speaker: Speaker,
  table: Table,
): { readonly marksOf: (cell: Cell) => string; readonly notes: readonly string[] } => {
  const numbers = table.cells.filter(({ value }) => !isMissing(value));
  const notes: string[] = [];
  const alone = (measure: string): boolean => numbers.filter((c) => c.measure === measure).length === 1;
  /** Flag -> measures whose numbers are marked one by one. */
  const telling = new Map<CellFlag, ReadonlySet<string>>();
  for (const flag of Object.keys(FLAG_MARK) as CellFlag[]) {
    const carried = numbers.filter((c) => c.flags.includes(flag));
    if (carried.length === 0) continue;
    const plain = new Set(numbers.filter((c) => !c.flags.includes(flag)).map((c) => c.measure));
    // The only number of its measure is marked itself, unless all numbers of the table carry the flag.
    const single = carried.length === numbers.length ? [] : carried.map((c) => c.measure).filter(alone);
    const marksNumbers = new Set([...plain, ...single]);
    telling.set(flag, marksNumbers);
    const words = say(speaker, `report.flag.${flag}`);
    if (carried.some((c) => marksNumbers.has(c.measure))) notes.push(`${FLAG_MARK[flag]} ${words}`);
    const whole = new Set(carried.map((c) => c.measure).filter((m) => !marksNumbers.has(m)));
    if (whole.size === 0) continue;
    const named = table.measures.filter((m) => whole.has(m.id)).map((m) => labelled(speaker, m.label));
    notes.push(
      carried.length === numbers.length
        ? say(speaker, 'report.flag_all', { flag: words })
        : say(speaker, 'report.flag_of', { measures: named.join('; '), flag: words }),
    );
  }
  const marksOf = ({ flags, measure }: Cell): string =>
    flags.map((f) => (telling.get(f)?.has(measure) ? (FLAG_MARK[f] ?? '') : '')).join('');
  return { marksOf, notes };
};

/** Breaks of the series before printed columns, in words; breaks of the same kinds are told in one sentence. */
export const breakNotes = (speaker: Speaker, table: Table): readonly string[] => {
  const kinds = new Map<string, Set<string>>();
  for (const b of table.breaks) {
    const code = timeDimension(table)?.codes.find((c) => c.code === b.before);
    if (code === undefined) continue;
    const column = labelled(speaker, code.label);
    kinds.set(column, (kinds.get(column) ?? new Set()).add(labelled(speaker, b.label)));
  }
  const sentences = new Map<string, string[]>();
  for (const [column, labels] of kinds) {
    const label = [...labels].sort().map(begun).join('. ');
    sentences.set(label, [...(sentences.get(label) ?? []), column]);
  }
  return [...sentences].map(([label, columns]) =>
    say(speaker, 'report.break_before', { column: columns.join(', '), label }),
  );
};

/** That a total over time is not what its periods add up to, where something occurs in several of them. */
export const countedOnceNotes = (speaker: Speaker, table: Table): readonly string[] => {
  const measures = countedOnce(table).map((m) => labelled(speaker, m.label));
  return measures.length === 0
    ? []
    : [say(speaker, 'report.counted_once', { measures: measures.join('; ') })];
};

/** What the marks of gaps mean, one line for all. */
export const gapLegend = (rows: readonly TableRow[]): readonly string[] => {
  const gaps = new Map<string, Set<string>>();
  for (const { text, missing } of rows.flatMap((r) => r.cells))
    if (missing !== undefined) gaps.set(text, (gaps.get(text) ?? new Set()).add(missing));
  if (gaps.size === 0) return [];
  return [[...gaps].map(([mark, reasons]) => `${mark} ${[...reasons].join('; ')}`).join(' | ')];
};

/** What the brackets after a value are, one line a method. */
export const intervalNotes = (speaker: Speaker, table: Table): readonly string[] => {
  const measures = new Map<string, Set<string>>();
  for (const { interval, measure } of table.cells) {
    if (interval === undefined) continue;
    const label = table.measures.find((m) => m.id === measure)?.label;
    if (label === undefined) continue;
    const known = measures.get(interval.method) ?? new Set();
    measures.set(interval.method, known.add(labelled(speaker, label)));
  }
  return [...measures].map(([method, labels]) =>
    say(speaker, 'report.interval_note', { method, measures: [...labels].join('; ') }),
  );
};
