/** What a row of the file would do, or did. `vouched`: nothing changes but a second person's word is added. */
export type RowOutcome = 'new' | 'unchanged' | 'revised' | 'vouched' | 'rejected';

const OUTCOMES: readonly RowOutcome[] = ['rejected', 'new', 'unchanged', 'revised', 'vouched'];

/** Who filled a row and who vouches for it. */
export interface RowPeople {
  readonly author: string;
  readonly voucher: string | undefined;
}

/** Four bytes a row: what the first pass over the file found, for the second, and for a row that is rejected later. */
export interface RowMarks {
  accept(row: number, outcome: RowOutcome, people: RowPeople): void;
  reject(row: number): void;
  /** `rejected` for a row that was never marked. */
  outcome(row: number): RowOutcome;
  /** The people of an accepted row. */
  people(row: number): RowPeople | undefined;
}

export const rowMarks = (): RowMarks => {
  // Outcome in the low byte, the number of the pair of people above it: a file names few people, over and over.
  let marks = new Uint32Array(1024);
  const pairs: RowPeople[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (people: RowPeople): number => {
    const key = JSON.stringify([people.author, people.voucher]);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, pairs.length);
    return pairs.push(people) - 1;
  };
  const set = (row: number, outcome: RowOutcome, pair: number): void => {
    if (row >= marks.length) {
      const grown = new Uint32Array(Math.max(row + 1, marks.length * 2));
      grown.set(marks);
      marks = grown;
    }
    marks[row] = OUTCOMES.indexOf(outcome) + pair * 256;
  };
  const outcome = (row: number): RowOutcome => OUTCOMES[(marks[row] ?? 0) % 256] ?? 'rejected';
  return {
    accept: (row, as, people) => set(row, as, numberOf(people)),
    reject: (row) => set(row, 'rejected', 0),
    outcome,
    people: (row) => (outcome(row) === 'rejected' ? undefined : pairs[Math.floor((marks[row] ?? 0) / 256)]),
  };
};
