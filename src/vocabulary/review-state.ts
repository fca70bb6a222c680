/** The review axis of a record (architecture, "A record is a chain of entries"): who has looked at it. */
export const REVIEW_STATES = ['submitted', 'asked_back', 'verified', 'excluded', 'merged'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/**
 * The evidence axis: how well it is supported. Ordered from least to most for `>=` rules, except disputed and refuted,
 * which no `>=` rule meets (methodology 2.4).
 */
export const EVIDENCE_STATES = [
  'unverified',
  'single_source',
  'corroborated',
  'verified',
  'disputed',
  'refuted',
] as const;
export type EvidenceState = (typeof EVIDENCE_STATES)[number];
