import { type Problem, problem } from '../vocabulary/index.ts';
import type { EntryBody } from './entry.ts';
import { EVIDENCE_STATES, type EvidenceState, type ReviewState } from './record-state.ts';
import type { Statement } from './register.ts';

/** The axes of a record beside its values. Each is a register of its own. */
export const AXES = ['review', 'evidence', 'exclusion', 'merge', 'consent', 'erasure'] as const;
export type Axis = (typeof AXES)[number];

/** An act on an axis: what it says, who did it and when. */
export interface Act {
  readonly says: string;
  readonly author: string;
  readonly at: string;
  readonly because: string;
}

/** Kinds that state values; whoever wrote them is no second person for the record. */
const WRITING: ReadonlySet<string> = new Set(['submit', 'revise', 'answer']);
/** `resolve` chooses among what others stated, so it makes nobody an author of the record. */
export const STATING: ReadonlySet<string> = new Set([...WRITING, 'resolve']);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Which axis an entry speaks on and what it says. Kinds that speak on none, unknown ones among them, give undefined. */
export const actOf = (body: EntryBody): { readonly axis: Axis; readonly act: Act } | undefined => {
  const act = (axis: Axis, says: string): { axis: Axis; act: Act } => ({
    axis,
    act: { says, author: body.author, at: body.occurred_at, because: body.reason },
  });
  switch (body.kind) {
    case 'submit':
    case 'revise':
    case 'answer':
    case 'resolve':
      return act('review', 'submitted');
    case 'ask_back':
      return act('review', 'asked_back');
    case 'verify':
      return act('review', 'verified');
    case 'assess':
      return isEvidence(body.values.evidence) ? act('evidence', body.values.evidence) : undefined;
    case 'exclude':
      return act('exclusion', 'excluded');
    case 'include':
      return act('exclusion', 'included');
    case 'merge':
      return text(body.values.into) === '' ? undefined : act('merge', text(body.values.into));
    case 'unmerge':
      return act('merge', '');
    case 'withdraw_consent':
      return act('consent', 'withdrawn');
    case 'erase':
      return act('erasure', text(body.values.basis));
    default:
      return undefined;
  }
};

const isEvidence = (value: unknown): value is EvidenceState => EVIDENCE_STATES.some((s) => s === value);

export const writesRecord = (body: EntryBody): boolean => WRITING.has(body.kind);

/**
 * Verification is the word of a second person (methodology 2.4): nobody who wrote what the entry saw. Returns the problem
 * of a verification that takes no effect.
 */
export const refusedVerification = (body: EntryBody, writers: ReadonlySet<string>): Problem | undefined =>
  body.kind === 'verify' && writers.has(body.author)
    ? problem('review_same_person', { record: body.record_id, entry: body.entry_id, author: body.author })
    : undefined;

type Acts = (axis: Axis) => readonly Statement<Act>[];
const CAUTION: readonly string[] = ['asked_back', 'submitted', 'verified'];
const EVIDENCE_CAUTION: readonly EvidenceState[] = [
  'refuted',
  'disputed',
  'unverified',
  'single_source',
  'corroborated',
  'verified',
];

/**
 * Where people acted without seeing each other, the more cautious act stands (excluded before included, asked back before
 * verified) and the record is counted later rather than wrongly. A withdrawn consent cannot be undone by `include`.
 */
export const reviewOf = (
  acts: Acts,
): {
  readonly review: ReviewState;
  readonly verified?: Act;
  readonly mergedInto?: string;
  readonly excludedBecause?: string;
} => {
  const merged = acts('merge').filter((s) => s.value.says !== '');
  const targets = new Set(merged.map((s) => s.value.says));
  const [target] = targets;
  if (target !== undefined)
    return { review: 'merged', ...(targets.size === 1 ? { mergedInto: target } : {}) };
  const [withdrawn] = acts('consent');
  if (withdrawn !== undefined)
    return { review: 'excluded', excludedBecause: withdrawn.value.because || 'withdraw_consent' };
  const excluded = acts('exclusion').find((s) => s.value.says === 'excluded');
  if (excluded !== undefined) return { review: 'excluded', excludedBecause: excluded.value.because };
  const review = acts('review');
  const says = CAUTION.find((state) => review.some((s) => s.value.says === state));
  if (says === 'asked_back') return { review: 'asked_back' };
  const verified = says === 'verified' ? review[0]?.value : undefined;
  return verified === undefined ? { review: 'submitted' } : { review: 'verified', verified };
};

/** Whether consent was withdrawn: also of a record that was merged, since it is the same person who withdrew. */
export const isWithdrawn = (acts: Acts): boolean => acts('consent').length > 0;

/** The evidence state; `unverified` until somebody assesses, the most cautious of assessments that did not see each other. */
export const evidenceOf = (acts: Acts): EvidenceState => {
  const stated = acts('evidence');
  return EVIDENCE_CAUTION.find((state) => stated.some((s) => s.value.says === state)) ?? 'unverified';
};

/** Late verification (methodology 2.4): verified after the last day of the period, by the verifier's wall date. */
export const verifiedLate = (
  state: { readonly verifiedAt?: string },
  periodEnd: string | undefined,
): boolean =>
  state.verifiedAt !== undefined && periodEnd !== undefined && state.verifiedAt.slice(0, 10) > periodEnd;
