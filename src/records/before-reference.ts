import type { Instrument } from '../study/index.ts';
import { type PartialDate, type Problem, parsePartialDate, problem } from '../vocabulary/index.ts';
import type { EntryValue, EntryValues } from './entry.ts';
import type { RecordState } from './record-state.ts';

const dateOf = (instrument: Instrument | undefined, of: (path: string) => EntryValue | undefined) => {
  const value = instrument?.dateField === undefined ? undefined : of(instrument.dateField);
  return typeof value === 'string' ? parsePartialDate(value) : undefined;
};

const idsIn = (value: EntryValue | undefined): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : Array.isArray(value)
      ? value.filter((v): v is string => typeof v === 'string')
      : [];

const isBefore = (one: PartialDate, other: PartialDate): boolean => one.lastDay < other.firstDay;

/** The records that these values must not be dated before. */
export const followedRecords = (instrument: Instrument, values: EntryValues): readonly string[] =>
  instrument.fields.filter((field) => field.follows === true).flatMap((field) => idsIn(values[field.path]));

/**
 * What is wrong with the date of a record that follows others (`follows` on a reference): it lies, with all its possible
 * days, before the first possible day of a record that it refers to. `recordOf` gives the records that are known.
 */
export const beforeReference = (
  instruments: ReadonlyMap<string, Instrument>,
  instrument: Instrument,
  values: EntryValues,
  recordOf: (id: string) => Pick<RecordState, 'instrument' | 'values'> | undefined,
): readonly Problem[] => {
  const date = dateOf(instrument, (path) => values[path]);
  if (date === undefined) return [];
  return instrument.fields
    .filter((field) => field.follows === true)
    .flatMap((field) =>
      idsIn(values[field.path]).flatMap((id) => {
        const target = recordOf(id);
        const other = dateOf(instruments.get(target?.instrument ?? ''), (path) => target?.values.get(path));
        if (other === undefined || !isBefore(date, other)) return [];
        const details = { field: field.path, date: date.text, other: other.text, record: id };
        return problem('record_before_reference', details, { field: field.path });
      }),
    );
};
