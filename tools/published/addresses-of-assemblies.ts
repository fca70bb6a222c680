/**
 * Which cell of ours holds a number of the 2018 assemblies report: reference file, column and row -> table, measure, row
 * codes. Numbers not listed have no cell of ours; they are judged by rule only.
 */
export interface AddressOf {
  readonly series: string;
  readonly measure: string;
  readonly row: readonly string[];
}

type Crosswalk = Readonly<Record<string, string>>;
const CITY: Crosswalk = { all: '_total', ust_kamenogorsk: 'oskemen', turkestan: 'turkistan' };
const FORM: Crosswalk = {
  all: '_total',
  procession: 'march',
  road_blocking: 'road_block',
  attempt_to_reach_president: 'approach_president',
};
const TOPIC: Crosswalk = {
  against_extradition_opposition_figure: 'against_extradition',
  against_land_sale_to_foreigners: 'land_sale_foreigners',
  gas_price: 'fuel_price',
  equity_holders_building: 'complete_housing',
  unjust_court_rulings: 'unjust_rulings',
  feminists_stigmatisation: 'women_stigma',
  pensioner_own_pension: 'pension_size_individual',
  road_crossing_safety: 'road_safety',
};
const ORGANISER: Crosswalk = { public_organisations: 'ngo', spontaneous_groups: 'spontaneous_group' };
const REASON: Crosswalk = {
  refuse_undemocratic_law: 'principled',
  pointless_will_be_refused: 'futile',
  did_not_know: 'unaware',
};

type RowCodes = (code: string, theme: string) => readonly string[];
const codes =
  (crosswalk: Crosswalk): RowCodes =>
  (code) => [crosswalk[code] ?? code];
const same = codes({});
/** The table has one row: its only dimension is the period. */
const none: RowCodes = () => [];
const topics: RowCodes = (code, theme) => [theme, code.endsWith('_total') ? '_total' : (TOPIC[code] ?? code)];

/** `file/column` -> table, measure, row codes. */
const TABLES: Readonly<Record<string, readonly [string, string, RowCodes]>> = {
  'assemblies_by_city_2018/assemblies': ['asm.count.by_city', 'n', codes(CITY)],
  'assemblies_by_city_2018/published_share': ['asm.count.by_city', 'share', codes(CITY)],
  'assemblies_by_city_year/assemblies': ['asm.count.by_city_year', 'n', codes(CITY)],
  'activity_index_by_city_year/activity_index': ['asm.ima.by_city_year', 'ima', codes(CITY)],
  'themes_by_year/theme_share': ['asm.theme_share.by_period', 'share', same],
  'themes_by_year/theme_count': ['asm.theme_share.by_period', 'n', same],
  'themes_by_year/published_count': ['asm.theme_share.by_period', 'n', same],
  'topics_2018/assemblies': ['asm.topic_count', 'n', topics],
  'ngo_activity_by_year/ngo_share': ['asm.ngo_share.by_period', 'share', none],
  'ngo_activity_by_year/ngo_actions': ['asm.organisation_actions', 'n', same],
  'organisers_by_year/organiser_share': ['asm.organiser_share.by_period', 'share', codes(ORGANISER)],
  'organisers_by_year/organiser_share_text': ['asm.organiser_share.by_period', 'share', codes(ORGANISER)],
  'forms_2018/assemblies': ['asm.form_share', 'n', codes(FORM)],
  'forms_2018/published_share': ['asm.form_share', 'share', codes(FORM)],
  'forms_2017_2018/assemblies': ['asm.form_share.by_period', 'n', codes(FORM)],
  'forms_2017_2018/published_share': ['asm.form_share.by_period', 'share', codes(FORM)],
  'reasons_no_permission_by_year/reason_share': ['asm.reason_share.by_period', 'share', codes(REASON)],
  'sanctioned_by_city_2018/assemblies': ['asm.iz.by_city', 'n', codes(CITY)],
  'sanctioned_by_city_2018/unsanctioned': ['asm.iz.by_city', 'unsanctioned', codes(CITY)],
  'sanctioned_by_city_2018/sanctioned': ['asm.iz.by_city', 'sanctioned', codes(CITY)],
  'sanctioned_by_city_2018/law_abidance_index': ['asm.iz.by_city', 'iz', codes(CITY)],
  'law_abidance_by_year/law_abidance_index': ['asm.iz.by_period', 'iz', none],
  'police_control_by_city_2018/participants': ['asm.ipk.by_city', 'participants', codes(CITY)],
  'police_control_by_city_2018/police_officers': ['asm.ipk.by_city', 'police', codes(CITY)],
  'police_control_by_city_2018/police_control_index': ['asm.ipk.by_city', 'ipk', codes(CITY)],
  'police_control_by_year/police_control_index': ['asm.ipk.by_period', 'ipk', none],
  'detentions_by_city_2018/assemblies_with_detentions': [
    'asm.detention_share.by_city',
    'with_detention',
    codes(CITY),
  ],
  'detentions_by_city_2018/detained_persons': ['asm.detention_share.by_city', 'detained', codes(CITY)],
  'detained_by_issue_2018/assemblies_with_detentions': ['asm.detention_share.by_issue', 'n', same],
  'sanctions_by_city_2018/convicted': ['asm.sanctioned_persons.by_city', 'sanctioned', codes(CITY)],
  'sanctions_by_city_2018/warning': ['asm.sanctioned_persons.by_city', 'warning', codes(CITY)],
  'sanctions_by_city_2018/fine': ['asm.sanctioned_persons.by_city', 'fine', codes(CITY)],
  'sanctions_by_city_2018/arrest': ['asm.sanctioned_persons.by_city', 'admin_arrest', codes(CITY)],
  'sanctions_by_city_2018/share_warning': ['asm.sanctioned_persons.by_sanction', 'share', () => ['warning']],
  'sanctions_by_city_2018/share_fine': ['asm.sanctioned_persons.by_sanction', 'share', () => ['fine']],
  'sanctions_by_city_2018/share_arrest': [
    'asm.sanctioned_persons.by_sanction',
    'share',
    () => ['admin_arrest'],
  ],
  'sanctions_by_city_2018/offence_hooliganism': [
    'asm.charges.by_city',
    'n',
    (city) => [city, 'petty_hooliganism'],
  ],
  'sanctions_by_city_2018/offence_disobedience': [
    'asm.charges.by_city',
    'n',
    (city) => [city, 'disobedience'],
  ],
  'court_share_by_year/court_share': ['asm.court_rate_assemblies.by_period', 'share', none],
  'authority_presence_2018/presence': ['asm.presence', '{row}_present', none],
  'authority_presence_2018/warning': ['asm.presence', '{row}_warned', none],
};

