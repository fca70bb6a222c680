import type { Fraction } from './fraction.ts';
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
}

/** The period that contains a day number, if any. */
export const periodOfDay = (periods: readonly Period[], day: number): Period | undefined =>
  periods.find(({ start, end }) => {
    const first = start === undefined ? undefined : parsePartialDate(start)?.firstDay;
    const last = end === undefined ? undefined : parsePartialDate(end)?.lastDay;
    return first !== undefined && last !== undefined && first <= day && day <= last;
  });
