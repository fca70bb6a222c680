import type { EntryDraft, Sign, SignedEntry } from '../records/index.ts';
import { checkpointText, type NoteKey, signNote } from './checkpoint.ts';
import { growTree, type TreeEdge } from './hash-tree.ts';
import {
  type ChainHead,
  type Linked,
  type LinkedSoFar,
  type Linker,
  linkDraft,
  linkSigned,
} from './link-entry.ts';
import { type Brought, linkedIn, type PendingEntries, pendingOver } from './pending-entries.ts';
import type { LogStore, LogTransaction } from './store-port.ts';

/** Who appends, and the key that signs checkpoints. */
export interface Appender extends Linker {
  readonly checkpointKey: NoteKey;
  readonly signCheckpoint: Sign;
}

export interface Appended {
  /** Entries that were new. */
  readonly added: number;
  /** Entries that were already there with the same bytes. */
  readonly repeated: number;
  /** Size of the log with them. */
  readonly size: number;
  /** Entry ids in the order given; empty for more than 10,000 entries, so that memory does not grow with the input. */
  readonly entryIds: readonly string[];
}

/**
 * A draft of this device, to be numbered and signed, or an entry that another device has signed; with the wraps of the data
 * keys and the sealed attachments that it is the first to name.
 */
export type Appendable = (EntryDraft | SignedEntry) & Brought;
export type Appendables = Iterable<Appendable> | AsyncIterable<Appendable>;

const BATCH = 500;
/** Bytes of attachments that wait in memory. */
const HELD = 32 * 1024 * 1024;
const IDS_KEPT = 10_000;

/** Where a log ends: what the next append builds on. */
export interface LogEnd {
  readonly tree: TreeEdge;
  /** Heads of the chains that are known; the others are in the store. */
  readonly heads: ReadonlyMap<string, ChainHead>;
}

/**
 * Appends entries, all or none, streaming: signs drafts with the device's key as the next links of its chain, checks the
 * signature and chain of entries signed elsewhere, sets `received_at`, grows the hash tree and signs a checkpoint in one
 * durable transaction. The same entry again is stored once. Throws ProblemError `entry_shape`, `entry_id_reused`,
 * `entry_chain_broken`, `entry_signature_invalid`, `device_revoked`; the log is then as it was.
 */
export const appendEntries = async (
  store: LogStore,
  appender: Appender,
  entries: Appendables,
): Promise<Appended> => (await appendAfter(undefined, store, appender, entries)).outcome;

/** The same, when the end of the log may be known already; gives the new one too. */
export const appendAfter = (
  known: LogEnd | undefined,
  store: LogStore,
  appender: Appender,
  entries: Appendables,
): Promise<Ended<Appended>> =>
  inOneTransaction(known, store, appender, async (transaction, before) => {
    const pending = pendingOver(linkedIn(transaction, before.heads));
    let { tree } = before;
    const appended = await linkAll(entries, appender, pending, async () => {
      if (pending.leaves.length >= BATCH || pending.held() >= HELD)
        tree = await handOver(transaction, tree, pending);
    });
    tree = await handOver(transaction, tree, pending);
    return { end: endWith(tree, before, pending), outcome: { ...appended, size: tree.size } };
  });

/** What came of an append, and where the log ends after it. */
export interface Ended<T> {
  readonly end: LogEnd;
  readonly outcome: T;
}

/** Begins, lets leaves be added, and commits the grown tree with its checkpoint; rolls back when nothing came or it fails. */
export const inOneTransaction = async <T>(
  known: LogEnd | undefined,
  store: LogStore,
  appender: Appender,
  add: (transaction: LogTransaction, before: LogEnd) => Promise<Ended<T>>,
): Promise<Ended<T>> => {
  const transaction = await store.begin();
  try {
    const before = known ?? { tree: await store.tree(), heads: new Map() };
    const ended = await add(transaction, before);
    const { tree } = ended.end;
    if (tree.size === before.tree.size) await transaction.rollback();
    else {
      const text = checkpointText(appender.checkpointKey.name, tree);
      const checkpoint = await signNote(text, appender.checkpointKey, appender.signCheckpoint);
      await transaction.commit({ ...tree, checkpoint });
    }
    return ended;
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
};

/** Links entries one after the other; `each` is called after each. */
export const linkAll = async (
  entries: Appendables,
  appender: Appender,
  pending: PendingEntries,
  each: () => Promise<void> | void = () => undefined,
): Promise<Omit<Appended, 'size'>> => {
  const receivedAt = new Date(appender.effects.clock()).toISOString();
  const entryIds: string[] = [];
  let [added, repeated] = [0, 0];
  for await (const given of entries) {
    const { entry, isNew } = await link(given, appender, pending, receivedAt);
    if (isNew) pending.put(entry, receivedAt, given);
    if (isNew) added += 1;
    else repeated += 1;
    if (entryIds.length <= IDS_KEPT) entryIds.push(entry.body.entry_id);
    await each();
  }
  return { added, repeated, entryIds: entryIds.length > IDS_KEPT ? [] : entryIds };
};

const link = (given: Appendable, appender: Appender, log: LinkedSoFar, now: string): Promise<Linked> =>
  'signature' in given ? linkSigned(given, appender, log) : linkDraft(given, appender, log, now);

/** Hands what is pending to the store; returns the tree with it. */
export const handOver = async (
  transaction: LogTransaction,
  tree: TreeEdge,
  pending: PendingEntries,
): Promise<TreeEdge> => {
  const { leaves, wraps, blobs } = pending;
  if (leaves.length === 0) return tree;
  await transaction.add(tree.size, leaves);
  if (wraps.length > 0) await transaction.putWraps(wraps);
  if (blobs.length > 0) await transaction.putBlobs(blobs);
  const grown = growTree(
    tree,
    leaves.map((leaf) => leaf.hash),
  );
  pending.handedOver();
  return grown;
};

/** The end of the log with what was pending. */
export const endWith = (tree: TreeEdge, before: LogEnd, { heads }: PendingEntries): LogEnd => ({
  tree,
  heads: heads.size === 0 ? before.heads : new Map([...before.heads, ...heads]),
});
