import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOf, proveEntry, sha256Hex, verifierKey } from '../../src/log/index.ts';
import { copyAbout, type Workspace } from '../../src/workspace/index.ts';
import { CONSISTENCY, INCLUSION, LEAVES, ROOTS } from '../builders/rfc6962-vectors.ts';
import type { LogContent } from '../log/memory-store.ts';
import { memoryStore } from '../log/memory-store.ts';
import { after, aSignedLog, flipped, mend, type SignedLog } from '../log/tampering.ts';
import { aFolder, aLog, copyText } from '../log-copy/logs.ts';
import { placesIn, run, runOn, verifier } from './verifier.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

describe('the verifier hashes as RFC 6962 says', () => {
  const hashes = LEAVES.map((leaf) => verifier.leafHash(bytes(leaf)));
  const root = (size: number): string => {
    const tree = new verifier.Tree();
    for (const hash of hashes.slice(0, size)) tree.add(hash);
    return tree.root().toString('hex');
  };
  it.each(ROOTS.map((expected, size) => ({ size, expected })))(
    'published root of $size',
    ({ size, expected }) => {
      expect(root(size)).toBe(expected);
    },
  );
  it.each(INCLUSION)('published proof of leaf $index in $size', ({ index, size, proof }) => {
    const found = verifier.inclusionRoot(hashes[index] as Buffer, index, size, proof.map(bytes));
    expect(found?.toString('hex')).toBe(ROOTS[size]);
  });
  it.each(CONSISTENCY)('published proof that $second begins with $first', ({ first, second, proof }) => {
    const older = bytes(ROOTS[first] as string);
    const found = verifier.consistencyRoots(first, second, older, proof.map(bytes));
    expect([found?.older.toString('hex'), found?.newer.toString('hex')]).toEqual([
      ROOTS[first],
      ROOTS[second],
    ]);
  });
});

let folder: ReturnType<typeof aFolder>;
let workspace: Workspace;
let copy: Buffer;
let key: string;
beforeAll(async () => {
  folder = aFolder();
  workspace = await aLog(folder.path('data'), {
    appends: [10, 1, 9],
    blobs: [Uint8Array.of(1, 2, 3), new Uint8Array()],
    wraps: [],
  });
  copy = await copyText(workspace, false);
  key = (await copyAbout(workspace)).checkpoint_key;
});
afterAll(async () => {
  await workspace.close();
  folder.remove();
});

const lines = (): string[] => copy.toString().split('\n').slice(0, -1);
/** Changed lines as a file whose counts and hash fit again: what whoever writes the file can always do. */
const written = (changed: readonly string[]): Buffer => {
  const body = changed.slice(0, -1);
  const count = (start: string): number => body.filter((line) => line.startsWith(start)).length;
  const text = `${body.join('\n')}\n`;
  const counts = `{"blobs":${count('{"blob":')},"checkpoints":${count('{"note":')},"leaves":${count('{"body":')},"sha256":"${sha256Hex(text)}","wraps":0}`;
  return Buffer.from(`${text}${counts}\n`);
};
const leafLine = (n: number): number => lines().findIndex((line) => line.startsWith('{"body":')) + n;

