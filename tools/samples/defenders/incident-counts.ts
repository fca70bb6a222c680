/** Counts in the first, second and third quarter. */
export type ByQuarter = readonly [number, number, number];

/** Incidents by city: 120, 151 and 120. */
export const CITIES: Readonly<Record<string, ByQuarter>> = {
  aktau: [2, 4, 6],
  aktobe: [10, 4, 13],
  almaty: [32, 35, 22],
  astana: [14, 11, 20],
  atyrau: [1, 3, 5],
  zhezkazgan: [0, 1, 1],
  karaganda: [11, 9, 7],
  kokshetau: [1, 0, 1],
  kostanay: [11, 15, 9],
  kyzylorda: [1, 0, 1],
  oskemen: [7, 4, 5],
  pavlodar: [10, 16, 8],
  petropavlovsk: [6, 16, 4],
  taldykorgan: [2, 3, 3],
  taraz: [3, 2, 1],
  uralsk: [4, 13, 9],
  shymkent: [5, 15, 5],
};

/**
 * Acts by kind: 125, 151 and 131. The publication prints the blocking of a site and the closure of an outlet as one row of 21;
 * how it divides is ours.
 */
export const KINDS: Readonly<Record<string, ByQuarter>> = {
  info_refusal: [20, 25, 15],
  trial: [16, 22, 10],
  participation_refusal: [10, 6, 9],
  criminal_case_opened: [9, 8, 3],
  verbal_threat: [9, 10, 18],
  pressure_in_custody: [9, 5, 5],
  takedown_demand: [8, 9, 10],
  site_block: [5, 7, 6],
  media_closure: [1, 1, 1],
  police_detention: [6, 7, 14],
  assault: [5, 7, 6],
  representative_barred_court: [5, 4, 2],
  motion_refused: [4, 4, 2],
  removed_from_hearing: [4, 9, 4],
  assembly_refusal: [3, 2, 6],
  legal_aid_refused: [2, 0, 0],
  witness_status: [2, 7, 3],
  rent_refusal: [1, 0, 0],
  job_refusal: [1, 0, 0],
  criminal_charge: [1, 8, 3],
  defamatory_post: [1, 0, 0],
  torture_hearing: [1, 0, 0],
  wage_nonpayment: [1, 0, 0],
  dismissal: [1, 0, 0],
  no_technical_means: [0, 2, 2],
  civil_claim: [0, 1, 3],
  representative_barred_prison: [0, 1, 1],
  closure_warning: [0, 1, 0],
  pretrial_claim: [0, 3, 0],
  content_misuse: [0, 2, 0],
  org_liquidation: [0, 0, 2],
  account_hacking: [0, 0, 2],
  candidacy_denial: [0, 0, 1],
  device_ban: [0, 0, 1],
  unlawful_custody: [0, 0, 1],
  unequal_tender: [0, 0, 1],
};

/** Incidents by the role that counts. */
export const ROLES: Readonly<Record<string, number>> = {
  journalist_media: 211,
  activist: 84,
  ngo_group: 29,
  hrd_member: 17,
  hrd_head: 15,
  convicted_activist: 14,
  lawyer: 14,
  union_leader: 7,
};

/** Trials by role; the publication names 21 of the 22 of the second quarter: the other is a lawyer here. */
export const TRIAL_ROLES: readonly Readonly<Record<string, number>>[] = [
  { journalist_media: 10, activist: 3, hrd_head: 2, hrd_member: 1 },
  { activist: 11, journalist_media: 10, lawyer: 1 },
  { journalist_media: 7, activist: 2, hrd_member: 1 },
];

/** Incidents by principal opposing party, without the 52 before a court. */
export const PARTIES: Readonly<Record<string, number>> = {
  police: 89,
  akimat: 59,
  unknown: 40,
  other_state_budget: 35,
  businessman: 27,
  kuis: 26,
  prosecutor: 22,
  ordinary_person: 12,
  bailiff: 6,
  knb: 4,
  min_investment: 3,
  tax_authority: 2,
  ktz: 2,
  cec: 2,
  min_health: 2,
  housing_utilities: 1,
  ksk: 1,
  maslikhat: 1,
  parliament_deputy: 1,
  min_justice: 1,
  min_culture_sport: 1,
  min_civil_service: 1,
  anticorruption: 1,
};
export const AKIM_IN_PERSON = 5;

/** Whose adversary is more often whom; where the margins allow. */
export const LIKELY_PARTY: Readonly<Record<string, readonly string[]>> = {
  police_detention: ['police'],
  unlawful_custody: ['police', 'kuis'],
  assault: ['unknown', 'police'],
  verbal_threat: ['unknown', 'ordinary_person', 'businessman'],
  pressure_in_custody: ['kuis'],
  representative_barred_prison: ['kuis'],
  assembly_refusal: ['akimat'],
  participation_refusal: ['akimat', 'other_state_budget'],
  info_refusal: ['akimat', 'other_state_budget', 'police'],
  criminal_case_opened: ['police', 'prosecutor'],
  criminal_charge: ['police', 'prosecutor', 'knb'],
  witness_status: ['police'],
  takedown_demand: ['businessman', 'ordinary_person', 'akimat'],
  site_block: ['min_investment', 'prosecutor', 'unknown'],
  account_hacking: ['unknown'],
};

