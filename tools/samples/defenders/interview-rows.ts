import type { Row } from '../columns.ts';
import { addDays } from '../days.ts';
import type { Random } from '../random.ts';
import { WAVES, type Wave } from './panel.ts';
import { type Person, reviewed } from './people.ts';

/** First days of the interviews of a quarter; they take seven weeks. */
const BEGINS: Readonly<Record<Wave, string>> = { q1: '2015-09-01', q2: '2015-12-01', q3: '2016-04-01' };

/** One row an interview, in the order of quarters. */
export const interviewRows = (random: Random, people: readonly Person[]): readonly Row[] =>
  WAVES.flatMap((wave) =>
    people.flatMap((person) => {
      const scores = person.answers.get(wave);
      if (scores === undefined) return [];
      const [threats, vulnerability, resources, safety] = scores;
      const date = addDays(BEGINS[wave], random.between(0, 48));
      return [
        {
          person: person.code,
          wave,
          date,
          place: person.place,
          respondent_type: person.type,
          mode: random.chance(0.85) ? 'interview' : 'self_completed',
          definitions_read_out: 'yes',
          threats: String(threats),
          vulnerability: String(vulnerability),
          resources: String(resources),
          safety: String(safety),
          ...reviewed(random, person.place, date),
        },
      ];
    }),
  );
