import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type LogStore,
  leafHash,
  type NewLeaf,
  type StoredLeaf,
  type TreeUpdate,
} from '../../src/log/index.ts';

/** How a suite gets a store: the same place is opened again after `close` to see what lasted. */
export interface StorePlace {
  open(): Promise<LogStore>;
  remove(): Promise<void>;
}

const aNewLeaf = (n: number, recordId = `record-${n}`, device = 'device-a'): NewLeaf => {
  const bytes = new TextEncoder().encode(`leaf ${n} ${'я'.repeat(n % 50)}`);
  return { entryId: `entry-${n}`, recordId, device, bytes, hash: leafHash(bytes) };
};
const leaves = (from: number, to: number): readonly NewLeaf[] =>
  Array.from({ length: to - from }, (_, i) => aNewLeaf(from + i));
const aTree = (size: number): TreeUpdate => ({
  size,
  edge: [Uint8Array.of(size % 256)],
  checkpoint: `note ${size}\n`,
});

/** Appends leaves, so that the log has `size` of them. */
const append = async (store: LogStore, added: readonly NewLeaf[], size: number): Promise<void> => {
  const transaction = await store.begin();
  await transaction.add(size - added.length, added);
  await transaction.commit(aTree(size));
};
const all = async <T>(items: AsyncIterable<T>): Promise<readonly T[]> => {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
};
const positions = async (items: AsyncIterable<StoredLeaf>): Promise<readonly number[]> =>
  (await all(items)).map((leaf) => leaf.position);

