/* oxlint-disable typescript/no-non-null-assertion -- an index that is always inside its array; checks would slow what is to be the limit */
import { courseOfCase, hearings, lawsuits, mentions } from './defenders-cases-by-hand.ts';
import { type Into, numbers, type Relations, shifted, slot, slots } from './hand-columns.ts';

/**
 * The limit: one pass over each relation, written by hand for exactly these tables. What a table by groups or by quarter needs
 * is folded from finer counts; different cases are counted in the order of their numbers, each cell remembering the case it
 * saw last. No definition is read. Gives the numbers of every cell without totals: of a table's first measure by its id, of
 * others by `id/measure`, and grand totals of different cases by `id/_total`.
 */
export type HandCounts = ReadonlyMap<string, Float64Array>;

/** Prepares the pass (load) and returns it. */
export const handPass = (relations: Relations): (() => HandCounts) => {
  const work = [
    incidents,
    violations,
    victims,
    lawsuits,
    hearings,
    proceedings,
    charges,
    materials,
    mentions,
    courseOfCase,
  ].map((f) => f(relations));
  return () => {
    const out = new Map<string, Float64Array>();
    for (const one of work) one(out);
    return out;
  };
};

/** Slot of each code in its groups, from the rows themselves. */
const foldTable = (relations: Relations, of: string, from: string, to: string): Uint8Array => {
  const table = new Uint8Array(slots(relations, of, from));
  const [fine, coarse] = [numbers(relations, of, from), numbers(relations, of, to)];
  for (let i = 0; i < fine.length; i++) table[fine[i]! + 1] = coarse[i]! + 1;
  return table;
};
/** Rows (or columns) of a grid gathered into groups; group 0 is dropped. */
const folded = (grid: Float64Array, width: number, to: Uint8Array, groups: number): Float64Array => {
  const out = new Float64Array(groups * width);
  for (let row = 0; row < to.length; row++)
    if (to[row]! > 0) for (let c = 0; c < width; c++) out[to[row]! * width + c]! += grid[row * width + c]!;
  return out;
};
const rowSums = (grid: Float64Array, width: number): Float64Array => {
  const out = new Float64Array(grid.length / width);
  for (let i = 0; i < grid.length; i++) out[Math.floor(i / width)]! += grid[i]!;
  return out;
};
const columnSums = (grid: Float64Array, width: number): Float64Array => {
  const out = new Float64Array(width);
  for (let i = 0; i < grid.length; i++) out[i % width]! += grid[i]!;
  return out;
};

const incidents = (r: Relations) => {
  const v = (name: string): Uint8Array => shifted(r, 'incident', name);
  const size = (name: string): number => slots(r, 'incident', name);
  const counted = numbers(r, 'incident', 'counted');
  const [place, period, unit, role] = [v('place'), v('period'), v('unit_id'), v('role_in_event')];
  const evidence = v('evidence');
  const [party, state, akim, reaction] = [
    v('principal_party'),
    v('state_actor'),
    v('akim_in_person'),
    v('reaction'),
  ];
  const [violationsN, materialsN] = [
    numbers(r, 'incident', 'violations_n'),
    numbers(r, 'incident', 'materials_n'),
  ];
  const akimat = slot(r, 'incident', 'principal_party', 'akimat');
  const yes = slot(r, 'incident', 'akim_in_person', 'yes');
  const none = slot(r, 'incident', 'reaction', 'none');
  const P = size('period');
  const group = (from: string, to: string) => [foldTable(r, 'incident', from, to), size(to)] as const;
  const roles = group('role_in_event', 'role_group');
  const parties = group('principal_party', 'party_group');
  const levels = group('principal_party', 'party_level');
  const worths = group('reaction', 'worth');
  return (out: Into): void => {
    const [cityPeriod, covered] = [new Float64Array(size('place') * P), new Float64Array(size('place') * P)];
    const [units, rolePeriod] = [
      new Float64Array(size('unit_id')),
      new Float64Array(size('role_in_event') * P),
    ];
    const [partyN, stateN] = [
      new Float64Array(size('principal_party')),
      new Float64Array(size('state_actor')),
    ];
    const [reactionPeriod, per] = [new Float64Array(size('reaction') * P), new Float64Array(P)];
    const evidencePeriod = new Float64Array(size('evidence') * P);
    let akims = 0;
    for (let i = 0; i < counted.length; i++) {
      if (counted[i] !== 1) continue;
      const p = period[i]!;
      const at = place[i]! * P + p;
      cityPeriod[at]!++;
      if (materialsN[i]! > 0) covered[at]!++;
      units[unit[i]!]!++;
      rolePeriod[role[i]! * P + p]!++;
      evidencePeriod[evidence[i]! * P + p]!++;
      partyN[party[i]!]!++;
      stateN[state[i]!]!++;
      reactionPeriod[reaction[i]! * P + p]!++;
      per[p]! += violationsN[i]!;
      if (party[i] === akimat && akim[i] === yes) akims++;
    }
    const period1 = columnSums(cityPeriod, P);
    const reacted = reactionPeriod.slice();
    reacted.fill(0, none * P, none * P + P);
    const role1 = rowSums(rolePeriod, P);
    const all: readonly (readonly [string, Float64Array])[] = [
      ['inc.count.by_city_quarter', cityPeriod],
      ['inc.count.by_unit', units],
      ['inc.per_incident', period1],
      ['inc.per_incident/per', per],
      ['inc.evidence', evidencePeriod],
      ['inc.role', role1],
      ['inc.role_group', folded(role1, 1, ...roles)],
      ['inc.role.by_quarter', rolePeriod],
      ['inc.party', partyN],
      ['inc.party_group', folded(partyN, 1, ...parties)],
      ['inc.party_level', folded(partyN, 1, ...levels)],
      ['inc.state_actor', stateN],
      ['inc.akim', Float64Array.of(akims)],
      ['inc.reaction.by_quarter', columnSums(reacted, P)],
      ['inc.reaction.worth', folded(reacted, P, ...worths)],
      ['inc.reaction.kind', reacted],
      ['med.coverage', period1],
      ['med.coverage/covered', columnSums(covered, P)],
      ['med.coverage.by_city', rowSums(cityPeriod, P)],
      ['med.coverage.by_city/covered', rowSums(covered, P)],
    ];
    for (const [id, counts] of all) out.set(id, counts);
  };
};

