import { beforeAll, describe, expect, it } from 'vitest';
import { type Comparison, checkPublished, comparePublished } from '../../src/checker/index.ts';
import type { PublishedNumber, Study } from '../../src/study/index.ts';
import { fraction } from '../../src/vocabulary/index.ts';
import { type Counted, countSample } from './sample-organisation.ts';

let counted: Counted;
let compared: readonly Comparison[];
beforeAll(async () => {
  counted = await countSample('defenders');
  compared = comparePublished(counted.study, counted.ours);
}, 120_000);

const nameOf = (c: Comparison): string => `${c.table}/${c.row}/${c.column}/${c.period}`;
const find = (name: string, all: readonly Comparison[] = compared): Comparison => {
  const found = all.find((c) => nameOf(c) === name);
  if (found === undefined) throw new Error(`no published number ${name}`);
  return found;
};
const having = (keep: (c: Comparison) => boolean): readonly string[] => compared.filter(keep).map(nameOf);

describe('every published number of the defenders report is judged once', () => {
  it('1,199 figures and six months: so many of each verdict', () => {
    const verdicts = Object.groupBy(compared, (c) => `${c.verdict} ${c.basis}`.trim());
    expect(Object.fromEntries(Object.entries(verdicts).map(([v, of]) => [v, of?.length]))).toEqual({
      'equal records': 1159,
      'equal other_published': 2,
      'publication_inconsistent records': 13,
      'publication_inconsistent other_published': 4,
      not_reproducible: 21,
      not_a_statistic: 6,
    });
    expect(new Set(compared.map(nameOf)).size).toBe(1205);
  });
  it('leaves no difference from the records unexplained and none without a verdict', () => {
    expect(having((c) => c.reason === 'unexplained' || c.verdict === 'no_records')).toEqual([]);
  });
  it('gives every inconsistent number a witness of at least two numbers, and a reading', () => {
    const bad = compared.filter((c) => c.verdict === 'publication_inconsistent');
    expect(bad.filter((c) => (c.witness?.addresses.length ?? 0) < 2).map(nameOf)).toEqual([]);
    expect(bad.filter((c) => c.witness?.reading === undefined).map(nameOf)).toEqual([]);
  });
  it('never names a number as its own evidence', () => {
    expect(having((c) => c.witness?.addresses.slice(1).includes(nameOf(c)) === true)).toEqual([]);
  });
  it('every reading drops some number, every rule applies to some', () => {
    const { publishedRules, published } = counted.study;
    const readings = new Set(compared.map((c) => c.witness?.reading));
    expect(publishedRules.readings.filter((r) => !readings.has(r.question)).map((r) => r.question)).toEqual(
      [],
    );
    const used = new Set(checkPublished(published, publishedRules).map((e) => e.rule.id));
    expect(publishedRules.rules.filter((r) => !used.has(r.id)).map((r) => r.id)).toEqual([]);
  });
});

describe('doubtful numbers contradict other published numbers (design 8, section 4)', () => {
  it.each([
    [
      'mean risk of Astana',
      'indicators_by_region/astana/risk.mean/all',
      'regions_make_the_country',
      '17.89059',
    ],
    ['the same on its map', 'indicators_maps/astana/risk.indicator_map/all', 'maps_make_the_country', ''],
    [
      'and on the map of all',
      'indicators_maps/astana/risk.combined_map/all',
      'combined_map_makes_the_country',
      '',
    ],
    [
      'spread of risk in Karaganda',
      'indicators_by_region/karaganda/risk.sd/all',
      'risk_spread_of_its_parts',
      '',
    ],
    [
      'no alarm, all',
      'survey_security_questions/S06.no/all/all',
      'security_groups_make_the_whole_no',
      '75.572519',
    ],
    [
      'alarm unknown, all',
      'survey_security_questions/S06.dont_know/all/all',
      'only_organisations_unsure',
      '7.633588',
    ],
    [
      'tax returns',
      'survey_security_questions/S11.yes/individual/all',
      'follow_up_within_its_question',
      '40',
    ],
    [
      'legal aid 57.7',
      'availability_of_protection/legal_aid.rather_available/all/all',
      'availability_attainable',
      '55.725191',
    ],
    [
      'communications 41.3',
      'availability_of_protection/communications.unavailable_combined/all/all',
      'availability_attainable',
      '',
    ],
    [
      'reputational 64.8',
      'attack_probability/reputational.possible_combined/all/all',
      'likelihood_attainable',
      '',
    ],
    ['technical 58.1', 'attack_probability/technical.possible_combined/all/all', 'likelihood_attainable', ''],
    [
      'settled before trial 9',
      'court_cases/outcome.pretrial_settled/percent_published/all',
      'outcome_share',
      '9.615385',
    ],
    [
      'rank of ordinary people',
      'opposing_party_groups/known_private_persons_rank/value/all',
      'party_rank',
      '9',
    ],
    ['local media', 'media_by_scope_quarter/local/items/all', 'scope_over_quarters', '21'],
    ['print, percent', 'media_types/print/percent/all', 'media_type_share', ''],
    ['television, percent', 'media_types/television/percent/all', 'media_type_share', ''],
    ['internet, percent', 'media_types/internet/percent/all', 'media_type_share', ''],
  ])('%s', (_, name, rule, ours) => {
    const { verdict, witness, ours: value } = find(name);
    expect([verdict, witness?.rule]).toEqual(['publication_inconsistent', rule]);
    expect(['', value]).toContain(ours);
  });
  it('the spread of Karaganda has no solution below 1.55, whatever the answers', () => {
    const { witness } = find('indicators_by_region/karaganda/risk.sd/all');
    expect(Number(witness?.expected.split('–')[0])).toBeGreaterThan(1.55);
  });
});

