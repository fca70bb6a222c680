/**
 * The 32 assemblies of 2018 that satisfy every consistent published table at once (an integer program found them; design 8,
 * section 3.4). Columns: number, city, topic, form, organiser, reason for not applying, participants, police, detained,
 * authorities (P prosecutor, p its warning, A akimat, a its warning), court (C detained and tried, L tried later), persons
 * warned / fined / arrested by courts. `taldykorgan` is the city or its region: the published row joins them.
 */
const DECK = `
 1 astana       eviction                 approach_president      spontaneous_group  unaware       25  25  25 -     C   0 20  1
 2 astana       against_extradition      single_picket           individual         futile         1   0   0 Aa    -   0  0  0
 3 astana       police_actions           hunger_strike           individual         unaware        6  25   6 -     C   0  0  1
 4 astana       free_political_prisoners rally                   spontaneous_group  unaware       21  25   9 -     C   0  0  4
 5 astana       fuel_price               picket                  spontaneous_group  principled     2  24   2 -     C   0  1  0
 6 astana       complete_housing         picket                  ngo                unknown        2  25   2 Aa    C   1  0  0
 7 astana       free_education           single_picket           individual         futile         1   6   1 -     -   0  0  0
 8 astana       free_political_prisoners flower_laying           spontaneous_group  futile         1  25   1 Pp    -   0  0  0
 9 astana       free_education           single_picket           individual         unknown        1   0   0 -     -   0  0  0
10 astana       land_sale_foreigners     rally                   spontaneous_group  futile        70  25  70 -     C   4 35  0
11 almaty       women_stigma             chaining                ngo                futile         3  31   0 -     L   0  1  0
12 almaty       free_political_prisoners signature_collection    spontaneous_group  spontaneous    1  31   0 -     L   0  0  1
13 almaty       free_political_prisoners rally                   spontaneous_group  unknown        6  31   1 -     C   1  0  0
14 almaty       free_political_prisoners single_picket           individual         principled     1   0   0 Pp    -   0  0  0
15 almaty       free_political_prisoners rally                   spontaneous_group  spontaneous  193  31 156 P     C   0  8  7
16 almaty       pension_size_individual  rally                   spontaneous_group  futile         6  31   1 Aa    C   0  0  1
17 uralsk       police_actions           rally                   spontaneous_group  principled     6  11   1 Pp    C   1  0  0
18 uralsk       akim_actions             single_picket           individual         unknown        1   4   1 -     C   0  0  1
19 uralsk       unjust_rulings           rally                   spontaneous_group  unknown       24  11   5 -     C   0  0  1
20 uralsk       ksk_debt                 chaining                individual         futile         1  11   1 Aa    C   0  0  1
21 uralsk       pension_size             single_picket           individual         futile         1   0   0 -     L   0  0  1
22 taldykorgan  road_safety              road_block              spontaneous_group  futile        26   4   0 P     -   0  0  0
23 taldykorgan  unjust_rulings           single_picket           individual         futile         1   6   1 -     C   0  0  1
24 taldykorgan  unjust_rulings           single_picket           individual         unknown        1   6   1 Aa    C   0  0  1
25 taldykorgan  unjust_rulings           single_picket           individual         futile         1   6   1 -     C   1  0  0
26 shymkent     unjust_rulings           self_immolation_threat  spontaneous_group  spontaneous    7  25   0 -     -   0  0  0
27 shymkent     free_political_prisoners picket                  spontaneous_group  unknown        2  20   0 -     -   0  0  0
28 shymkent     free_political_prisoners rally                   spontaneous_group  principled    61  25  20 -     -   0  0  0
29 aktobe       free_education           rally                   spontaneous_group  futile        25  13  14 Aa    C  12  0  2
30 aktobe       unlawful_dismissal       chaining                spontaneous_group  futile         1  12   1 PpAa  C   0  0  1
31 oskemen      free_political_prisoners picket                  spontaneous_group  principled     2   0   0 PpAa  -   0  0  0
32 semey        unjust_rulings           rally                   spontaneous_group  unknown       25  10  10 Pp    C   0  3  7
`;

export interface DeckCard {
  readonly number: number;
  readonly city: string;
  readonly topic: string;
  readonly form: string;
  readonly organiser: string;
  readonly reason: string;
  readonly participants: number;
  readonly police: number;
  readonly detained: number;
  readonly prosecutor: '' | 'P' | 'Pp';
  readonly akimat: '' | 'Aa';
  readonly court: '' | 'C' | 'L';
  readonly warnings: number;
  readonly fines: number;
  readonly arrests: number;
}

const readCard = (line: string): DeckCard => {
  const [number, city = '', topic = '', form = '', organiser = '', reason = '', ...rest] = line
    .trim()
    .split(/\s+/);
  const [participants, police, detained, authorities = '', court = '', warnings, fines, arrests] = rest;
  return {
    number: Number(number),
    city,
    topic,
    form,
    organiser,
    reason,
    participants: Number(participants),
    police: Number(police),
    detained: Number(detained),
    prosecutor: authorities.includes('Pp') ? 'Pp' : authorities.includes('P') ? 'P' : '',
    akimat: authorities.includes('Aa') ? 'Aa' : '',
    court: court === 'C' || court === 'L' ? court : '',
    warnings: Number(warnings),
    fines: Number(fines),
    arrests: Number(arrests),
  };
};

export const deck = (): readonly DeckCard[] => DECK.trim().split('\n').map(readCard);

/** Topics of the three theme groups; a topic belongs to one. */
const THEMES: readonly (readonly [string, readonly string[]])[] = [
  [
    'political',
    [
      'free_political_prisoners',
      'free_education',
      'against_extradition',
      'land_sale_foreigners',
      'land_issue',
    ],
  ],
  ['economic', ['pension_size', 'fuel_price', 'complete_housing', 'ksk_debt']],
];
export const themeOf = (topic: string): string =>
  THEMES.find(([, topics]) => topics.includes(topic))?.[0] ?? 'social';

/** The movement's first action, on one day in four cities, and its later ones. */
export const CAMPAIGN_DVK = new Set([4, 7, 8, 15, 28, 29]);
export const FIRST_CAMPAIGN_DAY = new Set([4, 15, 28, 29]);
/** Dates told in the report's event boxes (design 8, 3.3), the campaign's first day among them. */
export const FIXED_DATES: ReadonlyMap<number, string> = new Map([
  [1, '2018-01-10'],
  [26, '2018-07-10'],
  [11, '2018-08-09'],
  [22, '2018-10-16'],
  ...[...FIRST_CAMPAIGN_DAY].map((number) => [number, '2018-05-10'] as const),
]);
