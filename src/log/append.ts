import {
  canonicalText,
  checkBody,
  type Effects,
  type EntryBody,
  type EntryDraft,
  entryBody,
  leafBytes,
  parseLeaf,
  type Sign,
  type SignedEntry,
  signEntry,
  uuid7,
  type Verify,
  verifyEntry,
} from '../records/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { checkpointText, type NoteKey, signNote } from './checkpoint.ts';
import { growTree, leafHash, sha256Hex, type TreeEdge } from './hash-tree.ts';
import type { LogStore, LogTransaction, NewLeaf, StoredLeaf } from './store-port.ts';

/** Who appends: the organisation, the device with its key, the key that signs checkpoints, time and randomness. */
export interface Appender {
  readonly org: string;
  readonly device: string;
  readonly zone: string;
  readonly sign: Sign;
  readonly checkpointKey: NoteKey;
  readonly signCheckpoint: Sign;
  /** The public key of a device whose entries may be appended, as a verifier; undefined for an unknown device. */
  readonly verifierOf: (device: string) => Verify | undefined;
  readonly effects: Effects;
}

export interface Appended {
  /** Entries that were new. */
  readonly added: number;
  /** Entries that were already there with the same bytes. */
  readonly repeated: number;
  /** Size of the log afterwards. */
  readonly size: number;
  /** Entry ids of a small append, in the order given; empty above 10,000 entries. */
  readonly entryIds: readonly string[];
}

/** A draft of this device, to be numbered and signed, or an entry that another device has signed. */
export type Appendable = EntryDraft | SignedEntry;

const BATCH = 500;
const IDS_KEPT = 10_000;
/** Milliseconds to the ISO text used in entries. */
export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

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
    const writing = new Writing(transaction, appender, await store.tree());
    for await (const entry of entries) await writing.take(entry);
    return await writing.finish();
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
};

/** The head of a device's chain: number and hash of its last body. */
interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

const headOf = (leaf: StoredLeaf | undefined): ChainHead => {
  if (leaf === undefined) return { seq: 0, hash: '' };
  const { leaf: parsed, text } = parseLeaf(leaf.bytes);
  return { seq: parsed.body.device_seq, hash: sha256Hex(text) };
};

const isSigned = (entry: Appendable): entry is SignedEntry => 'signature' in entry;

/** One append under way: the chain heads met so far, the growing tree, and a batch of leaves not yet handed over. */
class Writing {
  readonly #transaction: LogTransaction;
  readonly #appender: Appender;
  readonly #heads = new Map<string, ChainHead>();
  readonly #receivedAt: string;
  readonly #ids: string[] = [];
  #tree: TreeEdge;
  #batch: NewLeaf[] = [];
  #batchIds = new Map<string, SignedEntry>();
  #added = 0;
  #repeated = 0;

  constructor(transaction: LogTransaction, appender: Appender, tree: TreeEdge) {
    this.#transaction = transaction;
    this.#appender = appender;
    this.#tree = tree;
    this.#receivedAt = isoTime(appender.effects.clock());
  }

  async take(entry: Appendable): Promise<void> {
    const signed = isSigned(entry) ? await this.#checked(entry) : await this.#signed(entry);
    if (this.#added + this.#repeated < IDS_KEPT) this.#ids.push(signed.entry.body.entry_id);
    if (!signed.isNew) {
      this.#repeated += 1;
      return;
    }
    const { body, text } = signed.entry;
    const bytes = leafBytes(signed.entry, this.#receivedAt);
    this.#heads.set(body.device, { seq: body.device_seq, hash: sha256Hex(text) });
    this.#batch.push({
      entryId: body.entry_id,
      recordId: body.record_id,
      device: body.device,
      bytes,
      hash: leafHash(bytes),
    });
    this.#batchIds.set(body.entry_id, signed.entry);
    this.#added += 1;
    if (this.#batch.length >= BATCH) await this.#flush();
  }

  async finish(): Promise<Appended> {
    await this.#flush();
    const { size } = this.#tree;
    const result = {
      added: this.#added,
      repeated: this.#repeated,
      size,
      entryIds: size > 0 && this.#ids.length < IDS_KEPT ? this.#ids : [],
    };
    if (this.#added === 0) {
      await this.#transaction.rollback();
      return result;
    }
    const { checkpointKey, signCheckpoint } = this.#appender;
    const text = checkpointText(checkpointKey.name, this.#tree);
    await this.#transaction.commit({
      ...this.#tree,
      checkpoint: await signNote(text, checkpointKey, signCheckpoint),
    });
    return result;
  }

