import { beforeAll, describe, expect, it } from 'vitest';
import { type Comparison, checkPublished, comparePublished } from '../../src/checker/index.ts';
import type { PublishedNumber, Study } from '../../src/study/index.ts';
import { fraction } from '../../src/vocabulary/index.ts';
import { type Counted, countEditedSample, countSample } from './sample-organisation.ts';

let counted: Counted;
let compared: readonly Comparison[];
beforeAll(async () => {
  counted = await countSample();
  compared = comparePublished(counted.study, counted.ours);
});

const nameOf = (c: Comparison): string => `${c.table}/${c.row}/${c.column}/${c.period}`;
const find = (all: readonly Comparison[], name: string): Comparison => {
  const found = all.find((c) => nameOf(c) === name);
  if (found === undefined) throw new Error(`no published number ${name}`);
  return found;
};
const verdictOf = (name: string): string => find(compared, name).verdict;
const text = (number: string): string => {
  const found = compared.find((c) => c.table === 'text_figures' && c.row === number);
  return found === undefined ? 'absent' : found.verdict;
};
const of = (table: string, keep: (c: Comparison) => boolean = () => true): readonly Comparison[] =>
  compared.filter((c) => c.table === table && keep(c));
const verdicts = (numbers: readonly Comparison[]): readonly string[] => [
  ...new Set(numbers.map((c) => c.verdict)),
];

describe('every published number is judged once', () => {
  it('lists each of them, in the order of the files', () => {
    const numbers = counted.study.published.flatMap((f) => f.numbers);
    expect(compared).toHaveLength(numbers.length);
    expect(new Set(compared.map(nameOf)).size).toBe(numbers.length);
  });
  it('leaves no difference from the records unexplained', () => {
    expect(compared.filter((c) => c.reason === 'unexplained').map(nameOf)).toEqual([]);
  });
  it('gives every inconsistent number a witness of at least two numbers, or of a whole that is short of 100', () => {
    const poor = compared.filter(
      (c) => c.verdict === 'publication_inconsistent' && (c.witness?.addresses.length ?? 0) < 2,
    );
    expect(poor.map(nameOf)).toEqual([]);
  });
  it('never names a number as its own evidence', () => {
    const own = compared.filter((c) => c.witness?.addresses.slice(1).includes(nameOf(c)));
    expect(own.map(nameOf)).toEqual([]);
  });
  it('leaves no number of the year with records to «no records»', () => {
    expect(compared.filter((c) => c.period === '2018' && c.verdict === 'no_records').map(nameOf)).toEqual([]);
  });
  it('compares nothing of other years with records', () => {
    const years = new Set(compared.filter((c) => c.basis === 'records').map((c) => c.period));
    expect([...years].sort()).toEqual(['2018', 'all']);
  });
});

