import type { Row } from '../columns.ts';
import type { Random } from '../random.ts';
import { STATE_ACTOR } from './incident-counts.ts';
import type { Incident } from './incidents.ts';
import { reviewed } from './people.ts';
import { laterIn } from './quarters.ts';

/** An incident with its number and day, and the numbers of its proceedings. */
export interface Filed {
  readonly incident: Incident;
  readonly number: string;
  readonly date: string;
  readonly proceedings: readonly string[];
  readonly complaints: readonly string[];
}

const EVIDENCE = ['single_source', 'corroborated', 'corroborated', 'verified'] as const;
/** Age groups of victims; a source that does not tell the age leaves it empty. */
const AGES = ['', 'age_18_29', 'age_30_44', 'age_30_44', 'age_45_59', 'age_60_plus'] as const;
/** Assessed as a case of SDG 16.10.1 by somebody, never by the kind alone. */
const ASSESSED: Readonly<Record<string, string>> = {
  police_detention: 'arbitrary_detention',
  unlawful_custody: 'arbitrary_detention',
  assault: 'other_harmful',
};

const assessment = (random: Random, kind: string): string => {
  const act = ASSESSED[kind];
  return act !== undefined && random.chance(0.6) ? act : 'none';
};

const acts = (random: Random, kinds: readonly string[]): Row =>
  Object.fromEntries(
    kinds.flatMap((kind, i) => [
      [`violation_${i + 1}`, kind],
      [`victims_${i + 1}`, String(kind === 'police_detention' ? random.between(1, 4) : 1)],
      [`act_class_${i + 1}`, assessment(random, kind)],
    ]),
  );

export const incidentRows = (random: Random, ages: Random, filed: readonly Filed[]): readonly Row[] =>
  filed.map(({ incident, number, date, proceedings, complaints }): Row => {
    const { city, kinds, role, party, reaction, quarter } = incident;
    return {
      card_number: number,
      date,
      place: city,
      status: random.chance(0.3) ? 'ongoing' : 'ended',
      role_in_event: role,
      link_to_activity: random.chance(0.95) ? 'yes' : 'likely',
      principal_party: party,
      state_actor: STATE_ACTOR[party] ?? 'yes',
      ...(party === 'akimat' ? { akim_in_person: incident.inPerson ? 'yes' : 'no' } : {}),
      reaction,
      ...(reaction === 'none'
        ? {}
        : { reaction_kind: reaction, reaction_date: laterIn(random, quarter, date, 30) }),
      proceedings,
      complaints,
      source_url: `https://example.org/${number}`,
      ...acts(random, kinds),
      victim_category: role,
      victim_sex: random.pick(['female', 'male', 'male', 'unknown']),
      victim_age: ages.pick(AGES),
      evidence: random.pick(EVIDENCE),
      ...reviewed(random, city, date),
    };
  });
