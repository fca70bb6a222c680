import { describe, expect, test } from 'vitest';
import { deriveValues, type EntryValues, validateValues } from '../../src/records/index.ts';
import type { Field, Instrument, Regrouping } from '../../src/study/index.ts';
import { builtInStudies, studyFromFolders } from '../../src/workspace/index.ts';

const { study } = studyFromFolders([builtInStudies()], 'defenders');
const instrument = (id: string): Instrument => {
  const found = study.instruments.get(id);
  if (found === undefined) throw new Error(`no instrument ${id}`);
  return found;
};
const codesOf = (list: string): readonly string[] =>
  study.codeLists.get(list)?.codes.map((c) => c.code) ?? [];
const regrouping = (id: string): Regrouping => {
  const found = study.regroupings.get(id);
  if (found === undefined) throw new Error(`no regrouping ${id}`);
  return found;
};
const table = (id: string) => study.tables.find((t) => t.id === id);

describe('instruments', () => {
  test('the seven of the study and the two of the country are there, each with its own unit', () => {
    const units = [...study.instruments.values()].map((i) => `${i.id}: ${i.unit}`).sort();
    expect(units).toEqual([
      'complaint: complaint',
      'incident: incident',
      'indicator_interview: interview',
      'material: material',
      'nil_report: nil_report',
      'outlet: outlet',
      'proceeding: proceeding',
      'respondent: person',
      'survey: questionnaire',
    ]);
  });

  test.each([
    ['respondent', ['name', 'contacts']],
    [
      'incident',
      ['title', 'narrative', 'violations.assessment', 'victims.person', 'source_persons', 'evidence_files'],
    ],
    ['complaint', ['text']],
    ['material', ['headline', 'screenshot']],
    ['survey', ['police_appeal_result', 'remarks']],
    ['indicator_interview', []],
    ['outlet', []],
    ['proceeding', ['case_number', 'person', 'hearings.notes', 'document', 'notes']],
  ])('%s: what could name a person is identity', (id, expected) => {
    const identity = instrument(id).fields.flatMap((f) => [
      ...(f.sensitivity === 'identity' ? [f.path] : []),
      ...(f.fields ?? [])
        .filter((row) => row.sensitivity === 'identity')
        .map((row) => `${f.path}.${row.path}`),
    ]);
    expect(identity).toEqual(expected);
  });

  test('the consent of the register follows into questionnaires and interviews', () => {
    const consenting = ['survey', 'indicator_interview'].map(
      (id) => instrument(id).fields.find((f) => f.path === 'person')?.consent,
    );
    expect(consenting).toEqual([true, true]);
  });
});

describe('code lists', () => {
  test('36 kinds of violation stand in six categories, each kind in one', () => {
    const { groups } = regrouping('violation_categories');
    expect(groups.map((g) => g.code)).toEqual(codesOf('violation_category'));
    const kinds = groups.flatMap((g) => g.of);
    expect(kinds).toHaveLength(36);
    expect([...kinds].sort()).toEqual([...codesOf('violation_kind')].sort());
  });

  test('24 opposing parties stand in groups, each in one', () => {
    const parties = regrouping('party_groups').groups.flatMap((g) => g.of);
    expect(parties).toHaveLength(24);
    expect([...parties].sort()).toEqual([...codesOf('opposing_party')].sort());
  });

  test('eight categories of defenders stand in six groups, each in one', () => {
    const { groups } = regrouping('defender_groups');
    expect(groups).toHaveLength(6);
    expect(groups.flatMap((g) => g.of).sort()).toEqual([...codesOf('hrd_category')].sort());
    expect(codesOf('hrd_category')).toHaveLength(8);
  });

  test('every reaction is substantive, formal, hostile or none', () => {
    const reactions = regrouping('reaction_worth').groups.flatMap((g) => g.of);
    expect([...reactions].sort()).toEqual([...codesOf('authority_reaction')].sort());
  });

  test('every party is of the State, near it, not of it, or unknown', () => {
    const { groups } = regrouping('party_state');
    expect(groups.map((g) => g.code).sort()).toEqual([...codesOf('state_actor')].sort());
    expect(groups.flatMap((g) => g.of).sort()).toEqual([...codesOf('opposing_party')].sort());
  });

  test.each([
    ['violation_category', '4'],
    ['violation_kind', '4'],
    ['hrd_category', '23|1'],
    ['opposing_party', '24'],
    ['plaintiff', '24'],
    ['authority_reaction', '27'],
    ['sex', '39'],
    ['outcome', 'none'],
    ['sanction', 'none'],
    ['charge', 'none'],
  ])('%s: every code has a term of HURIDOCS and how near it is, or the reason why none', (list, theirs) => {
    const term = new RegExp(`^(?:${theirs})/[0-9]{2,12}$`);
    const poor = study.codeLists.get(list)?.codes.filter(({ crosswalk }) => {
      const found = crosswalk.get('huridocs');
      return found?.match === 'none' ? found.reason.length < 20 : !term.test(found?.term ?? '');
    });
    expect(poor?.map((c) => c.code)).toEqual([]);
  });

  test.each([
    ['opposing_party', 'police', 'exact', '24/010104'],
    ['opposing_party', 'min_justice', 'broad', '24/010101'],
    ['violation_kind', 'police_detention', 'exact', '4/030101'],
    ['violation_kind', 'trial', 'broad', '4/3501'],
    ['authority_reaction', 'none', 'exact', '27/06'],
  ])('%s: %s is %s of %s', (list, code, match, term) => {
    const found = study.codeLists.get(list)?.codes.find((c) => c.code === code);
    expect(found?.crosswalk.get('huridocs')).toEqual({ match, term });
  });

  test('every code of the study has labels in three languages', () => {
    const poor = [...study.codeLists.values()].flatMap((list) =>
      list.codes.filter((c) => ['kk', 'ru', 'en'].some((l) => !c.label[l as 'kk'])).map((c) => c.code),
    );
    expect(poor).toEqual([]);
  });
});

