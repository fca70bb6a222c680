import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../adapters/store-sqlite/index.ts';
import { copyOf, type LogStore, sha256Hex } from '../../src/log/index.ts';
import { createWorkspace, type Workspace } from '../../src/workspace/index.ts';
import { copyAbout } from '../../src/workspace/log-copy.ts';
import { aCard, fixedEffects } from '../builders/workspace.ts';

/** A folder that goes away with the test. */
export const aFolder = (): { readonly path: (name: string) => string; readonly remove: () => void } => {
  const dir = mkdtempSync(join(tmpdir(), 'baqylau-copy-'));
  return { path: (name) => join(dir, name), remove: () => rmSync(dir, { recursive: true, force: true }) };
};

/** What a random log is made of: sizes of its appends, its blobs and its wraps. */
export interface LogPlan {
  readonly appends: readonly number[];
  readonly blobs: readonly Uint8Array[];
  readonly wraps: readonly Uint8Array[];
}

/** A data folder with such a log in it. An empty log has no wraps. */
export const aLog = async (dir: string, plan: LogPlan, seed = 'seed'): Promise<Workspace> => {
  const workspace = await createWorkspace({
    dir,
    org: 'sample',
    people: ['aru'],
    effects: fixedEffects(seed),
  });
  for (const blob of plan.blobs) await workspace.store.putBlob(sha256Hex(blob), blob);
  if (plan.appends.length > 0)
    await workspace.store.vaultPut(plan.wraps.map((wrap, i) => ({ keyId: `key-${i}`, wrap })));
  let n = 0;
  for (const size of plan.appends) {
    const drafts = Array.from({ length: size }, (_, i) => aCard(workspace, n + i));
    await workspace.append(drafts);
    n += size;
  }
  return workspace;
};

export const aSmallLog = (dir: string): Promise<Workspace> =>
  aLog(dir, {
    appends: [2, 1],
    blobs: [Uint8Array.of(1, 2, 3), new Uint8Array()],
    wraps: [Uint8Array.of(9, 8, 7)],
  });

/** An empty store in a new folder. */
export const anEmptyStore = (dir: string): LogStore => openSqliteStore(dir);

export const copyText = async (workspace: Workspace, vault = true): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(copyOf(workspace.store, await copyAbout(workspace), { vault })));

/** The bytes as a stream of pieces of this size, so that lines fall over their borders. */
export const inPiecesOf = async function* (bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};

/** Everything that a store can tell, as plain data. */
export const contentOf = async (store: LogStore) => {
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
  const { size, edge, checkpoint } = await store.tree();
  return {
    leaves: (await Array.fromAsync(store.read(0))).map((l) => ({ ...l, bytes: hex(l.bytes) })),
    hashes: (await Array.fromAsync(store.hashes(0))).map((h) => hex(h.hash)),
    checkpoints: (await Array.fromAsync(store.checkpoints())).map((c) => ({ size: c.size, note: c.note })),
    tree: { size, edge: edge.map(hex), checkpoint },
    heads: [...(await store.heads())].sort(),
    blobs: (await Array.fromAsync(store.blobs())).map((b) => [b.sha256, hex(b.bytes)]),
    wraps: (await Array.fromAsync(store.vault())).map((w) => [w.keyId, hex(w.wrap)]),
  };
};