describe('the verifier', () => {
  it('finds nothing in an honest copy, by the keys that were handed out', async () => {
    const note = folder.path('kept.note');
    writeFileSync(note, (await workspace.head()).checkpoint ?? '');
    const { code, out } = await runOn(folder.path('.'), copy, '--key', key, '--witness', note);
    expect({ code, out }).toMatchObject({ code: 0 });
    expect(out).toContain('entries 20, checkpoints 3, files 2');
  });
  it('finds every byte that was changed', async () => {
    for (let at = 0; at < copy.length; at += 197) {
      const changed = Buffer.from(copy);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect((await runOn(folder.path('.'), changed)).code, `byte ${at}`).not.toBe(0);
    }
  });
  const ACTS: Readonly<Record<string, (all: string[]) => unknown>> = {
    'an entry taken out': (all) => all.splice(leafLine(4), 1),
    'an entry said again': (all) => all.splice(leafLine(4), 0, lines()[leafLine(2)] ?? ''),
    'a changed answer': (all) =>
      (all[leafLine(4)] = (all[leafLine(4)] ?? '').replace('"form":"rally"', '"form":"picket"')),
    'two entries swapped': (all) =>
      ([all[leafLine(4)], all[leafLine(6)]] = [lines()[leafLine(6)] ?? '', lines()[leafLine(4)] ?? '']),
  };
  it.each(Object.entries(ACTS))(
    'finds %s at its place, whatever counts and hashes are mended',
    async (_, act) => {
      const all = lines();
      act(all);
      const verdict = await runOn(folder.path('.'), written(all));
      expect(verdict.code).toBe(1);
      expect(placesIn(verdict), verdict.out).toContain(4);
    },
  );
  it('leaves a copy alone whose end was only written anew (control)', async () => {
    expect((await runOn(folder.path('.'), written(lines()))).code).toBe(0);
  });
  it('finds a copy that was cut', async () => {
    for (const size of [0, 1, 500, copy.length - 1])
      expect((await runOn(folder.path('.'), copy.subarray(0, size))).code).not.toBe(0);
  });
  it('does not read a line that is longer than any may be', async () => {
    const long = Buffer.concat([
      copy.subarray(0, copy.indexOf('\n') + 1),
      Buffer.alloc(64 * 1024 * 1024 + 1, 'x'),
    ]);
    for (const end of ['', '\n']) {
      const { code, out } = await runOn(folder.path('.'), Buffer.concat([long, Buffer.from(end)]));
      expect([code, out]).toEqual([2, 'cannot be read: a line is longer than 64 MiB\n']);
    }
  });
  it('finds a shorter log by a checkpoint that was kept', async () => {
    const { checkpoint } = await workspace.head();
    const older = await aLog(folder.path('older'), { appends: [10], blobs: [], wraps: [] });
    const note = folder.path('newer.note');
    writeFileSync(note, checkpoint ?? '');
    const verdict = await runOn(folder.path('.'), await copyText(older, false), '--witness', note);
    await older.close();
    expect(verdict.code).toBe(1);
  });
  it('finds keys that are not those handed out', async () => {
    const other = key.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect((await runOn(folder.path('.'), copy, '--key', other)).code).toBe(1);
  });
});

describe('the proof of one entry', () => {
  const proofOf = async (given: Parameters<typeof proveEntry>[3] = {}) => {
    const [stored] = await Array.fromAsync(workspace.store.read(7, 8));
    const { org, checkpoint_key, devices } = await copyAbout(workspace);
    const about = { org, checkpoint_key, deviceKey: (device: string) => devices[device] ?? '' };
    return proveEntry(workspace.store, about, stored?.entryId ?? '', given);
  };
  const check = (proof: unknown, ...more: readonly string[]) => {
    const file = folder.path('proof.json');
    writeFileSync(file, JSON.stringify(proof));
    return run('proof', file, ...more);
  };
  it('holds with the entry, and with its hash only', async () => {
    expect((await check(await proofOf({ withEntry: true }), '--key', key)).code).toBe(0);
    expect((await check(await proofOf())).code).toBe(0);
  });
  it('leads on from a checkpoint that was kept', async () => {
    const [first] = await Array.fromAsync(workspace.store.checkpoints());
    const note = folder.path('first.note');
    writeFileSync(note, first?.note ?? '');
    const proof = await proofOf({ earlier: first?.note });
    expect((await check(proof, '--witness', note)).code).toBe(0);
    expect((await check(await proofOf(), '--witness', note)).code).toBe(1);
  });
  it('falls with any part of it changed', async () => {
    const proof = await proofOf({ withEntry: true });
    const changes = [
      { position: 8 },
      { leaf_hash: '0'.repeat(64) },
      { leaf: proof.leaf?.replace('rally', 'picket') },
      { inclusion: proof.inclusion.slice(1) },
      { inclusion: proof.inclusion.toReversed() },
      { checkpoint: proof.checkpoint.replace('\n20\n', '\n21\n') },
      { device_key: 'A'.repeat(43) },
    ];
    for (const change of changes)
      expect((await check({ ...proof, ...change })).code, JSON.stringify(change)).toBe(1);
  });
});

