import type { RowOutcome } from './import-report.ts';

const OUTCOMES: readonly RowOutcome[] = ['rejected', 'new', 'unchanged', 'revised', 'vouched'];

/** One byte a row: what the first pass over the file found, for the second. */
export interface RowMarks {
  accept(row: number, outcome: RowOutcome): void;
  reject(row: number): void;
  /** `rejected` for a row that was never marked. */
  outcome(row: number): RowOutcome;
}

export const rowMarks = (): RowMarks => {
  let marks = new Uint8Array(1024);
  const set = (row: number, outcome: RowOutcome): void => {
    if (row >= marks.length) {
      const grown = new Uint8Array(Math.max(row + 1, marks.length * 2));
      grown.set(marks);
      marks = grown;
    }
    marks[row] = OUTCOMES.indexOf(outcome);
  };
  return {
    accept: set,
    reject: (row) => set(row, 'rejected'),
    outcome: (row) => OUTCOMES[marks[row] ?? 0] ?? 'rejected',
  };
};
