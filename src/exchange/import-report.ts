import type { Problem, ProblemCode } from '../vocabulary/index.ts';
import type { RowMark, RowOutcome, RowPeople } from './row-marks.ts';
import type { Sealing } from './secret-changes.ts';

/** The outcome of a dry run or an import, in plain data. Lists are cut at `LISTED`; the counts are whole. */
export interface ImportReport {
  readonly study: string;
  readonly instrument: string;
  /** SHA-256 (hex) of the file: each entry names it, with its row. */
  readonly sha256: string;
  readonly rows: number;
  readonly outcomes: Readonly<Record<RowOutcome, number>>;
  readonly review: 'submitted' | 'verified';
  /** Codes of the people the file or the mapping names, with how many rows each stands behind. */
  readonly authors: Readonly<Record<string, number>>;
  readonly vouchers: Readonly<Record<string, number>>;
  readonly problemCount: number;
  readonly problemsByCode: Readonly<Partial<Record<ProblemCode, number>>>;
  readonly problems: readonly Problem[];
  /** Rows that change a record, with the fields they change. */
  readonly revisions: readonly {
    readonly row: number;
    readonly recordId: string;
    readonly fields: readonly string[];
  }[];
  /**
   * Rows with identity values: sealed into the log; left as they were, since nobody can compare them without a key
   * (`--reseal` seals them anew); left out, since the record was erased.
   */
  readonly sealed: Readonly<Record<Exclude<Sealing, 'none'>, number>>;
  /** Records appended to the log: 0 after a dry run. */
  readonly written: number;
}

export interface ImportProgress {
  readonly pass: 'check' | 'write';
  readonly rows: number;
  /** Between 0 and 1; undefined where the length of the input is not known. */
  readonly share?: number;
  readonly elapsedMs: number;
  readonly remainingMs?: number;
}

export const LISTED = 1000;

/** Collects a report row by row in bounded memory. */
export interface ReportTally {
  count(mark: RowMark, by: number): void;
  people(people: RowPeople, by: number): void;
  problem(problems: readonly Problem[]): void;
  revision(row: number, recordId: string, fields: readonly string[]): void;
  /** A row that was accepted turns out to be wrong. */
  takeBack(row: number, mark: RowMark, people: RowPeople | undefined): void;
  report(fixed: Pick<ImportReport, 'study' | 'instrument' | 'sha256' | 'review' | 'written'>): ImportReport;
}

export const reportTally = (): ReportTally => {
  const outcomes: Record<RowOutcome, number> = { new: 0, unchanged: 0, revised: 0, vouched: 0, rejected: 0 };
  const [authors, vouchers]: [Record<string, number>, Record<string, number>] = [{}, {}];
  const byCode: Partial<Record<ProblemCode, number>> = {};
  const problems: Problem[] = [];
  let revisions: { row: number; recordId: string; fields: readonly string[] }[] = [];
  let problemCount = 0;
  const add = (to: Record<string, number>, name: string, by: number): void => {
    to[name] = (to[name] ?? 0) + by;
    if (to[name] === 0) delete to[name];
  };
  const sealed = { sealed: 0, not_compared: 0, erased: 0 };
  const count: ReportTally['count'] = ({ outcome, sealing }, by) => {
    outcomes[outcome] += by;
    if (sealing !== 'none') sealed[sealing] += by;
  };
  const people: ReportTally['people'] = ({ author, voucher }, by) => {
    add(authors, author, by);
    if (voucher !== undefined) add(vouchers, voucher, by);
  };
  return {
    count,
    people,
    takeBack: (row, mark, of) => {
      count(mark, -1);
      if (of !== undefined) people(of, -1);
      revisions = revisions.filter((r) => r.row !== row);
    },
    problem: (found) => {
      for (const one of found) {
        problemCount += 1;
        byCode[one.code] = (byCode[one.code] ?? 0) + 1;
        if (problems.length < LISTED) problems.push(one);
      }
    },
    revision: (row, recordId, fields) => {
      if (revisions.length < LISTED) revisions.push({ row, recordId, fields });
    },
    report: (fixed) => ({
      ...fixed,
      rows: Object.values(outcomes).reduce((a, b) => a + b, 0),
      outcomes: { ...outcomes },
      sealed: { ...sealed },
      authors: { ...authors },
      vouchers: { ...vouchers },
      problemCount,
      problemsByCode: { ...byCode },
      problems: [...problems],
      revisions: [...revisions],
    }),
  };
};
