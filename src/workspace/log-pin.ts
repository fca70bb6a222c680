import {
  type LogStore,
  type NoteKey,
  openNote,
  parseCheckpoint,
  proveConsistency,
  rootOf,
  sameHash,
  verifyConsistency,
} from '../log/index.ts';
import type { Verify } from '../records/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';

/** The key that signs a log's checkpoints, and its verifier. */
export interface CheckpointSigner {
  readonly key: NoteKey;
  readonly verify: Verify;
}

/**
 * The newest checkpoint of a log, after a check that it is signed, that the log's tree is the one it names, and that this tree
 * continues the log seen before (RFC 9162 2.1.4). `before` is the checkpoint note kept then, '' for none. Reads the stored
 * hashes only; whether the entries fit them is what `verifyLog` finds. Throws ProblemError `log_rolled_back`, `log_tampered`.
 */
export const continuedCheckpoint = async (
  store: LogStore,
  signer: CheckpointSigner,
  before: string,
): Promise<string> => {
  const { checkpoint = '', ...tree } = await store.tree();
  const seen = parseCheckpoint(before);
  const rolledBack = (): ProblemError =>
    new ProblemError(problem('log_rolled_back', { known: seen?.size ?? 0, size: tree.size }));
  if (seen !== undefined && tree.size < seen.size) throw rolledBack();
  if (tree.size === 0) return '';
  const text = await openNote(checkpoint, signer.key, signer.verify);
  const now = text === undefined ? undefined : parseCheckpoint(text);
  const isTheTree =
    now?.origin === signer.key.name && now.size === tree.size && sameHash(now.root, rootOf(tree));
  if (!isTheTree || now === undefined) throw new ProblemError(problem('log_tampered', { findings: 1 }));
  if (seen !== undefined && seen.size > 0 && !(await continues(store, seen, now))) throw rolledBack();
  return checkpoint;
};

type Tree = Parameters<typeof verifyConsistency>[0];

const continues = async (store: LogStore, seen: Tree, now: Tree): Promise<boolean> => {
  try {
    return verifyConsistency(seen, now, await proveConsistency(store, seen.size, now.size));
  } catch (error) {
    if (error instanceof RangeError) return false; // hashes are missing: whatever this is, it does not continue the log
    throw error;
  }
};
