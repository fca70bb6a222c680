import { type WithdrawalRequest, withdrawalDraft } from '../records/index.ts';
import { consentLedger } from '../snapshot/index.ts';
import type { Instrument, Study } from '../study/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { registeredStudy } from './study-folders.ts';
import type { Workspace } from './workspace.ts';

/** A record that a withdrawal takes out of the snapshots from now on. */
export interface Leaving {
  readonly recordId: string;
  readonly instrument: Instrument;
}

export interface Withdrawal {
  /** The record of the person, then what rests on it, of what is counted otherwise. */
  readonly leaving: readonly Leaving[];
  /** True when the consent had been withdrawn before: then nothing is written. */
  readonly again: boolean;
}

/**
 * Withdraws the consent of whom a record is about, and so of every record that rests on it (docs/adr/0014-rules-between-records.md);
 * with `dryRun` it only says which. Throws ProblemError `record_unknown`.
 */
export const withdrawConsent = async (
  workspace: Workspace,
  recordId: string,
  request: WithdrawalRequest,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<Withdrawal> => {
  const first = (await workspace.entries(recordId)).find((leaf) => leaf.body.instrument !== '');
  const study = first === undefined ? undefined : await registeredStudy(workspace, first.body.study);
  const state = await workspace.record(recordId, study);
  if (study === undefined || state === undefined)
    throw new ProblemError(problem('record_unknown', { record: recordId }));
  const leaving = await leavingWith(workspace, study, recordId);
  const again = state.consentWithdrawn === true;
  if (!again && !dryRun) await workspace.append([withdrawalDraft(state, request)]);
  return { leaving, again };
};

const leavingWith = async (
  workspace: Workspace,
  study: Study,
  recordId: string,
): Promise<readonly Leaving[]> => {
  const ledger = consentLedger();
  const mergedInto = new Map<string, string>();
  const counted = new Map<string, Instrument>();
  for await (const state of workspace.states(study)) {
    const instrument = study.instruments.get(state.instrument);
    if (instrument === undefined) continue;
    ledger.note(instrument, state);
    if (state.mergedInto !== undefined) mergedInto.set(state.recordId, state.mergedInto);
    if (state.recordId === recordId || !['merged', 'excluded'].includes(state.review))
      counted.set(state.recordId, instrument);
  }
  return [...ledger.withdrawn(mergedInto, [recordId])].flatMap((id) => {
    const instrument = counted.get(id);
    return instrument === undefined ? [] : [{ recordId: id, instrument }];
  });
};
