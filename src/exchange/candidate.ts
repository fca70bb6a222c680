import {
  canonicalBytes,
  canonicalText,
  type EntryValue,
  type EntryValues,
  type Hmac,
  recordIdForImport,
  uuid8,
} from '../records/index.ts';
import type { Field } from '../study/index.ts';
import type { AttachedFile } from './attached-files.ts';
import type { BoundMapping } from './bound-mapping.ts';
import { type IdTable, idTable } from './id-table.ts';
import type { ReadRow, RepeatRow } from './read-row.ts';
import type { Secret } from './seal.ts';

/** A row with the record it stands for. */
export interface Candidate {
  readonly row: ReadRow;
  readonly recordId: string;
  readonly values: EntryValues;
  /** What its identity fields state, by place. */
  readonly secrets: readonly Secret[];
}
export type CandidateOf = (row: ReadRow) => Candidate;

/** All mapped statistical fields as one text: what names a row where no column does. */
const contentKey = ({ instrument }: BoundMapping, { values, repeats }: ReadRow): string => {
  const isStatistical = (path: string): boolean =>
    instrument.fields.some(
      (f) => f.sensitivity === 'statistical' && (path === f.path || path.startsWith(`${f.path}.`)),
    );
  const rowsOf = ([path, rows]: readonly [string, readonly RepeatRow[]]) =>
    [path, rows.map(({ place, values: of }) => ({ place, values: of }))] as const;
  const parts = [...Object.entries(values), ...[...repeats].map(rowsOf)];
  return canonicalText(Object.fromEntries(parts.filter(([path]) => isStatistical(path))));
};

/** Paths of the fields that files are attached to, in rows too. */
const attachmentPaths = (fields: readonly Field[], at = ''): readonly string[] =>
  fields.flatMap((field) =>
    field.type === 'attachment'
      ? [at + field.path]
      : attachmentPaths(field.fields ?? [], `${at}${field.path}.`),
  );

const isTexts = (value: EntryValue): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

/**
 * Gives each row its record id: from the key columns, or from its content and the number of times that content stood above
 * it. One instance goes through a file from its first row on.
 */
export const candidates = (bound: BoundMapping, hmac: Hmac): CandidateOf => {
  const { study, instrument, mapping } = bound;
  const seen: IdTable = idTable();
  const attached = new Set(attachmentPaths(instrument.fields));
  /** An id for a place, not for a name: under the folder's import key a name could be tried out. */
  const attachmentId = (recordId: string, field: string, row: string, n: number): string =>
    uuid8(hmac(canonicalBytes(['baqylau/import-attachment/v1', recordId, field, row, n])));
  const secretsIn = (
    recordId: string,
    stated: EntryValues,
    at = '',
    row: { readonly row_id?: string } = {},
  ): Secret[] =>
    Object.entries(stated).map(([name, value]) => {
      const field = at + name;
      if (!attached.has(field) || !isTexts(value)) return { field, ...row, value };
      const files = value.map(
        (path, n): AttachedFile => ({ id: attachmentId(recordId, field, row.row_id ?? '', n), path }),
      );
      return { field, ...row, value, files };
    });
  /** Repeats whose rows are one sealed value. */
  const sealedWhole = new Set(
    bound.repeats.filter((r) => r.field.sensitivity === 'identity').map((r) => r.field.path),
  );
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
    const secrets: Secret[] = secretsIn(recordId, row.secrets);
    for (const [path, rows] of row.repeats) {
      const named = rows.map(({ place, ...stated }) => ({
        row_id: uuid8(hmac(canonicalBytes(['baqylau/import-row/v1', recordId, path, place]))),
        ...stated,
      }));
      if (named.length === 0) continue;
      if (sealedWhole.has(path)) {
        secrets.push({ field: path, value: named.map((r) => ({ row_id: r.row_id, values: r.secrets })) });
        continue;
      }
      values[path] = named.map((r) => ({ row_id: r.row_id, values: r.values }));
      for (const r of named)
        secrets.push(...secretsIn(recordId, r.secrets, `${path}.`, { row_id: r.row_id }));
    }
    return { row, recordId, values, secrets };
  };
};
