import type { ExpressionNode } from '../study/index.ts';
import type { CodedColumn } from './coded-column.ts';
import { combineTruths, lookUpBytes } from './kernels.ts';
import type { TableView } from './table-view.ts';

/** Rows evaluated at a time: every vector of a block stays in the second-level cache. */
export const BLOCK = 4096;

/** Truths or statuses, one byte a row: a whole column (`whole`), or the current block only. */
export interface Bytes {
  /** Equal keys, equal bytes: what is counted by them is shared too. */
  readonly key: string;
  readonly data: Uint8Array;
  readonly whole: boolean;
}
/** Rows `start` to `start + n` of the table. */
export type Step = (start: number, n: number) => void;

/**
 * What is computed for each block of rows of one table, in order. Equal expressions are compiled once (`once`), whichever
 * table or measure asks: the point of counting all tables in one pass.
 */
export interface Program {
  readonly view: TableView;
  readonly block: number;
  readonly steps: Step[];
  once<T>(key: string, make: () => T): T;
}

export const newProgram = (view: TableView, block: number = BLOCK): Program => {
  const made = new Map<string, unknown>();
  const once = <T>(key: string, make: () => T): T => {
    if (made.has(key)) return made.get(key) as T;
    const value = make();
    made.set(key, value);
    return value;
  };
  return { view, block, steps: [], once };
};

export const runProgram = ({ view, block, steps }: Program): void => {
  for (let start = 0; start < view.table.rows; start += block) {
    const n = Math.min(block, view.table.rows - start);
    for (const step of steps) step(start, n);
  }
};

/** A stable name of an expression, offsets left out. */
export const expressionKey = (node: ExpressionNode): string =>
  JSON.stringify(node, (key, value: unknown) => (key === 'at' || key === 'type' ? undefined : value));

/** A byte for each row by the entry it holds. */
export const lookUp = (program: Program, key: string, slots: CodedColumn['slots'], lut: Uint8Array): Bytes =>
  program.once(key, () => {
    const data = new Uint8Array(program.block);
    program.steps.push((start, n) => lookUpBytes(data, slots, start, n, lut));
    return { key, data, whole: false };
  });

/** Two truth vectors through a truth table of `kernels.ts`. */
export const combine = (
  program: Program,
  name: string,
  a: Bytes,
  b: Bytes,
  truthTable: Uint8Array,
): Bytes => {
  const key = `${name}(${a.key}; ${b.key})`;
  return program.once(key, () => {
    const data = new Uint8Array(program.block);
    program.steps.push((start, n) =>
      combineTruths(data, a.data, a.whole ? start : 0, b.data, b.whole ? start : 0, n, truthTable),
    );
    return { key, data, whole: false };
  });
};

/** Every row is in. */
export const everyRow = (program: Program): Bytes =>
  program.once('every row', () => ({
    key: 'every row',
    data: new Uint8Array(program.block).fill(1),
    whole: false,
  }));
