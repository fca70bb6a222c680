import type { Field, Instrument, Study } from '../study/index.ts';
import { dayText, type PartialDate, type Problem, parsePartialDate, problem } from '../vocabulary/index.ts';
import type { EntryValue, EntryValues } from './entry.ts';
import { isRows } from './leaf.ts';

/** First day, and the first day on which it is no more; open at either end. */
interface InForce {
  readonly from: string;
  readonly to: string;
}
type Terms = ReadonlyMap<string, ReadonlyMap<string, InForce>>;

/** Lists with codes that are not of all times. A study never changes once it is read, so this is worked out once. */
const knownTerms = new WeakMap<Study, Terms>();
const termsIn = (study: Study): Terms => {
  const known = knownTerms.get(study);
  if (known !== undefined) return known;
  const terms = new Map<string, ReadonlyMap<string, InForce>>();
  for (const { id, codes } of study.codeLists.values()) {
    const bounded = codes.filter((c) => c.validFrom !== undefined || c.validTo !== undefined);
    if (bounded.length > 0)
      terms.set(id, new Map(bounded.map((c) => [c.code, { from: c.validFrom ?? '', to: c.validTo ?? '' }])));
  }
  knownTerms.set(study, terms);
  return terms;
};

const codesOfValue = (value: EntryValue | undefined): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : Array.isArray(value)
      ? value.filter((v): v is string => typeof v === 'string')
      : [];

const isOutside = ({ firstDay, lastDay }: PartialDate, { from, to }: InForce): boolean =>
  (from !== '' && dayText(lastDay) < from) || (to !== '' && dayText(firstDay) >= to);

/**
 * Codes that did not exist on the day of the record: a ministry before it was founded, an article before its law. A record
 * whose instrument has no date, or that has none, is not judged; an uncertain date must lie outside with all its days.
 */
export const codesNotInForce = (
  study: Study,
  instrument: Instrument,
  values: EntryValues,
): readonly Problem[] => {
  const terms = termsIn(study);
  const stated = instrument.dateField === undefined ? undefined : values[instrument.dateField];
  const date = typeof stated === 'string' ? parsePartialDate(stated) : undefined;
  if (terms.size === 0 || date === undefined) return [];
  const check = (fields: readonly Field[], of: EntryValues, at: string): readonly Problem[] =>
    fields.flatMap((field) => {
      const value = of[field.path];
      const name = at + field.path;
      const inForce = terms.get(field.codeList ?? '');
      const own = inForce === undefined ? [] : codesOfValue(value);
      const rows = isRows(value) ? value : [];
      return [
        ...own.flatMap((code) => {
          const term = inForce?.get(code);
          if (term === undefined || !isOutside(date, term)) return [];
          const { from, to } = term;
          return problem(
            'record_code_not_in_force',
            { field: name, code, date: date.text, from: from || 'none', to: to || 'none' },
            { field: name },
          );
        }),
        ...rows.flatMap((row) => check(field.fields ?? [], row.values, `${name}[${row.row_id}].`)),
      ];
    });
  return check(instrument.fields, values, '');
};
