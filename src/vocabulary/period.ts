import type { Fraction } from './fraction.ts';
import type { Label } from './language.ts';
import { parsePartialDate } from './partial-date.ts';

/**
 * How long monitors were watching: months, exact, with where the figure comes from. Without exposure a rate is
 * `Missing no_exposure`, never a division by 12 by default (methodology 4.6).
 */
export interface Exposure {
  readonly months: Fraction;
  readonly source: 'stated' | 'inferred' | 'nil_reports';
  readonly low?: Fraction;
  readonly high?: Fraction;
}

/** A reporting period of a study. Project quarters are not calendar quarters; start and end may be unknown for old series. */
export interface Period {
  readonly id: string;
  /** ISO dates, both included. */
  readonly start?: string;
  readonly end?: string;
  readonly exposure?: Exposure;
  /** How tables name it; the id where there is none. */
  readonly label?: Label;
}

interface Days {
  readonly period: Period;
  readonly first: number;
  readonly last: number;
}

/** Days of the periods of a list, worked out once: every record asks. */
const daysOf = new WeakMap<readonly Period[], readonly Days[]>();

const days = (periods: readonly Period[]): readonly Days[] =>
  periods.flatMap((period) => {
    const first = parsePartialDate(period.start ?? '')?.firstDay;
    const last = parsePartialDate(period.end ?? '')?.lastDay;
    return first === undefined || last === undefined ? [] : [{ period, first, last }];
  });

/** The period that contains a day number, if any. A period without both ends contains none. */
export const periodOfDay = (periods: readonly Period[], day: number): Period | undefined => {
  let known = daysOf.get(periods);
  if (known === undefined) daysOf.set(periods, (known = days(periods)));
  return known.find(({ first, last }) => first <= day && day <= last)?.period;
};
