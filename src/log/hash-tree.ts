import { hash } from 'node:crypto';

/**
 * The hash tree of RFC 6962 section 2.1 (the same as RFC 9162): leaf = SHA-256(0x00 || leaf), node = SHA-256(0x01 || left ||
 * right), the empty tree SHA-256(''). An append needs only the right edge: the roots of the perfect subtrees, one for each
 * set bit of the size.
 */
const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(hash('sha256', bytes, 'buffer'));

export const leafHash = (leaf: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(leaf.length + 1);
  bytes.set(leaf, 1);
  return sha256(bytes);
};

export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(65);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 33);
  return sha256(bytes);
};

export const sha256Hex = (bytes: Uint8Array | string): string => hash('sha256', bytes, 'hex');

/** A tree by its right edge, lowest subtree first. */
export interface TreeEdge {
  readonly size: number;
  readonly edge: readonly Uint8Array[];
}
export const EMPTY_TREE: TreeEdge = { size: 0, edge: [] };

/** The tree with more leaves, given as leaf hashes: like counting in binary, each carry is one node. */
export const growTree = (tree: TreeEdge, leafHashes: Iterable<Uint8Array>): TreeEdge => {
  // Highest first while growing: the end of the array is where the carry happens.
  const edge = [...tree.edge].reverse();
  let { size } = tree;
  for (const leaf of leafHashes) {
    let carry = leaf;
    for (let bits = size; bits % 2 === 1; bits = (bits - 1) / 2)
      carry = nodeHash(edge.pop() as Uint8Array, carry);
    edge.push(carry);
    size += 1;
  }
  return { size, edge: edge.reverse() };
};

/** The root: the edge folded from the lowest subtree up. */
export const rootOf = ({ edge }: TreeEdge): Uint8Array => {
  const [lowest, ...higher] = edge;
  return lowest === undefined
    ? sha256(new Uint8Array())
    : higher.reduce((right, left) => nodeHash(left, right), lowest);
};

export const sameHash = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