/** `table/row.codes/measure` of headline figures and prose; an empty row where the table has only the period. */
const HEADLINES: Readonly<Record<string, string>> = {
  participants_total: 'asm.participants.by_period//total',
  participants_mean: 'asm.participants.by_period//mean',
  duration_mean_minutes: 'asm.duration.by_period//mean',
  assemblies_total: 'asm.count.by_city/_total/n',
  assemblies_ended_in_detention: 'asm.detention_share.by_period//with_detention',
  'assemblies_ended_in_detention/published_share': 'asm.detention_share.by_period//detention_share',
  assemblies_unhindered: 'asm.no_consequence.by_period//unhindered',
  assemblies_unhindered_prosecuted_later: 'asm.no_consequence.by_period//prosecuted_later',
  assemblies_without_consequences: 'asm.no_consequence.by_period//no_consequence',
  'assemblies_without_consequences/published_share': 'asm.no_consequence.by_period//share',
  police_total: 'asm.police.by_period//total',
  police_mean: 'asm.police.by_period//mean',
  share_assemblies_with_detentions: 'asm.detention_share.by_period//detention_share',
  detained_total: 'asm.detained.by_period//detained',
  'detained_total/published_share': 'asm.detained.by_period//per_100',
  administrative_cases: 'asm.sanctioned_persons.by_city/_total/sanctioned',
  detained_brought_to_court: 'asm.court_rate_persons.by_period//tried',
  convicted_for_intent_min: 'asm.intention_sentenced//persons',
  dvk_attempts_stopped: 'asm.detention_share.by_issue/dvk_attempts_stopped/n',
  unsanctioned_total: 'asm.unsanctioned_share.by_period//unsanctioned',
  unsanctioned_obstructed: 'asm.obstructed.by_period//obstructed',
  unsanctioned_reached_court: 'asm.court_rate_assemblies.by_period//reached_court',
};

