import { beforeReference, followedRecords, type Hmac, type UniqueIndex } from '../records/index.ts';
import type { TableSource } from '../sheets/index.ts';
import type { Instrument, Study } from '../study/index.ts';
import { type Problem, problem } from '../vocabulary/index.ts';
import { bindMapping } from './bind-mapping.ts';
import type { BoundMapping } from './bound-mapping.ts';
import { type Candidate, candidates } from './candidate.ts';
import type { StoredRecord } from './change.ts';
import { fileProblems } from './check-attached.ts';
import { checkRow, type ValidateValues } from './check-row.ts';
import { classify, compartmentOfRow, vouchesForOwn } from './classify.ts';
import { idTable } from './id-table.ts';
import { type ImportProgress, type ImportReport, reportTally } from './import-report.ts';
import type { Mapping } from './mapping.ts';
import { onlyOnce } from './only-once.ts';
import { orderInFile } from './order-in-file.ts';
import { progressMeter } from './progress.ts';
import { type RowMark, type RowMarks, rowMarks } from './row-marks.ts';
import type { Sealer } from './seal.ts';
import { openRows } from './source-rows.ts';

/** What an import needs of the world around it; the workspace gives it. */
export interface ImportWorld {
  readonly study: Study;
  /** HMAC-SHA-256 under the import key of the data folder. */
  readonly hmac: Hmac;
  readonly validate: ValidateValues;
  /** The records that the log holds, of those asked for. */
  readonly recordsOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, StoredRecord>>;
  /** What the log holds of an instrument whose records may not share values (`unique`). */
  readonly uniqueIndex: (instrument: Instrument) => Promise<UniqueIndex>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Without one, a mapping that fills an identity field is refused. */
  readonly sealer?: Sealer;
}

/** A dry run: what the import would do, and what `runImport` needs to do it. */
export interface ImportPlan {
  readonly report: ImportReport;
  readonly bound: BoundMapping;
  readonly source: TableSource;
  /** Bytes of the file, for the estimate of the second pass. */
  readonly bytes: number;
  readonly marks: RowMarks;
  /** Whether identity values are sealed anew although nobody can see whether they changed. */
  readonly reseal: boolean;
}

const referenceProblems = (
  { row }: Candidate,
  known: ReadonlyMap<string, StoredRecord>,
): readonly Problem[] =>
  row.references
    .filter(({ id }) => !known.has(id))
    .map(({ column, value }) =>
      problem('import_reference_unknown', { column, value }, { row: row.row, field: column }),
    );

/** Dates against those of the records referred to, as far as the log holds them. */
const orderProblems = (
  { study, instrument }: BoundMapping,
  { row, values }: Candidate,
  known: ReadonlyMap<string, StoredRecord>,
): readonly Problem[] =>
  beforeReference(study.instruments, instrument, values, (id) => known.get(id)?.state).map((p) => ({
    ...p,
    at: { ...p.at, row: row.row },
  }));

/** How a file is read beside its mapping. */
export interface PlanOptions {
  /** Bytes of the file, for estimates. */
  readonly size?: number;
  /** Seal identity values anew although nobody can see whether they changed. */
  readonly reseal?: boolean;
  /** Take another date of a record that may be there once for a correction, not for a second one. */
  readonly correctDates?: boolean;
}

const REJECTED: RowMark = { outcome: 'rejected', sealing: 'none' };
const HOUR_MS = 3_600_000;
/** Day number of the latest date that any clock on Earth shows (UTC+14): today's card is never from the future. */
const latestDay = (now: number): number => Math.floor((now + 14 * HOUR_MS) / (24 * HOUR_MS));

/** Whose values are sound as far as the row itself tells, with the problems of the others. */
const rowProblems = (
  bound: BoundMapping,
  candidate: Candidate,
  validate: ValidateValues,
  today: number,
): readonly Problem[] => {
  const { row, values } = candidate;
  return row.problems.length > 0 ? row.problems : checkRow(bound, values, row.row, validate, today);
};

/**
 * Reads the whole file once and says what importing it would do: each row new, unchanged, revised, vouched for or rejected,
 * with every problem. Nothing is written. Memory does not grow with the file but for 16 bytes a key, and for rows that refer to
 * others of the same file which they must follow. Throws ProblemError
 * where the mapping or the file as a whole is wrong.
 */
