import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What the tests use of verifier/verify.mjs, which is plain JavaScript and shares no code with us. */
export interface Verifier {
  main(argv: readonly string[], out: (text: string) => void): Promise<number>;
  leafHash(leaf: Uint8Array): Buffer;
  Tree: new () => { add(hash: Uint8Array): void; root(): Buffer };
  inclusionRoot(
    leaf: Uint8Array,
    index: number,
    size: number,
    proof: readonly Uint8Array[],
  ): Buffer | undefined;
  consistencyRoots(
    first: number,
    second: number,
    older: Uint8Array,
    proof: readonly Uint8Array[],
  ): { readonly older: Buffer; readonly newer: Buffer } | undefined;
}

const FILE: string = resolve(import.meta.dirname, '../../verifier/verify.mjs');
export const verifier = (await import(FILE)) as Verifier;

export interface Verdict {
  readonly code: number;
  readonly out: string;
}
export const run = async (...argv: readonly string[]): Promise<Verdict> => {
  let out = '';
  const code = await verifier.main(argv, (text) => void (out += text));
  return { code, out };
};

/** What the verifier says of these bytes as a copy of a log. */
export const runOn = (dir: string, bytes: Uint8Array, ...more: readonly string[]): Promise<Verdict> => {
  const file = join(dir, 'copy.txt');
  writeFileSync(file, bytes);
  return run('log', file, ...more);
};

/** Positions that a verdict names. */
export const placesIn = ({ out }: Verdict): readonly number[] =>
  [...out.matchAll(/^FOUND at entry (\d+)/gm)].map((match) => Number(match[1]));
