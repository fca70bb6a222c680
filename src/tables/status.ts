import type { CodedColumn } from './coded-column.ts';
import { combineTruths, lookUpBytes } from './kernels.ts';
import type { Program } from './program.ts';
import { TRUE, type Truth } from './scalar.ts';

/** A small vocabulary that stands for the rows of a column or of a select_multiple: `slots[row]` is one of `count` entries. */
export interface Coding {
  readonly key: string;
  readonly slots: CodedColumn['slots'];
  readonly count: number;
}

/**
 * What a condition or a term is to each row: 0 false or out, 1 true or in, 2 unknown or missing. Kept as a description for
 * as long as possible: a status that one coding decides is never computed row by row when the coding itself is counted.
 */
export type Status =
  | { readonly kind: 'every'; readonly key: string }
  | { readonly kind: 'coded'; readonly key: string; readonly coding: Coding; readonly lut: Uint8Array }
  | {
      readonly kind: 'joined';
      readonly key: string;
      readonly a: Status;
      readonly b: Status;
      readonly table: Uint8Array;
    }
  | { readonly kind: 'byte'; readonly key: string; readonly data: Uint8Array }
  | { readonly kind: 'rows'; readonly key: string; readonly at: (row: number) => Truth };

/** Every row is in. */
export const EVERY: Status = { kind: 'every', key: 'every' };

/** Entries decided alike are the same status, however their conditions were written. */
export const coded = (coding: Coding, lut: Uint8Array): Status =>
  lut.every((truth) => truth === TRUE)
    ? EVERY
    : { kind: 'coded', key: `${coding.key} ${lut.join('')}`, coding, lut };

/** Two statuses through a truth table of `kernels.ts`. Where one coding decides both, it decides the result. */
export const combine = (name: string, a: Status, b: Status, table: Uint8Array): Status => {
  const through = (x: number, y: number): number => table[x * 3 + y] as number;
  if (a.kind === 'every' && b.kind === 'every' && through(1, 1) === 1) return EVERY;
  if (a.kind === 'coded' && b.kind === 'every')
    return coded(
      a.coding,
      a.lut.map((x) => through(x, 1)),
    );
  if (a.kind === 'every' && b.kind === 'coded')
    return coded(
      b.coding,
      b.lut.map((y) => through(1, y)),
    );
  if (a.kind === 'coded' && b.kind === 'coded' && a.coding.key === b.coding.key)
    return coded(
      a.coding,
      a.lut.map((x, entry) => through(x, b.lut[entry] as number)),
    );
  return { kind: 'joined', key: `${name}(${a.key}; ${b.key})`, a, b, table };
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
    : combine('not', EVERY, a, NOT_OF_SECOND);
/** A status as bytes: of the whole column, or of the current block. */
export interface Vector {
  readonly data: Uint8Array;
  readonly whole: boolean;
}

/** The bytes of a status; adds the steps that compute them, once. */
export const vectorOf = (program: Program, status: Status): Vector =>
  program.once(`vector ${status.key}`, () => {
    if (status.kind === 'byte') return { data: status.data, whole: true };
    const data = new Uint8Array(program.block);
    switch (status.kind) {
      case 'every':
        data.fill(TRUE);
        break;
      case 'coded': {
        const { coding, lut } = status;
        program.steps.push((start, n) => lookUpBytes(data, coding.slots, start, n, lut));
        break;
      }
      case 'rows': {
        const { at } = status;
        program.steps.push((start, n) => {
          for (let i = 0; i < n; i++) data[i] = at(start + i);
        });
        break;
      }
      case 'joined': {
        const [a, b] = [vectorOf(program, status.a), vectorOf(program, status.b)];
        const { table } = status;
        program.steps.push((start, n) =>
          combineTruths(data, a.data, a.whole ? start : 0, b.data, b.whole ? start : 0, n, table),
        );
        break;
      }
    }
    return { data, whole: false };
  });