describe('consistent tables equal our counts', () => {
  const whole = [
    'incidents_by_city_quarter',
    'violations_by_kind_quarter',
    'violations_by_kind_total',
    'hrd_categories',
    'trials_by_hrd_category_quarter',
    'opposing_parties',
    'charges',
    'convictions_by_plaintiff',
    'convictions_by_city',
    'suits_against_state',
    'state_reaction',
    'needs',
    'coalition',
    'survey_attacks',
    'survey_attack_frequency',
    'security_self_assessment',
    'indicators_by_quarter',
    'indicators_by_category',
    'indicators_descriptive',
  ];
  it.each(whole)('%s, whole', (table) => {
    expect(having((c) => c.table === table && (c.verdict !== 'equal' || c.basis !== 'records'))).toEqual([]);
  });
  it('of 255 cells of the regions two have no solution, the rest are met', () => {
    expect(having((c) => c.table === 'indicators_by_region' && c.verdict !== 'equal')).toEqual([
      'indicators_by_region/karaganda/risk.sd/all',
      'indicators_by_region/astana/risk.mean/all',
    ]);
  });
  it('a question that eight organisations left out is equal on its own base', () => {
    expect(having((c) => c.row.startsWith('S02.') && c.verdict !== 'equal')).toEqual([]);
  });
  it('a tie is equal whether it was rounded up or down', () => {
    const { published, ours, verdict } = find('convictions_by_plaintiff/akimat/percent_published/all');
    expect([published, ours, verdict]).toEqual(['17', '17.5', 'equal']);
  });
  it('outlets of the period are the sum of the quarters, not the distinct outlets we count', () => {
    expect(find('media_volume/outlets/value/all')).toMatchObject({ verdict: 'equal', ours: '114' });
    expect(counted.ours('med.volume/_total/_/outlets')?.value).toEqual(fraction(60));
  });
  it('scope, type and language of media have no common unit', () => {
    const tables = new Set(compared.filter((c) => c.reason === 'unit_unclear').map((c) => c.table));
    expect([...tables]).toEqual(['media_by_scope_quarter', 'media_languages', 'media_types']);
  });
});

/** The study with one number printed differently. */
const reprinted = (study: Study, name: string, value: number): Study => {
  const change = (n: PublishedNumber): PublishedNumber =>
    `${n.file}/${n.referenceRow}/${n.referenceColumn}/${n.period}` === name
      ? { ...n, value: fraction(value) }
      : n;
  return { ...study, published: study.published.map((f) => ({ ...f, numbers: f.numbers.map(change) })) };
};

describe('the comparison notices', () => {
  it.each([
    ['an incident more in a city', 'incidents_by_city_quarter/almaty/incidents/Q2', 36],
    ['an act less of a kind', 'violations_by_kind_quarter/info_refusal/count/Q1', 19],
    ['another party', 'opposing_parties/police/incidents/all', 88],
    ['another charge', 'charges/moral_harm/count/all', 21],
    ['another share of a plaintiff', 'convictions_by_plaintiff/police/percent_published/all', 36],
    ['another answer', 'coalition/S33.yes/individual/all', 16],
    ['another mean on a map', 'indicators_maps/aktobe/threats.indicator_map/all', 3],
  ])('%s: the publication contradicts itself', (_, name, value) => {
    const changed = comparePublished(reprinted(counted.study, name, value), counted.ours);
    expect(find(name).verdict).toBe('equal');
    expect(find(name, changed).verdict).toBe('publication_inconsistent');
  });
  it('the printed spread of Karaganda at 1.8 would be equal: the rule does not forbid what is possible', () => {
    const name = 'indicators_by_region/karaganda/risk.sd/all';
    const changed = comparePublished(
      {
        ...counted.study,
        published: counted.study.published.map((f) => ({
          ...f,
          numbers: f.numbers.map((n) =>
            `${n.file}/${n.referenceRow}/${n.referenceColumn}/${n.period}` === name
              ? { ...n, value: fraction(9, 5) }
              : n,
          ),
        })),
      },
      counted.ours,
    );
    expect(find(name, changed).verdict).toBe('equal');
  });
});
