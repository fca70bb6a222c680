import type { QueryResult } from 'pg';
import type { LogStore, LogTransaction, NewLeaf, StoredLeaf, VaultWrap } from '../../src/log/index.ts';
import { ProblemError, problem } from '../../src/vocabulary/index.ts';
import { assertSettings, SETTINGS_SQL } from './durability.ts';
import { isTwice } from './failures.ts';
import { type LeafRow, storedLeaf } from './leaf-row.ts';
import { TREE, treeIn } from './reading.ts';
import type { WriterSession } from './writer-session.ts';

const NEXT = `SELECT ${SETTINGS_SQL} AS settings,
  (SELECT coalesce(max(position) + 1, 0) FROM baqylau.log WHERE org = $1) AS next`;

/** Leaves, their hashes and the heads of their devices in one statement: one way to the server and back. */
const ADD = `
WITH leaves AS (
  SELECT $2::bigint + n - 1 AS position, entry_id, record_id, device, bytes, hash
  FROM unnest($3::text[], $4::text[], $5::text[], $6::bytea[], $7::bytea[]) WITH ORDINALITY
    AS given (entry_id, record_id, device, bytes, hash, n)
), stored AS (
  INSERT INTO baqylau.log SELECT $1, position, entry_id, record_id, device, bytes FROM leaves
), hashed AS (
  INSERT INTO baqylau.leaf_hash SELECT $1, position, hash FROM leaves
)
INSERT INTO baqylau.device_head SELECT $1, device, max(position) FROM leaves GROUP BY device
ON CONFLICT (org, device) DO UPDATE SET position = excluded.position`;

const FIND =
  'SELECT position, entry_id, record_id, device, bytes FROM baqylau.log WHERE org = $1 AND entry_id = $2';
const LAST_OF = `SELECT l.position, l.entry_id, l.record_id, l.device, l.bytes
FROM baqylau.device_head h JOIN baqylau.log l ON l.org = h.org AND l.position = h.position
WHERE h.org = $1 AND h.device = $2`;
const ADD_CHECKPOINTS =
  'INSERT INTO baqylau.checkpoint SELECT $1, size, note FROM unnest($2::bigint[], $3::text[]) AS given (size, note)';
const SET_TREE = `
WITH edge AS (
  INSERT INTO baqylau.edge VALUES ($1, $2::bytea[]) ON CONFLICT (org) DO UPDATE SET hashes = excluded.hashes
)
INSERT INTO baqylau.checkpoint VALUES ($1, $3, $4)`;

export const PUT_WRAPS = `
INSERT INTO baqylau.key_vault SELECT $1, key_id, wrap FROM unnest($2::text[], $3::bytea[]) AS given (key_id, wrap)
ON CONFLICT (org, key_id) DO UPDATE SET wrap = excluded.wrap`;

/** Values of PUT_WRAPS: the last wrap of a key counts, one statement may not meet the same key twice. */
export const wrapValues = (org: string, wraps: readonly VaultWrap[]): unknown[] => {
  const last = new Map(wraps.map(({ keyId, wrap }) => [keyId, wrap]));
  return [org, [...last.keys()], [...last.values()].map((wrap) => Buffer.from(wrap))];
};

/** Bytes of leaves that go in one statement: an array travels as text of twice the size. */
const STATEMENT = 8 * 1024 * 1024;

/** Runs of leaves that fit a statement. */
const portions = (leaves: readonly NewLeaf[]): readonly (readonly NewLeaf[])[] => {
  const cut: NewLeaf[][] = [[]];
  let size = 0;
  for (const leaf of leaves) {
    if (size > 0 && size + leaf.bytes.length > STATEMENT) {
      cut.push([]);
      size = 0;
    }
    cut.at(-1)?.push(leaf);
    size += leaf.bytes.length;
  }
  return cut;
};

const buffers = (bytes: readonly Uint8Array[]): readonly Buffer[] => bytes.map((each) => Buffer.from(each));

/** The entry that a unique violation names: `Key (org, entry_id)=(sample, 0190…) already exists.`, in any language. */
const namedIn = (error: unknown): string | undefined =>
  /=\([^,]*, (.*?)\)/.exec((error as { detail?: string }).detail ?? '')?.[1];

/** An append that has begun, and the tree that it grows: nobody else can commit before it ends. */
export interface Begun {
  readonly transaction: LogTransaction;
  readonly tree: Awaited<ReturnType<LogStore['tree']>>;
}

