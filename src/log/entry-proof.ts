import { parseLeaf } from '../records/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { leafHash } from './hash-tree.ts';
import { proverOf } from './prover.ts';
import type { LogStore } from './store-port.ts';

/**
 * That an entry is in the log, as a file that a person can hand over: a stranger checks it with the public keys alone
 * (verifier/verify.mjs, docs/how-to/verify-a-log.md). Hashes are hex, the device's key is base64url.
 */
export interface EntryProof {
  readonly format: 'baqylau/proof/v1';
  readonly org: string;
  readonly position: number;
  /** RFC 6962 hash of the leaf: says nothing of what is in it. */
  readonly leaf_hash: string;
  /** The entry itself, only when it is to be shown. */
  readonly leaf?: string;
  readonly device_key: string;
  readonly inclusion: readonly string[];
  /** The signed note for the tree that the entry is in. */
  readonly checkpoint: string;
  readonly checkpoint_key: string;
  /** That the log of an earlier checkpoint, kept by whoever checks, is the beginning of this one. */
  readonly earlier?: { readonly size: number; readonly consistency: readonly string[] };
}

/** What a proof says of its log besides the tree. */
export interface ProofAbout {
  readonly org: string;
  readonly checkpoint_key: string;
  readonly deviceKey: (device: string) => string;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Throws ProblemError `entry_unknown`, `checkpoint_foreign` for an earlier checkpoint that is of no earlier size of this log. */
export const proveEntry = async (
  store: LogStore,
  about: ProofAbout,
  entryId: string,
  {
    withEntry = false,
    earlier,
  }: { readonly withEntry?: boolean; readonly earlier?: string | undefined } = {},
): Promise<EntryProof> => {
  const stored = await store.find(entryId);
  const { checkpoint = '' } = await store.tree();
  const size = parseCheckpoint(checkpoint)?.size ?? 0;
  if (stored === undefined || stored.position >= size)
    throw new ProblemError(problem('entry_unknown', { entry: entryId }));
  const prover = proverOf(store);
  const { leaf } = parseLeaf(stored.bytes);
  const older = earlier === undefined ? undefined : parseCheckpoint(earlier);
  if (earlier !== undefined && (older === undefined || older.size < 1 || older.size > size))
    throw new ProblemError(problem('checkpoint_foreign', { size }));
  return {
    format: 'baqylau/proof/v1',
    org: about.org,
    position: stored.position,
    leaf_hash: hex(leafHash(stored.bytes)),
    ...(withEntry ? { leaf: Buffer.from(stored.bytes).toString('utf8') } : {}),
    device_key: about.deviceKey(leaf.body.device),
    inclusion: (await prover.inclusion(stored.position, size)).map(hex),
    checkpoint,
    checkpoint_key: about.checkpoint_key,
    ...(older === undefined
      ? {}
      : {
          earlier: {
            size: older.size,
            consistency: (await prover.consistency(older.size, size)).map(hex),
          },
        }),
  };
};
