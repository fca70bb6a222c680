/**
 * Which cell of ours holds a number of the 2015–2016 defenders report: reference file, column, row and period -> table,
 * measure, row and column codes. Numbers not listed have no cell of ours; they are judged by rule only.
 */
export interface AddressOf {
  readonly series: string;
  readonly measure: string;
  readonly row: string;
  readonly column: string;
}
/** The keys of a printed number, as rules name them. */
export interface PrintedKeys {
  readonly row: string;
  readonly column: string;
  readonly period: string;
}
type Crosswalk = Readonly<Record<string, string>>;
type Find = (keys: PrintedKeys) => AddressOf | undefined;

export const KIND: Crosswalk = {
  court_proceedings: 'trial',
  verbal_threats: 'verbal_threat',
  content_takedown_demand: 'takedown_demand',
  media_closure_blocking: 'media_closure_or_block',
  pressure_in_detention: 'pressure_in_custody',
  removal_from_hearing: 'removed_from_hearing',
  representative_denied_court: 'representative_barred_court',
  representative_denied_prison: 'representative_barred_prison',
  rally_refusal: 'assembly_refusal',
  court_motion_refusal: 'motion_refused',
  no_technical_access: 'no_technical_means',
  civil_suit: 'civil_claim',
  legal_aid_refusal: 'legal_aid_refused',
  ngo_liquidation: 'org_liquidation',
  rental_refusal: 'rent_refusal',
  employment_refusal: 'job_refusal',
  defamatory_publication: 'defamatory_post',
  torture_hearing_while_ill: 'torture_hearing',
  unpaid_wages: 'wage_nonpayment',
  media_closure_warning: 'closure_warning',
  candidacy_refusal: 'candidacy_denial',
  smartphone_ban: 'device_ban',
};
export const ROLE: Crosswalk = {
  public_figure_activist: 'activist',
  ngo_activist_group: 'ngo_group',
  convicted_figure: 'convicted_activist',
};
export const PARTY: Crosswalk = {
  court_proceedings: 'court',
  unknown_persons: 'unknown',
  business: 'businessman',
  penitentiary: 'kuis',
  known_private_persons: 'ordinary_person',
  tax_service: 'tax_authority',
  railways: 'ktz',
  election_commission: 'cec',
  utilities: 'housing_utilities',
  condominium_coop: 'ksk',
  min_culture: 'min_culture_sport',
};
export const PLAINTIFF: Crosswalk = { known_private_persons: 'ordinary_known', penitentiary: 'kuis' };
export const CHARGE: Crosswalk = {
  libel: 'defamation',
  common_crime: 'ordinary_crime',
  drug_possession: 'drugs_no_sale',
  rally_filming: 'filming_rally',
  overthrow_calls: 'overthrow_call',
};
export const OUTCOME: Crosswalk = { claim_rejected: 'claim_dismissed', pretrial_settled: 'settled_pretrial' };
export const REACTION: Crosswalk = {
  clarified_data: 'clarification',
  justified_position: 'justification',
  decision_unchanged: 'unchanged',
  decision_explained: 'explanation',
  police_protected: 'police_protection',
  documents_received: 'documents_provided',
};
export const WORTH: Crosswalk = { useful: 'substantive', formal: 'formal', rude_refusal: 'hostile' };
/** Plaintiffs of suits against the State are groups of our defender categories. */
export const SUITOR: Crosswalk = {
  public_figure_ngo_activist: 'activists',
  defender: 'hrd_proper',
  lawyer: 'lawyers',
  journalist: 'journalists',
  union_leader: 'unions',
};
export const QUESTION: Crosswalk = {
  S01: 'training_passed',
  S02: 'protocol',
  S03: 'it_protected',
  S04: 'cash',
  S05: 'has_office',
  S06: 'office_alarm',
  S07: 'secure_comm',
  S08: 'home_alarm',
  S09: 'transport',
  S10: 'untaxed_income',
  S11: 'tax_return',
  S12: 'property_unexplained',
  S13: 'media_access',
  S14: 'community_support',
  S15: 'licensed_software',
  S16: 'accountant',
  S17: 'tax_control',
  S18: 'docs_kept',
  S19: 'labour_contracts',
  S20: 'bank_keys',
  S21: 'safe',
  S22: 'licensed_1c',
  S23: 'threats',
  S24: 'atk_info',
  S25: 'atk_reput',
  S26: 'atk_phys',
  S27: 'atk_tech',
  S28: 'police_appeal',
  S33: 'coalition',
};
export const LIKELIHOOD: Crosswalk = {
  reputational: 'lik_reput',
  information: 'lik_info',
  technical: 'lik_tech',
  physical: 'lik_phys',
};
export const ACCESS: Crosswalk = {
  legal_aid: 'acc_legal',
  ground_transport: 'acc_transport',
  peer_support: 'acc_network',
  locks: 'acc_locks',
  communications: 'acc_comm',
  financial_advice: 'acc_finance',
};
export const NEED: Crosswalk = {
  training: 'security_training',
  information: 'security_information',
  funds: 'funds',
};
export const INDICATOR: Crosswalk = { security: 'safety' };
export const ACTIVITY: Crosswalk = { employment_contract: 'employment', entrepreneur: 'sole_trader' };

