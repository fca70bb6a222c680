import type { Instrument } from '../study/index.ts';
import { canonicalText, type PartialDate, parsePartialDate } from '../vocabulary/index.ts';
import type { EntryValue } from './entry.ts';
import type { RecordState } from './record-state.ts';

export type ValueOf = (path: string) => EntryValue | undefined;

/** A record that states what no other of its instrument may state. */
export interface UniqueOwner {
  readonly recordId: string;
  readonly date: PartialDate | undefined;
}

/** Who states what in the fields of an instrument that no two of its records share (`unique`). */
export interface UniqueIndex {
  /** What the fields state, as one text; undefined where one of them has a gap: then nothing is shared. */
  textOf(valueOf: ValueOf): string | undefined;
  ownersOf(text: string): readonly UniqueOwner[];
}

const isStated = (value: EntryValue | undefined): value is EntryValue =>
  value !== undefined && (typeof value !== 'object' || Array.isArray(value));

/** The day or days of a record by the date field of its instrument. */
export const dateOfRecord = ({ dateField }: Instrument, valueOf: ValueOf): PartialDate | undefined => {
  const value = dateField === undefined ? undefined : valueOf(dateField);
  return typeof value === 'string' ? parsePartialDate(value) : undefined;
};

/**
 * Goes through the records of a study once. A record that was merged or excluded owns nothing, and a reference to a merged
 * record is one to the record that it was merged into.
 */
export const uniqueIndex = async (
  instrument: Instrument,
  states: AsyncIterable<RecordState>,
): Promise<UniqueIndex> => {
  const mergedInto = new Map<string, string>();
  const owners: (UniqueOwner & { readonly values: ReadonlyMap<string, EntryValue | undefined> })[] = [];
  for await (const { recordId, values, review, instrument: of, mergedInto: into } of states) {
    if (into !== undefined) mergedInto.set(recordId, into);
    if (of !== instrument.id || review === 'merged' || review === 'excluded') continue;
    const valueOf: ValueOf = (path) => values.get(path);
    const stated = new Map(instrument.unique.map((path) => [path, valueOf(path)]));
    owners.push({ recordId, date: dateOfRecord(instrument, valueOf), values: stated });
  }
  const survivor = (id: string): string => {
    const seen = new Set<string>();
    let at = id;
    for (let next = mergedInto.get(at); next !== undefined && !seen.has(next); next = mergedInto.get(at)) {
      seen.add(next);
      at = next;
    }
    return at;
  };
  const references = new Set(instrument.fields.filter((f) => f.type === 'reference').map((f) => f.path));
  const present = (path: string, value: EntryValue): EntryValue =>
    references.has(path) && typeof value === 'string' ? survivor(value) : value;
  const textOf: UniqueIndex['textOf'] = (valueOf) => {
    const stated = instrument.unique.map((path) => [path, valueOf(path)] as const);
    return stated.every(([, value]) => isStated(value))
      ? canonicalText(stated.map(([path, value]) => present(path, value as EntryValue)))
      : undefined;
  };
  const byText = Map.groupBy(owners, ({ values }) => textOf((path) => values.get(path)));
  return { textOf, ownersOf: (text) => byText.get(text) ?? [] };
};
