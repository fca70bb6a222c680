/**
 * The store port: all that the log asks of a database. Two adapters pass the same contract suite (tests/contract/).
 * A leaf is opaque bytes here. `append` resolves only when the batch is durable (fsync done); a batch is all or nothing.
 */
export interface StoredLeaf {
  /** Position in the log, from 0, without gaps. */
  readonly position: number;
  readonly bytes: Uint8Array;
}

export interface NewLeaf {
  readonly entryId: string;
  readonly recordId: string;
  readonly bytes: Uint8Array;
}

export interface LogStore {
  /** Appends in order and returns the first position. Refuses (`entry_id_reused`) an entry id that is already stored. */
  append(leaves: readonly NewLeaf[], tree: TreeUpdate): Promise<number>;
  /** Leaves from a position on, in order, streamed in batches of bounded memory. */
  read(from: number, to?: number): AsyncIterable<StoredLeaf>;
  size(): Promise<number>;
  /** Position of an entry, or undefined. */
  find(entryId: string): Promise<number | undefined>;
  /** Positions of a record's entries, ascending. */
  ofRecord(recordId: string): Promise<readonly number[]>;
  /** Right-edge hashes of the RFC 6962 tree at the present size, lowest level first, and the last checkpoint note. */
  tree(): Promise<{ readonly size: number; readonly edge: readonly Uint8Array[]; readonly checkpoint: string | undefined }>;
  putBlob(sha256: string, bytes: Uint8Array): Promise<void>;
  getBlob(sha256: string): Promise<Uint8Array | undefined>;
  /** The key vault: mutable, outside the log (wraps of data keys). */
  vaultPut(keyId: string, wrap: Uint8Array): Promise<void>;
  vaultGet(keyId: string): Promise<Uint8Array | undefined>;
  vaultDelete(keyId: string): Promise<void>;
  close(): Promise<void>;
}

/** The tree after the batch, stored in the same transaction as the leaves. */
export interface TreeUpdate {
  readonly size: number;
  readonly edge: readonly Uint8Array[];
  readonly checkpoint: string;
}