const violations = (r: Relations) => {
  const v = (name: string): Uint8Array => shifted(r, 'violation', name);
  const size = (name: string): number => slots(r, 'violation', name);
  const counted = numbers(r, 'violation', 'counted');
  const [place, period, role, kind, act] = [
    v('place'),
    v('period'),
    v('role_in_event'),
    v('kind'),
    v('act_class'),
  ];
  const [evidence, link, victimsN] = [
    v('evidence'),
    v('link_to_activity'),
    numbers(r, 'violation', 'victims_n'),
  ];
  const verified = slot(r, 'violation', 'evidence', 'verified');
  const linked = slot(r, 'violation', 'link_to_activity', 'yes');
  const none = slot(r, 'violation', 'act_class', 'none');
  const category = foldTable(r, 'violation', 'kind', 'category');
  const printed = foldTable(r, 'violation', 'kind', 'printed_kind');
  const sdgGroup = foldTable(r, 'violation', 'role_in_event', 'sdg_group');
  const [P, C, cities] = [size('period'), size('category'), size('place')];
  return (out: Into): void => {
    const [kindPeriod, kindCity] = [
      new Float64Array(size('kind') * P),
      new Float64Array(size('kind') * cities),
    ];
    const [roleCategory, acts] = [
      new Float64Array(size('role_in_event') * C),
      new Float64Array(size('act_class')),
    ];
    const sdgRoles = new Float64Array(size('role_in_event'));
    for (let i = 0; i < counted.length; i++) {
      if (counted[i] !== 1) continue;
      const c = category[kind[i]!]!;
      kindPeriod[kind[i]! * P + period[i]!]!++;
      kindCity[kind[i]! * cities + place[i]!]!++;
      roleCategory[role[i]! * C + c]!++;
      if (evidence[i] === verified && link[i] === linked && act[i]! > 0 && act[i] !== none) {
        acts[act[i]!]! += victimsN[i]!;
        sdgRoles[role[i]!]! += victimsN[i]!;
      }
    }
    out.set('inc.violations.by_category_quarter', folded(kindPeriod, P, category, C));
    out.set('inc.violations.by_quarter', columnSums(kindPeriod, P));
    out.set('inc.violations.by_kind_quarter', kindPeriod);
    out.set('inc.violations.by_printed_kind', folded(kindPeriod, P, printed, size('printed_kind')));
    out.set('inc.kind_by_city', folded(kindCity, cities, category, C));
    out.set('inc.kind_by_city.kinds', kindCity);
    out.set('inc.kind_by_role', roleCategory);
    out.set('sdg.cases_16_10_1', acts);
    out.set('sdg.cases_16_10_1.by_group', folded(sdgRoles, 1, sdgGroup, size('sdg_group')));
  };
};

