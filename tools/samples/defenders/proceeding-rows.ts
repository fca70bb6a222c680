import type { Row } from '../columns.ts';
import { addDays } from '../days.ts';
import type { Random } from '../random.ts';
import { hearingDays, hearingRow, isLongest, laterEnd } from './hearings.ts';
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

/** A trial with its number among the criminal trials of its quarter that went to a judgment. */
const ordinalsOf = (
  cases: readonly Case[],
  procedures: ReadonlyMap<Case, string>,
): ReadonlyMap<Case, number> => {
  const seen = [0, 0, 0];
  const tried = cases.filter(
    (c) => c.stage === 'trial' && procedures.get(c) === 'criminal' && c.outcome !== 'settled_pretrial',
  );
  return new Map(
    tried.map((c) => {
      const { quarter } = c.incident;
      const ordinal = seen[quarter] ?? 0;
      seen[quarter] = ordinal + 1;
      return [c, ordinal];
    }),
  );
};

/** The appeal against a judgment: a card of its own, which upheld the judgment. */
const appealOf = (random: Random, first: Row, number: string): Row => {
  const { card_number, place, decided_on, procedure, direction, victim_role, outcome, main_sanction } = first;
  const began = addDays(String(decided_on), random.between(8, 14));
  const decided = addDays(began, random.between(10, 20));
  return {
    card_number: number,
    place: place ?? '',
    began_on: began,
    decided_on: decided,
    procedure: procedure ?? '',
    stage: 'appeal',
    direction: direction ?? '',
    victim_role: victim_role ?? '',
    outcome: outcome ?? '',
    main_sanction: main_sanction ?? '',
    appeal_of: card_number ?? '',
    ...hearingRow(random, hearingDays(random, began, decided)),
    ...reviewed(random, String(place), decided),
  };
};

/**
 * The cases, and the appeals after them. `random` gives what the published counts are spread over; when a case was heard, and
 * which appeals there were, `courts` gives: nothing of that was published.
 */
export const proceedingRows = (
  random: Random,
  courts: Random,
  cases: readonly Case[],
  nextNumber: () => string,
): readonly Row[] => {
  const charges = chargesOf(random, cases);
  const procedures = proceduresOf(random, cases);
  const ordinals = ordinalsOf(cases, procedures);
  const plaintiffs = [...dealt(random, PLAINTIFFS)];
  const rows = cases.map((c): Row => {
    const { city, quarter } = c.incident;
    const inItsQuarter = laterIn(random, quarter, c.from, 25);
    const ordinal = ordinals.get(c);
    const decided = (ordinal === undefined ? undefined : laterEnd(courts, quarter, ordinal)) ?? inItsQuarter;
    // A case without a decision is dated by the day on which it began.
    const began = c.outcome === 'pending' ? decided : c.from;
    const heard = c.outcome === 'pending' ? [] : hearingDays(courts, began, decided);
    const punished = c.outcome.startsWith('convicted');
    return {
      card_number: c.number,
      place: city,
      began_on: began,
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
      ...hearingRow(courts, heard),
      ...reviewed(random, city, decided),
    };
  });
  const appealed = cases.flatMap((c, i) => {
    const [ordinal, row] = [ordinals.get(c), rows[i]];
    const isAppealed = c.outcome === 'convicted' && c.incident.quarter < 2 && isLongest(ordinal ?? 1);
    return isAppealed && row !== undefined ? [row] : [];
  });
  return [...rows, ...appealed.map((row) => appealOf(courts, row, nextNumber()))];
};
