import type { EntryDraft } from '../records/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { candidates } from './candidate.ts';
import { classify, draftsOf } from './classify.ts';
import type { ImportReport } from './import-report.ts';
import type { ImportPlan, ImportWorld } from './plan-import.ts';
import { progressMeter } from './progress.ts';
import { openRows, sha256Of } from './source-rows.ts';

export interface ImportWriter extends Pick<ImportWorld, 'hmac' | 'recordsOf' | 'clock' | 'onProgress'> {
  /** Signs and appends a batch, all or nothing; resolves when it is durable. */
  readonly append: (drafts: readonly EntryDraft[]) => Promise<void>;
  /** A fresh UUIDv7. */
  readonly newId: () => string;
}

export interface ImportOptions {
  /** Import the valid rows although others were rejected. */
  readonly acceptValid?: boolean;
}

/**
 * Appends what the plan found, reading the file a second time in batches. All rows or none: with a rejected row it refuses
 * (`import_row_rejected`) unless `acceptValid`; with a file that changed since the plan, too (`import_file_changed`). Should
 * the process die between two batches, the same import again completes it: rows already in are unchanged.
 */
export const runImport = async (
  plan: ImportPlan,
  writer: ImportWriter,
  options: ImportOptions = {},
): Promise<ImportReport> => {
  const { bound, source, report, marks } = plan;
  const rejected = report.outcomes.rejected;
  if (rejected > 0 && options.acceptValid !== true)
    throw new ProblemError([
      problem('import_row_rejected', { rejected, rows: report.rows }),
      ...report.problems,
    ]);
  if ((await sha256Of(source)) !== report.sha256) throw new ProblemError(problem('import_file_changed'));
  const rows = await openRows(bound, source, writer.hmac);
  const candidateOf = candidates(bound, writer.hmac);
  const meter = progressMeter('write', plan.bytes, writer);
  let written = 0;
  for await (const batch of rows.batches) {
    const due = batch.map(candidateOf).filter(({ row }) => {
      const outcome = marks.outcome(row.row);
      return outcome !== 'rejected' && outcome !== 'unchanged';
    });
    const known = due.length === 0 ? new Map() : await writer.recordsOf(due.map((c) => c.recordId));
    const drafts = due.map((candidate) => {
      const stored = known.get(candidate.recordId);
      const act = classify(candidate, stored);
      return draftsOf(bound, candidate, act, stored?.state.heads ?? [], report.sha256, writer.newId);
    });
    if (drafts.length > 0) await writer.append(drafts.flat());
    written += drafts.filter((d) => d.length > 0).length;
    meter.advance(batch.length, rows.bytes());
  }
  return { ...report, written };
};
