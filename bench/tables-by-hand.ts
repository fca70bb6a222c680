/* oxlint-disable typescript/no-non-null-assertion -- an index that is always inside its array; checks would slow what is to be the limit */
import type { CardColumn, CardName } from './card-columns.ts';

/**
 * The limit: one pass over the cards, written by hand for exactly these tables. Everything that a table by period needs is
 * folded from the table by city; every condition is a look-up; counts are kept in typed arrays. No definition is read.
 */
export interface ByHand {
  /** Rows, by city: n, sanctioned, unsanctioned, … */
  readonly cities: Float64Array;
  readonly period: Float64Array;
  readonly margins: ReadonlyMap<string, Float64Array>;
  readonly medians: readonly Float64Array[];
}

type Columns = ReadonlyMap<CardName, CardColumn>;
const of = (columns: Columns, name: CardName): CardColumn => {
  const found = columns.get(name);
  if (found === undefined) throw new Error(`no column ${name}`);
  return found;
};
/** For each code 1 where it is among those named; the last entry, for a gap at index -1 + 1 shifted, is 0. */
const among = (column: CardColumn, codes: readonly string[]): Uint8Array =>
  Uint8Array.from([0, ...(column.categories ?? []).map((c) => (codes.includes(c) ? 1 : 0))]);
const sizeOf = (column: CardColumn): number => (column.categories?.length ?? 0) + 1;
const largest = (column: CardColumn): number => column.values.reduce((m, v) => Math.max(m, v), 0);

/** Numbers kept for each city. */
const F = 40;

