import { columnOf, type Relation } from './incident-columns.ts';

/**
 * The tables of incidents, courts and media as somebody who works in SQL, pandas or R would ask for them: rows of a table under
 * conditions, one grouping, amounts. `n` rows; `distinct c`, `sum c`; `some c` rows where c > 0; `known c` and `lacks c`
 * rows that have c and have it not; `is c code` and `not c code` rows with and without a code.
 */
interface Asked {
  readonly id: string;
  readonly of: string;
  readonly by: string;
  readonly where: readonly string[];
  readonly amounts: readonly string[];
}

const ask =
  (of: string, ...where: readonly string[]) =>
  (id: string, by: string, ...amounts: readonly string[]): Asked => ({
    id,
    of,
    by,
    where: ['is counted 1', ...where],
    amounts: amounts.length === 0 ? ['n'] : amounts,
  });
const against = 'is direction against_hrd';
const incident = ask('incident');
const answered = ask('incident', 'not reaction none');
const violation = ask('violation');
const sdg = ['is evidence verified', 'is link_to_activity yes'];
const material = ask('material');
const bothCount = 'is its_counted 1';
const lawsuit = (...where: readonly string[]) => ask('lawsuit', bothCount, ...where);
const suit = lawsuit('is direction by_hrd_against_state');
const convicted = lawsuit(against, 'is outcome convicted');
const DISTINCT = 'distinct value';
const caseA = 'is case_a 1';

const LIST: readonly Asked[] = [
  incident('inc.count.by_city_quarter', 'place period'),
  incident('inc.count.by_unit', 'unit_id'),
  violation('inc.violations.by_category_quarter', 'category period'),
  violation('inc.violations.by_quarter', 'period'),
  violation('inc.violations.by_kind_quarter', 'kind period'),
  violation('inc.violations.by_printed_kind', 'printed_kind period'),
  violation('inc.kind_by_city', 'place category'),
  violation('inc.kind_by_city.kinds', 'kind place'),
  incident('inc.per_incident', 'period', 'n', 'sum violations_n'),
  incident('inc.evidence', 'evidence period'),
  incident('inc.role', 'role_in_event'),
  incident('inc.role_group', 'role_group'),
  incident('inc.role.by_quarter', 'role_in_event period'),
  incident('inc.party', 'principal_party'),
  lawsuit(against, 'is principal_party court')('inc.party.plaintiff', 'plaintiff', DISTINCT),
  incident('inc.party_group', 'party_group'),
  incident('inc.party_level', 'party_level'),
  incident('inc.state_actor', 'state_actor'),
  ask('incident', 'is principal_party akimat')('inc.akim', '', 'is akim_in_person yes'),
  incident('inc.reaction.by_quarter', 'period', 'not reaction none', 'is reaction none'),
  answered('inc.reaction.worth', 'worth period'),
  answered('inc.reaction.kind', 'reaction period'),
  violation('inc.kind_by_role', 'role_in_event category'),
  ask('violation', ...sdg, 'not act_class none')('sdg.cases_16_10_1', 'act_class', 'sum victims_n'),
  ask('violation', ...sdg, 'not act_class none')('sdg.cases_16_10_1.by_group', 'sdg_group', 'sum victims_n'),
  ask('victim', ...sdg)('sdg.cases_16_10_1.by_sex', 'sex', 'sum sdg_acts_n'),
  ask('victim', ...sdg)('sdg.cases_16_10_1.by_age', 'age_group', 'sum sdg_acts_n'),
  lawsuit(against)('crt.cases.by_stage_quarter', 'stage period', DISTINCT),
  ask('hearing', against, 'known period')(
    'crt.active',
    'period',
    'distinct record_id',
    'n',
    'is observed yes',
  ),
  lawsuit(against)('crt.composition', 'victim_role', DISTINCT),
  lawsuit(against, 'is stage trial')('crt.trials.by_role_quarter', 'role_in_event period', DISTINCT),
  lawsuit(against, 'is victim_role defendant')('crt.procedure', 'procedure', DISTINCT),
  lawsuit(against, 'not outcome pending')('crt.outcome', 'outcome', DISTINCT),
  lawsuit(against)('crt.cases.by_role_stage', 'role_in_event stage', DISTINCT),
  lawsuit(against, 'not outcome pending')('crt.outcome.by_procedure', 'outcome procedure', DISTINCT),
  convicted('crt.sanctions', 'main_sanction', DISTINCT),
  convicted('crt.conviction_plaintiff', 'plaintiff', DISTINCT),
  convicted('crt.convictions_city', 'place', DISTINCT),
  lawsuit(against, 'is outcome acquitted')('crt.acquittals', 'place', DISTINCT),
  ask('charge', against, 'lacks appeal_of')('crt.charges', 'kind'),
  suit('crt.by_hrd', 'role_group outcome', DISTINCT),
  suit('crt.by_hrd.city', 'place outcome', DISTINCT),
  suit('crt.by_hrd_won', '', DISTINCT),
  lawsuit('is direction by_hrd_against_state', 'is outcome won')('crt.by_hrd_won', '', DISTINCT),
  ...[against, 'is direction by_hrd_against_state', 'is outcome convicted', 'is outcome acquitted'].map(
    (one) => lawsuit(one)('crt.direction_ratio', '', DISTINCT),
  ),
  ask('proceeding', against)('crt.timeline', 'stage month'),
  material('med.volume', 'period', 'n', 'distinct outlet', 'known reprint_of'),
  ask('mention', bothCount)('med.cases', 'period', DISTINCT),
  incident('med.coverage', 'period', 'n', 'some materials_n'),
  incident('med.coverage.by_city', 'place', 'n', 'some materials_n'),
  material('med.by_city', 'place period'),
  material('med.by_kind', 'outlet_kind period'),
  material('med.by_scope', 'outlet_scope period'),
  material('med.by_language', 'language period'),
  material('med.by_tone', 'tone period'),
  material('med.by_genre', 'genre period'),
  material('med.and_violations', 'period'),
  ask('violation', caseA)('case.a.event', 'kind month'),
  ask('writing', 'is its_counted 1', caseA)('case.a.materials', 'genre month'),
  ask('hearing', caseA)('case.a.hearings', 'stage month'),
  ask('proceeding', caseA, 'not outcome pending')('case.a.decisions', 'outcome month'),
];

