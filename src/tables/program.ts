import type { TableView } from './table-view.ts';

/** Rows evaluated at a time: every vector of a block stays in the second-level cache. */
export const BLOCK = 4096;

/** Rows `start` to `start + n` of the table. */
export type Step = (start: number, n: number) => void;

/**
 * What is computed for each block of rows of one table, in order. Equal things are made once (`once`), whichever table or
 * measure asks: the point of counting all tables in one pass.
 */
export interface Program {
  readonly view: TableView;
  readonly block: number;
  readonly steps: Step[];
  /** Done once, after the last block. */
  readonly endings: (() => void)[];
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
  return { view, block, steps: [], endings: [], once };
};

export const runProgram = ({ view, block, steps, endings }: Program): void => {
  for (let start = 0; start < view.table.rows; start += block) {
    const n = Math.min(block, view.table.rows - start);
    for (const step of steps) step(start, n);
  }
  for (const end of endings) end();
};
