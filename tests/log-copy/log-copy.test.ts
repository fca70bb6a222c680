import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyOf, takeCopy } from '../../src/log/index.ts';
import type { Workspace } from '../../src/workspace/index.ts';
import { copyAbout, copyTrust } from '../../src/workspace/log-copy.ts';
import { cards } from '../builders/workspace.ts';
import { aFolder, aLog, anEmptyStore, aSmallLog, contentOf, copyText, inPiecesOf } from './logs.ts';

let folder: ReturnType<typeof aFolder>;
let stores = 0;
beforeEach(() => {
  folder = aFolder();
});
afterEach(() => folder.remove());

const anotherStore = () => {
  const dir = folder.path(`store-${(stores += 1)}`);
  mkdirSync(dir);
  return anEmptyStore(dir);
};

/** Takes the text into a new store; what stopped it, and the store's log size afterwards. */
const take = async (workspace: Workspace, text: Uint8Array, store = anotherStore(), piece = 1000) => {
  const trust = copyTrust(workspace.config);
  const error = await takeCopy(inPiecesOf(text, piece), store, trust).then(
    () => undefined,
    (e: unknown) => String(e),
  );
  return { store, error, size: await store.size() };
};

describe('a copy of a log', () => {
  const bytes = fc.uint8Array({ maxLength: 60 });
  const plans = fc.record({
    appends: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 6 }),
    blobs: fc.array(bytes, { maxLength: 3 }),
    wraps: fc.array(bytes, { maxLength: 4 }),
  });

  it('gives the same leaves, hashes, checkpoints, heads, edge, blobs and wraps', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(plans, fc.integer({ min: 1, max: 3000 }), async (plan, piece) => {
        const workspace = await aLog(folder.path(`log-${(run += 1)}`), plan);
        const text = await copyText(workspace);
        const { store, error } = await take(workspace, text, anotherStore(), piece);
        expect(error).toBeUndefined();
        expect(await contentOf(store)).toEqual(await contentOf(workspace.store));
        const again = await Array.fromAsync(copyOf(store, await copyAbout(workspace), { vault: true }));
        expect(Buffer.concat(again).equals(text)).toBe(true);
        await store.close();
        await workspace.close();
      }),
      { numRuns: 25 },
    );
  });

  it('carries blobs of more than one chunk', async () => {
    const blob = new Uint8Array(200_000).map((_, i) => i * 7);
    const workspace = await aLog(folder.path('log'), { appends: [1], blobs: [blob], wraps: [] });
    const { store } = await take(workspace, await copyText(workspace), anotherStore(), 70_000);
    expect(await contentOf(store)).toEqual(await contentOf(workspace.store));
    await store.close();
    await workspace.close();
  });

  it('has no wraps in it unless they are asked for', async () => {
    const workspace = await aSmallLog(folder.path('log'));
    expect((await copyText(workspace, true)).includes('key_id":"key-0')).toBe(true);
    expect((await copyText(workspace, false)).includes('"wrap"')).toBe(false);
    await workspace.close();
  });

  it('is of one size while somebody appends', async () => {
    const workspace = await aLog(folder.path('log'), { appends: [700, 700], blobs: [], wraps: [] });
    const pieces: Uint8Array[] = [];
    for await (const piece of copyOf(workspace.store, await copyAbout(workspace))) {
      pieces.push(piece);
      await workspace.append(cards(workspace, 2000 + pieces.length, 2001 + pieces.length));
    }
    expect(pieces.length).toBeGreaterThan(3);
    const { error, size, store } = await take(workspace, Buffer.concat(pieces));
    expect([error, size]).toEqual([undefined, 1400]);
    await store.close();
    await workspace.close();
  });

  it('is refused by a store that has a log', async () => {
    const workspace = await aSmallLog(folder.path('log'));
    const text = await copyText(workspace);
    const { store } = await take(workspace, text);
    expect((await take(workspace, text, store)).error).toContain('copy_target_not_empty');
    await store.close();
    await workspace.close();
  });

  it('is refused when another log signed it', async () => {
    const workspace = await aSmallLog(folder.path('log'));
    const other = await aLog(folder.path('other'), { appends: [1], blobs: [], wraps: [] });
    const foreign = { ...workspace, config: { ...other.config, org: 'other' } };
    expect((await take(foreign, await copyText(workspace))).error).toMatch(/copy_damaged.*header/);
    await workspace.close();
    await other.close();
  });
});

