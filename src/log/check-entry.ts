import { type Leaf, parseLeaf, type Verify, verifyEntry } from '../records/index.ts';
import { ProblemError } from '../vocabulary/index.ts';
import type { Findings } from './finding.ts';
import type { StoredLeaf } from './store-port.ts';

export interface EntryKeys {
  /** The public key of a device, as a verifier; one that works beside the caller lets both cores work. */
  readonly verifierOf: (device: string) => Verify | undefined;
  /** The number of a revoked device's last entry that counts; a later one is found as put in, shown by its chain. */
  readonly endOf?: (device: string) => number | undefined;
}

/** A leaf as it was read, with the text that was signed. */
export interface Read {
  readonly leaf: Leaf;
  readonly text: string;
}

export const readStrictly = (bytes: Uint8Array): Read | undefined => {
  try {
    return parseLeaf(bytes);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return undefined;
  }
};

/** Whether the entry carries the signature of the device that it names. */
export const isSigned = async ({ leaf, text }: Read, { verifierOf }: EntryKeys): Promise<boolean> => {
  const verify = verifierOf(leaf.body.device);
  return verify !== undefined && (await verifyEntry({ text, signature: leaf.signature }, verify));
};

/**
 * Device, index columns and the device's end. `signed` says what its signature shows, or that the next link of its device's
 * chain vouches for it. Returns whether the entry is its device's own.
 */
export const checkEntry = (
  stored: StoredLeaf,
  { leaf }: Read,
  signed: boolean,
  keys: EntryKeys,
  findings: Findings,
): boolean => {
  const { position, entryId } = stored;
  const { body } = leaf;
  if (!signed || keys.verifierOf(body.device) === undefined) {
    findings.add(unsigned(stored, leaf, keys));
    return false;
  }
  if (body.entry_id !== entryId || body.record_id !== stored.recordId || body.device !== stored.device)
    findings.add({ what: 'index', position, entryId: body.entry_id, shownBy: 'index' });
  if (keys.endOf !== undefined && body.device_seq > (keys.endOf(body.device) ?? Number.POSITIVE_INFINITY))
    findings.add({ what: 'inserted', position, entryId, shownBy: 'chain' });
  return true;
};

/** An entry of a device that nobody knows was never this log's: it has been put in. */
const unsigned = ({ position, entryId, device }: StoredLeaf, { body }: Leaf, { verifierOf }: EntryKeys) => {
  const foreign = verifierOf(body.device) === undefined && verifierOf(device) === undefined;
  return { what: foreign ? 'inserted' : 'changed', position, entryId, shownBy: 'signature' } as const;
};
