import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  leafHash,
  proveConsistency,
  proveInclusion,
  sha256Hex,
  verifyConsistency,
  verifyInclusion,
} from '../../src/log/index.ts';
import {
  canonicalText,
  type EntryBody,
  parseLeaf,
  type SignedEntry,
  signEntry,
} from '../../src/records/index.ts';
import { openWorkspace, type Workspace } from '../../src/workspace/index.ts';
import { aCard, aDataFolder, aWorkspace, cards, fixedEffects } from '../builders/workspace.ts';

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

const bodies = async (): Promise<readonly EntryBody[]> => {
  const found: EntryBody[] = [];
  for await (const stored of workspace.store.read(0)) found.push(parseLeaf(stored.bytes).leaf.body);
  return found;
};

describe('appending drafts', () => {
  it('each entry is the next link of its device, over append after append', async () => {
    await workspace.append(cards(workspace, 0, 3));
    await workspace.append(cards(workspace, 3, 5));
    const chain = await bodies();
    expect(chain.map((b) => b.device_seq)).toEqual([1, 2, 3, 4, 5]);
    expect(chain.map((b) => b.device_prev)).toEqual([
      '',
      ...chain.slice(0, -1).map((b) => sha256Hex(canonicalText(b))),
    ]);
  });
  it('the chain goes on after the folder was opened again', async () => {
    await workspace.append(cards(workspace, 0, 2));
    await workspace.close();
    workspace = await openWorkspace(folder.dir, { effects: fixedEffects('later') });
    await workspace.append(cards(workspace, 2, 3));
    expect((await bodies()).map((b) => b.device_seq)).toEqual([1, 2, 3]);
    expect((await workspace.verify()).findings).toEqual([]);
  });
  it('the same entry again is stored once', async () => {
    const entry_id = '00000000-0000-7000-8000-000000000001';
    const draft = aCard(workspace, 1, { entry_id });
    expect(await workspace.append([draft])).toMatchObject({ added: 1, repeated: 0, size: 1 });
    expect(await workspace.append([draft, aCard(workspace, 2)])).toMatchObject({
      added: 1,
      repeated: 1,
      size: 2,
    });
  });
  it('the same id with other contents is refused and nothing is stored', async () => {
    const entry_id = '00000000-0000-7000-8000-000000000001';
    await workspace.append([aCard(workspace, 1, { entry_id })]);
    const other = aCard(workspace, 1, { entry_id, values: { number: 1, form: 'picket' } });
    await expect(workspace.append([aCard(workspace, 2), other])).rejects.toThrow(/entry_id_reused/);
    expect(await workspace.head()).toMatchObject({ size: 1 });
  });
  it('the same id twice in one append with other contents is refused', async () => {
    const entry_id = '00000000-0000-7000-8000-000000000001';
    await expect(
      workspace.append([aCard(workspace, 1, { entry_id }), aCard(workspace, 2, { entry_id })]),
    ).rejects.toThrow(/entry_id_reused/);
    expect(await workspace.head()).toMatchObject({ size: 0 });
  });
  it('a draft that is no entry is refused with the member, and nothing before it is stored', async () => {
    const wrong = aCard(workspace, 9, { values: { persons: 1.5 } });
    await expect(workspace.append([...cards(workspace, 0, 600), wrong])).rejects.toThrow(
      /entry_shape .*values/,
    );
    expect(await workspace.head()).toMatchObject({ size: 0 });
  });
  it('an input that fails half-way leaves nothing', async () => {
    const failing = async function* () {
      yield* cards(workspace, 0, 700);
      throw new Error('the file ended');
    };
    await expect(workspace.append(failing())).rejects.toThrow('the file ended');
    await workspace.append(cards(workspace, 0, 1));
    expect(await workspace.head()).toMatchObject({ size: 1 });
  });
  it('appends at the same time do not mix', async () => {
    await Promise.all([0, 10, 20].map((from) => workspace.append(cards(workspace, from, from + 10))));
    expect((await bodies()).map((b) => b.device_seq)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect((await workspace.verify()).findings).toEqual([]);
  });
  it('nothing appended is no checkpoint', async () => {
    await workspace.append([]);
    expect((await workspace.head()).checkpoint).toBeUndefined();
  });
  it('the same entries with the same clock and chance give the same root', async () => {
    await workspace.append(cards(workspace, 0, 50));
    const other = aDataFolder();
    const twin = await aWorkspace(other.dir);
    await twin.append(cards(twin, 0, 50));
    expect(await twin.head()).toEqual(await workspace.head());
    await twin.close();
    other.remove();
  });
});

describe('appending entries of another device', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const signedBy = (body: Partial<EntryBody>, key = privateKey): Promise<SignedEntry> => {
    const { values, ...rest } = aCard(workspace, 1);
    const whole: EntryBody = {
      v: 1,
      org: 'sample',
      entry_id: '00000000-0000-7000-8000-00000000000a',
      parents: [],
      device: 'unknown',
      device_seq: 1,
      device_prev: '',
      occurred_at: '2018-05-01T10:00:00+06:00',
      zone: 'Asia/Almaty',
      sealed: [],
      attachments: [],
      reason: '',
      ...rest,
      values: values ?? {},
      ...body,
    };
    return signEntry(whole, (bytes) => sign(null, bytes, key));
  };
  it('of an unknown device is refused', async () => {
    await expect(workspace.append([await signedBy({})])).rejects.toThrow(/entry_signature_invalid/);
  });
  it('signed with another key than its device is refused', async () => {
    await expect(workspace.append([await signedBy({ device: workspace.config.device })])).rejects.toThrow(
      /entry_signature_invalid/,
    );
  });
  it('that is not the next link is refused, a replayed one is stored once', async () => {
    await workspace.append(cards(workspace, 0, 3));
    const copies = (
      await Promise.all(
        (await Array.fromAsync(workspace.store.read(0))).map(async (stored) => parseLeaf(stored.bytes)),
      )
    ).map(({ leaf, text }): SignedEntry => ({ body: leaf.body, text, signature: leaf.signature }));
    const [, second, third] = copies as [SignedEntry, SignedEntry, SignedEntry];
    const twin = aDataFolder();
    const other = await aWorkspace(twin.dir);
    await expect(other.append([second])).rejects.toThrow(/entry_chain_broken .*"expected":1/);
    await other.append(copies);
    expect(await other.append([third])).toMatchObject({ added: 0, repeated: 1, size: 3 });
    await expect(other.append([{ ...third, signature: second.signature }])).rejects.toThrow(
      /entry_id_reused/,
    );
    await other.close();
    twin.remove();
  });
});

describe('proofs from the store', () => {
  it('an entry is in the tree, an earlier tree is its beginning', async () => {
    await workspace.append(cards(workspace, 0, 13));
    const first = await workspace.head();
    await workspace.append(cards(workspace, 13, 40));
    const second = await workspace.head();
    const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
    const leaf = (await Array.fromAsync(workspace.store.read(17, 18)))[0];
    const inclusion = await proveInclusion(workspace.store, 17, 40);
    expect(verifyInclusion(leafHash(leaf?.bytes ?? bytes('')), 17, 40, inclusion, bytes(second.root))).toBe(
      true,
    );
    const consistency = await proveConsistency(workspace.store, 13, 40);
    expect(
      verifyConsistency(
        { size: 13, root: bytes(first.root) },
        { size: 40, root: bytes(second.root) },
        consistency,
      ),
    ).toBe(true);
  });
});
