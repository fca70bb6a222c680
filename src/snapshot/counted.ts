import { type EntryValue, EVIDENCE_STATES, type EvidenceState, type RecordState } from '../records/index.ts';
import type { CountedRule, Instrument } from '../study/index.ts';

/** disputed and refuted stand outside the scale: no `>=` rule is met by them (methodology 2.4). */
const RANKED: readonly EvidenceState[] = EVIDENCE_STATES.slice(0, 4);

const meetsEvidence = (rule: string, state: EvidenceState): boolean => {
  const least = rule.replace(/^>=\s*/, '');
  if (!rule.startsWith('>=')) return state === least;
  const rank = RANKED.indexOf(state);
  return rank >= 0 && rank >= RANKED.indexOf(least as EvidenceState);
};

/** The study's rule in words for the manifest; also printed under tables. */
export const countedRuleText = ({ review, evidence, fields }: CountedRule): string =>
  [
    `review: ${review.join('|')}`,
    `evidence ${evidence}`,
    ...[...fields].map(([f, codes]) => `${f}: ${codes.join('|')}`),
  ].join('; ');

/** Does a record count? Rules on a field apply to the instruments that have it. */
export const isCounted = (rule: CountedRule, instrument: Instrument, state: RecordState): boolean =>
  rule.review.includes(state.review) &&
  meetsEvidence(rule.evidence, state.evidence) &&
  [...rule.fields].every(([path, codes]) => {
    if (!instrument.fields.some((f) => f.path === path)) return true;
    const value: EntryValue | undefined = state.values.get(path);
    return typeof value === 'string' && codes.includes(value);
  });
