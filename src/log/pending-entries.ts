import { leafBytes, type SignedEntry } from '../records/index.ts';
import { leafHash } from './hash-tree.ts';
import { type ChainHead, headAfter, type LinkedSoFar, signedEntryIn } from './link-entry.ts';
import type { LogTransaction, NewLeaf, StoredBlob, VaultWrap } from './store-port.ts';

/** What comes with an entry that is the first to name it: wraps of data keys, sealed attachments. */
export interface Brought {
  readonly wraps?: readonly VaultWrap[] | undefined;
  readonly blobs?: readonly StoredBlob[] | undefined;
}

/** Entries that are linked and not yet handed to the store, seen over what is there already. */
export interface PendingEntries extends LinkedSoFar {
  put(entry: SignedEntry, receivedAt: string, brought: Brought): void;
  /** Takes over what was pending over this one. */
  absorb(others: PendingEntries): void;
  /** Forgets the entries, which the store has now, and keeps the heads. */
  handedOver(): void;
  readonly entries: ReadonlyMap<string, SignedEntry>;
  readonly leaves: readonly NewLeaf[];
  readonly wraps: readonly VaultWrap[];
  readonly blobs: readonly StoredBlob[];
  /** Bytes of the blobs. */
  held(): number;
  readonly heads: ReadonlyMap<string, ChainHead>;
}

export const pendingOver = (base: LinkedSoFar): PendingEntries => {
  const heads = new Map<string, ChainHead>();
  const entries = new Map<string, SignedEntry>();
  const leaves: NewLeaf[] = [];
  const wraps: VaultWrap[] = [];
  const blobs: StoredBlob[] = [];
  return {
    entries,
    leaves,
    wraps,
    blobs,
    held: () => blobs.reduce((sum, { bytes }) => sum + bytes.length, 0),
    heads,
    head: async (device) => heads.get(device) ?? base.head(device),
    stored: async (entryId) => entries.get(entryId) ?? base.stored(entryId),
    put: (entry, receivedAt, brought) => {
      const { entry_id: entryId, record_id: recordId, device } = entry.body;
      const bytes = leafBytes(entry, receivedAt);
      heads.set(device, headAfter(entry));
      entries.set(entryId, entry);
      leaves.push({ entryId, recordId, device, bytes, hash: leafHash(bytes) });
      wraps.push(...(brought.wraps ?? []));
      blobs.push(...(brought.blobs ?? []));
    },
    absorb: (others) => {
      for (const [device, head] of others.heads) heads.set(device, head);
      for (const [entryId, entry] of others.entries) entries.set(entryId, entry);
      leaves.push(...others.leaves);
      wraps.push(...others.wraps);
      blobs.push(...others.blobs);
    },
    handedOver: () => {
      entries.clear();
      leaves.length = 0;
      wraps.length = 0;
      blobs.length = 0;
    },
  };
};

/** What an append finds in the store, its own leaves included; heads that are `known` are not asked for. */
export const linkedIn = (
  transaction: LogTransaction,
  known: ReadonlyMap<string, ChainHead>,
): LinkedSoFar => ({
  head: async (device) => {
    const head = known.get(device);
    if (head !== undefined) return head;
    const last = await transaction.lastOf(device);
    return last === undefined ? { seq: 0, hash: '' } : headAfter(signedEntryIn(last));
  },
  stored: async (entryId) => {
    const found = await transaction.find(entryId);
    return found === undefined ? undefined : signedEntryIn(found);
  },
});
