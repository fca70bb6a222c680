import { ProblemError, problem } from '../vocabulary/index.ts';
import { parseCheckpoint } from './checkpoint.ts';
import {
  CHUNK,
  COPY_FORMAT,
  type CopyAbout,
  type CopyCounts,
  type CopyHeader,
  lineOf,
} from './copy-format.ts';
import { inPieces } from './copy-lines.ts';
import { withTrailer } from './copy-trailer.ts';
import { EMPTY_TREE, growTree, leafHash, rootOf, sameHash, sha256Hex } from './hash-tree.ts';
import type { LogStore, StoredCheckpoint } from './store-port.ts';

/** The size and root of the newest checkpoint: one value, so that both belong together while somebody appends. */
const headOf = async (store: LogStore): Promise<{ readonly size: number; readonly root: Uint8Array }> => {
  const { checkpoint } = await store.tree();
  if (checkpoint === undefined) return { size: 0, root: rootOf(EMPTY_TREE) };
  const head = parseCheckpoint(checkpoint);
  if (head === undefined) throw new ProblemError(problem('log_tampered', { findings: 1 }));
  return head;
};

type MutableCounts = { -readonly [K in keyof CopyCounts]: CopyCounts[K] };

/**
 * The whole log as one stream of bytes in the form of copy-format.ts, at the size that the log has at the first look, however
 * much is appended meanwhile; bounded memory. With `vault` the wraps of data keys are in it. Throws ProblemError
 * `log_tampered` or `data_folder_damaged` when the leaves do not give the root that was signed, or a blob is not what its
 * address says: a copy of damage would look like evidence.
 */
export const copyOf = (
  store: LogStore,
  about: CopyAbout,
  { vault = false }: { readonly vault?: boolean } = {},
): AsyncIterable<Uint8Array> => {
  const counts = { blobs: 0, leaves: 0, checkpoints: 0, wraps: 0 };
  return inPieces(withTrailer(linesOf(store, about, vault, counts), counts));
};

const linesOf = async function* (
  store: LogStore,
  about: CopyAbout,
  vault: boolean,
  counts: MutableCounts,
): AsyncGenerator<Uint8Array> {
  const { size, root } = await headOf(store);
  const { org, devices, checkpoint_key, directory, org_root } = about;
  const tree = { size, root: Buffer.from(root).toString('hex') };
  const keys = { devices, checkpoint_key, directory, org_root };
  yield lineOf({ format: COPY_FORMAT, org, ...keys, vault, ...tree } satisfies CopyHeader);
  // Blobs first, as they came in: an entry never stands before what it names.
  for await (const { sha256, bytes } of store.blobs()) {
    if (sha256Hex(bytes) !== sha256)
      throw new ProblemError(problem('data_folder_damaged', { file: sha256, what: 'SHA-256' }));
    counts.blobs += 1;
    yield lineOf({ blob: sha256, bytes: bytes.length });
    for (let at = 0; at < bytes.length; at += CHUNK)
      yield lineOf({ data: Buffer.from(bytes.subarray(at, at + CHUNK)).toString('base64') });
  }
  yield* leavesOf(store, size, root, counts);
  if (vault && size > 0) yield* wrapLines(store, counts);
};

/** A line for each wrap of the vault, counted. */
export const wrapLines = async function* (
  store: Pick<LogStore, 'vault'>,
  counts: { wraps: number },
): AsyncGenerator<Uint8Array> {
  for await (const { keyId, wrap } of store.vault()) {
    counts.wraps += 1;
    yield lineOf({ key_id: keyId, wrap: Buffer.from(wrap).toString('base64') });
  }
};

/** Leaves, each checkpoint right after the last leaf that it covers. */
const leavesOf = async function* (
  store: LogStore,
  size: number,
  root: Uint8Array,
  counts: MutableCounts,
): AsyncGenerator<Uint8Array> {
  const checkpoints = store.checkpoints()[Symbol.asyncIterator]();
  let tree = EMPTY_TREE;
  let next = await checkpoints.next();
  const due = async function* (): AsyncGenerator<Uint8Array> {
    for (; next.done !== true && next.value.size <= tree.size; next = await checkpoints.next()) {
      const { size: at, note } = next.value;
      counts.checkpoints += 1;
      yield lineOf({ size: at, note } satisfies StoredCheckpoint);
    }
  };
  for await (const { bytes } of store.read(0, size)) {
    tree = growTree(tree, [leafHash(bytes)]);
    counts.leaves += 1;
    yield bytes;
    if (next.done !== true && next.value.size <= tree.size) yield* due();
  }
  if (tree.size !== size || !sameHash(rootOf(tree), root))
    throw new ProblemError(problem('log_tampered', { findings: 1 }));
};
