import { beforeReference } from '../records/index.ts';
import { dayText, type Problem, parsePartialDate } from '../vocabulary/index.ts';
import type { BoundMapping } from './bound-mapping.ts';
import type { Candidate } from './candidate.ts';
import { idTable } from './id-table.ts';

/** Rows of one file that follow one another (a reprint and its original), held against each other when all were read. */
export interface OrderInFile {
  /** A row that is taken so far. */
  note(candidate: Candidate): void;
  /** What is wrong with rows that are dated before another row of the file that they refer to, with the number of the row. */
  problems(): readonly (readonly [row: number, problems: readonly Problem[]])[];
}

/** Keeps day numbers above zero, which stands for no date. */
const EPOCH = 2 ** 31;

/** Keeps 16 bytes a row, and the rows that refer to others; nothing where no record of the instrument follows another. */
export const orderInFile = ({ study, instrument }: BoundMapping): OrderInFile => {
  const follows = instrument.fields.filter((f) => f.follows === true && f.reference?.to === instrument.id);
  const { dateField } = instrument;
  if (dateField === undefined || follows.length === 0) return { note: () => {}, problems: () => [] };
  const days = idTable();
  const referring: Candidate[] = [];
  const recordOf = (id: string) => {
    const day = days.get(id);
    return day === 0
      ? undefined
      : { instrument: instrument.id, values: new Map([[dateField, dayText(day - EPOCH)]]) };
  };
  return {
    note: (candidate) => {
      const { recordId, values } = candidate;
      const date = values[dateField];
      const day = typeof date === 'string' ? parsePartialDate(date)?.firstDay : undefined;
      if (day !== undefined) days.set(recordId, day + EPOCH);
      if (follows.some((f) => values[f.path] !== undefined)) referring.push(candidate);
    },
    problems: () =>
      referring.flatMap(({ row: { row }, values }) => {
        const found = beforeReference(study.instruments, instrument, values, recordOf);
        return found.length === 0 ? [] : [[row, found.map((p) => ({ ...p, at: { ...p.at, row } }))] as const];
      }),
  };
};
