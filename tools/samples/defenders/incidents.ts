import type { Random } from '../random.ts';
import {
  AKIM_IN_PERSON,
  CITIES,
  ENDED,
  type Ended,
  KINDS,
  LATER_KINDS,
  LIKELY_PARTY,
  PARTIES,
  REACTIONS_LATER,
  REACTIONS_Q1,
  ROLES,
  STAGE_OF,
  SUITS,
  TRIAL_ROLES,
} from './incident-counts.ts';
import { WAVES } from './panel.ts';

/** An invented incident while it is put together. */
export interface Incident {
  /** 0, 1, 2. */
  readonly quarter: number;
  readonly city: string;
  readonly kinds: string[];
  role: string;
  party: string;
  reaction: string;
  inPerson: boolean;
  /** How the proceeding of its first act ended. */
  ended?: Ended;
  /** Outcome of a suit that the defender brought. */
  suit?: string;
}

type Left = Map<string, number>;
const left = (counts: Readonly<Record<string, number>>): Left => new Map(Object.entries(counts));
const take = (from: Left, what: string): boolean => {
  const n = from.get(what) ?? 0;
  if (n > 0) from.set(what, n - 1);
  return n > 0;
};
const bag = (from: Left): string[] => [...from].flatMap(([what, n]) => Array.from({ length: n }, () => what));

const isCourt = (i: Incident): boolean => i.kinds[0] === 'trial' || i.kinds[0] === 'civil_claim';

/** Incidents of a quarter, each with the place and kind of its first act: court cases first, where they ended. */
const ofQuarter = (random: Random, quarter: number, ended: readonly Ended[]): readonly Incident[] => {
  const places = left(Object.fromEntries(Object.entries(CITIES).map(([c, n]) => [c, n[quarter] ?? 0])));
  const kinds = bag(left(Object.fromEntries(Object.entries(KINDS).map(([k, n]) => [k, n[quarter] ?? 0]))));
  const other = random.shuffle(kinds.filter((k) => k !== 'trial' && k !== 'civil_claim'));
  const blank = { role: '', party: '', reaction: 'none', inPerson: false, quarter };
  const placed = ended.map((e): Incident => {
    const kind = e.civil === true ? 'civil_claim' : 'trial';
    if (e.city !== undefined && !take(places, e.city)) throw new RangeError(`no room in ${e.city}`);
    return { ...blank, city: e.city ?? '', kinds: [kind], ended: e };
  });
  const free = random.shuffle(bag(places));
  const courts = placed.map((i) => (i.city === '' ? { ...i, city: anywhereElse(free) } : i));
  const rest = free.map((city, i): Incident => ({ ...blank, city, kinds: [other[i] ?? ''] }));
  // Acts above the number of incidents are second acts of incidents outside the courts.
  for (const [n, kind] of other.slice(free.length).entries()) rest[n * 3]?.kinds.push(kind);
  return [...courts, ...rest];
};

const NAMED = new Set(ENDED.flatMap((e) => e.city ?? []));
/** What the publication places in no city lies in none of those that it names. */
const anywhereElse = (free: string[]): string => {
  const at = free.findIndex((city) => !NAMED.has(city));
  return free.splice(Math.max(at, 0), 1)[0] ?? '';
};

/** Hands the 52 endings to quarters: as many trials and civil claims in each as there are acts of the kind. */
const endingsByQuarter = (random: Random): readonly (readonly Ended[])[] => {
  for (;;) {
    const one = (civil: boolean): Ended[] =>
      random.shuffle(
        ENDED.filter((e) => (e.civil === true) === civil).flatMap((e) =>
          Array.from({ length: e.n }, () => e),
        ),
      );
    const [trials, claims] = [one(false), one(true)];
    const dealt = WAVES.map((_, q) => [
      ...trials.splice(0, KINDS['trial']?.[q] ?? 0),
      ...claims.splice(0, KINDS['civil_claim']?.[q] ?? 0),
    ]);
    const fits = dealt.every((list, q) =>
      [...NAMED].every((city) => list.filter((e) => e.city === city).length <= (CITIES[city]?.[q] ?? 0)),
    );
    if (fits) return dealt;
  }
};

const giveRoles = (random: Random, all: readonly Incident[]): void => {
  const roles = left(ROLES);
  TRIAL_ROLES.forEach((counts, quarter) => {
    const trials = all.filter((i) => i.quarter === quarter && i.kinds[0] === 'trial');
    for (const [n, role] of random.shuffle(bag(left(counts))).entries()) {
      const trial = trials[n];
      if (trial !== undefined && take(roles, role)) trial.role = role;
    }
  });
  for (const [city, role, outcome] of SUITS) {
    const of = random
      .shuffle(all)
      .find((i) => i.city === city && i.role === '' && !((i.kinds[0] ?? '') in STAGE_OF));
    if (of === undefined || !take(roles, role)) throw new RangeError(`no incident for a suit in ${city}`);
    Object.assign(of, { role, suit: outcome });
  }
  const rest = random.shuffle(bag(roles));
  for (const incident of all.filter((i) => i.role === '')) incident.role = rest.pop() ?? '';
};

const giveParties = (random: Random, all: readonly Incident[]): void => {
  const parties = left(PARTIES);
  for (const incident of all.filter(isCourt)) incident.party = 'court';
  const others = random.shuffle(all.filter((i) => !isCourt(i)));
  for (const incident of others)
    incident.party = (LIKELY_PARTY[incident.kinds[0] ?? ''] ?? []).find((p) => take(parties, p)) ?? '';
  const rest = random.shuffle(bag(parties));
  for (const incident of others.filter((i) => i.party === '')) incident.party = rest.pop() ?? '';
  const akimats = random.shuffle(all.filter((i) => i.party === 'akimat'));
  for (const incident of akimats.slice(0, AKIM_IN_PERSON)) incident.inPerson = true;
};

const giveReactions = (random: Random, all: readonly Incident[]): void => {
  const open = (quarter: number, city?: string): Incident | undefined =>
    all.find(
      (i) =>
        i.quarter === quarter &&
        i.reaction === 'none' &&
        !isCourt(i) &&
        (city === undefined || i.city === city),
    );
  for (const [kind, city] of REACTIONS_Q1) {
    const incident = open(0, city);
    if (incident === undefined) throw new RangeError(`no incident for a reaction in ${city}`);
    incident.reaction = kind;
  }
  for (const quarter of [1, 2]) {
    const some = random
      .shuffle(all.filter((i) => i.quarter === quarter && !isCourt(i)))
      .slice(0, REACTIONS_LATER);
    for (const incident of some) incident.reaction = random.pick(LATER_KINDS);
  }
};

/** The 391 incidents: every margin that the publication prints, and nothing else of it. */
export const incidents = (random: Random): readonly Incident[] => {
  const endings = endingsByQuarter(random);
  const all = WAVES.flatMap((_, q) => ofQuarter(random, q, endings[q] ?? []));
  giveRoles(random, all);
  giveParties(random, all);
  giveReactions(random, all);
  return all;
};
