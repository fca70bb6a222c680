import {
  canonicalText,
  checkBody,
  type Effects,
  type EntryBody,
  type EntryDraft,
  entryBody,
  parseLeaf,
  type Sign,
  type SignedEntry,
  signEntry,
  uuid7,
  type Verify,
  verifyEntry,
} from '../records/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { sha256Hex } from './hash-tree.ts';
import type { StoredLeaf } from './store-port.ts';

/** Who appends: the organisation, the device with its key, and whose entries are taken in. */
export interface Linker {
  readonly org: string;
  readonly device: string;
  readonly zone: string;
  readonly sign: Sign;
  /** The public key of a device whose entries may be appended, as a verifier; undefined for an unknown device. */
  readonly verifierOf: (device: string) => Verify | undefined;
  /** The number of a revoked device's last entry that counts; undefined for a device that goes on. */
  readonly endOf?: (device: string) => number | undefined;
  readonly effects: Effects;
}

/** The head of a device's chain: number and hash of its last body. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** What is known of the log while entries are linked. */
export interface LinkedSoFar {
  stored(entryId: string): Promise<SignedEntry | undefined>;
  head(device: string): Promise<ChainHead>;
}

export interface Linked {
  readonly entry: SignedEntry;
  /** False when the log has it already. */
  readonly isNew: boolean;
}

export const signedEntryIn = (stored: StoredLeaf): SignedEntry => {
  const { leaf, text } = parseLeaf(stored.bytes);
  return { body: leaf.body, text, signature: leaf.signature };
};

export const headAfter = (entry: SignedEntry): ChainHead => ({
  seq: entry.body.device_seq,
  hash: sha256Hex(entry.text),
});

/** A draft becomes the next link of this device's chain; a draft whose entry id is stored must say the same again. */
export const linkDraft = async (
  draft: EntryDraft,
  linker: Linker,
  log: LinkedSoFar,
  now: string,
): Promise<Linked> => {
  const { org, device, zone, sign, effects } = linker;
  const stored = draft.entry_id === undefined ? undefined : await log.stored(draft.entry_id);
  if (stored !== undefined) {
    const { body } = stored;
    const place = { org, device, now: body.occurred_at, zone: body.zone, entryId: body.entry_id };
    const again = entryBody(draft, { ...place, deviceSeq: body.device_seq, devicePrev: body.device_prev });
    return { entry: sameOrRefuse(stored, again, canonicalText(again)), isNew: false };
  }
  const { seq, hash } = await log.head(device);
  refuseAfterEnd(linker, device, seq + 1);
  const entryId = draft.entry_id ?? uuid7(effects);
  const body = entryBody(draft, { org, device, zone, now, entryId, deviceSeq: seq + 1, devicePrev: hash });
  return { entry: await signEntry(checkBody(body), sign), isNew: true };
};

/** An entry signed elsewhere must be that device's next link and carry its signature. */
export const linkSigned = async (entry: SignedEntry, linker: Linker, log: LinkedSoFar): Promise<Linked> => {
  const { body, signature } = entry;
  const text = canonicalText(checkBody(body));
  const stored = await log.stored(body.entry_id);
  if (stored !== undefined) {
    if (stored.signature !== signature) throw reused(body);
    return { entry: sameOrRefuse(stored, body, text), isNew: false };
  }
  const verify = linker.verifierOf(body.device);
  const signed = verify !== undefined && (await verifyEntry({ text, signature }, verify));
  if (body.org !== linker.org || !signed)
    throw new ProblemError(problem('entry_signature_invalid', { entry: body.entry_id, device: body.device }));
  refuseAfterEnd(linker, body.device, body.device_seq);
  const { seq, hash } = await log.head(body.device);
  if (body.device_seq !== seq + 1 || body.device_prev !== hash) {
    const details = {
      entry: body.entry_id,
      device: body.device,
      sequence: body.device_seq,
      expected: seq + 1,
    };
    throw new ProblemError(problem('entry_chain_broken', details));
  }
  return { entry: { body, text, signature }, isNew: true };
};

/** Whoever took a device from its owner has its key: nothing after its end is the owner's word. */
const refuseAfterEnd = (linker: Linker, device: string, sequence: number): void => {
  const end = linker.endOf?.(device);
  if (end !== undefined && sequence > end)
    throw new ProblemError(problem('device_revoked', { device, sequence, end }));
};

const reused = (body: EntryBody): ProblemError =>
  new ProblemError(problem('entry_id_reused', { entry: body.entry_id, record: body.record_id }));

const sameOrRefuse = (stored: SignedEntry, again: EntryBody, text: string): SignedEntry => {
  if (text !== stored.text) throw reused(again);
  return stored;
};
