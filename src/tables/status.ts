import type { CodedColumn } from './coded-column.ts';
import { addBytes, andBytes, lookUpBytes } from './look-up-kernels.ts';
import type { Program } from './program.ts';
import { TRUE, type Truth } from './scalar.ts';

/**
 * A small vocabulary that stands for the rows: `slots[row]` is one of `count` entries. That of a column or a
 * select_multiple is there for all rows; a joint one, over several statuses, is computed block by block.
 */
export type Coding =
  | {
      readonly kind: 'whole';
      readonly key: string;
      readonly slots: CodedColumn['slots'];
      readonly count: number;
    }
  | {
      readonly kind: 'joint';
      readonly key: string;
      readonly atoms: readonly Status[];
      readonly count: number;
    };

/**
 * What a condition or a term is to each row: 0 false or out, 1 true or in, 2 unknown or missing. Kept as a description for
 * as long as possible: a status that a coding decides is not computed row by row when the coding itself is counted.
 */
export type Status =
  | { readonly kind: 'every'; readonly key: string }
  | { readonly kind: 'coded'; readonly key: string; readonly coding: Coding; readonly lut: Uint8Array }
  | { readonly kind: 'byte'; readonly key: string; readonly data: Uint8Array }
  | { readonly kind: 'rows'; readonly key: string; readonly at: (row: number) => Truth };

/** Every row is in. */
export const EVERY: Status = { kind: 'every', key: 'every' };

/** Entries decided alike are the same status, however their conditions were written. */
export const coded = (coding: Coding, lut: Uint8Array): Status =>
  lut.every((truth) => truth === TRUE)
    ? EVERY
    : { kind: 'coded', key: `${coding.key} ${lut.join('')}`, coding, lut };

/** Up to this many statuses are joined to one vocabulary of 3^n entries. */
const MOST_ATOMS = 4;

/** The independent statuses that decide one. */
const atomsOf = (status: Status): readonly Status[] => {
  if (status.kind === 'every') return [];
  return status.kind === 'coded' && status.coding.kind === 'joint' ? status.coding.atoms : [status];
};

const digit = (entry: number, atom: number): number => Math.floor(entry / 3 ** atom) % 3;

/** Can this atom be `truth` in any row? What cannot happen must not tell two statuses apart. */
const attainable = (atom: Status, truth: number): boolean =>
  atom.kind !== 'coded' || atom.lut.includes(truth);

/** The value of a status when the atoms have the values that an entry of their joint vocabulary stands for. */
const valueAt = (status: Status, atoms: readonly Status[], entry: number): number => {
  if (status.kind === 'every') return TRUE;
  const own = atomsOf(status).map((atom) =>
    digit(
      entry,
      atoms.findIndex((a) => a.key === atom.key),
    ),
  );
  if (status.kind !== 'coded' || status.coding.kind !== 'joint') return own[0] as number;
  return status.lut[own.reduce((index, value, i) => index + value * 3 ** i, 0)] as number;
};

/** Two statuses through a truth table of `truth-tables.ts`. Where one coding decides both, it decides the result. */
export const combine = (a: Status, b: Status, table: Uint8Array): Status => {
  const through = (x: number, y: number): number => table[x * 3 + y] as number;
  if (a.kind === 'coded' && b.kind === 'every')
    return coded(
      a.coding,
      a.lut.map((x) => through(x, TRUE)),
    );
  if (a.kind === 'every' && b.kind === 'coded')
    return coded(
      b.coding,
      b.lut.map((y) => through(TRUE, y)),
    );
  if (a.kind === 'coded' && b.kind === 'coded' && a.coding.key === b.coding.key)
    return coded(
      a.coding,
      a.lut.map((x, entry) => through(x, b.lut[entry] as number)),
    );
  const both = new Map([...atomsOf(a), ...atomsOf(b)].map((atom) => [atom.key, atom]));
  const sorted = [...both.values()].toSorted((x, y) => (x.key < y.key ? -1 : 1));
  const atoms = sorted.length > MOST_ATOMS ? [a, b] : sorted;
  const count = 3 ** atoms.length;
  const lut = Uint8Array.from({ length: count }, (_, entry) => {
    if (!atoms.every((atom, i) => attainable(atom, digit(entry, i)))) return TRUE;
    if (sorted.length > MOST_ATOMS) return through(digit(entry, 0), digit(entry, 1));
    return through(valueAt(a, atoms, entry), valueAt(b, atoms, entry));
  });
  return coded({ kind: 'joint', key: `(${atoms.map((atom) => atom.key).join(' × ')})`, atoms, count }, lut);
};

