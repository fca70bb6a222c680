import type { Row } from '../columns.ts';
import { addDays } from '../days.ts';
import type { Random } from '../random.ts';
import { dayIn, isWatched } from './quarters.ts';

/** Trials that go on after the quarter of their start: a third of the criminal ones; of those every second as long as it can. */
const GOES_ON = 3;
const AS_LONG_AS_IT_CAN = 6;
/** Days that a decision of a long trial leaves of its quarter, so that an appeal can be heard before the study ends. */
const FOR_AN_APPEAL = 40;

/** Is this trial, by its number among the criminal ones of its quarter, one of the longest? Its conviction is appealed. */
export const isLongest = (ordinal: number): boolean => ordinal % AS_LONG_AS_IT_CAN === 0;

/** The day on which a trial of this quarter ends, or undefined where it ends in its own quarter. */
export const laterEnd = (random: Random, quarter: number, ordinal: number): string | undefined => {
  if (quarter > 1 || ordinal % GOES_ON !== 0) return undefined;
  return dayIn(random, isLongest(ordinal) ? 2 : quarter + 1, FOR_AN_APPEAL);
};

/** Days in court: the first within a week of the start, then one in three to five weeks, the last that of the decision. */
export const hearingDays = (random: Random, began: string, decided: string): readonly string[] => {
  const days: string[] = [];
  for (
    let day = addDays(began, random.between(1, 7));
    day < decided;
    day = addDays(day, random.between(18, 35))
  )
    days.push(day);
  return [...days, decided];
};

/** Monitors sat in some of the hearings; of those in the month between the quarters they learned from the file. */
export const hearingRow = (random: Random, days: readonly string[]): Row =>
  Object.fromEntries(
    days.flatMap((day, i) => [
      [`hearing_${i + 1}`, day],
      [`observed_${i + 1}`, isWatched(day) ? random.pick(['yes', 'yes', 'no', 'unknown']) : 'no'],
    ]),
  );
