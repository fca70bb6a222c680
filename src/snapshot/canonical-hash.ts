import type { Column } from './column.ts';
import type { SnapshotTable } from './snapshot.ts';

/** An incremental SHA-256, passed in (Node and browser have different ones). */
export interface Hasher {
  update(bytes: Uint8Array): void;
  /** Lower-case hex. */
  digest(): string;
}

const encoder = new TextEncoder();

const littleEndian = (values: ArrayBufferView): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

const valuesOf = (column: Column): Uint8Array => {
  if (column.kind === 'text') return encoder.encode(JSON.stringify(column.values));
  if (column.kind !== 'code') return littleEndian(column.values);
  return littleEndian(Uint32Array.from(column.values));
};

/**
 * SHA-256 over the canonical rows of a table: rows sorted by record id (children by parent row and ordinal), columns by
 * name, each as its values and reasons. Column order of the study does not matter; one changed value does.
 */
export const tableHash = (table: SnapshotTable, hasher: Hasher): string => {
  const note = (part: unknown): void => hasher.update(encoder.encode(`${JSON.stringify(part)}\n`));
  note(['baqylau/table/v1', table.id, table.unit, table.rows]);
  for (const name of [...table.columns.keys()].sort()) {
    const column = table.columns.get(name);
    if (column === undefined) continue;
    note([
      name,
      column.kind,
      column.kind === 'code' ? column.dictionary : column.kind === 'number' ? column.decimals : 0,
    ]);
    hasher.update(valuesOf(column));
    note(column.missing === undefined ? 'complete' : 'gaps');
    if (column.missing !== undefined) hasher.update(column.missing);
  }
  if (table.parent !== undefined) hasher.update(littleEndian(table.parent.rows));
  return hasher.digest();
};
