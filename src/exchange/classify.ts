import type { EntryBody, EntryDraft, EntryValues } from '../records/index.ts';
import type { BoundMapping } from './bind-mapping.ts';
import type { Candidate } from './candidate.ts';
import { changesOf, IMPORT_REASON, importReason, type StoredRecord } from './change.ts';
import type { RowOutcome } from './row-marks.ts';

/** What a row does to its record. */
export interface Act {
  readonly outcome: Exclude<RowOutcome, 'rejected'>;
  readonly changes: EntryValues;
  readonly assess: boolean;
  readonly verify: boolean;
}

const WRITING = new Set(['submit', 'revise', 'answer']);
const isImport = (entry: EntryBody): boolean => entry.reason.startsWith(IMPORT_REASON);

/** A voucher vouches for the file, not for what people have changed since: those changes keep waiting for their own reviewer. */
const mayVouch = ({ state, entries }: StoredRecord): boolean =>
  state.review === 'verified' ||
  (state.review === 'submitted' && entries.every((e) => !WRITING.has(e.kind) || isImport(e)));

const assessedBefore = (entries: readonly EntryBody[]): unknown =>
  entries.findLast((e) => e.kind === 'assess' && isImport(e))?.values.evidence;

/** New, revised, vouched for or unchanged: by the values of the row, the log and what the file said the last time. */
export const classify = ({ row, values }: Candidate, stored: StoredRecord | undefined): Act => {
  const { vouchedBy, evidence } = row.review;
  if (stored === undefined)
    return {
      outcome: 'new',
      changes: values,
      assess: evidence !== undefined,
      verify: vouchedBy !== undefined,
    };
  const changes = changesOf(values, stored);
  const changed = Object.keys(changes).length > 0;
  const assess = evidence !== undefined && evidence !== assessedBefore(stored.entries);
  const verify =
    vouchedBy !== undefined && mayVouch(stored) && (changed || stored.state.review === 'submitted');
  if (changed || assess) return { outcome: 'revised', changes, assess, verify };
  return { outcome: verify ? 'vouched' : 'unchanged', changes, assess, verify };
};

/** Whether the person who vouches wrote some of the record: then the vouching would be no second person's. */
export const vouchesForOwn = ({ row }: Candidate, stored: StoredRecord | undefined): boolean =>
  row.review.vouchedBy !== undefined &&
  (stored?.entries.some((e) => WRITING.has(e.kind) && e.author === row.review.vouchedBy) ?? false);

/**
 * The entries of a row: `submit` or `revise` by its author, `assess` where the evidence is stated, `verify` by the voucher.
 * Each is the child of the one before.
 */
export const draftsOf = (
  { study, instrument }: BoundMapping,
  { row, recordId }: Candidate,
  act: Act,
  heads: readonly string[],
  sha256: string,
  newId: () => string,
): readonly EntryDraft[] => {
  const { author, submittedOn, vouchedBy, verifiedOn, evidence } = row.review;
  const drafts: EntryDraft[] = [];
  let parents = heads;
  const add = (kind: string, by: string, values: EntryValues, on: string | undefined): void => {
    const id = newId();
    drafts.push({
      study: study.id,
      instrument: instrument.id,
      instrument_version: instrument.version,
      record_id: recordId,
      entry_id: id,
      kind,
      parents,
      author: by,
      values,
      reason: importReason(sha256, row.row),
      ...(on === undefined ? {} : { occurred_at: `${on}T00:00:00Z` }),
    });
    parents = [id];
  };
  if (act.outcome === 'new') add('submit', author, act.changes, submittedOn);
  else if (Object.keys(act.changes).length > 0) add('revise', author, act.changes, undefined);
  if (act.assess && evidence !== undefined)
    add('assess', vouchedBy ?? author, { evidence }, verifiedOn ?? submittedOn);
  if (act.verify && vouchedBy !== undefined) add('verify', vouchedBy, {}, verifiedOn);
  return drafts;
};
