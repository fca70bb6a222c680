import { type EntryDraft, leafBytes, type Sign, type SignedEntry } from '../records/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { checkpointText, type NoteKey, signNote } from './checkpoint.ts';
import { growTree, leafHash, type TreeEdge } from './hash-tree.ts';
import {
  type ChainHead,
  headAfter,
  type Linked,
  type LinkedSoFar,
  type Linker,
  linkDraft,
  linkSigned,
  signedEntryIn,
} from './link-entry.ts';
import type { LogStore, LogTransaction, NewLeaf, VaultWrap } from './store-port.ts';

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
  /** Size of the log afterwards. */
  readonly size: number;
  /** Entry ids in the order given; empty for more than 10,000 entries, so that memory does not grow with the input. */
  readonly entryIds: readonly string[];
}

/**
 * A draft of this device, to be numbered and signed, or an entry that another device has signed; with the wraps of the data
 * keys that it is the first to name.
 */
export type Appendable = (EntryDraft | SignedEntry) & { readonly wraps?: readonly VaultWrap[] };

const BATCH = 500;
const IDS_KEPT = 10_000;

/**
 * Appends entries, all or none, streaming: signs drafts with the device's key as the next links of its chain, checks the
 * signature and chain of entries signed elsewhere, sets `received_at`, grows the hash tree and signs a checkpoint in one
 * durable transaction. The same entry again is stored once. Throws ProblemError `entry_shape`, `entry_id_reused`,
 * `entry_chain_broken`, `entry_signature_invalid`; the log is then as it was.
 */
export const appendEntries = async (
  store: LogStore,
  appender: Appender,
  entries: Iterable<Appendable> | AsyncIterable<Appendable>,
): Promise<Appended> => {
  const transaction = await store.begin();
  try {
    return await appendWithin(transaction, await store.tree(), appender, entries);
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
};

const appendWithin = async (
  transaction: LogTransaction,
  start: TreeEdge,
  appender: Appender,
  entries: Iterable<Appendable> | AsyncIterable<Appendable>,
): Promise<Appended> => {
  const receivedAt = new Date(appender.effects.clock()).toISOString();
  const waiting = waitingLeaves(transaction, start, receivedAt);
  const entryIds: string[] = [];
  let [added, repeated] = [0, 0];
  for await (const given of entries) {
    const { entry, isNew } = await link(given, appender, waiting, receivedAt);
    if (isNew) await waiting.put(entry);
    if (isNew && given.wraps !== undefined) await transaction.putWraps(given.wraps);
    if (isNew) added += 1;
    else repeated += 1;
    if (entryIds.length <= IDS_KEPT) entryIds.push(entry.body.entry_id);
  }
  const tree = await waiting.flush();
  if (added === 0) await transaction.rollback();
  else {
    const text = checkpointText(appender.checkpointKey.name, tree);
    const checkpoint = await signNote(text, appender.checkpointKey, appender.signCheckpoint);
    await transaction.commit({ ...tree, checkpoint });
  }
  return { added, repeated, size: tree.size, entryIds: entryIds.length > IDS_KEPT ? [] : entryIds };
};

const link = (given: Appendable, appender: Appender, log: LinkedSoFar, now: string): Promise<Linked> =>
  'signature' in given ? linkSigned(given, appender, log) : linkDraft(given, appender, log, now);

/** Leaves on their way into the store, a batch at a time, and what they make of the tree and the devices' chains. */
interface WaitingLeaves extends LinkedSoFar {
  put(entry: SignedEntry): Promise<void>;
  /** Hands over what waits; returns the tree up to here. */
  flush(): Promise<TreeEdge>;
}

const waitingLeaves = (transaction: LogTransaction, start: TreeEdge, receivedAt: string): WaitingLeaves => {
  const heads = new Map<string, ChainHead>();
  const waiting = new Map<string, SignedEntry>();
  let batch: NewLeaf[] = [];
  let tree = start;

  const flush = async (): Promise<TreeEdge> => {
    if (batch.length === 0) return tree;
    const first = await transaction.add(batch);
    // The next position is not the size of the tree: leaves were put in or taken out behind the log's back.
    if (first !== tree.size)
      throw new ProblemError(
        problem('data_folder_damaged', { file: 'log', what: `${first} ≠ ${tree.size}` }),
      );
    tree = growTree(
      tree,
      batch.map((leaf) => leaf.hash),
    );
    batch = [];
    waiting.clear();
    return tree;
  };
  return {
    flush,
    put: async (entry) => {
      const { entry_id: entryId, record_id: recordId, device } = entry.body;
      const bytes = leafBytes(entry, receivedAt);
      heads.set(device, headAfter(entry));
      waiting.set(entryId, entry);
      batch.push({ entryId, recordId, device, bytes, hash: leafHash(bytes) });
      if (batch.length >= BATCH) await flush();
    },
    head: async (device) => {
      const known = heads.get(device);
      if (known !== undefined) return known;
      const last = await transaction.lastOf(device);
      return last === undefined ? { seq: 0, hash: '' } : headAfter(signedEntryIn(last));
    },
    stored: async (entryId) => {
      const found = waiting.get(entryId) ?? (await transaction.find(entryId));
      return found === undefined || 'text' in found ? found : signedEntryIn(found);
    },
  };
};
