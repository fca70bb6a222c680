import type { RespondentType } from './panel.ts';

/** Answer -> how many gave it, by group; what a group was not asked has no counts. */
export type Counts = Readonly<Record<string, number>>;
export type ByGroup = Readonly<Partial<Record<RespondentType, Counts>>>;

const both = (individual: Counts, organisation: Counts): ByGroup => ({ individual, organisation });
const individuals = (individual: Counts): ByGroup => ({ individual });
const organisations = (organisation: Counts): ByGroup => ({ organisation });
const yn = (yes: number, no: number): Counts => ({ yes, no });
const ynd = (yes: number, no: number, dont_know: number): Counts => ({ yes, no, dont_know });
const likelihood = (excluded: number, rather_not: number, rather: number, high: number): Counts => ({
  excluded,
  rather_not_possible: rather_not,
  rather_possible: rather,
  high_probability: high,
});

/**
 * The answers of 79 individuals and 52 organisations: counts that print as the published percentages wherever these are
 * consistent (design 8, section 4.4). Where the publication breaks its own skip rule, the rule is kept: an alarm is asked of
 * those who have an office, a tax return of those with untaxed income.
 */
export const SURVEY: Readonly<Record<string, ByGroup>> = {
  sex: individuals({ female: 43, male: 36 }),
  age_group: individuals({ age_18_29: 14, age_30_44: 31, age_45_59: 25, age_60_plus: 9 }),
  ethnicity: individuals({ kazakh: 34, russian: 33, other: 12 }),
  education: individuals({ higher: 69, secondary_special: 8, secondary: 2 }),
  activity_form: individuals({ civic_activist: 48, employment: 16, service_contract: 11, sole_trader: 4 }),
  state_coop: organisations(yn(51, 1)),
  volunteers: organisations(yn(45, 7)),
  training_passed: both(yn(33, 46), yn(18, 34)),
  protocol: both(yn(10, 69), { ...ynd(3, 36, 5), refused: 8 }),
  it_protected: both(ynd(17, 34, 28), ynd(11, 19, 22)),
  cash: both(yn(37, 42), yn(25, 27)),
  has_office: individuals(yn(38, 41)),
  secure_comm: both(ynd(33, 15, 31), ynd(21, 9, 22)),
  home_alarm: individuals(yn(9, 70)),
  transport: individuals({ public: 50, own: 24, other: 5 }),
  property_unexplained: individuals(ynd(2, 74, 3)),
  untaxed_income: individuals(ynd(5, 68, 6)),
  media_access: individuals(ynd(67, 9, 3)),
  community_support: individuals(ynd(53, 13, 13)),
  licensed_software: organisations(ynd(30, 10, 12)),
  accountant: organisations(ynd(32, 16, 4)),
  tax_control: organisations(ynd(43, 1, 8)),
  docs_kept: organisations(ynd(42, 2, 8)),
  labour_contracts: organisations(ynd(36, 9, 7)),
  bank_keys: organisations(ynd(34, 6, 12)),
  safe: organisations(ynd(26, 18, 8)),
  licensed_1c: organisations(ynd(22, 18, 12)),
  threats: both(yn(36, 43), yn(10, 42)),
  atk_info: both(yn(32, 47), yn(11, 41)),
  atk_reput: both(yn(31, 48), yn(9, 43)),
  atk_phys: both(yn(19, 60), yn(9, 43)),
  atk_tech: both(yn(17, 62), yn(4, 48)),
  police_appeal: both(yn(24, 55), yn(2, 50)),
  lik_reput: both(likelihood(3, 24, 29, 23), likelihood(4, 15, 27, 6)),
  lik_info: both(likelihood(3, 26, 32, 18), likelihood(4, 16, 25, 7)),
  lik_tech: both(likelihood(2, 31, 33, 13), likelihood(5, 17, 28, 2)),
  lik_phys: both(likelihood(4, 34, 30, 11), likelihood(5, 22, 21, 4)),
  coalition: both({ yes: 12, no: 51, unaware: 16 }, { yes: 4, no: 35, unaware: 13 }),
};

/** Asked of those who answered another question so. */
export const OFFICE_ALARM = both(yn(10, 28), ynd(12, 30, 10));
export const TAX_RETURN = yn(2, 3);

const access = (
  unavailable: number,
  rather_unavailable: number,
  rather_available: number,
  fully: number,
): Counts => ({
  unavailable,
  rather_unavailable,
  rather_available,
  fully_available: fully,
});
/** Printed for all respondents together. */
export const ACCESS: Readonly<Record<string, Counts>> = {
  acc_legal: access(5, 18, 73, 35),
  acc_transport: access(16, 25, 69, 21),
  acc_network: access(13, 25, 73, 20),
  acc_locks: access(23, 35, 52, 21),
  acc_comm: access(20, 34, 56, 21),
  acc_finance: access(14, 31, 67, 19),
};
/** Of the 120 who answered; eleven refused. */
export const NEEDS: Counts = { security_training: 82, security_information: 79, funds: 73 };
export const NEEDS_REFUSED = 11;

/** Whole numbers with this sum, the least and the greatest of which both occur. */
export interface Spread {
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}
/** How many times, of those who were attacked; the publication prints whole means. */
export const TIMES: Readonly<Record<string, Spread>> = {
  threats: { sum: 46 * 5, min: 1, max: 10 },
  atk_info: { sum: 43 * 6, min: 1, max: 20 },
  atk_reput: { sum: 40 * 7, min: 1, max: 30 },
  atk_phys: { sum: 28 * 2, min: 1, max: 4 },
  atk_tech: { sum: 21 * 5, min: 1, max: 15 },
};
export const EXPERIENCE: Readonly<Record<RespondentType, Spread>> = {
  individual: { sum: 790, min: 1, max: 27 },
  organisation: { sum: 556, min: 1, max: 69 },
};
export const SAFETY: Readonly<Record<RespondentType, Spread>> = {
  individual: { sum: 261, min: 1, max: 5 },
  organisation: { sum: 182, min: 1, max: 5 },
};
export const OF_ORGANISATIONS: Readonly<Record<string, Spread>> = {
  projects_n: { sum: 156, min: 1, max: 7 },
  budget_usd: { sum: 52 * 27_867, min: 500, max: 250_000 },
  staff_n: { sum: 52 * 69, min: 1, max: 3000 },
};
