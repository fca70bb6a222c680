import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_TREE, growTree, leafHash, rootOf } from './hash-tree.ts';
import { verifyConsistency, verifyInclusion } from './proof.ts';
import { proverOf } from './prover.ts';
import type { LogStore } from './store-port.ts';

const hashes = Array.from({ length: 3000 }, (_, i) => leafHash(Uint8Array.of(i % 256, i >> 8)));
const log = {
  async *hashes(from: number, to = hashes.length) {
    for (let at = from; at < Math.min(to, hashes.length); at += 1)
      yield { position: at, hash: hashes[at] as Uint8Array };
  },
} as unknown as LogStore;
const rootAt = (size: number): Uint8Array => rootOf(growTree(EMPTY_TREE, hashes.slice(0, size)));

describe('a prover', () => {
  it('proves every entry and every earlier tree, at one size after another', async () => {
    const prover = proverOf(log);
    const aSize = fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.constantFrom(1, 255, 256, 257, 512, 2048));
    await fc.assert(
      fc.asyncProperty(aSize, fc.nat(), async (size, n) => {
        const [position, first] = [n % size, (n % size) + 1];
        const root = rootAt(size);
        const path = await prover.inclusion(position, size);
        expect(verifyInclusion(hashes[position] as Uint8Array, position, size, path, root)).toBe(true);
        const older = { size: first, root: rootAt(first) };
        expect(verifyConsistency(older, { size, root }, await prover.consistency(first, size))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
  it('two proofs at once do not mix', async () => {
    const prover = proverOf(log);
    const paths = await Promise.all([7, 2999].map((at) => prover.inclusion(at, 3000)));
    const alone = await Promise.all([7, 2999].map((at) => proverOf(log).inclusion(at, 3000)));
    expect(paths).toEqual(alone);
  });
  it('refuses what is not in the log', async () => {
    await expect(proverOf(log).inclusion(5, 5)).rejects.toThrow(RangeError);
    await expect(proverOf(log).inclusion(3100, 3200)).rejects.toThrow(RangeError);
    await expect(proverOf(log).consistency(0, 5)).rejects.toThrow(RangeError);
  });
});