describe('doubtful numbers of 2018 contradict other published numbers (design 8, 3.2)', () => {
  it.each([
    ['organisers: spontaneous', 'organisers_by_year/spontaneous_groups/organiser_share/2018'],
    ['organisers: individuals', 'organisers_by_year/individuals/organiser_share/2018'],
    ['two-year forms: picket', 'forms_2017_2018/picket/assemblies/2018'],
    ['two-year forms: picket, share', 'forms_2017_2018/picket/published_share/2018'],
    ['permission table: total', 'sanctioned_by_city_2018/all/assemblies/2018'],
    ['permission table: unsanctioned total', 'sanctioned_by_city_2018/all/unsanctioned/2018'],
    ['participants, total', 'police_control_by_city_2018/all/participants/2018'],
    ['police index, total', 'police_control_by_city_2018/all/police_control_index/2018'],
    ['police index, Uralsk', 'police_control_by_city_2018/uralsk/police_control_index/2018'],
    ['police index, Aktobe', 'police_control_by_city_2018/aktobe/police_control_index/2018'],
    [
      'police index, Taldykorgan',
      'police_control_by_city_2018/taldykorgan_almaty_obl/police_control_index/2018',
    ],
    ['police index by year', 'police_control_by_year/police_control_index/police_control_index/2018'],
    ['21 ended in detention', 'general_statistics_2018/assemblies_ended_in_detention/headline/2018'],
    ['63.6 %', 'general_statistics_2018/assemblies_ended_in_detention/published_share/2018'],
    ['12 unhindered', 'general_statistics_2018/assemblies_unhindered/headline/2018'],
    ['12 without consequences', 'general_statistics_2018/assemblies_without_consequences/headline/2018'],
    ['36.4 %', 'general_statistics_2018/assemblies_without_consequences/published_share/2018'],
    ['536 police officers', 'general_statistics_2018/police_total/headline/2018'],
    ['331 detained', 'general_statistics_2018/detained_total/headline/2018'],
    ['60 % detained', 'general_statistics_2018/detained_total/published_share/2018'],
    ['20 % warned', 'sanctions_by_city_2018/all/share_warning/2018'],
    ['86 % fined', 'sanctions_by_city_2018/all/share_fine/2018'],
    ['31 % arrested', 'sanctions_by_city_2018/all/share_arrest/2018'],
    ['536 participants', 'general_statistics_2018/participants_total/headline/2018'],
    ['17 participants on average', 'general_statistics_2018/participants_mean/headline/2018'],
    ['share of Ust-Kamenogorsk', 'assemblies_by_city_2018/ust_kamenogorsk/published_share/2018'],
    ['share of Semey', 'assemblies_by_city_2018/semey/published_share/2018'],
    ['activity of Aktobe', 'activity_index_by_city_year/aktobe/activity_index/2018'],
    ['one arrest in Shymkent', 'events_described/E04/arrests/2018'],
  ])('%s', (_, name) => {
    expect(verdictOf(name)).toBe('publication_inconsistent');
  });
  it.each([
    'F008',
    'F009',
    'F045',
    'F047',
    'F049',
    'F050',
    'F063',
    'F064',
    'F065',
    'F067',
    'F068',
    'F088',
    'F099',
    'F100',
  ])('prose %s', (number) => {
    expect(text(number)).toBe('publication_inconsistent');
  });
  it('the value that the kept reading gives stands beside the printed one', () => {
    const { published, ours, witness } = find(
      compared,
      'police_control_by_city_2018/all/police_control_index/2018',
    );
    expect([published, ours, witness?.rule]).toEqual(['1.07', '0.950476', 'police_per_participant_total']);
  });
  it('the readings written down drop exactly the numbers of 2018 that differ from the records or the rest', () => {
    const found = compared.filter((c) => c.verdict === 'publication_inconsistent' && c.period === '2018');
    expect(found.filter((c) => c.witness?.reading === undefined).map(nameOf)).toEqual([]);
    const dropped = counted.study.publishedRules.readings.map((r) => r.question);
    expect([...new Set(found.map((c) => c.witness?.reading))].sort()).toEqual([...dropped].sort());
  });
});

describe('consistent tables of 2018 equal our counts', () => {
  it.each(['topics_2018', 'forms_2018', 'detentions_by_city_2018', 'detained_by_issue_2018'])(
    '%s, whole',
    (table) => {
      expect(of(table).every((c) => c.verdict === 'equal' && c.basis === 'records')).toBe(true);
    },
  );
  it.each([
    'assemblies_by_city_year',
    'themes_by_year',
    'ngo_activity_by_year',
    'reasons_no_permission_by_year',
    'law_abidance_by_year',
    'court_share_by_year',
  ])('%s, the year with records', (table) => {
    expect(verdicts(of(table, (c) => c.period === '2018'))).toEqual(['equal']);
  });
  it('a tie is equal whether the publication rounded it up or down', () => {
    const { published, ours, verdict } = find(
      compared,
      'assemblies_by_city_2018/astana/published_share/2018',
    );
    expect([published, ours, verdict]).toEqual(['31.2', '31.25', 'equal']);
  });
  it('a dash is 0 in counts and a gap in indices', () => {
    expect(verdictOf('assemblies_by_city_year/aktau/assemblies/2018')).toBe('equal');
    expect(verdictOf('activity_index_by_city_year/aktau/activity_index/2018')).toBe('equal');
  });
  it('prose is tested as a predicate: a third, two thirds, a little below three, three hundred to three hundred and fifty', () => {
    expect(['F007', 'F070', 'F013', 'F032'].map(text)).toEqual(['equal', 'equal', 'equal', 'equal']);
  });
});

