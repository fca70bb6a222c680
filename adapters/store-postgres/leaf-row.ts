import type { StoredLeaf } from '../../src/log/index.ts';

/** As the driver gives it: a bigint is text. Positions stay far below 2^53. */
export interface LeafRow {
  readonly position: string;
  readonly entry_id: string;
  readonly record_id: string;
  readonly device: string;
  readonly bytes: Uint8Array;
}

export const LEAF = 'position, entry_id, record_id, device, bytes';

export const storedLeaf = (row: LeafRow): StoredLeaf => ({
  position: Number(row.position),
  entryId: row.entry_id,
  recordId: row.record_id,
  device: row.device,
  bytes: row.bytes,
});