/** What appends to one log need from one another. */
export interface AppendMemory {
  /** The device of the last leaf: most often that of the next, so its head is asked for with the rest at the beginning. */
  device: string;
}

/**
 * One append in the writer's session. `release` lets the next one begin. Every wait for the server is time in which nobody
 * else can append, so all that an append asks at its beginning goes out together.
 */
export const beginTransaction = async (
  session: WriterSession,
  org: string,
  memory: AppendMemory,
  release: () => void,
): Promise<Begun> => {
  let open = true;
  const end = async (work: () => Promise<void>): Promise<void> => {
    if (!open) return;
    open = false;
    try {
      await work();
    } finally {
      release();
    }
  };
  const rollback = (): Promise<void> =>
    end(async () => {
      // A lost session is rolled back by the server.
      await session.query('ROLLBACK').catch(() => undefined);
    });
  const found = async (name: string, text: string, key: string): Promise<StoredLeaf | undefined> => {
    return leafIn(await session.query({ name, text, values: [org, key] }));
  };
  const { device } = memory;
  const start = async () => {
    try {
      const [, next, tree, last] = await together([
        session.query('BEGIN'),
        session.query({ name: 'next', text: NEXT, values: [org] }),
        session.query({ name: 'tree', text: TREE, values: [org] }),
        session.query({ name: 'last', text: LAST_OF, values: [org, device] }),
      ]);
      assertSettings(next?.rows[0]?.settings ?? {});
      return { next: Number(next?.rows[0]?.next), tree: treeIn(tree?.rows[0]), last: leafIn(last) };
    } catch (error) {
      await rollback();
      throw error;
    }
  };
  const begun = await start();
  let next = begun.next;
  let changed = false;

  const insert = async (leaves: readonly NewLeaf[]): Promise<void> => {
    const column = (of: (leaf: NewLeaf) => string): readonly string[] => leaves.map(of);
    const values = [
      org,
      next,
      column((l) => l.entryId),
      column((l) => l.recordId),
      column((l) => l.device),
      buffers(leaves.map((l) => l.bytes)),
      buffers(leaves.map((l) => l.hash)),
    ];
    try {
      await session.query({ name: 'add', text: ADD, values });
    } catch (error) {
      if (!isTwice(error, 'log_entry')) throw error;
      const twice = leaves.find((leaf) => leaf.entryId === namedIn(error)) ?? leaves[0];
      const details = { entry: twice?.entryId ?? '', record: twice?.recordId ?? '' };
      throw new ProblemError(problem('entry_id_reused', details));
    }
    next += leaves.length;
    memory.device = leaves.at(-1)?.device ?? memory.device;
  };

  const transaction: LogTransaction = {
    add: async (leaves) => {
      const first = next;
      changed = true;
      for (const portion of portions(leaves)) await insert(portion);
      return first;
    },
    find: (entryId) => found('find', FIND, entryId),
    lastOf: async (asked) => (asked === device && !changed ? begun.last : found('last', LAST_OF, asked)),
    putWraps: async (wraps) => {
      await session.query({ name: 'wraps', text: PUT_WRAPS, values: wrapValues(org, wraps) });
    },
    addCheckpoints: async (checkpoints) => {
      const values = [org, checkpoints.map((c) => c.size), checkpoints.map((c) => c.note)];
      await session.query({ name: 'checkpoints', text: ADD_CHECKPOINTS, values });
    },
    commit: ({ size, edge, checkpoint }) =>
      end(async () => {
        const [, committed] = await together([
          session.query({ name: 'grow', text: SET_TREE, values: [org, buffers(edge), size, checkpoint] }),
          session.query('COMMIT'),
        ]);
        // The server answers COMMIT of a transaction that has failed with ROLLBACK, not with an error.
        if (committed?.command !== 'COMMIT') throw new Error(`COMMIT was answered by ${committed?.command}`);
      }),
    rollback,
  };
  return { transaction, tree: begun.tree };
};

const leafIn = (result: QueryResult | undefined): StoredLeaf | undefined => {
  const row = result?.rows[0] as LeafRow | undefined;
  return row === undefined ? undefined : storedLeaf(row);
};

/** Queries sent at once; the first failure counts, when all are answered. */
const together = async (queries: readonly Promise<QueryResult>[]): Promise<readonly QueryResult[]> => {
  await Promise.allSettled(queries);
  return Promise.all(queries);
};
