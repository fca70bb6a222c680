import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openPostgresStore, shownAddress } from '../../adapters/store-postgres/index.ts';
import { LOG_FILE, openSqliteStore } from '../../adapters/store-sqlite/index.ts';
import { type CopyAbout, copyOf, type LogStore, rootOf, takeCopy, verifierKey } from '../log/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { readConfig, type StoreKind, type WorkspaceConfig, writeConfig } from './config.ts';
import { copyTrust } from './log-copy.ts';

export interface MoveRequest {
  readonly dir: string;
  readonly to: StoreKind;
  /** Address of the PostgreSQL database that the log moves to or from. */
  readonly databaseUrl: string;
}

export interface Moved {
  readonly size: number;
  readonly root: string;
  /** Where the log was, and still lies, and where it is now. */
  readonly from: string;
  readonly to: string;
}

/**
 * Moves the log of a data folder to another kind of store: copies it, compares every leaf, checkpoint, blob and wrap of both,
 * and only then switches `config.yaml`. Interrupted at any point, the old store still serves; run again, it goes on with what
 * was copied whole. The old store is left as it is. Nobody can append meanwhile (`data_folder_in_use`). Throws ProblemError
 * `move_same_store`, `store_not_empty` when another log is there, `move_differs`, `copy_damaged`, and those of opening both.
 */
export const moveStore = async (request: MoveRequest): Promise<Moved> => {
  const config = readConfig(request.dir);
  const { store: now = 'sqlite' } = config;
  if (now === request.to) throw new ProblemError(problem('move_same_store', { store: now }));
  const source = await openAt(now, request, config.org);
  try {
    const target = await openTarget(request, config.org);
    try {
      await copyOnce(source, target, config, request);
      const { size, root } = await compare(source, target, config);
      writeConfig(request.dir, { ...config, store: request.to });
      return { size, root, from: placeOf(now, request), to: placeOf(request.to, request) };
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
};

const placeOf = (kind: StoreKind, { dir, databaseUrl }: MoveRequest): string =>
  kind === 'sqlite' ? join(dir, LOG_FILE) : shownAddress(databaseUrl);

const openAt = async (
  kind: StoreKind,
  { dir, databaseUrl }: MoveRequest,
  org: string,
  create = false,
): Promise<LogStore> =>
  kind === 'sqlite' ? openSqliteStore(dir) : openPostgresStore({ url: databaseUrl, org, create });

/** Makes the log there; one that is there may be what an interrupted move has left, which the comparison will tell. */
const openTarget = async (request: MoveRequest, org: string): Promise<LogStore> => {
  try {
    return await openAt(request.to, request, org, true);
  } catch (error) {
    const hasLog = error instanceof ProblemError && error.problems[0]?.code === 'store_not_empty';
    if (hasLog) return openAt(request.to, request, org);
    throw error;
  }
};

/** The stores copy for each other: no stranger reads it. */
const aboutOf = (config: WorkspaceConfig): CopyAbout => ({
  org: config.org,
  devices: config.devices,
  checkpoint_key: verifierKey(copyTrust(config).checkpointKey),
  directory: '',
  org_root: '',
});

const wholeCopy = (store: LogStore, config: WorkspaceConfig): AsyncIterable<Uint8Array> =>
  copyOf(store, aboutOf(config), { vault: true });

const copyOnce = async (
  source: LogStore,
  target: LogStore,
  config: WorkspaceConfig,
  request: MoveRequest,
): Promise<void> => {
  const [old, there] = [await source.tree(), await target.tree()];
  if (there.size === 0) await takeCopy(wholeCopy(source, config), target, copyTrust(config));
  else if (there.checkpoint !== old.checkpoint)
    throw new ProblemError(
      problem('store_not_empty', { org: config.org, place: placeOf(request.to, request) }),
    );
};

/** Reads both again, whole. Throws ProblemError `move_differs`. */
const compare = async (
  source: LogStore,
  target: LogStore,
  config: WorkspaceConfig,
): Promise<Pick<Moved, 'size' | 'root'>> => {
  const [old, there] = [await fingerprint(source, config), await fingerprint(target, config)];
  for (const what of ['tree', 'heads', 'hashes', 'copy'] as const)
    if (old[what] !== there[what]) throw new ProblemError(problem('move_differs', { what }));
  return { size: old.size, root: old.root };
};

const fingerprint = async (store: LogStore, config: WorkspaceConfig) => {
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
  const { size, edge, checkpoint } = await store.tree();
  const [copy, hashes] = [createHash('sha256'), createHash('sha256')];
  for await (const piece of wholeCopy(store, config)) copy.update(piece);
  for await (const { hash } of store.hashes(0)) hashes.update(hash);
  return {
    size,
    root: hex(rootOf({ size, edge })),
    tree: JSON.stringify([size, edge.map(hex), checkpoint]),
    heads: JSON.stringify([...(await store.heads())].sort()),
    hashes: hashes.digest('hex'),
    copy: copy.digest('hex'),
  };
};
