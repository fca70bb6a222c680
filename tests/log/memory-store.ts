import {
  endsElsewhere,
  type LogStore,
  type NewLeaf,
  type StoredBlob,
  type StoredCheckpoint,
  type StoredLeaf,
  type TreeUpdate,
  type VaultWrap,
} from '../../src/log/index.ts';
import { ProblemError, problem } from '../../src/vocabulary/index.ts';

/** What a store keeps, open to whoever tampers with it. */
export interface LogContent {
  leaves: StoredLeaf[];
  hashes: { readonly position: number; readonly hash: Uint8Array }[];
  checkpoints: StoredCheckpoint[];
  edge: readonly Uint8Array[];
  heads: Map<string, number>;
  blobs: Map<string, Uint8Array>;
  vault: Map<string, Uint8Array>;
}

export const noContent = (): LogContent => ({
  leaves: [],
  hashes: [],
  checkpoints: [],
  edge: [],
  heads: new Map(),
  blobs: new Map(),
  vault: new Map(),
});

/** The same content, so that tampering with one copy leaves the other alone. */
export const copyOfContent = (content: LogContent): LogContent => ({
  leaves: [...content.leaves],
  hashes: [...content.hashes],
  checkpoints: [...content.checkpoints],
  edge: content.edge,
  heads: new Map(content.heads),
  blobs: new Map(content.blobs),
  vault: new Map(content.vault),
});

const byName = <T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));

/** A store in memory, for tests that read a log a thousand times: it keeps the contract, durability apart. */
export const memoryStore = (content: LogContent): LogStore => {
  let appending: Promise<void> = Promise.resolve();
  const turn = async (): Promise<() => void> => {
    const before = appending;
    const { promise, resolve } = Promise.withResolvers<void>();
    appending = promise;
    await before;
    return resolve;
  };
  return {
    begin: async () => transactionOn(content, await turn()),
    async *read(from, to = Number.MAX_SAFE_INTEGER) {
      for (const leaf of content.leaves) if (leaf.position >= from && leaf.position < to) yield leaf;
    },
    async *records(to = Number.MAX_SAFE_INTEGER) {
      const groups = Map.groupBy(
        content.leaves.filter((leaf) => leaf.position < to),
        (leaf) => leaf.recordId,
      );
      for (const [, group] of byName(groups)) yield group;
    },
    size: async () => content.leaves.length,
    find: async (entryId) => content.leaves.find((leaf) => leaf.entryId === entryId),
    ofRecord: async (recordId) => content.leaves.filter((leaf) => leaf.recordId === recordId),
    tree: async () => {
      const last = content.checkpoints.at(-1);
      return { size: last?.size ?? 0, edge: content.edge, checkpoint: last?.note };
    },
    async *checkpoints() {
      yield* content.checkpoints;
    },
    async *hashes(from, to = Number.MAX_SAFE_INTEGER) {
      for (const stored of content.hashes) if (stored.position >= from && stored.position < to) yield stored;
    },
    heads: async () => new Map(content.heads),
    putBlob: async (sha256, bytes) => void content.blobs.set(sha256, bytes),
    getBlob: async (sha256) => content.blobs.get(sha256),
    async *blobs() {
      for (const [sha256, bytes] of byName(content.blobs)) yield { sha256, bytes };
    },
    deleteBlobs: async (sha256s) => {
      for (const sha256 of sha256s) content.blobs.delete(sha256);
    },
    vaultPut: async (wraps) => {
      for (const { keyId, wrap } of wraps) content.vault.set(keyId, wrap);
    },
    vaultGet: async (keyId) => content.vault.get(keyId),
    vaultDelete: async (keyIds) => {
      for (const keyId of keyIds) content.vault.delete(keyId);
    },
    async *vault() {
      for (const [keyId, wrap] of byName(content.vault)) yield { keyId, wrap };
    },
    close: async () => undefined,
  };
};

const transactionOn = (content: LogContent, release: () => void): Awaited<ReturnType<LogStore['begin']>> => {
  const first = content.leaves.length;
  const added: (NewLeaf & { readonly position: number })[] = [];
  const wraps: VaultWrap[] = [];
  const blobs: StoredBlob[] = [];
  const checkpoints: StoredCheckpoint[] = [];
  let open = true;
  const end = (): void => {
    if (open) release();
    open = false;
  };
  const known = (entryId: string): StoredLeaf | undefined =>
    added.find((leaf) => leaf.entryId === entryId) ?? content.leaves.find((leaf) => leaf.entryId === entryId);
  return {
    add: async (position, leaves) => {
      const end = first + added.length;
      if (position !== end) throw endsElsewhere(end, position);
      for (const leaf of leaves) {
        if (known(leaf.entryId) !== undefined)
          throw new ProblemError(problem('entry_id_reused', { entry: leaf.entryId, record: leaf.recordId }));
        added.push({ ...leaf, position: first + added.length });
      }
    },
    find: async (entryId) => known(entryId),
    lastOf: async (device) =>
      added.findLast((leaf) => leaf.device === device) ??
      content.leaves.find((leaf) => leaf.position === content.heads.get(device)),
    putWraps: async (some) => void wraps.push(...some),
    putBlobs: async (some) => void blobs.push(...some),
    addCheckpoints: async (some) => void checkpoints.push(...some),
    commit: async ({ size, edge, checkpoint }: TreeUpdate) => {
      for (const { hash, ...leaf } of added) {
        content.leaves.push(leaf);
        content.hashes.push({ position: leaf.position, hash });
        content.heads.set(leaf.device, leaf.position);
      }
      content.checkpoints.push(...checkpoints, { size, note: checkpoint });
      content.edge = edge;
      for (const { keyId, wrap } of wraps) content.vault.set(keyId, wrap);
      for (const { sha256, bytes } of blobs) content.blobs.set(sha256, bytes);
      end();
    },
    rollback: async () => end(),
  };
};
