import { isRows, type Leaf, parseLeaf, type Verify, verifyEntry } from '../records/index.ts';
import { ProblemError } from '../vocabulary/index.ts';
import { alignHashes } from './align-hashes.ts';
import { type CheckpointKeys, checkpointRoots } from './checkpoint-roots.ts';
import { deviceChains } from './device-chains.ts';
import { collectFindings, type Finding, type Findings } from './finding.ts';
import { EMPTY_TREE, growTree, leafHash, rootOf, sha256Hex, type TreeEdge } from './hash-tree.ts';
import type { LogStore, StoredLeaf } from './store-port.ts';

export interface LogReport {
  readonly entries: number;
  /** Root of the tree over what is there, hex. */
  readonly root: string;
  readonly checkpoints: number;
  /** By position; empty when the log is whole. At most 1,000; `more` counts the rest. */
  readonly findings: readonly Finding[];
  readonly more: number;
}

export interface VerificationKeys extends CheckpointKeys {
  readonly verifierOf: (device: string) => Verify | undefined;
  /** The number of a revoked device's last entry that counts; a later one is found as put in, shown by its chain. */
  readonly endOf?: (device: string) => number | undefined;
  /** Called now and then with the number of entries read. */
  readonly progress?: (entries: number) => void;
}

/**
 * Reads the whole log once, in bounded memory, and names what was changed, removed, inserted or reordered: every leaf against
 * the hash stored with it, its exact shape, its signature and its device's chain, and the tree against every checkpoint.
 */
export const verifyLog = async (store: LogStore, keys: VerificationKeys): Promise<LogReport> => {
  const findings = collectFindings();
  const chains = deviceChains(findings);
  const hashes = alignHashes(store, findings);
  const checkpoints = await checkpointRoots(store, keys, findings);
  let tree: TreeEdge = EMPTY_TREE;
  await checkpoints.at(tree);
  const jumps: Jump[] = [];
  let before = -1;
  for await (const stored of store.read(0)) {
    if (stored.position !== before + 1 && jumps.length < JUMPS)
      jumps.push({ from: before, to: stored, size: tree.size });
    before = stored.position;
    const hash = leafHash(stored.bytes);
    await hashes.take(stored, hash);
    const read = readStrictly(stored, findings);
    if (read === undefined) chains.skip(stored);
    else chains.take(stored, read.leaf, read.text, await checkLeaf(store, stored, read, keys, findings));
    tree = growTree(tree, [hash]);
    await checkpoints.at(tree);
    if (tree.size % 1000 === 0) keys.progress?.(tree.size);
  }
  await hashes.finish();
  chains.finish();
  for (const { from, to, size } of jumps)
    if (!findings.within(from, to.position))
      findings.add({ what: 'index', position: size, entryId: to.entryId, shownBy: 'index' });
  const checked = await checkpoints.finish(tree);
  chains.compareHeads(await store.heads());
  const root = Buffer.from(rootOf(tree)).toString('hex');
  return { entries: tree.size, root, checkpoints: checked, findings: findings.list(), more: findings.more() };
};

const JUMPS = 1000;
/**
 * A position that does not follow the one before. The tree does not see positions, but a snapshot reads up to one: a leaf
 * moved behind the end would be counted no more.
 */
interface Jump {
  readonly from: number;
  readonly to: StoredLeaf;
  readonly size: number;
}

interface Read {
  readonly leaf: Leaf;
  readonly text: string;
}

const readStrictly = ({ bytes, position, entryId }: StoredLeaf, findings: Findings): Read | undefined => {
  try {
    return parseLeaf(bytes);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    findings.add({ what: 'changed', position, entryId, shownBy: 'shape' });
    return undefined;
  }
};

/** Signature, index columns, the device's end and the files that the entry names. Returns whether the entry is its device's own. */
const checkLeaf = async (
  store: LogStore,
  stored: StoredLeaf,
  { leaf, text }: Read,
  keys: VerificationKeys,
  findings: Findings,
): Promise<boolean> => {
  const { position, entryId } = stored;
  const { body, signature } = leaf;
  const verify = keys.verifierOf(body.device);
  const signed = verify !== undefined && (await verifyEntry({ text, signature }, verify));
  // An entry of a device that nobody knows was never this log's: it has been put in.
  const foreign = verify === undefined && keys.verifierOf(stored.device) === undefined;
  if (!signed)
    findings.add({ what: foreign ? 'inserted' : 'changed', position, entryId, shownBy: 'signature' });
  else if (body.entry_id !== entryId || body.record_id !== stored.recordId || body.device !== stored.device)
    findings.add({ what: 'index', position, entryId: body.entry_id, shownBy: 'index' });
  if (!signed) return false;
  if (body.device_seq > (keys.endOf?.(body.device) ?? Number.POSITIVE_INFINITY))
    findings.add({ what: 'inserted', position, entryId, shownBy: 'chain' });
  for (const sha256 of namedBlobs(leaf)) {
    const blob = await store.getBlob(sha256);
    if (blob === undefined || sha256Hex(blob) !== sha256)
      findings.add({ what: blob === undefined ? 'removed' : 'changed', position, entryId, shownBy: 'blob' });
  }
  return true;
};

/** The blobs that an entry cannot be read without: the files of a study, the text of a key directory. */
const namedBlobs = ({ body: { kind, values } }: Leaf): readonly string[] => {
  if (kind === 'directory') return [String(values.sha256)];
  return kind === 'study' && isRows(values.files)
    ? values.files.map((file) => String(file.values.sha256))
    : [];
};