const to = (crosswalk: Crosswalk, code: string): string =>
  code === 'all' ? '_total' : (crosswalk[code] ?? code);
const quarter = (period: string): string => (period === 'all' ? '_total' : period.toLowerCase());
const at = (series: string, row: string, column: string, measure: string): AddressOf => ({
  series,
  row,
  column,
  measure,
});

/** A table of rows and quarters. */
const byQuarter =
  (series: string, crosswalk: Crosswalk = {}): Find =>
  ({ row, period }) =>
    at(series, to(crosswalk, row), quarter(period), 'n');
/** A table of rows only: a share stands beside the count. */
const plain =
  (series: string, crosswalk: Crosswalk = {}): Find =>
  ({ row, column }) =>
    at(series, to(crosswalk, row), '_', column === 'percent_published' ? 'share' : 'n');

const role: Find = (keys) =>
  keys.row === 'hrd_members_and_heads'
    ? plain('inc.role_group')({ ...keys, row: 'hrd_proper' })
    : plain('inc.role', ROLE)(keys);
const trial: Find = (keys) =>
  keys.row === 'hrd_members_and_heads' ? undefined : byQuarter('crt.trials.by_role_quarter', ROLE)(keys);

const PARTY_GROUPS: Readonly<Record<string, AddressOf>> = {
  private_persons: at('inc.party_level', 'private', '_', 'n'),
  private_persons_share: at('inc.party_level', 'private', '_', 'share'),
  government_ministries: at('inc.party_level', 'ministries', '_', 'n'),
  akim_personally: at('inc.akim', '_', '_', 'n'),
};
const CASES: Readonly<Record<string, AddressOf>> = {
  'composition.all_cases': at('crt.composition', '_total', '_', 'n'),
  'composition.witness': at('crt.composition', 'witness', '_', 'n'),
  'composition.against_defender': at('crt.composition', 'defendant', '_', 'n'),
  'composition.current_trials': at('crt.cases.by_stage_quarter', 'trial', '_total', 'n'),
  'composition.criminal_case_opened': at('crt.cases.by_stage_quarter', 'case_opened', '_total', 'n'),
  'composition.criminal_charge': at('crt.cases.by_stage_quarter', 'charged', '_total', 'n'),
  'composition.civil_suit': at('crt.cases.by_stage_quarter', 'claim_filed', '_total', 'n'),
  'outcome.held_trials': at('crt.outcome', '_total', '_', 'n'),
};
const blockOf = (row: string): readonly [string, string] => {
  const [block = '', code = ''] = row.split('.');
  return [block, code];
};
const courtCase: Find = (keys) => {
  const [block, code] = blockOf(keys.row);
  const listed = CASES[keys.row];
  if (listed !== undefined) return listed;
  return block === 'type'
    ? plain('crt.procedure')({ ...keys, row: code })
    : plain('crt.outcome', OUTCOME)({ ...keys, row: code });
};
const suit: Find = ({ row }) => {
  const [block, code] = blockOf(row);
  const plaintiff = code === 'total' ? '_total' : to(SUITOR, code);
  switch (block) {
    case 'plaintiff':
      return at('crt.by_hrd', plaintiff, '_total', 'n');
    case 'city':
      return at('crt.by_hrd.city', code, '_total', 'n');
    case 'outcome':
      return at('crt.by_hrd', '_total', code === 'refused' ? 'lost' : code, 'n');
    case 'won_by_plaintiff':
      return at('crt.by_hrd', plaintiff, 'won', 'n');
    default:
      return at('crt.by_hrd.city', code, 'won', 'n');
  }
};
const reaction: Find = ({ row, column, period }) => {
  const [block, code] = blockOf(row);
  if (block === 'content') return at('inc.reaction.kind', to(REACTION, code), quarter(period), 'n');
  if (block === 'class') return at('inc.reaction.worth', to(WORTH, code), quarter(period), 'n');
  if (code === 'reaction')
    return at('inc.reaction.by_quarter', quarter(period), '_', column === 'count' ? 'n' : 'share');
  return column === 'count' ? at('inc.reaction.by_quarter', quarter(period), '_', 'none') : undefined;
};
const media: Find = ({ row, period }) => {
  switch (row) {
    case 'materials':
      return at('med.volume', quarter(period), '_', 'n');
    case 'cases':
      return at('med.cases', quarter(period), '_', 'cases');
    // Outlets of the whole period are no sum: the same outlet comes again in another quarter.
    case 'outlets':
      return period === 'all' ? undefined : at('med.volume', quarter(period), '_', 'outlets');
    case 'negative_items':
      return at('med.by_tone', 'negative', '_total', 'n');
    case 'violations_compared':
      return at('inc.violations.by_printed_kind', '_total', '_total', 'n');
    default:
      return undefined;
  }
};

