import type { EntryValues } from '../records/index.ts';
import { type Instrument, type Study } from '../study/index.ts';
import { dayText, type Problem, parsePartialDate, periodOfDay, problem } from '../vocabulary/index.ts';
import type { BoundMapping } from './bound-mapping.ts';

/** Checks a whole record: the records layer's validation of values, relevance, requirements and constraints. */
export type ValidateValues = (
  study: Study,
  instrument: Instrument,
  values: EntryValues,
  /** Day number, for constraints that look at today. */
  today?: number,
) => readonly Problem[];

/** A range that is upside down would be silently sorted by a careless reader; here it is refused. */
const reversedRanges = (instrument: Instrument, values: EntryValues, row: number): readonly Problem[] =>
  instrument.fields
    .filter((f) => f.type === 'count')
    .flatMap(({ path }) => {
      const parts = ['low', 'best', 'high']
        .map((part) => values[`${path}.${part}`])
        .filter((v) => typeof v === 'number');
      const at = parts.findIndex((v, i) => i > 0 && v < (parts[i - 1] ?? v));
      if (at < 0) return [];
      const details = { column: path, low: parts[at - 1] ?? 0, high: parts[at] ?? 0 };
      return [problem('import_range_reversed', details, { row, field: path })];
    });

/** The date that places a record must lie in a period of the study, or the record would be counted nowhere. */
const outsidePeriods = (
  { study, instrument, mapping }: BoundMapping,
  values: EntryValues,
  row: number,
): readonly Problem[] => {
  const written = instrument.dateField === undefined ? undefined : values[instrument.dateField];
  const date = typeof written === 'string' ? parsePartialDate(written) : undefined;
  if (date === undefined || mapping.outside_period === 'accept') return [];
  const inside = [date.firstDay, date.lastDay].every((day) => periodOfDay(study.periods, day) !== undefined);
  if (inside) return [];
  const known = study.periods.filter((p) => p.start !== undefined && p.end !== undefined);
  const from = known.map((p) => p.start ?? '').toSorted()[0] ?? '';
  const to =
    known
      .map((p) => p.end ?? '')
      .toSorted()
      .at(-1) ?? '';
  return [
    problem(
      'import_date_outside_period',
      { column: instrument.dateField ?? '', value: date.text, from, to },
      { row, field: instrument.dateField ?? '' },
    ),
  ];
};

/** A rule that looks at today may be broken by the clock of this machine rather than by the file: its date is told. */
const ruleWithDay = (rule: string, today: number): { readonly rule: string; readonly today: string } => ({
  rule,
  today: rule.includes('today(') ? dayText(today) : 'none',
});

/** The records layer's words in the import's: same fact, but the remedy speaks of the file and the mapping. */
const asImport = ({ code, details, at }: Problem, row: number, today: number): Problem => {
  const field = at?.field ?? String(details.field ?? '');
  const place = { row, field };
  if (code === 'record_required') return problem('import_required', { column: field }, place);
  if (code === 'record_constraint')
    return problem(
      'import_constraint',
      { column: field, ...ruleWithDay(String(details.constraint ?? ''), today) },
      place,
    );
  return { code, details, at: { ...at, ...place } };
};

/** What the record as a whole shows to be wrong. Asked only when every cell could be read. */
export const checkRow = (
  bound: BoundMapping,
  values: EntryValues,
  row: number,
  validate: ValidateValues,
  today: number,
): readonly Problem[] => {
  const own = [...reversedRanges(bound.instrument, values, row), ...outsidePeriods(bound, values, row)];
  if (own.length > 0) return own;
  return validate(bound.study, bound.instrument, values).map((p) => asImport(p, row, today));
};
