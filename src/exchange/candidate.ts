import {
  canonicalBytes,
  canonicalText,
  type EntryValue,
  type EntryValues,
  type Hmac,
  recordIdForImport,
  uuid8,
} from '../records/index.ts';
import type { BoundMapping } from './bind-mapping.ts';
import { type IdTable, idTable } from './id-table.ts';
import type { ReadRow } from './read-row.ts';

/** A row with the record it stands for. */
export interface Candidate {
  readonly row: ReadRow;
  readonly recordId: string;
  readonly values: EntryValues;
}
export type CandidateOf = (row: ReadRow) => Candidate;

/** All mapped statistical fields as one text: what names a row where no column does. */
const contentKey = ({ instrument }: BoundMapping, { values, repeats }: ReadRow): string => {
  const isStatistical = (path: string): boolean =>
    instrument.fields.some(
      (f) => f.sensitivity === 'statistical' && (path === f.path || path.startsWith(`${f.path}.`)),
    );
  const parts = [...Object.entries(values), ...[...repeats].map(([path, rows]) => [path, rows] as const)];
  return canonicalText(Object.fromEntries(parts.filter(([path]) => isStatistical(path))));
};

/**
 * Gives each row its record id: from the key columns, or from its content and the number of times that content stood above
 * it. One instance goes through a file from its first row on.
 */
export const candidates = (bound: BoundMapping, hmac: Hmac): CandidateOf => {
  const { study, instrument, mapping } = bound;
  const seen: IdTable = idTable();
  const byContent = (row: ReadRow): string => {
    const key = [contentKey(bound, row)];
    const first = recordIdForImport(hmac, study.id, instrument.id, key);
    const before = seen.get(first);
    seen.set(first, before + 1);
    return before === 0 ? first : recordIdForImport(hmac, study.id, instrument.id, key, before);
  };
  return (row) => {
    const recordId =
      mapping.key === undefined ? byContent(row) : recordIdForImport(hmac, study.id, instrument.id, row.key);
    const values: Record<string, EntryValue> = { ...row.values };
    for (const [path, rows] of row.repeats)
      if (rows.length > 0)
        values[path] = rows.map(({ place, values: of }) => ({
          row_id: uuid8(hmac(canonicalBytes(['baqylau/import-row/v1', recordId, path, place]))),
          values: of,
        }));
    return { row, recordId, values };
  };
};
