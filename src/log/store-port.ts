/**
 * The store port: all that the log asks of a database. Two adapters pass the same contract suite (tests/contract/).
 * A leaf is opaque bytes here; the keys beside it (entry, record, device) only find it again.
 */
export interface StoredLeaf {
  /** Position in the log, from 0, without gaps. */
  readonly position: number;
  readonly entryId: string;
  readonly recordId: string;
  readonly device: string;
  readonly bytes: Uint8Array;
}

export interface NewLeaf {
  readonly entryId: string;
  readonly recordId: string;
  readonly device: string;
  readonly bytes: Uint8Array;
  /** RFC 6962 leaf hash, kept apart from the leaf so that a change of either shows where it happened. */
  readonly hash: Uint8Array;
}

/** A signed checkpoint and the tree size it is for. */
export interface StoredCheckpoint {
  readonly size: number;
  readonly note: string;
}

/** A data key encrypted to those who may open it (age format), under the key's id. */
export interface VaultWrap {
  readonly keyId: string;
  readonly wrap: Uint8Array;
}

/** Bytes under their address: the SHA-256 (hex) of them. */
export interface StoredBlob {
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** The tree after an append, stored in the same transaction as the leaves. */
export interface TreeUpdate {
  readonly size: number;
  /** Roots of the perfect subtrees of the right edge, lowest first: one for each set bit of `size`. */
  readonly edge: readonly Uint8Array[];
  readonly checkpoint: string;
}

/**
 * One append: all of it or nothing. It sees its own leaves; nobody else does before `commit`, which resolves only when
 * everything is durable (fsync done). A store has at most one at a time.
 */
export interface LogTransaction {
  /**
   * Appends in order, the first leaf at `position`, where the log must end. Throws, at the latest with `commit`,
   * `data_folder_damaged` when the log ends elsewhere, `entry_id_reused` for an entry id that is already stored.
   */
  add(position: number, leaves: readonly NewLeaf[]): Promise<void>;
  find(entryId: string): Promise<StoredLeaf | undefined>;
  /** The last leaf of a device, the head of its chain. */
  lastOf(device: string): Promise<StoredLeaf | undefined>;
  /** Puts wraps of data keys into the key vault together with the entries that name them: both or neither. */
  putWraps(wraps: readonly VaultWrap[]): Promise<void>;
  /** Puts sealed attachments together with the entries that name them; the address is checked by the caller. */
  putBlobs(blobs: readonly StoredBlob[]): Promise<void>;
  /** Takes over the checkpoints of a log that is copied here, all but the last, which `commit` brings. */
  addCheckpoints(checkpoints: readonly StoredCheckpoint[]): Promise<void>;
  commit(tree: TreeUpdate): Promise<void>;
  rollback(): Promise<void>;
}

export interface LogStore {
  begin(): Promise<LogTransaction>;
  /** Leaves from a position on (up to, not including, `to`), in order, streamed in batches of bounded memory. */
  read(from: number, to?: number): AsyncIterable<StoredLeaf>;
  /** The leaves before `to` gathered by record, records in order of id, a record's leaves by position; bounded memory. */
  records(to?: number): AsyncIterable<readonly StoredLeaf[]>;
  size(): Promise<number>;
  find(entryId: string): Promise<StoredLeaf | undefined>;
  /** A record's leaves, ascending. */
  ofRecord(recordId: string): Promise<readonly StoredLeaf[]>;
  /** The tree at the last commit: size 0, no edge and no checkpoint in a new store. */
  tree(): Promise<{
    readonly size: number;
    readonly edge: readonly Uint8Array[];
    readonly checkpoint: string | undefined;
  }>;
  /** Every checkpoint ever committed, by size. */
  checkpoints(): AsyncIterable<StoredCheckpoint>;
  /** The stored leaf hashes from a position on, in order. */
  hashes(from: number, to?: number): AsyncIterable<{ readonly position: number; readonly hash: Uint8Array }>;
  /** The position of each device's last leaf, as the next append will find it. */
  heads(): Promise<ReadonlyMap<string, number>>;
  /** Content-addressed: the key is checked against the bytes by the caller; the same blob twice is stored once. */
  putBlob(sha256: string, bytes: Uint8Array): Promise<void>;
  getBlob(sha256: string): Promise<Uint8Array | undefined>;
  /** Every blob, by address. */
  blobs(): AsyncIterable<StoredBlob>;
  /** For sealed attachments of an erased record. Resolves as `vaultDelete` does; an address without a blob is none. */
  deleteBlobs(sha256: readonly string[]): Promise<void>;
  /** The key vault: mutable, outside the log (wraps of data keys). All or none; a wrap replaces the one of the same id. */
  vaultPut(wraps: readonly VaultWrap[]): Promise<void>;
  vaultGet(keyId: string): Promise<Uint8Array | undefined>;
  /** Resolves when the wraps are gone from every file that the store writes, as far as the database can promise it. */
  vaultDelete(keyIds: readonly string[]): Promise<void>;
  /** Every wrap, by key id. */
  vault(): AsyncIterable<VaultWrap>;
  close(): Promise<void>;
}
