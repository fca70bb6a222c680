import { type EntryBody, type EntryDraft, type EntryValues, recordCompartment } from '../records/index.ts';
import type { BoundMapping } from './bound-mapping.ts';
import type { Candidate } from './candidate.ts';
import { changesOf, IMPORT_REASON, importReason, type StoredRecord } from './change.ts';
import type { RowOutcome } from './row-marks.ts';
import type { Sealed, Sealer, Secret } from './seal.ts';
import { type Sealing, secretChanges } from './secret-changes.ts';

/** What a row does to its record. */
export interface Act {
  readonly outcome: Exclude<RowOutcome, 'rejected'>;
  readonly changes: EntryValues;
  readonly assess: boolean;
  readonly verify: boolean;
  /** What is sealed into the entry that makes the changes. */
  readonly seal: readonly Secret[];
  readonly sealing: Sealing;
}

const WRITING = new Set(['submit', 'revise', 'answer']);
const isImport = (entry: EntryBody): boolean => entry.reason.startsWith(IMPORT_REASON);

/** A voucher vouches for the file, not for what people have changed since: those changes keep waiting for their own reviewer. */
const mayVouch = ({ state, entries }: StoredRecord): boolean =>
  state.review === 'verified' ||
  (state.review === 'submitted' && entries.every((e) => !WRITING.has(e.kind) || isImport(e)));

const assessedBefore = (entries: readonly EntryBody[]): unknown =>
  entries.findLast((e) => e.kind === 'assess' && isImport(e))?.values.evidence;

/**
 * New, revised, vouched for or unchanged: by the values of the row, the log and what the file said the last time. `reseal`
 * seals identity values again although nobody can see whether they changed.
 */
export const classify = (
  bound: BoundMapping,
  candidate: Candidate,
  stored: StoredRecord | undefined,
  reseal: boolean,
): Act => {
  const { vouchedBy, evidence } = candidate.row.review;
  const plain = stored === undefined ? candidate.values : changesOf(candidate.values, stored);
  const isRevised = Object.keys(plain).length > 0;
  const { seal, emptied, sealing } = secretChanges(bound, candidate, stored, { isRevised, anew: reseal });
  const changes = { ...plain, ...emptied };
  const of = { changes, seal, sealing };
  if (stored === undefined)
    return { outcome: 'new', ...of, assess: evidence !== undefined, verify: vouchedBy !== undefined };
  const changed = Object.keys(changes).length + seal.length > 0;
  const assess = evidence !== undefined && evidence !== assessedBefore(stored.entries);
  const verify =
    vouchedBy !== undefined && mayVouch(stored) && (changed || stored.state.review === 'submitted');
  if (changed || assess) return { outcome: 'revised', ...of, assess, verify };
  return { outcome: verify ? 'vouched' : 'unchanged', ...of, assess, verify };
};

/** Whether the person who vouches wrote some of the record: then the vouching would be no second person's. */
export const vouchesForOwn = ({ row }: Candidate, stored: StoredRecord | undefined): boolean =>
  row.review.vouchedBy !== undefined &&
  (stored?.entries.some((e) => WRITING.has(e.kind) && e.author === row.review.vouchedBy) ?? false);

/** What the entries of a row are made from besides the row. */
export interface DraftWorld {
  readonly sha256: string;
  readonly newId: () => string;
  readonly sealer?: Sealer;
}

/** A draft with the wraps of the keys and the attachments that it names. */
export type ImportDraft = EntryDraft & Partial<Pick<Sealed, 'wraps' | 'blobs'>>;

/**
 * The entries of a row: `submit` or `revise` by its author, `assess` where the evidence is stated, `verify` by the voucher.
 * Each is the child of the one before.
 */
export const draftsOf = async (
  bound: BoundMapping,
  candidate: Candidate,
  act: Act,
  stored: StoredRecord | undefined,
  { sha256, newId, sealer }: DraftWorld,
): Promise<readonly ImportDraft[]> => {
  const { study, instrument } = bound;
  const { row, recordId } = candidate;
  const { author, submittedOn, vouchedBy, verifiedOn, evidence } = row.review;
  const drafts: ImportDraft[] = [];
  let parents = stored?.state.heads ?? [];
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
  const isNew = act.outcome === 'new';
  if (isNew || Object.keys(act.changes).length + act.seal.length > 0) {
    add(isNew ? 'submit' : 'revise', author, act.changes, isNew ? submittedOn : undefined);
    const [draft] = drafts;
    if (act.seal.length > 0 && sealer !== undefined && draft?.entry_id !== undefined) {
      const compartment = compartmentOfRow(bound, candidate, stored);
      const place = { record_id: recordId, entry_id: draft.entry_id, compartment };
      drafts[0] = { ...draft, ...(await sealer.seal(place, act.seal)) };
    }
  }
  if (act.assess && evidence !== undefined)
    add('assess', vouchedBy ?? author, { evidence }, verifiedOn ?? submittedOn);
  if (act.verify && vouchedBy !== undefined) add('verify', vouchedBy, {}, verifiedOn);
  return drafts;
};

/** By the place and date of the row, else by those that the record has. */
export const compartmentOfRow = (
  { study, instrument }: BoundMapping,
  { values }: Candidate,
  stored: StoredRecord | undefined,
): string => recordCompartment(study, instrument, (path) => values[path] ?? stored?.state.values.get(path));