/** Prose that repeats one cell, by its code; where a code stands for cells of several years, the period tells them apart. */
const PROSE: Readonly<Record<string, string>> = {
  ...HEADLINES,
  share_ended_in_detention: 'asm.detention_share.by_period//detention_share',
  share_without_consequences: 'asm.no_consequence.by_period//share',
  share_detained_of_participants: 'asm.detained.by_period//per_100',
  activity_index_astana: 'asm.ima.by_city_year/astana/ima',
  activity_index_almaty: 'asm.ima.by_city_year/almaty/ima',
  assemblies_per_month: 'asm.ima.by_city_year/_total/ima',
  assemblies_almaty: 'asm.count.by_city/almaty/n',
  assemblies_uralsk: 'asm.count.by_city/uralsk/n',
  assemblies_semey: 'asm.count.by_city/semey/n',
  assemblies_ust_kamenogorsk: 'asm.count.by_city/oskemen/n',
  share_almaty: 'asm.count.by_city/almaty/share',
  share_uralsk: 'asm.count.by_city/uralsk/share',
  theme_political: 'asm.theme_share.by_period/political/n',
  theme_economic: 'asm.theme_share.by_period/economic/n',
  theme_social: 'asm.theme_share.by_period/social/n',
  economic_assemblies: 'asm.theme_share.by_period/economic/n',
  ngo_actions_kazfem: 'asm.organisation_actions/kazfem/n',
  ngo_actions_obespechte_narod_zhilem: 'asm.organisation_actions/obespechte_narod_zhilem/n',
  ngo_absence: 'asm.ngo_share.by_period//ngo',
  organiser_spontaneous_share: 'asm.organiser_share.by_period/spontaneous_group/share',
  organiser_individual_share: 'asm.organiser_share.by_period/individuals/share',
  suicide_protests_included: 'asm.form_share/self_immolation_threat/n',
  sanctioned_total: 'asm.iz.by_city/_total/sanctioned',
  dvk_activists_detained: 'asm.prevented//detained_preventive',
  akimat_present: 'asm.presence//akimat_present',
  akimat_warnings: 'asm.presence//akimat_warned',
  offence_hooliganism_astana: 'asm.charges.by_city/astana.petty_hooliganism/n',
  offence_disobedience_astana: 'asm.charges.by_city/astana.disobedience/n',
  share_warning: 'asm.sanctioned_persons.by_sanction/warning/share',
  share_fine: 'asm.sanctioned_persons.by_sanction/fine/share',
  share_arrest: 'asm.sanctioned_persons.by_sanction/admin_arrest/share',
  convicted_for_intent: 'asm.intention_sentenced//persons',
  first_dvk_action_participants: 'asm.campaign.by_month/dvk.2018-05/participants',
  in_the_name_of_law_said: 'asm.name_of_law.by_period//uttered',
  arbitrary_detentions: 'asm.name_of_law.by_period//arbitrary',
  arrest_days: 'asm.arrest_days.by_period//longest',
  guilty_verdicts: 'asm.verdicts.by_period//guilty',
  random_people_detained: 'asm.bystanders.by_period//detained',
};
const ISSUE = 'detained_issue_';

const cell = (address: string): AddressOf => {
  const [series = '', row = '', measure = ''] = address.split('/');
  return { series, measure, row: row === '' ? [] : row.split('.') };
};

const proseCell = (code: string, unit: string): AddressOf | undefined => {
  // «A third» of Astana is a fraction, «31 %» a percentage: only the percentage is our cell.
  if (code === 'share_astana') return unit === 'percent' ? cell('asm.count.by_city/astana/share') : undefined;
  if (code.startsWith(ISSUE)) return cell(`asm.detention_share.by_issue/${code.slice(ISSUE.length)}/n`);
  const address = PROSE[code];
  return address === undefined ? undefined : cell(address);
};

/** `theme` is the theme group of a topic row; `unit` tells prose percentages from fractions. */
export const addressOf = (
  file: string,
  column: string,
  row: string,
  theme: string,
  unit: string,
): AddressOf | undefined => {
  if (file === 'text_figures') return proseCell(column, unit);
  if (file === 'general_statistics_2018') {
    const address = HEADLINES[column === 'headline' ? row : `${row}/${column}`];
    return address === undefined ? undefined : cell(address);
  }
  const entry = TABLES[`${file}/${column}`];
  if (entry === undefined) return undefined;
  const [series, measure, rowCodes] = entry;
  return { series, measure: measure.replace('{row}', row), row: rowCodes(row, theme) };
};