const group = (column: string): string => (column === 'all' ? '_total' : column);
/** Row `S06.no`: question and answer. */
const question: Find = ({ row, column }) => {
  const [code, answer] = blockOf(row);
  // The alarm was printed of all respondents, not of those who have an office.
  if (code === 'S06') return at('svy.office_alarm.of_all', group(column), '_', answer);
  return at(`svy.${QUESTION[code]}`, answer, group(column), 'share');
};
/** Row `reputational.excluded`: item and answer; the two answers together have a table of their own. */
const item =
  (crosswalk: Crosswalk, together: string, name: string): Find =>
  ({ row, column }) => {
    const [code, answer] = blockOf(row);
    if (answer === together) return at(name, group(column), '_', crosswalk[code] ?? '');
    return answer.endsWith('_combined')
      ? undefined
      : at(`svy.${crosswalk[code]}`, answer, group(column), 'share');
  };
const NUMBERS: Crosswalk = {
  experience: 'svy.experience_years',
  projects_per_year: 'svy.projects_n',
  annual_funding: 'svy.budget_usd',
  staff: 'svy.staff_n',
};
const SHARES: Crosswalk = {
  activity_form: 'svy.activity_form',
  gender: 'svy.sex',
  ethnicity: 'svy.ethnicity',
  education: 'svy.education',
  cooperates_with_state: 'svy.state_coop',
  uses_volunteers: 'svy.volunteers',
};
/** Row `experience.organisation`, column `mean`: variable and group, statistic. */
const portrait: Find = ({ row, column }) => {
  const parts = row.split('.');
  const [variable = '', whose = ''] = [parts[0], parts.at(-1)];
  if (variable === 'respondents') return at('svy.sample', '_total', group(whose), 'n');
  const numbers = NUMBERS[variable];
  if (numbers !== undefined) return at(numbers, whose, '_', column);
  const shares = SHARES[variable];
  const answer = parts.length === 2 ? 'yes' : to(ACTIVITY, parts[1] ?? '');
  return shares === undefined ? undefined : at(shares, answer, whose, 'share');
};
/** Column `risk.mean`: indicator and statistic; on maps `risk.indicator_map`. */
const region: Find = ({ row, column }) => {
  const [indicator, statistic] = blockOf(column);
  const measure = statistic.endsWith('map') ? 'mean' : statistic;
  return at(`ind.${to(INDICATOR, indicator)}.by_region`, to({}, row), '_', measure);
};
const indicatorBy =
  (dimension: string): Find =>
  ({ row, column, period }) => {
    const place = dimension === 'quarter' ? quarter(period) : group(column);
    return at(`ind.${to(INDICATOR, row)}.by_${dimension}`, place, '_', 'mean');
  };

const TABLES: Readonly<Record<string, Find>> = {
  quarters: ({ column, period }) =>
    at(
      column === 'incidents' ? 'inc.count.by_city_quarter' : 'inc.violations.by_printed_kind',
      '_total',
      quarter(period),
      'n',
    ),
  incidents_by_city_quarter: byQuarter('inc.count.by_city_quarter'),
  violations_by_kind_quarter: byQuarter('inc.violations.by_printed_kind', KIND),
  violations_by_kind_total: byQuarter('inc.violations.by_printed_kind', KIND),
  hrd_categories: role,
  trials_by_hrd_category_quarter: trial,
  opposing_parties: plain('inc.party', PARTY),
  opposing_party_groups: ({ row }) => PARTY_GROUPS[row],
  court_cases: courtCase,
  charges: plain('crt.charges', CHARGE),
  convictions_by_plaintiff: plain('crt.conviction_plaintiff', PLAINTIFF),
  convictions_by_city: plain('crt.convictions_city'),
  suits_against_state: suit,
  state_reaction: reaction,
  media_volume: media,
  survey_security_questions: question,
  survey_attacks: question,
  coalition: question,
  survey_attack_frequency: ({ row, column }) => at(`svy.times.${QUESTION[row]}`, '_total', '_', column),
  attack_probability: item(LIKELIHOOD, 'possible_combined', 'svy.likelihood_top2'),
  availability_of_protection: item(ACCESS, 'unavailable_combined', 'svy.access_bottom2'),
  needs: ({ row, column }) => at('svy.needs', group(column), '_', NEED[blockOf(row)[1]] ?? ''),
  security_self_assessment: ({ column }) => at('svy.safety', group(column), '_', 'mean'),
  respondent_portrait: portrait,
  indicators_by_region: region,
  indicators_maps: region,
  indicators_by_quarter: indicatorBy('quarter'),
  indicators_by_category: indicatorBy('category'),
  indicators_descriptive: ({ row, column }) =>
    at(`ind.${to(INDICATOR, row)}.by_region`, '_total', '_', column),
};

export const addressOf = (file: string, keys: PrintedKeys): AddressOf | undefined => TABLES[file]?.(keys);
