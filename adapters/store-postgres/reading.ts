import type { LogStore, StoredLeaf } from '../../src/log/index.ts';
import { LEAF, type LeafRow, storedLeaf } from './leaf-row.ts';
import type { Readers } from './readers.ts';

type Row = Readonly<Record<string, unknown>>;

/** Rows a page; a leaf is about a kibibyte. */
const PAGE = 512;

const BY_POSITION = `SELECT ${LEAF} FROM baqylau.log
WHERE org = $1 AND position >= $2 AND position < $3 ORDER BY position LIMIT ${PAGE}`;
const BY_RECORD = `SELECT ${LEAF} FROM baqylau.log
WHERE org = $1 AND (record_id, position) > ($2, $3::bigint) AND position < $4 ORDER BY record_id, position LIMIT ${PAGE}`;
const OF_RECORD = `SELECT ${LEAF} FROM baqylau.log WHERE org = $1 AND record_id = $2 ORDER BY position`;
const BY_ENTRY = `SELECT ${LEAF} FROM baqylau.log WHERE org = $1 AND entry_id = $2`;
const HASHES = `SELECT position, hash FROM baqylau.leaf_hash
WHERE org = $1 AND position >= $2 AND position < $3 ORDER BY position LIMIT ${PAGE}`;
const CHECKPOINTS = `SELECT size, note FROM baqylau.checkpoint WHERE org = $1 AND size > $2 ORDER BY size LIMIT ${PAGE}`;
const SIZE = 'SELECT coalesce(max(position) + 1, 0) AS size FROM baqylau.log WHERE org = $1';
export const TREE = `SELECT size, note, (SELECT hashes FROM baqylau.edge e WHERE e.org = c.org) AS hashes
FROM baqylau.checkpoint c WHERE org = $1 ORDER BY size DESC LIMIT 1`;
const HEADS = 'SELECT device, position FROM baqylau.device_head WHERE org = $1';
const WRAP = 'SELECT wrap FROM baqylau.key_vault WHERE org = $1 AND key_id = $2';
const WRAPS = `SELECT key_id, wrap FROM baqylau.key_vault WHERE org = $1 AND key_id > $2 ORDER BY key_id LIMIT ${PAGE}`;
const NEXT_BLOB = 'SELECT sha256 FROM baqylau.blob WHERE org = $1 AND sha256 > $2 ORDER BY sha256 LIMIT 1';
const BLOB_PIECE =
  'SELECT length(bytes) AS size, substring(bytes FROM $3 FOR $4) AS piece FROM baqylau.blob WHERE org = $1 AND sha256 = $2';
/** Bytes of a blob at a time: the driver gets them as text of twice the size, the server refuses one over a gibibyte. */
const PIECE = 16 * 1024 * 1024;

/**
 * Pages one after another, the next one asked for while the last is worked on. `after` is where a page ends.
 * Nothing is held at the server between pages, so a reader that stops leaves nothing open.
 */
async function* pages<T extends Row, Key>(
  page: (after: Key) => Promise<readonly T[]>,
  start: Key,
  keyOf: (last: T) => Key,
): AsyncGenerator<readonly T[]> {
  let coming: Promise<readonly T[]> | undefined = page(start);
  try {
    while (coming !== undefined) {
      const rows: readonly T[] = await coming;
      const last = rows.at(-1);
      coming = last === undefined || rows.length < PAGE ? undefined : page(keyOf(last));
      // A failure of the page ahead is met when its turn comes.
      coming?.catch(() => undefined);
      yield rows;
    }
  } finally {
    await coming?.catch(() => undefined);
  }
}

/** The tree in a row of TREE; of a log without entries there is none. */
export const treeIn = (row: Row | undefined): Awaited<ReturnType<LogStore['tree']>> => {
  const last = row as { size: string; note: string; hashes: readonly Buffer[] | null } | undefined;
  return { size: Number(last?.size ?? 0), edge: last?.hashes ?? [], checkpoint: last?.note };
};