/** Every subset of a grouping: totals of different cases cannot be added up. */
const subsets = (by: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: 2 ** by.length }, (_, bits) => by.filter((_name, i) => (bits >> i) % 2 === 0));

/** A question as the peers get it: codes are numbers. */
export interface Question {
  readonly id: string;
  readonly of: string;
  readonly by: readonly string[];
  readonly where: readonly string[];
  readonly amounts: readonly string[];
}

/** The list with its codes as numbers; what counts different things is asked once for each of its totals too. */
export const questions = (relations: ReadonlyMap<string, Relation>): readonly Question[] => {
  const numbered = (of: string, text: string): string => {
    const [verb = '', column = '', code] = text.split(' ');
    if (code === undefined) return text;
    const at = columnOf(relations, of, column).categories?.indexOf(code) ?? Number(code);
    if (at < 0) throw new Error(`no code ${code} in ${of}.${column}`);
    return `${verb} ${column} ${at}`;
  };
  return LIST.flatMap(({ id, of, by, where, amounts }) => {
    const names = by === '' ? [] : by.split(' ');
    const groupings = amounts.some((a) => a.startsWith('distinct')) ? subsets(names) : [names];
    return groupings.map((grouping) => ({
      id,
      of,
      by: grouping,
      where: where.map((text) => numbered(of, text)),
      amounts: amounts.map((text) => numbered(of, text)),
    }));
  });
};

const condition = (text: string): string => {
  const [verb, column, code] = text.split(' ');
  if (verb === 'some') return `${column} > 0`;
  if (verb === 'known') return `${column} IS NOT NULL`;
  if (verb === 'lacks') return `${column} IS NULL`;
  return `${column} ${verb === 'is' ? '=' : '<>'} ${code}`;
};
const amount = (text: string): string => {
  const [verb, column] = text.split(' ');
  if (verb === 'n') return 'count(*)';
  if (verb === 'distinct') return `count(DISTINCT ${column})`;
  return verb === 'sum' ? `sum(${column})` : `count(*) FILTER (${condition(text)})`;
};

/** One statement for all additive questions of equal rows, as grouping sets; one for each that counts different things. */
export const sqlOf = (list: readonly Question[]): readonly string[] => {
  const statements = new Map<
    string,
    { from: string; sets: Set<string>; amounts: Set<string>; by: Set<string> }
  >();
  for (const { of, by, where, amounts } of list) {
    const from = `FROM ${of} WHERE ${where.map(condition).join(' AND ')}`;
    const distinct = amounts.some((a) => a.startsWith('distinct'));
    const key = distinct ? `${from} BY ${by.join(', ')}` : from;
    const one = statements.get(key) ?? { from, sets: new Set(), amounts: new Set(), by: new Set() };
    statements.set(key, one);
    one.sets.add(`(${by.join(', ')})`);
    for (const name of by) one.by.add(name);
    for (const text of amounts) one.amounts.add(amount(text));
  }
  return [...statements.values()].map(({ from, sets, amounts, by }) => {
    const group = by.size === 0 ? '' : ` GROUP BY GROUPING SETS (${[...sets].join(', ')})`;
    return `SELECT ${[...by, ...amounts].join(', ')} ${from}${group}`;
  });
};

/** The questions for the scripts, one a line: table, grouping, conditions, amounts. */
export const questionLines = (list: readonly Question[]): string =>
  list
    .map(({ of, by, where, amounts }) => [of, by.join(' '), where.join(';'), amounts.join(';')].join('\t'))
    .join('\n');