describe('a damaged copy', () => {
  let workspace: Workspace;
  let text: Buffer;
  beforeEach(async () => {
    workspace = await aSmallLog(folder.path('log'));
    text = await copyText(workspace);
  });
  afterEach(() => workspace.close());

  /** A trailer that fits what stands before it: as somebody would write who changes a copy on purpose. */
  const withFittingTrailer = (changed: Buffer): Buffer => {
    const start = changed.lastIndexOf('\n', changed.length - 2) + 1;
    const trailer = JSON.parse(text.subarray(text.lastIndexOf('\n', text.length - 2) + 1).toString());
    const sha256 = createHash('sha256').update(changed.subarray(0, start)).digest('hex');
    return Buffer.concat([
      changed.subarray(0, start),
      Buffer.from(`${JSON.stringify({ ...trailer, sha256 })}\n`),
    ]);
  };

  it('is refused at every byte that is changed, and leaves the log of the store empty', async () => {
    const store = anotherStore();
    const passed: number[] = [];
    for (let at = 0; at < text.length; at += 1) {
      const mutant = Buffer.from(text);
      mutant[at] = (mutant[at] as number) ^ (1 << (at % 8));
      const { error, size } = await take(workspace, mutant, store);
      if (!error?.includes('copy_damaged') || size !== 0) passed.push(at);
    }
    expect(passed).toEqual([]);
    await store.close();
  }, 120_000);

  it('control: with a trailer made to fit, some changes pass, so it is the trailer that finds them', async () => {
    const header = text.indexOf('"devices":{"') + '"devices":{"'.length;
    const mutant = Buffer.from(text);
    mutant[header] = mutant[header] === 0x61 ? 0x62 : 0x61;
    const { error, store } = await take(workspace, withFittingTrailer(mutant));
    expect(error).toBeUndefined();
    await store.close();
  });

  it('is refused when cut at any byte', async () => {
    const store = anotherStore();
    for (let end = 0; end < text.length; end += 1)
      expect((await take(workspace, text.subarray(0, end), store)).error).toContain('copy_damaged');
    await store.close();
  }, 60_000);

  it.each([
    ['a leaf left out', (lines: string[]) => lines.toSpliced(5, 1)],
    ['a leaf twice', (lines: string[]) => lines.toSpliced(5, 0, lines[5] ?? '')],
    ['two leaves exchanged', (lines: string[]) => lines.toSpliced(4, 2, lines[5] ?? '', lines[4] ?? '')],
    ['the newest checkpoint left out', (lines: string[]) => lines.toSpliced(8, 1)],
    ['the newest two leaves cut off, header and all', (lines: string[]) => lines.toSpliced(6, 3)],
  ])('is refused with %s, even when its trailer fits', async (_, change) => {
    const lines = text.toString().split('\n').slice(0, -1);
    const changed = withFittingTrailer(Buffer.from(`${change(lines).join('\n')}\n`));
    expect((await take(workspace, changed)).error).toContain('copy_damaged');
  });

  it('is refused when a line has no end, before it fills the memory', async () => {
    let read = 0;
    const endless = async function* () {
      for (;;) {
        read += 1;
        yield new Uint8Array(1024 * 1024).fill(0x20);
      }
    };
    const store = anotherStore();
    const taken = takeCopy(endless(), store, copyTrust(workspace.config));
    await expect(taken).rejects.toThrow(/copy_damaged.*too_long/);
    expect(read).toBeLessThan(70);
    await store.close();
  });
  it('names the line', async () => {
    const at = text.indexOf('"number":1') + '"number":'.length;
    const mutant = Buffer.from(text);
    mutant[at] = 0x37;
    expect((await take(workspace, mutant)).error).toMatch(/copy_damaged.*"line":7/);
  });
});
