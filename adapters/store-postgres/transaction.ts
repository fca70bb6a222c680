import type { QueryResult } from 'pg';
import {
  endsElsewhere,
  type LogTransaction,
  type NewLeaf,
  type StoredLeaf,
  type VaultWrap,
} from '../../src/log/index.ts';
import { ProblemError, problem } from '../../src/vocabulary/index.ts';
import {
  ADD,
  ADD_AND_COMMIT,
  ADD_CHECKPOINTS,
  FIND,
  LAST_OF,
  PUT_BLOB,
  PUT_WRAPS,
  SET_TREE,
} from './appending.ts';
import { assertSettings } from './durability.ts';
import { isTwice } from './failures.ts';
import { type LeafRow, storedLeaf } from './leaf-row.ts';
import type { WriterSession } from './writer-session.ts';

/** Bytes of leaves that go in one statement: an array travels as text of twice the size. */
const STATEMENT = 8 * 1024 * 1024;

/**
 * One append in the writer's session. `release` lets the next one begin. Every wait for the server is time in which nobody
 * else can append, so what fits one statement waits for the commit and goes with it: the server is asked once, and that
 * statement is the transaction. What is larger, or asks about its own leaves, opens a transaction of several statements.
 */
export const transactionOn = (session: WriterSession, org: string, release: () => void): LogTransaction => {
  let [open, begun] = [true, false];
  /** Not yet sent: leaves that follow one another, and wraps. */
  const waiting = { position: 0, bytes: 0, leaves: [] as NewLeaf[], wraps: [] as VaultWrap[] };

  const end = async (work: () => Promise<void>): Promise<void> => {
    if (!open) return;
    open = false;
    try {
      await work();
    } finally {
      release();
    }
  };
  const begin = async (): Promise<void> => {
    if (!begun) await session.query('BEGIN');
    begun = true;
  };
  const send = async (): Promise<void> => {
    await begin();
    const { position, leaves, wraps } = waiting;
    if (leaves.length > 0)
      await added(
        session.query({ name: 'add', text: ADD, values: leafValues(org, position, leaves) }),
        waiting,
      );
    if (wraps.length > 0)
      await session.query({ name: 'wraps', text: PUT_WRAPS, values: wrapValues(org, wraps) });
    Object.assign(waiting, { position: position + leaves.length, bytes: 0, leaves: [], wraps: [] });
  };
  const found = async (name: string, text: string, key: string): Promise<StoredLeaf | undefined> => {
    if (waiting.leaves.length > 0) await send();
    return leafIn(await session.query({ name, text, values: [org, key] }));
  };

  return {
    add: async (position, leaves) => {
      if (waiting.leaves.length === 0) waiting.position = position;
      for (const leaf of leaves) {
        if (waiting.bytes > 0 && waiting.bytes + leaf.bytes.length > STATEMENT) await send();
        waiting.leaves.push(leaf);
        waiting.bytes += leaf.bytes.length;
      }
    },
    find: (entryId) => found('find', FIND, entryId),
    lastOf: (device) => found('last', LAST_OF, device),
    putWraps: async (wraps) => void waiting.wraps.push(...wraps),
    putBlobs: async (blobs) => {
      await begin();
      for (const { sha256, bytes } of blobs)
        await session.query({ name: 'put_blob', text: PUT_BLOB, values: [org, sha256, ...buffers([bytes])] });
    },
    addCheckpoints: async (checkpoints) => {
      await begin();
      const values = [org, checkpoints.map((c) => c.size), checkpoints.map((c) => c.note)];
      await session.query({ name: 'checkpoints', text: ADD_CHECKPOINTS, values });
    },
    commit: ({ size, edge, checkpoint }) =>
      end(async () => {
        const tree = [buffers(edge), size, checkpoint];
        if (!begun) {
          const { position, leaves, wraps } = waiting;
          const values = [...leafValues(org, position, leaves), ...tree, ...wrapValues(org, wraps).slice(1)];
          return added(session.query({ name: 'append', text: ADD_AND_COMMIT, values }), waiting);
        }
        try {
          await send();
          const [, committed] = await together([
            session.query({ name: 'grow', text: SET_TREE, values: [org, ...tree] }),
            session.query('COMMIT'),
          ]);
          // The server answers COMMIT of a transaction that has failed with ROLLBACK, not with an error.
          if (committed?.command !== 'COMMIT')
            throw new Error(`COMMIT was answered by ${committed?.command}`);
        } catch (error) {
          await session.query('ROLLBACK').catch(() => undefined);
          throw error;
        }
      }),
    rollback: () =>
      end(async () => {
        // A lost session is rolled back by the server.
        if (begun) await session.query('ROLLBACK').catch(() => undefined);
      }),
  };
};

/** What was asked to be added is in, or says why not. */
const added = async (
  asked: Promise<QueryResult>,
  { position, leaves }: { readonly position: number; readonly leaves: readonly NewLeaf[] },
): Promise<void> => {
  try {
    const [log] = (await asked).rows as { settings: Readonly<Record<string, unknown>>; next: string }[];
    assertSettings(log?.settings ?? {});
    if (Number(log?.next) !== position) throw endsElsewhere(Number(log?.next), position);
  } catch (error) {
    if (!isTwice(error, 'log_entry')) throw error;
    const twice = leaves.find((leaf) => leaf.entryId === namedIn(error)) ?? leaves[0];
    const details = { entry: twice?.entryId ?? '', record: twice?.recordId ?? '' };
    throw new ProblemError(problem('entry_id_reused', details));
  }
};

/** The entry that a unique violation names: `Key (org, entry_id)=(sample, 0190…) already exists.`, in any language. */
const namedIn = (error: unknown): string | undefined =>
  /=\([^,]*, (.*?)\)/.exec((error as { detail?: string }).detail ?? '')?.[1];

const leafIn = (result: QueryResult): StoredLeaf | undefined => {
  const row = result.rows[0] as LeafRow | undefined;
  return row === undefined ? undefined : storedLeaf(row);
};

const buffers = (bytes: readonly Uint8Array[]): readonly Buffer[] =>
  bytes.map((each) => Buffer.from(each.buffer, each.byteOffset, each.byteLength));

const leafValues = (org: string, position: number, leaves: readonly NewLeaf[]): unknown[] => [
  org,
  position,
  leaves.map((leaf) => leaf.entryId),
  leaves.map((leaf) => leaf.recordId),
  leaves.map((leaf) => leaf.device),
  buffers(leaves.map((leaf) => leaf.bytes)),
  buffers(leaves.map((leaf) => leaf.hash)),
];

/** Values of PUT_WRAPS: the last wrap of a key counts, one statement may not meet the same key twice. */
export const wrapValues = (org: string, wraps: readonly VaultWrap[]): unknown[] => {
  const last = new Map(wraps.map(({ keyId, wrap }) => [keyId, wrap]));
  return [org, [...last.keys()], buffers([...last.values()])];
};

/** Queries sent at once; the first failure counts, when all are answered. */
const together = async (queries: readonly Promise<QueryResult>[]): Promise<readonly QueryResult[]> => {
  await Promise.allSettled(queries);
  return Promise.all(queries);
};
