import { alignHashes } from './align-hashes.ts';
import { checkEntry, type EntryKeys, isSigned, type Read, readStrictly } from './check-entry.ts';
import { type CheckpointKeys, checkpointRoots } from './checkpoint-roots.ts';
import { type ClockNotices, clockNotices } from './clock-notices.ts';
import { deviceChains } from './device-chains.ts';
import { collectFindings, type Finding } from './finding.ts';
import { EMPTY_TREE, growTree, leafHash, rootOf, type TreeEdge } from './hash-tree.ts';
import { namedFiles } from './named-files.ts';
import { positionJumps } from './position-jumps.ts';
import type { LogStore, StoredLeaf } from './store-port.ts';

export interface LogReport {
  readonly entries: number;
  /** Root of the tree over what is there, hex. */
  readonly root: string;
  readonly checkpoints: number;
  /** Signatures of entries that were checked; the others are vouched for by the chain of their device. */
  readonly signatures: number;
  /** By position; empty when the log is whole. At most 1,000; `more` counts the rest. */
  readonly findings: readonly Finding[];
  readonly more: number;
  readonly clocks: ClockNotices;
}

export interface VerificationKeys extends CheckpointKeys, EntryKeys {
  /** Checks the signature of every entry, not only those that cover all the others (docs/adr/0010-verification.md). */
  readonly everySignature?: boolean;
  /** Data keys that were erased after the last entry of this log was written, so that no entry says it. */
  readonly erased?: ReadonlySet<string>;
  /** Called now and then with the number of entries read. */
  readonly progress?: (entries: number) => void;
}

/**
 * Reads the whole log in bounded memory and names what was changed, removed, inserted or reordered: every leaf against the
 * hash stored with it, its exact shape and its device's chain, the tree against every checkpoint, and the signatures.
 *
 * An entry names the hash of its device's previous body, so the signature of a chain's last entry covers the bodies of all
 * before it. One pass checks those; only when it meets anything odd, or when asked to, is every signature checked.
 */
export const verifyLog = async (store: LogStore, keys: VerificationKeys): Promise<LogReport> =>
  (keys.everySignature === true ? undefined : await readThrough(store, keys, false)) ??
  (await readThrough(store, keys, true)) ??
  Promise.reject(new Error('the second reading tells all'));

/** One reading of the log. Without `every` signature it is given up at the first odd thing: undefined. */
const readThrough = async (
  store: LogStore,
  keys: VerificationKeys,
  every: boolean,
): Promise<LogReport | undefined> => {
  const findings = collectFindings();
  const chains = deviceChains(findings);
  const hashes = alignHashes(store, findings);
  const checkpoints = await checkpointRoots(store, keys, findings);
  const clocks = clockNotices();
  const jumps = positionJumps(findings);
  const files = namedFiles(store, keys.erased ?? new Set(), findings);
  let tree: TreeEdge = EMPTY_TREE;
  let waiting: Uint8Array[] = [];
  let [entries, signatures] = [0, 0];
  if (checkpoints.due(0)) await checkpoints.at(tree);

  for await (const { stored, hash, read, signed } of readAhead(store, keys, every)) {
    jumps.take(stored, entries);
    await hashes.take(stored, hash);
    if (read === undefined)
      findings.add({ what: 'changed', position: stored.position, entryId: stored.entryId, shownBy: 'shape' });
    else {
      clocks.take(read.leaf);
      if (checkEntry(stored, read, signed === true || (await signed), keys, findings)) {
        chains.take(stored, read.leaf, read.text);
        await files.take(stored, read.leaf);
      }
      if (every) signatures += 1;
    }
    waiting.push(hash);
    entries += 1;
    if (waiting.length === GROWN_AT_ONCE || checkpoints.due(entries)) {
      tree = growTree(tree, waiting);
      waiting = [];
      if (checkpoints.due(entries)) await checkpoints.at(tree);
    }
    if (!every && (findings.any() || hashes.differ())) return undefined;
    if (entries % 1000 === 0) keys.progress?.(entries);
  }
  tree = growTree(tree, waiting);
  await hashes.finish();
  chains.finish();
  jumps.finish();
  files.finish();
  const checked = await checkpoints.finish(tree);
  chains.compareHeads(await store.heads());
  if (!every) {
    const ends = await Promise.all([...chains.ends()].map((end) => isSigned(end, keys)));
    signatures = ends.length;
    if (findings.any() || ends.includes(false)) return undefined;
  }
  return {
    entries,
    root: Buffer.from(rootOf(tree)).toString('hex'),
    checkpoints: checked,
    signatures,
    findings: findings.list(),
    more: findings.more(),
    clocks: clocks.counted(),
  };
};

/** Leaves between two checkpoints that go into the tree together. */
const GROWN_AT_ONCE = 512;

interface ReadAhead {
  readonly stored: StoredLeaf;
  readonly hash: Uint8Array;
  /** Undefined for bytes that are no leaf. */
  readonly read: Read | undefined;
  /** What its signature shows; true when the chain is to vouch for it. */
  readonly signed: true | Promise<boolean>;
}
/** Leaves whose signatures are being checked while those before them are compared. */
const AHEAD = 256;

/** Leaves in order, read and hashed; their signatures are checked some way ahead, beside this thread if the keys can. */
const readAhead = async function* (
  store: LogStore,
  keys: EntryKeys,
  every: boolean,
): AsyncGenerator<ReadAhead> {
  const queue: ReadAhead[] = [];
  for await (const stored of store.read(0)) {
    const read = readStrictly(stored.bytes);
    const signed = every && read !== undefined ? isSigned(read, keys) : true;
    queue.push({ stored, hash: leafHash(stored.bytes), read, signed });
    if (!every || queue.length === AHEAD) yield queue.shift() as ReadAhead;
  }
  yield* queue;
};
