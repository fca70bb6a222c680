import { describe, expect, it } from 'vitest';
import { CONSISTENCY, INCLUSION, LEAVES, ROOTS } from '../../tests/builders/rfc6962-vectors.ts';
import { EMPTY_TREE, growTree, leafHash, rootOf } from './hash-tree.ts';
import { consistencyRanges, inclusionRanges, verifyConsistency, verifyInclusion } from './proof.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Buffer.from(text, 'hex');
const hashes = LEAVES.map((leaf) => leafHash(bytes(leaf)));
const rootOfRange = ([from, to]: readonly [number, number], of = hashes): Uint8Array =>
  rootOf(growTree(EMPTY_TREE, of.slice(from, to)));

describe('the hash tree is that of RFC 6962', () => {
  it.each(ROOTS.map((root, size) => ({ size, root })))('root of $size published leaves', ({ size, root }) => {
    expect(hex(rootOfRange([0, size]))).toBe(root);
  });
  it.each(INCLUSION)('published proof that leaf $index is in a tree of $size', ({ index, size, proof }) => {
    expect(inclusionRanges(index, 0, size).map((range) => hex(rootOfRange(range)))).toEqual(proof);
    expect(
      verifyInclusion(
        hashes[index] as Uint8Array,
        index,
        size,
        proof.map(bytes),
        bytes(ROOTS[size] as string),
      ),
    ).toBe(true);
  });
  it.each(CONSISTENCY)(
    'published proof that a tree of $second begins with that of $first',
    ({ first, second, proof }) => {
      expect(consistencyRanges(first, 0, second).map((range) => hex(rootOfRange(range)))).toEqual(proof);
      const tree = (size: number) => ({ size, root: bytes(ROOTS[size] as string) });
      expect(verifyConsistency(tree(first), tree(second), proof.map(bytes))).toBe(true);
    },
  );
});

describe('proofs at every size', () => {
  const many = Array.from({ length: 40 }, (_, i) => leafHash(Uint8Array.of(i)));
  const root = (size: number): Uint8Array => rootOfRange([0, size], many);
  it('grown leaf by leaf or at once, the tree is the same', () => {
    const stepwise = many.reduce((tree, leaf) => growTree(tree, [leaf]), EMPTY_TREE);
    expect(stepwise).toEqual(growTree(EMPTY_TREE, many));
  });
  it('every leaf of every tree is proven, and no other leaf by the same proof', () => {
    for (let size = 1; size <= many.length; size += 1)
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionRanges(index, 0, size).map((range) => rootOfRange(range, many));
        expect(verifyInclusion(many[index] as Uint8Array, index, size, proof, root(size))).toBe(true);
        expect(verifyInclusion(leafHash(Uint8Array.of(99)), index, size, proof, root(size))).toBe(false);
        expect(verifyInclusion(many[index] as Uint8Array, index, size, [...proof, root(1)], root(size))).toBe(
          false,
        );
      }
  });
  it('every earlier tree is proven, and a forged one is not', () => {
    for (let second = 1; second <= many.length; second += 1)
      for (let first = 1; first <= second; first += 1) {
        const proof = consistencyRanges(first, 0, second).map((range) => rootOfRange(range, many));
        const newer = { size: second, root: root(second) };
        expect(verifyConsistency({ size: first, root: root(first) }, newer, proof)).toBe(true);
        expect(verifyConsistency({ size: first, root: leafHash(Uint8Array.of(99)) }, newer, proof)).toBe(
          false,
        );
      }
  });
});
