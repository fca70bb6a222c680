import type { Study } from '../study/index.ts';
import { type Vintage, vintageOn } from '../vocabulary/index.ts';

/**
 * The division that a map of a study shows: the one to which its places are harmonised, or the one in force at the end of
 * the period shown (ISO date; default: today's).
 */
export const divisionAt = (study: Study, end: string | undefined): Vintage | undefined =>
  study.vintage === 'as_of_event'
    ? vintageOn(study.geography, end ?? '9999-12-31')
    : study.geography.vintages.find((v) => v.id === study.vintage);
