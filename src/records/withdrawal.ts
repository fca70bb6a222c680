import type { EntryDraft } from './entry-body.ts';
import type { RecordState } from './record-state.ts';

/** How a person said that the consent no longer holds: a code, because a sentence could name the person. Nobody owes a reason. */
export const WITHDRAWAL_WAYS = ['in_person', 'phone', 'letter', 'message', 'representative'] as const;
export type WithdrawalWay = (typeof WITHDRAWAL_WAYS)[number];

/** Who takes the withdrawal down, and how it came. */
export interface WithdrawalRequest {
  readonly author: string;
  readonly how: WithdrawalWay;
}

/** The entry that withdraws the consent of whom a record is about (`withdraw_consent`). No later entry undoes it. */
export const withdrawalDraft = (of: RecordState, { author, how }: WithdrawalRequest): EntryDraft => ({
  study: of.study,
  instrument: of.instrument,
  instrument_version: of.instrumentVersion,
  record_id: of.recordId,
  kind: 'withdraw_consent',
  parents: of.heads,
  author,
  values: { how },
});
