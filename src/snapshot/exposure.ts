import type { Instrument, Study } from '../study/index.ts';
import type { CodeColumn, Column } from './column.ts';
import type { ObservedWeeks, SnapshotTable } from './snapshot.ts';

/** 1970-01-01 was a Thursday: weeks begin on Monday (ISO 8601). */
const weekOf = (day: number): number => Math.floor((day + 3) / 7);

const codeAt = (column: CodeColumn, row: number): string | undefined =>
  (column.missing?.[row] ?? 0) > 0 ? undefined : column.dictionary[column.values[row] ?? 0];

const isCode = (column: Column | undefined): column is CodeColumn => column?.kind === 'code';

/** Adds the weeks of a table's counted rows, by period and unit. */
const gather = (
  table: SnapshotTable,
  dateField: string | undefined,
  into: Map<string, Set<number>>,
): void => {
  const [period, unit] = [table.columns.get('period'), table.columns.get('unit_id')];
  const [date, counted] = [table.columns.get(dateField ?? ''), table.columns.get('counted')];
  if (!isCode(period) || !isCode(unit) || date?.kind !== 'day' || counted?.kind !== 'boolean') return;
  for (let row = 0; row < table.rows; row++) {
    const [p, u] = [codeAt(period, row), codeAt(unit, row)];
    if (p === undefined || u === undefined || counted.values[row] !== 1 || (date.missing?.[row] ?? 0) > 0)
      continue;
    const key = JSON.stringify([p, u]);
    const weeks = into.get(key) ?? new Set<number>();
    into.set(key, weeks.add(weekOf(date.values[row] ?? 0)));
  }
};

/**
 * Whether a counted record of this instrument shows that somebody watched: a nil report, or a card that the study's rule
 * of counting is about. A court card tells of a decision that was read later, not of a week that was watched.
 */
const observes = ({ counted }: Study, instrument: Instrument): boolean =>
  instrument.kind === 'nil_report' ||
  (instrument.kind === 'card' &&
    (counted.fields.size === 0 || instrument.fields.some((f) => counted.fields.has(f.path))));

/**
 * Exposure by nil reports: in a period and unit where monitors file them, the weeks that were watched are those with a
 * counted nil report and those with a counted card. No report is not zero: other units have no entry here and keep the
 * exposure of their period (architecture, "A study is data"; weeks x 12/52.1775 are months).
 */
export const observedWeeks = (study: Study, tables: readonly SnapshotTable[]): readonly ObservedWeeks[] => {
  const [nil, all] = [new Map<string, Set<number>>(), new Map<string, Set<number>>()];
  for (const instrument of study.instruments.values()) {
    const table = tables.find((t) => t.id === instrument.id);
    if (table === undefined || !observes(study, instrument)) continue;
    gather(table, instrument.dateField, all);
    if (instrument.kind === 'nil_report') gather(table, instrument.dateField, nil);
  }
  return [...nil.keys()].sort().map((key) => {
    const [period = '', unit = ''] = JSON.parse(key) as string[];
    return { period, unit, weeks: all.get(key)?.size ?? 0 };
  });
};
