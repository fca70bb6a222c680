import { leafBytes, type SignedEntry } from '../records/index.ts';
import { leafHash } from './hash-tree.ts';
import { type ChainHead, headAfter, type LinkedSoFar, signedEntryIn } from './link-entry.ts';
import type { LogTransaction, NewLeaf, VaultWrap } from './store-port.ts';

/** Entries that are linked and not yet handed to the store, seen over what is there already. */
export interface PendingEntries extends LinkedSoFar {
  put(entry: SignedEntry, receivedAt: string, wraps: readonly VaultWrap[]): void;
  /** Takes over what was pending over this one. */
  absorb(others: PendingEntries): void;
  /** Forgets the entries, which the store has now, and keeps the heads. */
  handedOver(): void;
  readonly entries: ReadonlyMap<string, SignedEntry>;
  readonly leaves: readonly NewLeaf[];
  readonly wraps: readonly VaultWrap[];
  readonly heads: ReadonlyMap<string, ChainHead>;
}

export const pendingOver = (base: LinkedSoFar): PendingEntries => {
  const heads = new Map<string, ChainHead>();
  const entries = new Map<string, SignedEntry>();
  const leaves: NewLeaf[] = [];
  const wraps: VaultWrap[] = [];
  return {
    entries,
    leaves,
    wraps,
    heads,
    head: async (device) => heads.get(device) ?? base.head(device),
    stored: async (entryId) => entries.get(entryId) ?? base.stored(entryId),
    put: (entry, receivedAt, named) => {
      const { entry_id: entryId, record_id: recordId, device } = entry.body;
      const bytes = leafBytes(entry, receivedAt);
      heads.set(device, headAfter(entry));
      entries.set(entryId, entry);
      leaves.push({ entryId, recordId, device, bytes, hash: leafHash(bytes) });
      wraps.push(...named);
    },
    absorb: (others) => {
      for (const [device, head] of others.heads) heads.set(device, head);
      for (const [entryId, entry] of others.entries) entries.set(entryId, entry);
      leaves.push(...others.leaves);
      wraps.push(...others.wraps);
    },
    handedOver: () => {
      entries.clear();
      leaves.length = 0;
      wraps.length = 0;
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