type Reading = Omit<LogStore, 'begin' | 'putBlob' | 'deleteBlobs' | 'vaultPut' | 'vaultDelete' | 'close'>;

/** The reading half of the store: what is committed, in pages of bounded memory. */
export const readingOf = (readers: Readers, org: string): Reading => {
  const rows = async <T extends Row>(
    name: string,
    text: string,
    ...values: readonly unknown[]
  ): Promise<readonly T[]> => (await readers.query({ name, text, values: [org, ...values] })).rows as T[];
  const leaf = (row: Row | undefined): StoredLeaf | undefined =>
    row === undefined ? undefined : storedLeaf(row as unknown as LeafRow);
  const blob = async (sha256: string): Promise<Uint8Array | undefined> => {
    const pieces: Buffer[] = [];
    for (let from = 0; ; from += PIECE) {
      const [row] = await rows<{ size: number; piece: Buffer }>('blob', BLOB_PIECE, sha256, from + 1, PIECE);
      if (row === undefined) return undefined;
      pieces.push(row.piece);
      if (from + PIECE >= row.size) return pieces.length === 1 ? row.piece : Buffer.concat(pieces);
    }
  };
  return {
    async *read(from, to = Number.MAX_SAFE_INTEGER) {
      const page = (after: number) => rows<Row & LeafRow>('read', BY_POSITION, after, to);
      for await (const found of pages(page, from, (last) => Number(last.position) + 1))
        for (const row of found) yield storedLeaf(row);
    },
    async *records(to = Number.MAX_SAFE_INTEGER) {
      const page = ([record, position]: readonly [string, string]) =>
        rows<Row & LeafRow>('records', BY_RECORD, record, position, to);
      let group: StoredLeaf[] = [];
      const start: readonly [string, string] = ['', '-1'];
      for await (const found of pages(page, start, (last) => [last.record_id, last.position] as const))
        for (const row of found) {
          if (group.length > 0 && group[0]?.recordId !== row.record_id) {
            yield group;
            group = [];
          }
          group.push(storedLeaf(row));
        }
      if (group.length > 0) yield group;
    },
    size: async () => Number((await rows('size', SIZE))[0]?.['size'] ?? 0),
    find: async (entryId) => leaf((await rows('entry', BY_ENTRY, entryId))[0]),
    ofRecord: async (recordId) => (await rows<Row & LeafRow>('record', OF_RECORD, recordId)).map(storedLeaf),
    tree: async () => treeIn((await rows('tree', TREE))[0]),
    async *checkpoints() {
      const page = (after: number) => rows<{ size: string; note: string }>('checkpoints', CHECKPOINTS, after);
      for await (const found of pages(page, -1, (last) => Number(last.size)))
        for (const { size, note } of found) yield { size: Number(size), note };
    },
    async *hashes(from, to = Number.MAX_SAFE_INTEGER) {
      const page = (after: number) => rows<{ position: string; hash: Buffer }>('hashes', HASHES, after, to);
      for await (const found of pages(page, from, (last) => Number(last.position) + 1))
        for (const { position, hash } of found) yield { position: Number(position), hash };
    },
    heads: async () =>
      new Map(
        (await rows<{ device: string; position: string }>('heads', HEADS)).map((head) => [
          head.device,
          Number(head.position),
        ]),
      ),
    getBlob: blob,
    async *blobs() {
      for (let after = ''; ; ) {
        const [next] = await rows<{ sha256: string }>('next_blob', NEXT_BLOB, after);
        if (next === undefined) return;
        after = next.sha256;
        const bytes = await blob(after);
        if (bytes !== undefined) yield { sha256: after, bytes };
      }
    },
    vaultGet: async (keyId) => (await rows<{ wrap: Buffer }>('wrap', WRAP, keyId))[0]?.wrap,
    async *vault() {
      const page = (after: string) => rows<{ key_id: string; wrap: Buffer }>('wraps', WRAPS, after);
      for await (const found of pages(page, '', (last) => last.key_id))
        for (const row of found) yield { keyId: row.key_id, wrap: row.wrap };
    },
  };
};