/** Parties that are not simply of the State. */
export const STATE_ACTOR: Readonly<Record<string, string>> = {
  unknown: 'unknown',
  businessman: 'no',
  ordinary_person: 'no',
  ktz: 'quasi',
  housing_utilities: 'quasi',
  ksk: 'quasi',
};

/** Reactions of the first quarter with their cities, as far as printed: 12, of which 6 to the point. */
export const REACTIONS_Q1: readonly (readonly [string, string | undefined])[] = [
  ['clarification', 'taraz'],
  ['justification', 'taldykorgan'],
  ['unchanged', 'kostanay'],
  ['explanation', 'astana'],
  ['other_formal', undefined],
  ['rude_refusal', 'karaganda'],
  ['police_protection', 'almaty'],
  ['police_protection', 'almaty'],
  ['attackers_found', 'almaty'],
  ['documents_provided', 'almaty'],
  ['documents_provided', 'kostanay'],
  ['wages_paid', undefined],
];
/** Reactions of each later quarter; 24 in all, their content is not printed. */
export const REACTIONS_LATER = 12;
export const LATER_KINDS = ['unchanged', 'explanation', 'clarification', 'documents_provided'] as const;

/** Kind of act -> stage; one proceeding for each such act: 48 + 20 + 12 + 12 + 4 = 96. */
export const STAGE_OF: Readonly<Record<string, string>> = {
  trial: 'trial',
  criminal_case_opened: 'case_opened',
  criminal_charge: 'charged',
  witness_status: 'witness',
  civil_claim: 'claim_filed',
};
export const ADMINISTRATIVE = 11;
/** Charges of 84 defendants: 133. */
export const CHARGES: Readonly<Record<string, number>> = {
  unsanctioned_rally: 25,
  moral_harm: 20,
  false_information: 19,
  incitement: 16,
  defamation: 13,
  formalities: 10,
  ordinary_crime: 8,
  extortion: 4,
  terrorism_propaganda: 4,
  drugs_no_sale: 3,
  false_report: 2,
  disobedience: 2,
  petty_hooliganism: 2,
  separatism: 2,
  filming_rally: 1,
  overthrow_call: 1,
  national_dignity: 1,
};

/** An outcome of proceedings that ended: in a city, or in none that is named; of a trial or of a civil claim. */
export interface Ended {
  readonly outcome: string;
  readonly n: number;
  readonly city?: string;
  readonly civil?: true;
}
/** The 52 that ended: 48 trials and 4 civil claims. */
export const ENDED: readonly Ended[] = [
  { city: 'almaty', outcome: 'convicted', n: 14 },
  { city: 'pavlodar', outcome: 'convicted', n: 7 },
  { city: 'oskemen', outcome: 'convicted', n: 4 },
  { city: 'atyrau', outcome: 'convicted', n: 4 },
  { city: 'astana', outcome: 'convicted', n: 3 },
  { city: 'petropavlovsk', outcome: 'convicted', n: 3 },
  { city: 'almaty', outcome: 'acquitted', n: 2 },
  { city: 'karaganda', outcome: 'acquitted', n: 1 },
  { city: 'shymkent', outcome: 'convicted_amnestied', n: 1 },
  { outcome: 'convicted', n: 4 },
  { outcome: 'settled_pretrial', n: 5 },
  { city: 'kostanay', outcome: 'acquitted', n: 1, civil: true },
  { city: 'aktobe', outcome: 'claim_dismissed', n: 1, civil: true },
  { outcome: 'claim_dismissed', n: 1, civil: true },
  { outcome: 'convicted', n: 1, civil: true },
];
/** Plaintiffs of the 40 convictions. */
export const PLAINTIFFS: Readonly<Record<string, number>> = {
  police: 14,
  akimat: 7,
  ordinary_known: 6,
  prosecutor: 3,
  kuis: 3,
  small_business: 2,
  bank: 2,
  court: 1,
  school_director: 1,
  anticorruption: 1,
};

/** Suits by defenders against the State: city, role, outcome. Thirteen, two of them won. */
export const SUITS: readonly (readonly [string, string, string])[] = [
  ['almaty', 'hrd_head', 'won'],
  ['almaty', 'activist', 'lost'],
  ['almaty', 'ngo_group', 'lost'],
  ['almaty', 'hrd_member', 'lost'],
  ['almaty', 'lawyer', 'lost'],
  ['uralsk', 'activist', 'lost'],
  ['uralsk', 'hrd_head', 'lost'],
  ['taldykorgan', 'activist', 'lost'],
  ['pavlodar', 'lawyer', 'won'],
  ['pavlodar', 'hrd_member', 'lost'],
  ['astana', 'activist', 'lost'],
  ['astana', 'ngo_group', 'lost'],
  ['karaganda', 'hrd_head', 'lost'],
];

/** Materials, incidents they are about, and outlets, by quarter. */
export const MATERIALS: ByQuarter = [53, 57, 65];
export const COVERED: ByQuarter = [30, 33, 33];
export const OUTLETS: ByQuarter = [29, 46, 39];
export const NEGATIVE = 2;