/** A questionnaire of an individual in order. */
const answers = (values: EntryValues): EntryValues => ({
  person: 'R-001',
  consent: 'yes',
  mode: 'self_completed',
  filled_on: '2015-09-01',
  place: 'astana',
  respondent_type: 'individual',
  ...values,
});

describe('the questionnaire', () => {
  const survey = instrument('survey');
  const faultsOf = (values: EntryValues) => validateValues(study, survey, values).map((p) => p.code);
  const derived = (values: EntryValues) => deriveValues(survey, answers(values));
  const notAsked = { missing: 'not_asked' };

  test('in order it has no fault', () => {
    expect(faultsOf(answers({ has_office: 'yes', office_alarm: 'no' }))).toEqual([]);
  });
  test('without consent it is refused', () => {
    expect(faultsOf(answers({ consent: 'no' }))).toContain('record_constraint');
  });
  test.each([
    ['the alarm of an office', 'office_alarm', { has_office: 'no' }],
    ['tax returns', 'tax_return', { untaxed_income: 'no' }],
    ['how many threats', 'threats_n', { threats: 'no' }],
    ['how many physical attacks', 'atk_phys_n', { atk_phys: 'no' }],
    ['who interviewed', 'interviewer', { mode: 'self_completed' }],
    ['the budget of an organisation', 'budget_usd', {}],
    ['licensed software', 'licensed_software', {}],
  ])('%s is not asked where its question was no', (_, field, values) => {
    expect(derived(values)[field]).toEqual(notAsked);
  });
  test('an organisation is asked of its alarm without being asked of its office', () => {
    const values = derived({ respondent_type: 'organisation', office_alarm: 'dont_know' });
    expect([values['has_office'], values['office_alarm']]).toEqual([notAsked, 'dont_know']);
  });
  test('an answer to a question that was not asked is refused', () => {
    expect(faultsOf(answers({ has_office: 'no', office_alarm: 'yes' }))).not.toEqual([]);
    expect(faultsOf(answers({ threats: 'no', threats_n: 3 }))).not.toEqual([]);
  });
  test('do not know is an answer, not a gap', () => {
    expect(codesOf('ynd')).toContain('dont_know');
  });
});

describe('the quarterly interview', () => {
  const interview = instrument('indicator_interview');
  const scores = (values: EntryValues): EntryValues => ({
    person: 'R-001',
    wave: 'q1',
    date: '2015-09-01',
    place: 'astana',
    respondent_type: 'individual',
    threats: 6,
    vulnerability: 4,
    resources: 2,
    safety: 3,
    ...values,
  });
  const faultsOf = (values: EntryValues) => validateValues(study, interview, scores(values));

  test('risk is threats times vulnerability by resources', () => {
    expect(deriveValues(interview, scores({}))['risk']).toBe('12.000000');
  });
  test('without resources there is no risk, and no division by zero', () => {
    const { resources: _, ...rest } = scores({});
    expect(deriveValues(interview, rest)['risk']).toHaveProperty('missing');
  });
  test.each([0, 8, '3.5'])('a score of %s is refused', (score) => {
    expect(faultsOf({ threats: score })).not.toEqual([]);
  });
  test('an interview outside its quarter is refused', () => {
    expect(faultsOf({ date: '2016-02-10' })).not.toEqual([]);
    expect(faultsOf({})).toEqual([]);
  });
});