/** Prepares the pass (load) and returns it. */
export const handPass = (columns: Columns): (() => ByHand) => {
  const v = (name: CardName): Int16Array => of(columns, name).values;
  const [city, month, unit, theme, topic] = [v('city'), v('month'), v('unit'), v('theme'), v('topic')];
  const [organiser, organisation, campaign, form, reason] = [
    v('organiser'),
    v('organisation'),
    v('campaign'),
    v('form'),
    v('reason'),
  ];
  const [issue, placeType, mode, counted, review] = [
    v('issue'),
    v('place_type'),
    v('mode'),
    v('counted'),
    v('review'),
  ];
  const [auth, realisation, uttered, place] = [
    v('authorisation'),
    v('realisation'),
    v('uttered'),
    v('place'),
  ];
  const [pros, prosW, akim, akimW, pol, polW] = [
    v('prosecutor'),
    v('prosecutor_warned'),
    v('akimat'),
    v('akimat_warned'),
    v('police_present'),
    v('police_warned'),
  ];
  const [part, partL, partH, police, policeL, policeH] = [
    v('participants'),
    v('participants_low'),
    v('participants_high'),
    v('police'),
    v('police_low'),
    v('police_high'),
  ];
  const [detained, court, duration, bystanders, preventive, per] = [
    v('detained'),
    v('court'),
    v('duration'),
    v('bystanders'),
    v('preventive'),
    v('per_participant'),
  ];
  const authority = v('authority');
  const authColumn = of(columns, 'authorisation');
  const isSanctioned = among(authColumn, ['sanctioned', 'notified_accepted', 'notified_silence', 'approved']);
  const isUnsanctioned = among(authColumn, [
    'refused_held',
    'unanswered_held',
    'not_applied',
    'not_notified',
  ]);
  const isWithout = among(authColumn, ['not_applied', 'not_notified']);
  const isNgo = among(of(columns, 'organiser'), ['ngo']);
  const isSingleForm = among(of(columns, 'form'), ['single_picket']);
  const isPrevented = among(of(columns, 'realisation'), ['prevented']);
  const isVerified = among(of(columns, 'review'), ['verified']);
  const isNoCampaign = among(of(columns, 'campaign'), ['none']);
  const yes = among(of(columns, 'prosecutor'), ['yes']);
  const no = among(of(columns, 'prosecutor'), ['no']);
  const isUnit = Uint8Array.from([
    1,
    ...(of(columns, 'place').categories ?? []).map((c) => (c.startsWith('unit:') ? 1 : 0)),
  ]);
  const sizes = {
    cities: sizeOf(of(columns, 'city')),
    unit: sizeOf(of(columns, 'unit')),
    theme: sizeOf(of(columns, 'theme')),
    topic: sizeOf(of(columns, 'topic')),
    campaign: sizeOf(of(columns, 'campaign')),
  };
  const [topPart, topPolice, topDuration, topPer] = [
    largest(of(columns, 'participants')) + 1,
    largest(of(columns, 'police')) + 1,
    largest(of(columns, 'duration')) + 1,
    largest(of(columns, 'per_participant')) + 1,
  ];

  return () => {
    const cities = new Float64Array(sizes.cities * F);
    const group = new Float64Array(sizes.cities * F);
    const p = new Float64Array(40);
    const [byMonth, byUnit, byTheme, byTopic] = [
      new Float64Array(13 * 2),
      new Float64Array(sizes.unit * 6),
      new Float64Array(sizes.theme * 5),
      new Float64Array(sizes.topic * 5),
    ];
    const themeTopic = new Float64Array(sizes.theme * sizes.topic);
    const single = (name: CardName): Float64Array => new Float64Array(sizeOf(of(columns, name)));
    const [byOrganiser, byOrganisation, byForm, byReason, byIssue, byType, byMode, byPlace] = [
      single('organiser'),
      single('organisation'),
      single('form'),
      single('reason'),
      single('issue'),
      single('place_type'),
      single('mode'),
      single('place'),
    ];
    const byCampaign = new Float64Array(sizes.campaign * 13 * 4);
    const [hPart, hPolice, hDuration, hPer] = [
      new Float64Array(sizes.cities * topPart),
      new Float64Array(sizes.cities * topPolice),
      new Float64Array(sizes.cities * topDuration),
      new Float64Array(sizes.cities * topPer),
    ];
    const rows = city.length;
    for (let i = 0; i < rows; i++) {
      if (isVerified[review[i]! + 1] === 1 && isPrevented[realisation[i]! + 1] === 1) {
        p[0]!++;
        if (preventive[i]! >= 0) p[1]! += preventive[i]!;
        else p[2]!++;
      }
      if (counted[i] !== 1) continue;
      const c = city[i]! + 1;
      const at = c * F;
      const [m, d, n, k] = [month[i]! + 1, detained[i]!, part[i]!, police[i]!];
      const a = auth[i]! + 1;
      const sanc = isSanctioned[a]!;
      const unsanc = isUnsanctioned[a]!;
      const ct = court[i]!;
      const dur = duration[i]!;
      const held = d > 0 ? 1 : 0;
      cities[at]!++;
      cities[at + 1]! += sanc;
      cities[at + 2]! += unsanc;
      if (a === 0) cities[at + 3]!++;
      byUnit[(unit[i]! + 1) * 6]!++;
      byTheme[(theme[i]! + 1) * 5]!++;
      byTopic[(topic[i]! + 1) * 5]!++;
      themeTopic[(theme[i]! + 1) * sizes.topic + topic[i]! + 1]!++;
      byMonth[m * 2]!++;
      if (n >= 0) {
        cities[at + 4]!++;
        cities[at + 5]! += n;
        hPart[c * topPart + n]!++;
        byMonth[m * 2 + 1]! += n;
        byUnit[(unit[i]! + 1) * 6 + 1]! += n;
        byUnit[(unit[i]! + 1) * 6 + 2]!++;
        if (k >= 0) {
          cities[at + 6]!++;
          cities[at + 7]! += k;
          cities[at + 8]! += n;
        }
        if (d >= 0) {
          cities[at + 9]!++;
          cities[at + 10]! += d;
          cities[at + 11]! += n;
        }
      }
      if (partL[i]! >= 0) {
        cities[at + 12]!++;
        cities[at + 13]! += partL[i]!;
        if (policeH[i]! >= 0) {
          cities[at + 14]!++;
          cities[at + 15]! += policeH[i]!;
          cities[at + 16]! += partL[i]!;
        }
      }
      if (partH[i]! >= 0) {
        cities[at + 17]!++;
        cities[at + 18]! += partH[i]!;
        if (policeL[i]! >= 0) {
          cities[at + 19]!++;
          cities[at + 20]! += policeL[i]!;
          cities[at + 21]! += partH[i]!;
        }
      }
      if (k >= 0) {
        cities[at + 22]!++;
        cities[at + 23]! += k;
        hPolice[c * topPolice + k]!++;
      }
      if (policeL[i]! >= 0) {
        cities[at + 24]!++;
        cities[at + 25]! += policeL[i]!;
      }
      if (policeH[i]! >= 0) {
        cities[at + 26]!++;
        cities[at + 27]! += policeH[i]!;
      }
      if (d >= 0) {
        cities[at + 28]!++;
        cities[at + 29]! += d;
        cities[at + 30]! += held;
        byUnit[(unit[i]! + 1) * 6 + 3]!++;
        byUnit[(unit[i]! + 1) * 6 + 4]! += d;
        byUnit[(unit[i]! + 1) * 6 + 5]! += held;
        byTheme[(theme[i]! + 1) * 5 + 1]!++;
        byTheme[(theme[i]! + 1) * 5 + 2]! += d;
        byTheme[(theme[i]! + 1) * 5 + 3]! += held;
        byTopic[(topic[i]! + 1) * 5 + 1]!++;
        byTopic[(topic[i]! + 1) * 5 + 2]! += d;
        byTopic[(topic[i]! + 1) * 5 + 3]! += held;
        if (ct >= 0) {
          cities[at + 31]!++;
          cities[at + 32]! += ct;
          cities[at + 33]! += d;
        }
      }
      if (ct >= 0) {
        cities[at + 34]! += ct;
        cities[at + 35]!++;
        if (ct > 0 && unsanc === 1) cities[at + 36]!++;
      }
      if (dur >= 0) {
        cities[at + 37]!++;
        cities[at + 38]! += dur;
        hDuration[c * topDuration + dur]!++;
      }
      if (per[i]! >= 0) hPer[c * topPer + per[i]!]!++;
      byOrganiser[organiser[i]! + 1]!++;
      byForm[form[i]! + 1]!++;
      byMode[mode[i]! + 1]!++;
      if (organisation[i]! >= 0) byOrganisation[organisation[i]! + 1]!++;
      if (placeType[i]! >= 0) byType[placeType[i]! + 1]!++;
      if (isWithout[a] === 1) byReason[reason[i]! + 1]!++;
      if (isUnit[place[i]! + 1] === 0) byPlace[place[i]! + 1] = 1;
      if (held === 1) {
        byIssue[issue[i]! + 1]!++;
        p[3]! += yes[uttered[i]! + 1]!;
        p[4]! += no[uttered[i]! + 1]!;
        if (uttered[i]! < 0) p[5]!++;
      }
      const cg = campaign[i]!;
      if (cg >= 0 && isNoCampaign[cg + 1] === 0) {
        const ca = ((cg + 1) * 13 + m) * 4;
        byCampaign[ca]!++;
        if (n >= 0) byCampaign[ca + 1]! += n;
        else byCampaign[ca + 3]!++;
        byCampaign[ca + 2]! += held;
      }
      p[6]! += yes[pros[i]! + 1]!;
      p[7]! += yes[pros[i]! + 1]! & yes[prosW[i]! + 1]!;
      p[8]! += yes[akim[i]! + 1]!;
      p[9]! += yes[akim[i]! + 1]! & yes[akimW[i]! + 1]!;
      p[10]! += yes[pol[i]! + 1]!;
      p[11]! += yes[polW[i]! + 1]!;
      const obstructed = held | authority[i]!;
      p[12]! += obstructed & unsanc;
      p[13]! += (1 - obstructed) & unsanc;
      if (d >= 0) p[14]! += 1 - obstructed;
      if (d === 0 && ct > 0) p[15]! += 1 - obstructed;
      if (d >= 0 && ct === 0) p[16]! += 1 - obstructed;
      if (bystanders[i]! >= 0) p[17]! += bystanders[i]!;
      else p[18]!++;
      p[19]! += isNgo[organiser[i]! + 1]!;
      const alone = n === 1 || isSingleForm[form[i]! + 1] === 1;
      if (alone) {
        p[20]!++;
        if (n >= 0) p[21]!++;
      } else {
        group[at]!++;
        group[at + 1]! += sanc;
        group[at + 2]! += unsanc;
        if (n >= 0) {
          group[at + 3]!++;
          group[at + 4]! += n;
          if (k >= 0) {
            group[at + 5]!++;
            group[at + 6]! += k;
            group[at + 7]! += n;
          }
        }
        if (d >= 0) {
          group[at + 8]!++;
          group[at + 9]! += held;
        }
        if (ct > 0 && unsanc === 1) group[at + 10]!++;
        if (dur >= 0) {
          group[at + 11]!++;
          group[at + 12]! += dur;
        }
      }
    }
    const margins = new Map([
      ['group', group],
      ['month', byMonth],
      ['unit', byUnit],
      ['theme', byTheme],
      ['topic', byTopic],
      ['theme × topic', themeTopic],
      ['organiser', byOrganiser],
      ['organisation', byOrganisation],
      ['form', byForm],
      ['reason', byReason],
      ['issue', byIssue],
      ['place type', byType],
      ['mode', byMode],
      ['place', byPlace],
      ['campaign', byCampaign],
    ]);
    return { cities, period: p, margins, medians: [hPart, hPolice, hDuration, hPer] };
  };
};
