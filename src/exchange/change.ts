import {
  canonicalText,
  type EntryBody,
  type EntryValue,
  type EntryValues,
  type RecordState,
} from '../records/index.ts';

/** A record that the log holds already: what it folds to, and its entries in order. */
export interface StoredRecord {
  readonly state: RecordState;
  readonly entries: readonly EntryBody[];
}

/** Starts the reason of every entry an import writes, so that a later import knows what the file said before. */
export const IMPORT_REASON = 'import sha256:';
export const importReason = (sha256: string, row: number): string => `${IMPORT_REASON}${sha256} row:${row}`;

const same = (a: EntryValue | undefined, b: EntryValue | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && canonicalText(a) === canonicalText(b));

/** What earlier imports stated, field by field. */
const importedBefore = (entries: readonly EntryBody[]): ReadonlyMap<string, EntryValue> =>
  new Map(
    entries
      .filter((e) => e.reason.startsWith(IMPORT_REASON) && (e.kind === 'submit' || e.kind === 'revise'))
      .flatMap((e) => Object.entries(e.values)),
  );

/**
 * The fields that the file has changed since it was last imported, with their new values. A field that a person corrected
 * in between and the file did not change stays as the person left it; a field that the file no longer fills becomes
 * `not_recorded`. The same file twice gives nothing.
 */
export const changesOf = (row: EntryValues, stored: StoredRecord): EntryValues => {
  const before = importedBefore(stored.entries);
  const now = stored.state.values;
  // A field that a later version of the instrument renamed is not in `now` under its old name: there is nothing to empty.
  const emptied = [...before.keys()].filter((path) => !(path in row) && now.has(path));
  const stated: readonly (readonly [string, EntryValue])[] = [
    ...Object.entries(row),
    ...emptied.map((path) => [path, { missing: 'not_recorded' }] as const),
  ];
  return Object.fromEntries(
    stated.filter(
      ([path, value]) => !same(value, before.get(path) ?? now.get(path)) && !same(value, now.get(path)),
    ),
  );
};