describe('two programs that share no code', () => {
  const SIZE = 60;
  let log: SignedLog;
  beforeAll(async () => {
    log = await aSignedLog(SIZE);
  });
  const at = fc.nat({ max: SIZE - 1 });
  const anAct = fc.oneof(
    fc.record({
      act: fc.constant('change' as const),
      at,
      byte: fc.nat({ max: 599 }),
      bit: fc.nat({ max: 7 }),
    }),
    fc.record({ act: fc.constantFrom('remove' as const, 'repeat' as const, 'cut' as const), at, other: at }),
    fc.record({ act: fc.constant('nothing' as const) }),
  );
  type Act = typeof anAct extends fc.Arbitrary<infer T> ? T : never;
  const apply = (content: LogContent, act: Act): void => {
    const { leaves } = content;
    if (act.act === 'change') {
      const leaf = leaves[act.at];
      if (leaf !== undefined) leaves[act.at] = flipped(leaf, act.byte, 1 << act.bit);
    } else if (act.act === 'remove') leaves.splice(act.at, 1);
    else if (act.act === 'cut') leaves.splice(act.at);
    else if (act.act === 'repeat') leaves.splice(act.at, 0, ...leaves.slice(act.other, act.other + 1));
    if (act.act !== 'nothing') mend(content);
  };
  it('agree on whether a log is whole, whatever was done to it', { timeout: 110_000 }, async () => {
    const { keys, content } = log;
    const devices = log.publicKeys;
    const about = {
      org: 'sample',
      devices,
      checkpoint_key: verifierKey(keys.checkpointKey),
      directory: '',
      org_root: '',
    };
    const honest = Buffer.concat(await Array.fromAsync(copyOf(memoryStore(content), about))).toString();
    await fc.assert(
      fc.asyncProperty(anAct, async (act) => {
        let changed: LogContent = content;
        const findings = await after(log, (copied) => {
          apply(copied, act);
          changed = copied;
        });
        const all = honest.split('\n').slice(0, -1);
        const leaves = changed.leaves.map((leaf) => Buffer.from(leaf.bytes).toString('latin1'));
        const notes = all.filter((line) => line.startsWith('{"note":'));
        const placed = leaves.flatMap((leaf, i) => [leaf, ...notesAt(notes, i + 1)]);
        const rest = notes.filter((note) => sizeOf(note) > leaves.length);
        const text = [all[0] ?? '', ...placed, ...rest, ''].map((line, i) =>
          i === 0 || line.startsWith('{"note"') ? Buffer.from(line).toString('latin1') : line,
        );
        const file = writtenRaw(text);
        const verdict = await runOn(folder.path('.'), file);
        expect(verdict.code === 0, JSON.stringify({ act, out: verdict.out })).toBe(findings.length === 0);
      }),
      { numRuns: 120 },
    );
  });
});

const sizeOf = (note: string): number => (JSON.parse(note) as { size: number }).size;
const notesAt = (notes: readonly string[], size: number): readonly string[] =>
  notes.filter((note) => sizeOf(note) === size);
/** Lines of bytes as a file with counts and hash that fit; the last line is replaced. */
const writtenRaw = (changed: readonly string[]): Buffer => {
  const body = changed.slice(0, -1);
  const count = (start: string): number => body.filter((line) => line.startsWith(start)).length;
  const text = Buffer.from(`${body.join('\n')}\n`, 'latin1');
  return Buffer.concat([
    text,
    Buffer.from(
      `{"blobs":0,"checkpoints":${count('{"note":')},"leaves":${body.length - 1 - count('{"note":')},"sha256":"${sha256Hex(text)}","wraps":0}\n`,
    ),
  ]);
};
