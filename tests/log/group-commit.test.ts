import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseLeaf } from '../../src/records/index.ts';
import type { Workspace } from '../../src/workspace/index.ts';
import { aCard, aDataFolder, aWorkspace, cards } from '../builders/workspace.ts';

let folder: ReturnType<typeof aDataFolder>;
let workspace: Workspace;
beforeEach(async () => {
  folder = aDataFolder();
  workspace = await aWorkspace(folder.dir);
});
afterEach(async () => {
  await workspace.close();
  folder.remove();
});
const checkpoints = async (): Promise<readonly number[]> =>
  (await Array.fromAsync(workspace.store.checkpoints())).map(({ size }) => size);
const numbers = async (): Promise<readonly unknown[]> =>
  (await Array.fromAsync(workspace.store.read(0))).map(
    ({ bytes }) => parseLeaf(bytes).leaf.body.values['number'],
  );

describe('small appends at the same time', () => {
  it('are durable together, under one checkpoint, in the order in which they came', async () => {
    const appended = await Promise.all(
      Array.from({ length: 16 }, (_, n) => workspace.append([aCard(workspace, n)])),
    );
    expect(appended.map(({ size }) => size)).toEqual(Array.from({ length: 16 }, (_, n) => n + 1));
    expect(await numbers()).toEqual(Array.from({ length: 16 }, (_, n) => n));
    expect(await checkpoints()).toEqual([16]);
    expect((await workspace.verify()).findings).toEqual([]);
  });
  it('one that is refused leaves no trace and touches no other', async () => {
    const wrong = aCard(workspace, 9, { values: { persons: 1.5 } });
    const outcomes = await Promise.allSettled([
      workspace.append(cards(workspace, 0, 2)),
      workspace.append([aCard(workspace, 2), wrong]),
      workspace.append(cards(workspace, 3, 5)),
    ]);
    expect(outcomes.map((o) => o.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await numbers()).toEqual([0, 1, 3, 4]);
    expect((await workspace.verify({ everySignature: true })).findings).toEqual([]);
  });
  it('the same entry in two of them is stored once', async () => {
    const entry_id = '00000000-0000-7000-8000-000000000001';
    const same = aCard(workspace, 1, { entry_id });
    const [first, second] = await Promise.all([workspace.append([same]), workspace.append([same])]);
    expect([first, second]).toMatchObject([
      { added: 1, repeated: 0 },
      { added: 0, repeated: 1 },
    ]);
  });
  it('all are refused when the store fails, and nothing is stored', async () => {
    const { begin } = workspace.store;
    const store = workspace.store as { begin: typeof begin };
    store.begin = async () => ({
      ...(await begin()),
      commit: () => Promise.reject(new Error('the disk is gone')),
    });
    const outcomes = await Promise.allSettled([0, 1, 2].map((n) => workspace.append([aCard(workspace, n)])));
    store.begin = begin;
    expect(outcomes.map((o) => o.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await workspace.head()).toMatchObject({ size: 0 });
  });
  it('an append that streams has a checkpoint of its own', async () => {
    const streamed = (function* () {
      yield* cards(workspace, 10, 12);
    })();
    await Promise.all([workspace.append([aCard(workspace, 0)]), workspace.append(streamed)]);
    expect(await checkpoints()).toHaveLength(2);
  });
  it('one after the other they do not wait for more', async () => {
    for (const n of [0, 1, 2]) await workspace.append([aCard(workspace, n)]);
    expect(await checkpoints()).toEqual([1, 2, 3]);
  });
});
