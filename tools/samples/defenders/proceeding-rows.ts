import type { Row } from '../columns.ts';
import type { Random } from '../random.ts';
import { ADMINISTRATIVE, CHARGES, PLAINTIFFS, STAGE_OF } from './incident-counts.ts';
import type { Incident } from './incidents.ts';
import { reviewed } from './people.ts';
import { laterIn } from './quarters.ts';
import { dealt } from './spread.ts';

export interface Case {
  readonly incident: Incident;
  readonly from: string;
  readonly number: string;
  readonly stage: string;
  readonly outcome: string;
  readonly suit: boolean;
}

/** One case for each act that opens one, and one for each suit that a defender brings. */
export const casesOf = (incident: Incident, from: string, next: () => string): readonly Case[] => {
  const against = incident.kinds.flatMap((kind, i): readonly Case[] => {
    const stage = STAGE_OF[kind];
    if (stage === undefined) return [];
    const outcome = i === 0 ? (incident.ended?.outcome ?? 'pending') : 'pending';
    return [{ incident, from, number: next(), stage, outcome, suit: false }];
  });
  const { suit } = incident;
  return suit === undefined
    ? against
    : [...against, { incident, from, number: next(), stage: 'first_instance', outcome: suit, suit: true }];
};

const isDefendant = (c: Case): boolean => !c.suit && c.stage !== 'witness';

/** Every defendant has a charge; the others are second and third charges. A civil claim is about honour or damage. */
const chargesOf = (random: Random, cases: readonly Case[]): ReadonlyMap<Case, readonly string[]> => {
  const defendants = cases.filter(isDefendant);
  const charges = new Map<Case, string[]>(defendants.map((c) => [c, []]));
  const bag = dealt(random, CHARGES).slice();
  const moral = (): string => bag.splice(bag.indexOf('moral_harm'), 1)[0] ?? '';
  for (const c of defendants.filter((d) => d.stage === 'claim_filed')) charges.get(c)?.push(moral());
  const criminal = random.shuffle(defendants.filter((d) => d.stage !== 'claim_filed'));
  for (const [i, charge] of bag.entries()) charges.get(criminal[i % criminal.length] as Case)?.push(charge);
  return charges;
};

/** Procedures of the 84 defendants: 69 criminal, 11 administrative, 4 civil. A witness stands in a criminal case. */
const proceduresOf = (random: Random, cases: readonly Case[]): ReadonlyMap<Case, string> => {
  const trials = random.shuffle(cases.filter((c) => c.stage === 'trial'));
  const administrative = new Set(trials.slice(0, ADMINISTRATIVE));
  return new Map(
    cases.map((c) => [
      c,
      c.suit || c.stage === 'claim_filed' ? 'civil' : administrative.has(c) ? 'administrative' : 'criminal',
    ]),
  );
};

export const proceedingRows = (random: Random, cases: readonly Case[]): readonly Row[] => {
  const charges = chargesOf(random, cases);
  const procedures = proceduresOf(random, cases);
  const plaintiffs = [...dealt(random, PLAINTIFFS)];
  return cases.map((c): Row => {
    const { city, quarter } = c.incident;
    const decided = laterIn(random, quarter, c.from, 25);
    const punished = c.outcome.startsWith('convicted');
    return {
      card_number: c.number,
      place: city,
      decided_on: decided,
      procedure: procedures.get(c) ?? '',
      stage: c.stage,
      direction: c.suit ? 'by_hrd_against_state' : 'against_hrd',
      victim_role: c.suit ? 'plaintiff' : c.stage === 'witness' ? 'witness' : 'defendant',
      outcome: c.outcome,
      ...(c.outcome === 'convicted' ? { plaintiff: plaintiffs.pop() ?? '' } : {}),
      ...(punished
        ? { main_sanction: random.pick(['fine', 'fine', 'warning', 'imprisonment', 'admin_arrest']) }
        : {}),
      ...Object.fromEntries((charges.get(c) ?? []).map((charge, i) => [`charge_${i + 1}`, charge])),
      ...reviewed(random, city, decided),
    };
  });
};