describe('without records only other printed numbers can confirm', () => {
  it('thirty indices of earlier periods do not follow from counts and months', () => {
    const wrong = of(
      'activity_index_by_city_year',
      (c) => c.period !== '2018' && c.verdict === 'publication_inconsistent',
    );
    expect(wrong).toHaveLength(30);
  });
  it('an index whose months were inferred from it proves nothing', () => {
    expect(verdictOf('activity_index_by_city_year/all/activity_index/2010')).toBe('no_records');
    expect(verdictOf('activity_index_by_city_year/all/activity_index/2015')).toBe('equal');
  });
  it('only one total of the long series before 2018 is the sum of its rows', () => {
    const totals = of('assemblies_by_city_year', (c) => c.row === 'all' && c.period !== '2018');
    expect(totals.filter((c) => c.verdict === 'equal').map((c) => c.period)).toEqual(['2012-2013']);
    expect(totals.filter((c) => c.verdict === 'publication_inconsistent')).toHaveLength(6);
  });
  it.each([
    ['shares by theme', 'themes_by_year/social/theme_share/2016'],
    ['law-abidance', 'law_abidance_by_year/law_abidance_index/law_abidance_index/2014'],
    ['court share', 'court_share_by_year/court_share/court_share/2015'],
    ['police index', 'police_control_by_year/police_control_index/police_control_index/2013'],
    ['counts of a city', 'assemblies_by_city_year/almaty/assemblies/2014'],
  ])('%s of earlier years: no records', (_, name) => {
    expect(verdictOf(name)).toBe('no_records');
  });
  it('shares of reasons in 2016 do not make 100', () => {
    const shares = of('reasons_no_permission_by_year', (c) => c.period === '2016');
    expect(verdicts(shares)).toEqual(['publication_inconsistent']);
    expect(shares[0]?.witness?.rule).toBe('reason_shares_complete');
  });
  it('years, dates and articles are no statistics', () => {
    expect(verdicts(of('law_penalties'))).toEqual(['not_a_statistic']);
    expect(verdicts(of('events_described', (c) => c.column === 'date'))).toEqual(['not_a_statistic']);
    expect(text('F001')).toBe('not_a_statistic');
  });
  it('with no records at all nothing rests on records, and the same errors of totals are found', () => {
    const alone = comparePublished(counted.study, () => undefined);
    expect(alone.filter((c) => c.basis === 'records')).toEqual([]);
    expect(find(alone, 'sanctioned_by_city_2018/all/assemblies/2018').verdict).toBe(
      'publication_inconsistent',
    );
    expect(find(alone, 'assemblies_by_city_2018/all/assemblies/2018').verdict).toBe('equal');
  });
  it('every rule applies to some number', () => {
    const used = new Set(
      checkPublished(counted.study.published, counted.study.publishedRules).map((e) => e.rule.id),
    );
    expect(counted.study.publishedRules.rules.filter((r) => !used.has(r.id)).map((r) => r.id)).toEqual([]);
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
  it('one card with other participants: equality of its city is lost, and no rule excuses it', async () => {
    const edited = await countEditedSample((row) => {
      if (row['Город'] === 'Семей') row['Участников не больше'] = row['Участников'] = '26';
    });
    const changed = comparePublished(edited.study, edited.ours);
    expect(verdictOf('police_control_by_city_2018/semey/participants/2018')).toBe('equal');
    expect(find(changed, 'police_control_by_city_2018/semey/participants/2018').reason).toBe('unexplained');
  });
  it.each([
    ['a count of a city', 'assemblies_by_city_2018/astana/assemblies/2018', 11],
    ['a total of detained persons', 'detentions_by_city_2018/all/detained_persons/2018', 329],
    ['a topic', 'topics_2018/free_education/assemblies/2018', 4],
    ['a fine', 'sanctions_by_city_2018/almaty/fine/2018', 8],
    ['a share of a form', 'forms_2018/rally/published_share/2018', 32],
  ])('%s printed differently: the publication contradicts itself', (_, name, value) => {
    const changed = comparePublished(reprinted(counted.study, name, value), counted.ours);
    expect(find(changed, name).verdict).toBe('publication_inconsistent');
  });
});
