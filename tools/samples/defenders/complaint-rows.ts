import type { Row } from '../columns.ts';
import { addDays } from '../days.ts';
import type { Random } from '../random.ts';
import type { Incident } from './incidents.ts';
import { reviewed } from './people.ts';
import { laterIn } from './quarters.ts';

/** A complaint about an incident: its own number, and the day and place of what it is about. */
export interface Complaint {
  readonly number: string;
  readonly incident: Incident;
  readonly date: string;
}

/** About one incident in eight somebody complained. */
export const isComplainedOf = (random: Random): boolean => random.chance(0.12);

/** Nothing of complaints was published: where they went and what came of them is invented. */
export const complaintRows = (random: Random, all: readonly Complaint[]): readonly Row[] =>
  all.map(({ number, incident: { city, quarter }, date }): Row => {
    const filed = laterIn(random, quarter, date, 20);
    const result = random.pick(['no_answer', 'formal_answer', 'formal_answer', 'refused', 'satisfied']);
    return {
      card_number: number,
      filed_on: filed,
      place: city,
      body: random.pick(['prosecutor', 'prosecutor', 'akimat', 'police']),
      ...(result === 'no_answer' ? {} : { answered_on: addDays(filed, random.between(5, 30)) }),
      result,
      ...reviewed(random, city, filed),
    };
  });
