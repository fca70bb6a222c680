import { type Field, type Instrument, upgradeValues } from '../study/index.ts';
import { isMissing } from '../vocabulary/index.ts';
import { valuePaths } from './answers.ts';
import type { EntryBody, EntryValue, EntryValues } from './entry.ts';
import { isRows } from './leaf.ts';

/**
 * Paths of an entry's plain `values` that belong to identity fields, in rows too (`charges.name`). Such an answer belongs
 * into `sealed`; in plain it could never be taken out of the log again. Names of earlier versions are read as present ones.
 */
export const identityValues = (
  instrument: Instrument,
  { instrument_version: version, values }: Pick<EntryBody, 'instrument_version' | 'values'>,
): readonly string[] => {
  const upgrades = version > 0 && version < instrument.version;
  const present: EntryValues = upgrades
    ? Object.fromEntries(upgradeValues(instrument, version, new Map(Object.entries(values))))
    : values;
  return statedIn(instrument.fields, present, '');
};

const statedIn = (fields: readonly Field[], values: EntryValues, at: string): readonly string[] =>
  fields.flatMap((field) => {
    if (field.sensitivity === 'identity')
      return valuePaths(field)
        .filter((path) => isStated(values[path]))
        .map((path) => at + path);
    const rows = values[field.path];
    if (field.fields === undefined || !isRows(rows)) return [];
    const within = rows.flatMap((row) => statedIn(field.fields ?? [], row.values, `${at}${field.path}.`));
    return [...new Set(within)];
  });

/** A gap says nothing about anybody. */
const isStated = (value: EntryValue | undefined): boolean => value !== undefined && !isMissing(value);