const victims = (r: Relations) => {
  const v = (name: string): Uint8Array => shifted(r, 'victim', name);
  const [counted, acts] = [numbers(r, 'victim', 'counted'), numbers(r, 'victim', 'sdg_acts_n')];
  const [sex, age, evidence, link] = [v('sex'), v('age_group'), v('evidence'), v('link_to_activity')];
  const verified = slot(r, 'victim', 'evidence', 'verified');
  const linked = slot(r, 'victim', 'link_to_activity', 'yes');
  return (out: Into): void => {
    const sexes = new Float64Array(slots(r, 'victim', 'sex'));
    const ages = new Float64Array(slots(r, 'victim', 'age_group'));
    for (let i = 0; i < counted.length; i++) {
      if (counted[i] !== 1 || evidence[i] !== verified || link[i] !== linked) continue;
      sexes[sex[i]!]! += acts[i]!;
      ages[age[i]!]! += acts[i]!;
    }
    out.set('sdg.cases_16_10_1.by_sex', sexes);
    out.set('sdg.cases_16_10_1.by_age', ages);
  };
};

const proceedings = (r: Relations) => {
  const v = (name: string): Uint8Array => shifted(r, 'proceeding', name);
  const counted = numbers(r, 'proceeding', 'counted');
  const [direction, stage, month] = [v('direction'), v('stage'), v('month')];
  const against = slot(r, 'proceeding', 'direction', 'against_hrd');
  const M = slots(r, 'proceeding', 'month');
  return (out: Into): void => {
    const stages = new Float64Array(slots(r, 'proceeding', 'stage') * M);
    for (let i = 0; i < counted.length; i++)
      if (counted[i] === 1 && direction[i] === against) stages[stage[i]! * M + month[i]!]!++;
    out.set('crt.timeline', stages);
  };
};

const charges = (r: Relations) => {
  const [counted, kind] = [numbers(r, 'charge', 'counted'), shifted(r, 'charge', 'kind')];
  const [direction, appealOf] = [shifted(r, 'charge', 'direction'), numbers(r, 'charge', 'appeal_of')];
  const against = slot(r, 'charge', 'direction', 'against_hrd');
  return (out: Into): void => {
    const kinds = new Float64Array(slots(r, 'charge', 'kind'));
    for (let i = 0; i < counted.length; i++)
      if (counted[i] === 1 && direction[i] === against && appealOf[i]! < 0) kinds[kind[i]!]!++;
    out.set('crt.charges', kinds);
  };
};

const materials = (r: Relations) => {
  const counted = numbers(r, 'material', 'counted');
  const [outlet, reprint] = [numbers(r, 'material', 'outlet'), numbers(r, 'material', 'reprint_of')];
  const period = shifted(r, 'material', 'period');
  const NAMES = {
    place: 'city',
    outlet_kind: 'kind',
    outlet_scope: 'scope',
    language: 'language',
    tone: 'tone',
    genre: 'genre',
  };
  const names = Object.keys(NAMES);
  const [place, kind, scope, language, tone, genre] = names.map((n) => shifted(r, 'material', n)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const P = slots(r, 'material', 'period');
  const outlets = outlet.reduce((most, o) => Math.max(most, o), 0) + 1;
  return (out: Into): void => {
    const counts = names.map((n) => new Float64Array(slots(r, 'material', n) * P)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const [cities, kinds, scopes, languages, tones, genres] = counts;
    const [wrote, reprints] = [new Uint8Array(outlets * P), new Float64Array(P)];
    for (let i = 0; i < counted.length; i++) {
      if (counted[i] !== 1) continue;
      const p = period[i]!;
      cities[place[i]! * P + p]!++;
      kinds[kind[i]! * P + p]!++;
      scopes[scope[i]! * P + p]!++;
      languages[language[i]! * P + p]!++;
      tones[tone[i]! * P + p]!++;
      genres[genre[i]! * P + p]!++;
      wrote[outlet[i]! * P + p] = 1;
      if (reprint[i]! >= 0) reprints[p]!++;
    }
    for (const [k, name] of Object.values(NAMES).entries()) out.set(`med.by_${name}`, counts[k]!);
    const n = columnSums(kinds, P);
    out.set('med.volume', n);
    out.set('med.volume/outlets', columnSums(Float64Array.from(wrote), P));
    out.set('med.volume/reprints', reprints);
    out.set('med.and_violations', n);
  };
};