describe('tables', () => {
  test.each([
    'inc.count',
    'inc.violations',
    'inc.per_incident',
    'inc.kind_by_city',
    'inc.kind_by_city.kinds',
    'inc.evidence',
    'inc.role',
    'inc.party',
    'inc.party.plaintiff',
    'inc.party_group',
    'inc.reaction',
    'crt.cases.by_stage_quarter',
    'crt.cases.by_role_stage',
    'crt.active',
    'crt.composition',
    'crt.outcome',
    'crt.outcome.by_procedure',
    'crt.sanctions',
    'crt.procedure',
    'crt.charges',
    'crt.conviction_plaintiff',
    'crt.convictions_city',
    'crt.acquittals',
    'crt.by_hrd',
    'crt.by_hrd_won',
    'crt.direction_ratio',
    'med.volume',
    'med.cases',
    'med.coverage',
    'med.by_city',
    'med.by_kind',
    'med.by_scope',
    'med.by_language',
    'med.by_tone',
    'svy.likelihood_top2',
    'svy.access_bottom2',
    'svy.needs',
    'svy.safety',
    'svy.times',
    'svy.attacks.by_sex',
    'svy.attacks.by_age_group',
    'svy.attacks.by_education',
    'svy.attacks.by_ethnicity',
    'svy.protection.by_sex',
    'svy.protection.by_age_group',
    'svy.protection.by_education',
    'svy.protection.by_ethnicity',
    'ind.threats',
    'ind.vulnerability',
    'ind.resources',
    'ind.safety',
    'ind.risk',
    'ind.risk.scores',
    'ind.waves',
    'sdg.cases_16_10_1',
    'sdg.cases_16_10_1.by_sex',
    'sdg.cases_16_10_1.by_age',
    'sdg.cases_16_10_1.by_group',
    'case.a',
  ])('%s has a table', (name) => {
    expect(study.tables.some((t) => t.id === name || t.id.startsWith(`${name}.`))).toBe(true);
  });

  test('every table belongs to a section of the report', () => {
    expect(study.tables.filter((t) => t.section === undefined).map((t) => t.id)).toEqual([]);
  });

  test.each([
    ['inc.count.by_city_quarter', 'incident'],
    ['inc.violations.by_kind_quarter', 'violation'],
    ['crt.outcome', 'proceeding'],
    ['crt.charges', 'charge'],
    ['med.volume', 'material'],
    ['svy.coalition', 'questionnaire'],
    ['ind.risk.by_region', 'interview'],
    ['sdg.cases_16_10_1', 'victim'],
  ])('%s counts in its own unit: %s', (id, unit) => {
    expect(table(id)?.unit).toBe(unit);
  });

  test('every table of interviews says how many people they are of', () => {
    const silent = study.tables.filter(
      (t) => t.unit === 'interview' && !t.measures.some((m) => m.id === 'people' && m.unit === 'persons'),
    );
    expect(silent.map((t) => t.id)).toEqual([]);
  });

  test.each(['threats', 'vulnerability', 'resources', 'safety', 'risk'])(
    '%s is described by region, quarter and category with interviews, people, spread, median, mode and extremes',
    (indicator) => {
      for (const breakdown of ['region', 'quarter', 'category']) {
        const measures = table(`ind.${indicator}.by_${breakdown}`)?.measures.map((m) => m.id);
        expect(measures).toEqual(
          expect.arrayContaining(['n', 'people', 'mean', 'sd', 'median', 'mode', 'min', 'max']),
        );
      }
    },
  );

  test('every question of the survey that can be counted has a table', () => {
    const questions = instrument('survey').fields.filter(
      (f) => f.sensitivity === 'statistical' && !['person', 'consent', 'filled_on'].includes(f.path),
    );
    const tables = study.tables.filter((t) => t.of.startsWith('survey'));
    const rows = new Set(
      tables.flatMap((t) => [t.of.replace('survey.', ''), ...t.dimensions.map((d) => d.by)]),
    );
    const measures = JSON.stringify(tables.map((t) => t.measures));
    const isCounted = ({ path, type }: Field): boolean =>
      rows.has(path) || (type !== 'select_one' && measures.includes(`"${path}"`));
    expect(questions.length).toBeGreaterThan(60);
    expect(questions.filter((question) => !isCounted(question)).map((f) => f.path)).toEqual([]);
  });

  test('the former mean of risk stands beside the geometric one, with its range without one person', () => {
    const measures = table('ind.risk.by_region')?.measures.map((m) => m.id);
    expect(measures).toEqual(expect.arrayContaining(['gm', 'median', 'above7', 'mean', 'people']));
  });
});
