import { describe, expect, it } from 'vitest';
import { EMPTY_TREE, growTree, leafHash, rootOf } from './hash-tree.ts';
import { consistencyRanges, inclusionRanges, verifyConsistency, verifyInclusion } from './proof.ts';

// Published vectors of RFC 6962 hashing: Certificate Transparency's reference leaves, roots and proofs
// (transparency-dev/merkle, testonly).
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const INCLUSION = [
  { index: 0, size: 1, proof: [] },
  { index: 0, size: 2, proof: ['96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'] },
  { index: 2, size: 3, proof: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'] },
  {
    index: 1,
    size: 5,
    proof: [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
  {
    index: 5,
    size: 8,
    proof: [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
];
const CONSISTENCY = [
  { first: 1, second: 1, proof: [] },
  {
    first: 1,
    second: 8,
    proof: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    first: 2,
    second: 5,
    proof: [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
  {
    first: 6,
    second: 8,
    proof: [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
];

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
