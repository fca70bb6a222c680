import { nodeHash, sameHash } from './hash-tree.ts';

/** Leaves `from` up to, not including, `to`. */
export type Range = readonly [from: number, to: number];

/** The largest power of two below `size`, where a tree of that size splits. */
export const split = (size: number): number => 2 ** Math.floor(Math.log2(size - 1));

/** RFC 6962 2.1.1: the subtrees whose roots prove that a leaf is in the tree, lowest first. */
export const inclusionRanges = (index: number, from: number, to: number): readonly Range[] => {
  if (to - from <= 1) return [];
  const middle = from + split(to - from);
  return index < middle
    ? [...inclusionRanges(index, from, middle), [middle, to]]
    : [...inclusionRanges(index, middle, to), [from, middle]];
};

/** RFC 6962 2.1.2: the subtrees whose roots prove that the first `first` leaves of a tree are an earlier tree. */
export const consistencyRanges = (
  first: number,
  from: number,
  to: number,
  whole = true,
): readonly Range[] => {
  if (first === to) return whole ? [] : [[from, to]];
  const middle = from + split(to - from);
  return first <= middle
    ? [...consistencyRanges(first, from, middle, whole), [middle, to]]
    : [...consistencyRanges(first, middle, to, false), [from, middle]];
};

const isOdd = (n: number): boolean => n % 2 === 1;
const half = (n: number): number => Math.floor(n / 2);

/** RFC 9162 2.1.3.2. `leaf` is the leaf's hash. */
export const verifyInclusion = (
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean => {
  if (index < 0 || index >= size) return false;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const beside of proof) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      hash = nodeHash(beside, hash);
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else hash = nodeHash(hash, beside);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameHash(hash, root);
};

/** RFC 9162 2.1.4.2: whether the tree of size `first` is the beginning of that of size `second`. */
export const verifyConsistency = (
  first: { readonly size: number; readonly root: Uint8Array },
  second: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean => {
  if (first.size < 1 || first.size > second.size) return false;
  if (first.size === second.size) return proof.length === 0 && sameHash(first.root, second.root);
  const isPower = Number.isInteger(Math.log2(first.size));
  const [start, ...rest] = isPower ? [first.root, ...proof] : proof;
  if (start === undefined) return false;
  let [at, last] = [first.size - 1, second.size - 1];
  while (isOdd(at)) [at, last] = [half(at), half(last)];
  let [older, newer] = [start, start];
  for (const beside of rest) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      older = nodeHash(beside, older);
      newer = nodeHash(beside, newer);
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else newer = nodeHash(newer, beside);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameHash(older, first.root) && sameHash(newer, second.root);
};