/** At 3 x 1 + b: not b. */
const NOT_OF_SECOND = Uint8Array.of(0, 0, 0, 1, 0, 2, 0, 0, 0);

/** Three-valued not. */
export const negated = (a: Status): Status =>
  a.kind === 'coded'
    ? coded(
        a.coding,
        a.lut.map((x) => (x === 2 ? 2 : 1 - x)),
      )
    : combine(EVERY, a, NOT_OF_SECOND);

/** Numbers that stand for rows: of the whole column, or of the current block. */
export interface Vector<S extends CodedColumn['slots'] = Uint8Array> {
  readonly data: S;
  readonly whole: boolean;
}

/** The entry of every row; adds the steps that compute a joint one, once. */
export const slotsOf = (program: Program, coding: Coding): Vector<CodedColumn['slots']> =>
  program.once(`slots ${coding.key}`, () => {
    if (coding.kind === 'whole') return { data: coding.slots, whole: true };
    const data = new Uint8Array(program.block);
    for (const [i, atom] of coding.atoms.entries()) {
      const { data: from, whole, lut } = digitsOf(program, atom);
      const digits = lut.map((truth) => truth * 3 ** i);
      const put = i === 0 ? lookUpBytes : addBytes;
      program.steps.push((start, n) => put(data, from, whole ? start : 0, n, digits));
    }
    return { data, whole: false };
  });

const OWN = Uint8Array.of(0, 1, 2);

/** Where the truths of an atom are looked up: in its coding, without a vector of its own, or in its bytes. */
const digitsOf = (
  program: Program,
  atom: Status,
): Vector<CodedColumn['slots']> & { readonly lut: Uint8Array } =>
  atom.kind === 'coded'
    ? { ...slotsOf(program, atom.coding), lut: atom.lut }
    : { ...vectorOf(program, atom), lut: OWN };

/** The bytes of a status; adds the steps that compute them, once. */
export const vectorOf = (program: Program, status: Status): Vector =>
  program.once(`vector ${status.key}`, () => {
    if (status.kind === 'byte') return { data: status.data, whole: true };
    const data = new Uint8Array(program.block);
    if (status.kind === 'every') data.fill(TRUE);
    if (status.kind === 'rows') {
      const { at } = status;
      program.steps.push((start, n) => {
        for (let i = 0; i < n; i++) data[i] = at(start + i);
      });
    }
    if (status.kind === 'coded') {
      const slots = slotsOf(program, status.coding);
      const { lut } = status;
      program.steps.push((start, n) => lookUpBytes(data, slots.data, slots.whole ? start : 0, n, lut));
    }
    return { data, whole: false };
  });

/** The statuses that a row must be in by, all of them, to be in by this one; itself alone where it is no conjunction. */
const conjuncts = (status: Status): readonly Status[] => {
  if (status.kind !== 'coded' || status.coding.kind !== 'joint') return [status];
  const { atoms } = status.coding;
  const conjunction = status.lut.every((truth, entry) => {
    const digits = atoms.map((_, i) => digit(entry, i));
    const possible = atoms.every((atom, i) => attainable(atom, digits[i] as number));
    return !possible || (truth === TRUE) === digits.every((d) => d === TRUE);
  });
  return conjunction ? atoms.flatMap(conjuncts) : [status];
};

/** Rows that are in by all. What the first ones leave is shared: nearly every condition begins with `counted`. */
const conjunctionOf = (program: Program, all: readonly Status[]): Vector => {
  const [last, before] = [all.at(-1), all.slice(0, -1)];
  if (last === undefined) return vectorOf(program, EVERY);
  if (before.length === 0) return vectorOf(program, last);
  return program.once(`in by ${all.map((status) => status.key).join(' and ')}`, () => {
    const base = conjunctionOf(program, before);
    const { data: from, whole, lut } = digitsOf(program, last);
    const data = new Uint8Array(program.block);
    program.steps.push((start, n) =>
      andBytes(data, base.data, base.whole ? start : 0, from, whole ? start : 0, n, lut),
    );
    return { data, whole: false };
  });
};

/** A byte a row that is odd where the row is in: all that a condition on a table needs. Adds the steps, once. */
export const maskOf = (program: Program, status: Status): Vector =>
  conjunctionOf(
    program,
    conjuncts(status).toSorted((a, b) => Number(b.kind === 'byte') - Number(a.kind === 'byte')),
  );
