import { ProblemError, problem } from '../vocabulary/index.ts';
import { candidates } from './candidate.ts';
import type { StoredRecord } from './change.ts';
import { classify, draftsOf, type ImportDraft } from './classify.ts';
import type { ImportReport } from './import-report.ts';
import type { ImportPlan, ImportWorld } from './plan-import.ts';
import { progressMeter } from './progress.ts';
import type { RowOutcome } from './row-marks.ts';
import { openRows } from './source-rows.ts';

export interface ImportWriter
  extends Pick<ImportWorld, 'hmac' | 'recordsOf' | 'clock' | 'onProgress' | 'sealer'> {
  /** Signs and appends what streams in, all or none; resolves when it is durable. */
  readonly append: (drafts: AsyncIterable<ImportDraft>) => Promise<unknown>;
  /** A fresh UUIDv7. */
  readonly newId: () => string;
}

export interface ImportOptions {
  /** Import the valid rows although others were rejected. */
  readonly acceptValid?: boolean;
}

/**
 * Appends what the plan found, reading the file a second time. All rows or none, as one append: with a rejected row it
 * refuses (`import_row_rejected`) unless `acceptValid`; with a file that changed since the plan, too (`import_file_changed`).
 */
export const runImport = async (
  plan: ImportPlan,
  writer: ImportWriter,
  options: ImportOptions = {},
): Promise<ImportReport> => {
  const { report } = plan;
  const { rejected, new: added, revised, vouched } = report.outcomes;
  if (rejected > 0 && options.acceptValid !== true)
    throw new ProblemError([
      problem('import_row_rejected', { rejected, rows: report.rows }),
      ...report.problems,
    ]);
  const written = added + revised + vouched;
  if (written > 0) await writer.append(draftsOfPlan(plan, writer));
  return { ...report, written };
};

/** The entries of all rows that change something, in the order of the file. */
async function* draftsOfPlan(
  { bound, source, report, marks, bytes, reseal }: ImportPlan,
  writer: ImportWriter,
): AsyncGenerator<ImportDraft> {
  const rows = await openRows(bound, source, writer.hmac);
  const candidateOf = candidates(bound, writer.hmac);
  const meter = progressMeter('write', bytes, writer);
  for await (const batch of rows.batches) {
    const due = batch.map(candidateOf).filter(({ row }) => isDue(marks.outcome(row.row)));
    const known =
      due.length === 0 ? new Map<string, StoredRecord>() : await writer.recordsOf(due.map((c) => c.recordId));
    for (const candidate of due) {
      const stored = known.get(candidate.recordId);
      const act = classify(bound, candidate, stored, reseal);
      yield* await draftsOf(bound, candidate, act, stored, { ...writer, sha256: report.sha256 });
    }
    meter.advance(batch.length, rows.bytes());
  }
  if (rows.sha256() !== report.sha256) throw new ProblemError(problem('import_file_changed'));
}

const isDue = (outcome: RowOutcome): boolean => outcome !== 'rejected' && outcome !== 'unchanged';