export const planImport = async (
  source: TableSource,
  mapping: Mapping,
  world: ImportWorld,
  { size, reseal = false, correctDates = false }: PlanOptions = {},
): Promise<ImportPlan> => {
  const { sealer } = world;
  const bound = bindMapping(world.study, mapping, sealer !== undefined);
  const rows = await openRows(bound, source, world.hmac);
  const candidateOf = candidates(bound, world.hmac);
  const today = latestDay(world.clock());
  const validate: ValidateValues = (study, instrument, values) =>
    world.validate(study, instrument, values, today);
  const isSecond =
    bound.instrument.unique.length === 0
      ? undefined
      : onlyOnce(bound, await world.uniqueIndex(bound.instrument), { correctDates });
  const firstRow = idTable();
  const order = orderInFile(bound);
  const marks = rowMarks();
  const tally = reportTally();
  const meter = progressMeter('check', size, world);

  const reject = (row: number, problems: readonly Problem[]): void => {
    tally.problem(problems);
    tally.count(REJECTED, 1);
    marks.reject(row);
  };
  /** A row that was taken turns out to be wrong. */
  const takeBack = (row: number): void => {
    const outcome = marks.outcome(row);
    if (outcome === 'rejected') return;
    tally.takeBack(row, { outcome, sealing: marks.sealing(row) }, marks.people(row));
    tally.count(REJECTED, 1);
    marks.reject(row);
  };
  /** A key that stands twice is wrong in both rows: nobody knows which one is meant. */
  const twice = ({ row, recordId }: Candidate): boolean => {
    const first = firstRow.get(recordId);
    if (first === 0) {
      firstRow.set(recordId, row.row);
      return false;
    }
    reject(row.row, [problem('import_key_twice', { key: row.key.join(' '), first }, { row: row.row })]);
    takeBack(first);
    return true;
  };
  const judge = (candidate: Candidate, known: ReadonlyMap<string, StoredRecord>): void => {
    const { row } = candidate.row;
    if (candidate.row.key.some((k) => k !== '') && twice(candidate)) return;
    const stored = known.get(candidate.recordId);
    const { author, vouchedBy: voucher } = candidate.row.review;
    const problems = [
      ...rowProblems(bound, candidate, validate, today),
      ...referenceProblems(candidate, known),
      ...orderProblems(bound, candidate, known),
    ];
    const act = classify(bound, candidate, stored, reseal);
    const shut =
      act.seal.length > 0 ? sealer?.refusal(compartmentOfRow(bound, candidate, stored)) : undefined;
    if (shut !== undefined) problems.push({ ...shut, at: { row } });
    problems.push(...fileProblems(bound, act.seal, sealer?.files, row));
    // A voucher who has corrected the card since may stand in the file as before, as long as nothing is vouched for anew.
    if (act.verify && vouchesForOwn(candidate, stored))
      problems.push(problem('import_same_person', { person: voucher ?? '' }, { row }));
    const second = problems.length > 0 ? undefined : isSecond?.(candidate, act, stored);
    if (second !== undefined) problems.push(second.problem);
    if (second?.first !== undefined) takeBack(second.first);
    if (problems.length > 0) return reject(row, problems);
    tally.count(act, 1);
    const people = { author, voucher };
    tally.people(people, 1);
    if (act.outcome === 'revised')
      tally.revision(row, candidate.recordId, [
        ...new Set([...Object.keys(act.changes), ...act.seal.map((secret) => secret.field)]),
        ...(act.assess ? ['evidence'] : []),
      ]);
    marks.accept(row, act, people);
    order.note(candidate);
  };

  for await (const batch of rows.batches) {
    const found = batch.map(candidateOf);
    const asked = new Set(
      found.flatMap((c) => [
        c.recordId,
        ...c.row.references.map((r) => r.id),
        ...followedRecords(bound.instrument, c.values),
      ]),
    );
    const known = await world.recordsOf([...asked]);
    for (const candidate of found) judge(candidate, known);
    meter.advance(batch.length, rows.bytes());
  }
  for (const [row, problems] of order.problems()) {
    if (marks.outcome(row) === 'rejected') continue;
    tally.problem(problems);
    takeBack(row);
  }
  const fixed = {
    study: mapping.study,
    instrument: mapping.instrument,
    review: mapping.review.state,
  } as const;
  const report = tally.report({ ...fixed, sha256: rows.sha256(), written: 0 });
  return { report, bound, source, bytes: rows.bytes(), marks, reseal };
};
