import type { EntryValue, RecordState, SealedStatement } from '../records/index.ts';
import {
  type DataKey,
  type KeyDirectory,
  openDataKey,
  openField,
  teamIdentities,
  type UserKey,
} from '../sealing/index.ts';
import type { Study } from '../study/index.ts';
import { type Problem, ProblemError, problem } from '../vocabulary/index.ts';
import { type RevealedFile, revealedFiles } from './revealed-file.ts';
import { registeredStudy } from './study-folders.ts';
import type { Workspace } from './workspace.ts';

/** A sealed field as who holds a key sees it. */
export interface RevealedField {
  readonly field: string;
  readonly rowId?: string;
  /** The value, or why this user cannot have it. */
  readonly shown: { readonly value: EntryValue } | { readonly fault: Problem };
  /** What is attached, where the value names files. */
  readonly files?: readonly RevealedFile[];
}

export interface RevealedRecord {
  readonly study: Study;
  readonly state: RecordState;
  readonly fields: readonly RevealedField[];
}

/** Who looks: the person's code and key (`AGE-SECRET-KEY-1…`). */
export type Reader = Pick<UserKey, 'user' | 'identity'>;

/**
 * Opens what is sealed in a record with the keys of a person: user key -> team key -> data key -> value. Runs where the
 * person is; the values go to the caller and nowhere else. Throws ProblemError `record_unknown`, `record_erased`, and where
 * nothing could be opened the first reason (`wrap_not_opened`: no key of this person opens it).
 */
export const revealRecord = async (
  workspace: Workspace,
  recordId: string,
  reader: Reader,
): Promise<RevealedRecord> => {
  const [first] = await workspace.entries(recordId);
  if (first === undefined) throw new ProblemError(problem('record_unknown', { record: recordId }));
  const study = await registeredStudy(workspace, first.body.study);
  const state = await workspace.record(recordId, study);
  if (state === undefined) throw new ProblemError(problem('record_unknown', { record: recordId }));
  const { erased } = state;
  if (erased !== undefined)
    throw new ProblemError(
      problem('record_erased', { record: recordId, at: erased.at, basis: erased.basis }),
    );
  const open = await opener(workspace, state, reader);
  const fields = await Promise.all(state.sealed.map(open));
  const faults = fields.flatMap(({ shown }) => ('fault' in shown ? [shown.fault] : []));
  if (faults.length > 0 && faults.length === fields.length) throw new ProblemError(faults.slice(0, 1));
  return { study, state, fields };
};

/** Opens statements of one record, each data key once. */
const opener = async (
  workspace: Workspace,
  { recordId, study, attachments }: RecordState,
  reader: Reader,
): Promise<(statement: SealedStatement) => Promise<RevealedField>> => {
  const directory = (await workspace.directory())?.directory;
  if (directory === undefined) throw new ProblemError(problem('directory_missing', { place: workspace.dir }));
  const { org } = workspace.config;
  const keys = new Map<string, Promise<DataKey>>();
  const keyOf = (keyId: string, compartment: string): Promise<DataKey> => {
    const known = keys.get(keyId);
    if (known !== undefined) return known;
    const expected = { org, record_id: recordId, key_id: keyId };
    const opened = dataKeyOf(workspace, { directory, reader, compartment }, expected);
    keys.set(keyId, opened);
    return opened;
  };
  return async ({ field, entryId, sealed }) => {
    const { row_id: rowId } = sealed;
    const row = rowId === undefined ? {} : { row_id: rowId };
    const place = { org, study, record_id: recordId, entry_id: entryId, field: sealed.field, ...row };
    const at = { field, ...(rowId === undefined ? {} : { rowId }) };
    try {
      const key = await keyOf(sealed.key_id, sealed.compartment);
      const value = openField(key, place, sealed) as EntryValue;
      const files = revealedFiles(value, {
        place: { org, study, record_id: recordId },
        attachments,
        store: workspace.store,
        keyOf: (keyId) => keyOf(keyId, sealed.compartment),
      });
      return { ...at, shown: { value }, ...(files === undefined ? {} : { files }) };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return { ...at, shown: { fault: error.problems[0] as Problem } };
    }
  };
};

const dataKeyOf = async (
  { store }: Workspace,
  { directory, reader, compartment }: { directory: KeyDirectory; reader: Reader; compartment: string },
  expected: Parameters<typeof openDataKey>[1],
): Promise<DataKey> => {
  const wrap = await store.vaultGet(expected.key_id);
  if (wrap === undefined) throw new ProblemError(problem('wrap_not_opened', { key: expected.key_id }));
  const identities = await teamIdentities(directory, reader.user, reader.identity, compartment);
  return openDataKey(wrap, expected, identities);
};