/** What every store must do (src/log/store-port.ts). Each adapter runs it. */
export const logStoreContract = (name: string, aPlace: () => Promise<StorePlace>): void => {
  describe(`${name} keeps the store port`, () => {
    let place: StorePlace;
    let store: LogStore;
    beforeEach(async () => {
      place = await aPlace();
      store = await place.open();
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });
    const reopen = async (): Promise<void> => {
      await store.close();
      store = await place.open();
    };

    it('a new store is empty', async () => {
      expect([await store.size(), await store.tree()]).toEqual([
        0,
        { size: 0, edge: [], checkpoint: undefined },
      ]);
    });
    it('positions count from 0 without gaps', async () => {
      await append(store, leaves(0, 3), 3);
      await append(store, leaves(3, 5), 5);
      expect(await positions(store.read(0))).toEqual([0, 1, 2, 3, 4]);
    });
    it('a leaf comes back byte for byte', async () => {
      const leaf = aNewLeaf(7);
      await append(store, [leaf], 1);
      const [stored] = await all(store.read(0));
      expect(Buffer.compare(stored?.bytes ?? Buffer.alloc(0), leaf.bytes)).toBe(0);
      expect(stored).toMatchObject({
        position: 0,
        entryId: 'entry-7',
        recordId: 'record-7',
        device: 'device-a',
      });
    });
    it('what was acknowledged is there after reopening', async () => {
      await append(store, leaves(0, 3), 3);
      await reopen();
      expect(await store.size()).toBe(3);
      expect(await store.tree()).toMatchObject({ size: 3, checkpoint: 'note 3\n' });
    });
    it('a batch that is rolled back leaves nothing', async () => {
      await append(store, leaves(0, 2), 2);
      const transaction = await store.begin();
      await transaction.add(2, leaves(2, 10));
      await transaction.rollback();
      await reopen();
      expect([await store.size(), (await store.tree()).size, (await all(store.hashes(0))).length]).toEqual([
        2, 2, 2,
      ]);
    });
    it('a batch with an entry that is already stored is refused whole', async () => {
      await append(store, leaves(0, 2), 2);
      const transaction = await store.begin();
      const added = transaction.add(2, [aNewLeaf(5), aNewLeaf(1)]).then(() => transaction.commit(aTree(4)));
      await expect(added).rejects.toThrow(/entry_id_reused .*entry-1/);
      await transaction.rollback();
      expect([await store.size(), (await store.tree()).size]).toEqual([2, 2]);
    });
    it.each([1, 3])('a batch for position %i of a log of two is refused whole', async (position) => {
      await append(store, leaves(0, 2), 2);
      const transaction = await store.begin();
      const added = transaction
        .add(position, [aNewLeaf(5)])
        .then(() => transaction.commit(aTree(position + 1)));
      await expect(added).rejects.toThrow(/data_folder_damaged/);
      await transaction.rollback();
      expect([await store.size(), (await store.tree()).size]).toEqual([2, 2]);
    });
    it('an append is seen by nobody before it is committed', async () => {
      const transaction = await store.begin();
      await transaction.add(0, leaves(0, 3));
      expect([await store.size(), await store.find('entry-1'), await positions(store.read(0))]).toEqual([
        0,
        undefined,
        [],
      ]);
      await transaction.commit(aTree(3));
      expect(await store.size()).toBe(3);
    });
    it('an append sees its own leaves', async () => {
      const transaction = await store.begin();
      await transaction.add(0, leaves(0, 3));
      expect([
        (await transaction.find('entry-1'))?.position,
        (await transaction.lastOf('device-a'))?.position,
      ]).toEqual([1, 2]);
      await transaction.rollback();
    });
    it('appends wait for one another', async () => {
      const sizes = await Promise.all(
        [0, 10, 20].map(async (from) => {
          const transaction = await store.begin();
          const first = await store.size();
          await transaction.add(first, leaves(from, from + 10));
          await transaction.commit(aTree(first + 10));
          return first;
        }),
      );
      expect(sizes).toEqual([0, 10, 20]);
    });
    it('an entry is found by its id, or not', async () => {
      await append(store, leaves(0, 3), 3);
      expect([(await store.find('entry-2'))?.position, await store.find('entry-9')]).toEqual([2, undefined]);
    });
    it('ranges are read from a position up to another', async () => {
      await append(store, leaves(0, 10), 10);
      expect(await positions(store.read(3, 6))).toEqual([3, 4, 5]);
      expect(await positions(store.read(8))).toEqual([8, 9]);
      expect(await positions(store.read(10))).toEqual([]);
    });
    it('a long log is read whole, over every page', async () => {
      await append(store, leaves(0, 2500), 2500);
      expect(await positions(store.read(0))).toEqual(Array.from({ length: 2500 }, (_, i) => i));
      expect(await all(store.hashes(0))).toHaveLength(2500);
    });
    it('reading can stop early and begin again', async () => {
      await append(store, leaves(0, 1500), 1500);
      for await (const leaf of store.read(0)) if (leaf.position === 700) break;
      expect((await positions(store.read(0))).length).toBe(1500);
    });
    it('records come together, in order of id, whatever lies between them in the log', async () => {
      const shuffled = Array.from({ length: 1200 }, (_, i) => aNewLeaf(i, `record-${i % 7}`));
      await append(store, shuffled, 1200);
      const groups = await all(store.records());
      expect(groups.map((g) => g[0]?.recordId)).toEqual(Array.from({ length: 7 }, (_, i) => `record-${i}`));
      for (const group of groups)
        expect(group.map((l) => l.position)).toEqual(group.map((l) => l.position).sort((a, b) => a - b));
      expect(groups.flat()).toHaveLength(1200);
    });
    it('records are read as of an earlier size', async () => {
      await append(store, [aNewLeaf(0, 'r1'), aNewLeaf(1, 'r2'), aNewLeaf(2, 'r1')], 3);
      expect((await all(store.records(2))).map((g) => g.length)).toEqual([1, 1]);
      expect((await store.ofRecord('r1')).map((l) => l.position)).toEqual([0, 2]);
    });
    it('each device has its last leaf', async () => {
      await append(store, [aNewLeaf(0), aNewLeaf(1, 'r', 'device-b'), aNewLeaf(2)], 3);
      const transaction = await store.begin();
      const last = await Promise.all(['device-a', 'device-b', 'device-c'].map((d) => transaction.lastOf(d)));
      await transaction.rollback();
      expect(last.map((l) => l?.position)).toEqual([2, 1, undefined]);
      expect(await store.heads()).toEqual(
        new Map([
          ['device-a', 2],
          ['device-b', 1],
        ]),
      );
    });
    it('hashes are kept apart from the leaves, in order', async () => {
      await append(store, leaves(0, 3), 3);
      const hashes = await all(store.hashes(1));
      expect(hashes.map((h) => Buffer.from(h.hash).toString('hex'))).toEqual(
        leaves(1, 3).map((l) => Buffer.from(l.hash).toString('hex')),
      );
    });
    it('every checkpoint is kept', async () => {
      for (const size of [1, 2, 3]) await append(store, leaves(size - 1, size), size);
      expect((await all(store.checkpoints())).map((c) => ({ ...c }))).toEqual(
        [1, 2, 3].map((size) => ({ size, note: `note ${size}\n` })),
      );
    });
    it('the edge of the tree is the last one, lowest first', async () => {
      await append(store, leaves(0, 2), 2);
      const transaction = await store.begin();
      await transaction.add(2, leaves(2, 3));
      await transaction.commit({
        size: 3,
        edge: [Uint8Array.of(1), Uint8Array.of(2)],
        checkpoint: 'note 3\n',
      });
      expect((await store.tree()).edge.map((e) => e[0])).toEqual([1, 2]);
    });
    it('blobs last, and the same blob twice is one', async () => {
      const bytes = Uint8Array.of(1, 2, 3);
      await store.putBlob('ab', bytes);
      await store.putBlob('ab', bytes);
      await reopen();
      expect([[...((await store.getBlob('ab')) ?? [])], await store.getBlob('cd')]).toEqual([
        [1, 2, 3],
        undefined,
      ]);
    });
    it('all blobs are listed by address', async () => {
      for (const sha256 of ['cd', 'ab']) await store.putBlob(sha256, Uint8Array.of(1));
      expect((await all(store.blobs())).map((b) => b.sha256)).toEqual(['ab', 'cd']);
    });
    it('a deleted blob is gone, the others stay, and deleting it again is nothing', async () => {
      for (const sha256 of ['ab', 'cd']) await store.putBlob(sha256, Uint8Array.of(1));
      await store.deleteBlobs(['ab']);
      await store.deleteBlobs(['ab', 'ef']);
      await reopen();
      expect((await all(store.blobs())).map((b) => b.sha256)).toEqual(['cd']);
    });
    const wrap = (keyId: string, byte: number) => ({ keyId, wrap: Uint8Array.of(byte) });
    it('the key vault changes and forgets', async () => {
      await store.vaultPut([wrap('k', 1), wrap('l', 1)]);
      await store.vaultPut([wrap('k', 2)]);
      expect([...((await store.vaultGet('k')) ?? [])]).toEqual([2]);
      await store.vaultDelete(['k']);
      await reopen();
      expect([await store.vaultGet('k'), [...((await store.vaultGet('l')) ?? [])]]).toEqual([undefined, [1]]);
    });
    it('all wraps are listed by key id, over every page', async () => {
      await store.vaultPut(Array.from({ length: 1100 }, (_, i) => wrap(`k${String(i).padStart(5, '0')}`, 1)));
      const ids = (await all(store.vault())).map((w) => w.keyId);
      expect([ids.length, ids[0], ids.at(-1)]).toEqual([1100, 'k00000', 'k01099']);
    });
    it('wraps come in with the entries that name them, or not at all', async () => {
      const refused = await store.begin();
      await refused.add(0, leaves(0, 1));
      await refused.putWraps([wrap('k', 1)]);
      await refused.rollback();
      expect(await store.vaultGet('k')).toBeUndefined();
      const taken = await store.begin();
      await taken.add(0, leaves(0, 1));
      await taken.putWraps([wrap('k', 1)]);
      await taken.commit(aTree(1));
      expect([...((await store.vaultGet('k')) ?? [])]).toEqual([1]);
    });
    it('sealed attachments come in with the entries that name them, or not at all', async () => {
      const blob = { sha256: 'ab', bytes: new Uint8Array(3_000_000).fill(7) };
      const refused = await store.begin();
      await refused.add(0, leaves(0, 1));
      await refused.putBlobs([blob]);
      await refused.rollback();
      expect(await store.getBlob('ab')).toBeUndefined();
      const taken = await store.begin();
      await taken.add(0, leaves(0, 1));
      await taken.putBlobs([blob, blob]);
      await taken.commit(aTree(1));
      await reopen();
      expect(Buffer.compare((await store.getBlob('ab')) ?? Buffer.alloc(0), blob.bytes)).toBe(0);
    });
    it('a copied log brings its checkpoints', async () => {
      const transaction = await store.begin();
      await transaction.add(0, leaves(0, 3));
      await transaction.addCheckpoints([{ size: 1, note: 'note 1\n' }]);
      await transaction.commit(aTree(3));
      expect((await all(store.checkpoints())).map((c) => c.size)).toEqual([1, 3]);
    });
  });
};
