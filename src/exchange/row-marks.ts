import type { Sealing } from './secret-changes.ts';

/** What a row of the file would do, or did. `vouched`: nothing changes but a second person's word is added. */
export type RowOutcome = 'new' | 'unchanged' | 'revised' | 'vouched' | 'rejected';

const OUTCOMES: readonly RowOutcome[] = ['rejected', 'new', 'unchanged', 'revised', 'vouched'];

/** Who filled a row and who vouches for it. */
export interface RowPeople {
  readonly author: string;
  readonly voucher: string | undefined;
}

const SEALINGS: readonly Sealing[] = ['none', 'sealed', 'not_compared', 'erased'];

/** What a row does, with its identity values too. */
export interface RowMark {
  readonly outcome: RowOutcome;
  readonly sealing: Sealing;
}

/** Four bytes a row: what the first pass over the file found, for the second, and for a row that is rejected later. */
export interface RowMarks {
  accept(row: number, mark: RowMark, people: RowPeople): void;
  reject(row: number): void;
  /** `rejected` for a row that was never marked. */
  outcome(row: number): RowOutcome;
  sealing(row: number): Sealing;
  /** The people of an accepted row. */
  people(row: number): RowPeople | undefined;
}

export const rowMarks = (): RowMarks => {
  // Outcome and sealing in the low byte, the number of the pair of people above it: a file names few people, over and over.
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
  const set = (row: number, { outcome, sealing }: RowMark, pair: number): void => {
    if (row >= marks.length) {
      const grown = new Uint32Array(Math.max(row + 1, marks.length * 2));
      grown.set(marks);
      marks = grown;
    }
    marks[row] = OUTCOMES.indexOf(outcome) + SEALINGS.indexOf(sealing) * 16 + pair * 256;
  };
  const outcome = (row: number): RowOutcome => OUTCOMES[(marks[row] ?? 0) % 16] ?? 'rejected';
  return {
    accept: (row, mark, people) => set(row, mark, numberOf(people)),
    reject: (row) => set(row, { outcome: 'rejected', sealing: 'none' }, 0),
    outcome,
    sealing: (row) => SEALINGS[Math.floor((marks[row] ?? 0) / 16) % 16] ?? 'none',
    people: (row) => (outcome(row) === 'rejected' ? undefined : pairs[Math.floor((marks[row] ?? 0) / 256)]),
  };
};
