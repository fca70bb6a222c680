import { checkErasure, type ErasureRequest, erasableOf, erasureDraft } from '../records/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import type { Workspace } from './workspace.ts';

/** What an erasure destroyed. */
export interface Erased {
  readonly keys: number;
  readonly blobs: number;
  /** True when the record had been erased before: then what had come back since is destroyed. */
  readonly again: boolean;
}

/**
 * Erases a record by destroying the keys to everything that was ever sealed in it, and the ciphertexts of its attachments
 * (docs/adr/0008-erasure.md). The entry is durable before anything is destroyed: whatever happens in between, doing it
 * again finishes it, and a restored backup knows what to destroy. Throws ProblemError `record_unknown`, `erase_same_person`.
 */
export const eraseRecord = async (
  workspace: Workspace,
  recordId: string,
  request: ErasureRequest,
): Promise<Erased> => {
  const leaves = await workspace.entries(recordId);
  const last = leaves.findLast((leaf) => leaf.body.instrument !== '')?.body;
  const state = await workspace.record(recordId);
  if (last === undefined || state === undefined)
    throw new ProblemError(problem('record_unknown', { record: recordId }));
  const erasable = erasableOf(leaves.map((leaf) => leaf.body));
  const draft = erasureDraft(last, state.heads, request, erasable);
  checkErasure(draft);
  // What was sealed after an erasure that its device did not know of needs an entry of its own.
  const named = leaves
    .filter((l) => l.body.kind === 'erase')
    .map((l) => JSON.stringify(l.body.values.key_ids));
  const again = named.includes(JSON.stringify(erasable.keyIds));
  if (!again) await workspace.append([draft]);
  const { store } = workspace;
  const keys = (await Promise.all(erasable.keyIds.map((id) => store.vaultGet(id)))).filter(Boolean).length;
  let blobs = 0;
  // One in memory at a time: an attachment may be large.
  for (const sha256 of erasable.blobs) if ((await store.getBlob(sha256)) !== undefined) blobs += 1;
  await store.deleteBlobs(erasable.blobs);
  await store.vaultDelete(erasable.keyIds);
  return { keys, blobs, again };
};