  async #flush(): Promise<void> {
    if (this.#batch.length === 0) return;
    const first = await this.#transaction.add(this.#batch);
    if (first !== this.#tree.size)
      throw new ProblemError(problem('log_tampered', { position: first, entry: '', what: 'size' }));
    this.#tree = growTree(
      this.#tree,
      this.#batch.map((leaf) => leaf.hash),
    );
    this.#batch = [];
    this.#batchIds.clear();
  }

  async #head(device: string): Promise<ChainHead> {
    return this.#heads.get(device) ?? headOf(await this.#transaction.lastOf(device));
  }

  async #stored(entryId: string): Promise<SignedEntry | undefined> {
    const waiting = this.#batchIds.get(entryId);
    if (waiting !== undefined) return waiting;
    const found = await this.#transaction.find(entryId);
    if (found === undefined) return undefined;
    const { leaf, text } = parseLeaf(found.bytes);
    return { body: leaf.body, text, signature: leaf.signature };
  }

  /** A draft becomes the next link of this device's chain. */
  async #signed(draft: EntryDraft): Promise<{ readonly entry: SignedEntry; readonly isNew: boolean }> {
    const { org, device, zone, sign, effects } = this.#appender;
    const stored = draft.entry_id === undefined ? undefined : await this.#stored(draft.entry_id);
    const place = { org, device, zone, now: this.#receivedAt };
    if (stored !== undefined) {
      const { body } = stored;
      const again = entryBody(
        { occurred_at: body.occurred_at, ...draft },
        {
          ...place,
          zone: draft.zone ?? body.zone,
          deviceSeq: body.device_seq,
          devicePrev: body.device_prev,
          entryId: body.entry_id,
        },
      );
      return { entry: sameOrRefuse(stored, again, canonicalText(again)), isNew: false };
    }
    const head = await this.#head(device);
    const entryId = draft.entry_id ?? uuid7(effects);
    const body = checkBody(
      entryBody(draft, { ...place, deviceSeq: head.seq + 1, devicePrev: head.hash, entryId }),
    );
    return { entry: await signEntry(body, sign), isNew: true };
  }

  /** An entry signed elsewhere must be that device's next link and carry its signature. */
  async #checked(entry: SignedEntry): Promise<{ readonly entry: SignedEntry; readonly isNew: boolean }> {
    const { body } = entry;
    const text = canonicalText(checkBody(body));
    const stored = await this.#stored(body.entry_id);
    if (stored !== undefined) {
      if (stored.signature !== entry.signature) throw reused(body);
      return { entry: sameOrRefuse(stored, body, text), isNew: false };
    }
    const verify = this.#appender.verifierOf(body.device);
    if (
      body.org !== this.#appender.org ||
      verify === undefined ||
      !(await verifyEntry({ text, signature: entry.signature }, verify))
    )
      throw new ProblemError(
        problem('entry_signature_invalid', { entry: body.entry_id, device: body.device }),
      );
    const head = await this.#head(body.device);
    if (body.device_seq !== head.seq + 1 || body.device_prev !== head.hash)
      throw new ProblemError(
        problem('entry_chain_broken', {
          entry: body.entry_id,
          device: body.device,
          sequence: body.device_seq,
          expected: head.seq + 1,
        }),
      );
    return { entry: { body, text, signature: entry.signature }, isNew: true };
  }
}

const reused = (body: EntryBody): ProblemError =>
  new ProblemError(problem('entry_id_reused', { entry: body.entry_id, record: body.record_id }));

const sameOrRefuse = (stored: SignedEntry, again: EntryBody, text: string): SignedEntry => {
  if (text !== stored.text) throw reused(again);
  return stored;
};
