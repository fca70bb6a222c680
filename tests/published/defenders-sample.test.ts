import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtInStudies, studyFromFolders } from '../../src/workspace/index.ts';
import { committedSample, sampleFiles } from '../../tools/samples/defenders.ts';
import { parseRows, readRows } from './sample-organisation.ts';

const folder = join(import.meta.dirname, '../../studies/defenders/sample');
type Row = Record<string, string>;
const read = (name: string): Row[] => readRows(join(folder, `${name}.csv`)).rows;
const incidents = read('incidents');
const proceedings = read('proceedings');
/** The publication counts no appeals. */
const firstInstance = proceedings.filter((r) => r['appeal_of'] === '');
const materials = read('materials');
const surveys = read('surveys');
const interviews = read('interviews');

const tally = (rows: readonly Row[], key: (r: Row) => string): Record<string, number> => {
  const found: Record<string, number> = {};
  for (const row of rows) found[key(row)] = (found[key(row)] ?? 0) + 1;
  return found;
};
const column = (name: string) => (r: Row) => r[name] ?? '';
/** The project's quarters; February 2016 lies in none. */
const quarter = (day: string): string =>
  day <= '2015-10-31' ? 'q1' : day <= '2016-01-31' ? 'q2' : day >= '2016-03-01' ? 'q3' : 'none';
const of = (rows: readonly Row[], name: string, value: string): readonly Row[] =>
  rows.filter((r) => r[name] === value);
/** Every violation with its incident: an incident has one, some have two. */
const violations = (rows: readonly Row[]): readonly Row[] =>
  rows.flatMap((r) =>
    [r['violation_1'], r['violation_2']]
      .filter((k) => k !== undefined && k !== '')
      .map((kind = '') => ({ ...r, kind })),
  );
const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const spread = (numbers: readonly number[]): number => {
  const centre = mean(numbers);
  return Math.sqrt(numbers.reduce((sum, x) => sum + (x - centre) ** 2, 0) / (numbers.length - 1));
};

describe('the sample of defenders', () => {
  it.each([...committedSample()])('%s: the generator writes the committed bytes', (name, text) => {
    expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
  });
  it('every row is vouched for by another person, after it was handed in', () => {
    const rows = [...incidents, ...proceedings, ...materials, ...surveys, ...interviews];
    expect(rows.filter((r) => r['author'] === r['vouched_by'])).toEqual([]);
    expect(rows.filter((r) => (r['verified_on'] ?? '') < (r['submitted_on'] ?? ''))).toEqual([]);
  });
  it('leaves no instrument of the study empty', () => {
    const filled = [...committedSample()].flatMap(([name, text]) =>
      name.endsWith('.mapping.yaml') ? [/^instrument: (\w+)$/m.exec(text)?.[1]] : [],
    );
    const { study } = studyFromFolders([builtInStudies()], 'defenders');
    expect(filled.sort()).toEqual([...study.instruments.keys()].sort());
  });
  it('no nil report speaks of a week in which something happened there', () => {
    const weekOf = (day: string): number => Math.floor((Date.parse(day) / 86_400_000 + 3) / 7);
    const seen = new Set(incidents.map((r) => `${r['place']} ${weekOf(r['date'] ?? '')}`));
    const wrong = read('nil_reports').filter((r) => seen.has(`${r['region']} ${weekOf(r['week'] ?? '')}`));
    expect(wrong).toEqual([]);
  });
  it('nothing happened in February 2016', () => {
    const days = [...incidents, ...interviews, ...materials].map(column('date'));
    expect(days.filter((day) => quarter(day) === 'none')).toEqual([]);
  });
  it('every proceeding but an appeal belongs to one incident, and every one that an incident names exists', () => {
    const named = incidents.flatMap((r) =>
      column('proceedings')(r)
        .split('; ')
        .filter((n) => n !== ''),
    );
    expect(named).toHaveLength(new Set(named).size);
    expect(named.sort()).toEqual(firstInstance.map(column('card_number')).sort());
  });
  it('no material is older than an incident that it is about', () => {
    const dayOf = new Map(incidents.map((r) => [r['card_number'], column('date')(r)]));
    const early = materials.filter((m) =>
      column('incidents')(m)
        .split('; ')
        .some((n) => n !== '' && (dayOf.get(n) ?? '9999') > column('date')(m)),
    );
    expect(early.map(column('number'))).toEqual([]);
  });
  it.each([2, 7, 20160531])('no reprint is older than its original (seed %d)', (seed) => {
    const { rows } = parseRows(sampleFiles(seed).get('materials.csv') ?? '');
    const dayOf = new Map(rows.map((m: Row) => [column('number')(m), column('date')(m)]));
    const reprints = rows.filter((m: Row) => column('reprint_of')(m) !== '');
    const early = reprints.filter(
      (m: Row) => (dayOf.get(column('reprint_of')(m)) ?? '9999') > column('date')(m),
    );
    expect(reprints.length).toBeGreaterThan(5);
    expect(early.map(column('number'))).toEqual([]);
  });
});

/** Days in court of a proceeding, in the order of the card. */
const hearings = (row: Row): readonly string[] =>
  Object.keys(row)
    .filter((heading) => heading.startsWith('hearing_'))
    .sort((a, b) => Number(a.slice(8)) - Number(b.slice(8)))
    .map((heading) => row[heading] ?? '')
    .filter((day) => day !== '');

describe.each([7, 20160531])('cases in court (seed %d)', (seed) => {
  const files = sampleFiles(seed);
  const rows = (name: string): Row[] => parseRows(files.get(`${name}.csv`) ?? '').rows;
  const cases = rows('proceedings');
  const heard = cases.filter((row) => hearings(row).length > 0);
  const byNumber = new Map(cases.map((row) => [column('card_number')(row), row]));
  it('are those that came to a judgment or a settlement, and appeals', () => {
    expect(heard.map(column('card_number'))).toEqual(
      cases.filter((row) => row['outcome'] !== 'pending').map(column('card_number')),
    );
  });
  it('are heard from the day on which they began to that of the decision, one day after the other', () => {
    for (const row of heard) {
      const days = hearings(row);
      expect(days).toEqual([...new Set(days)].sort());
      expect([(days[0] ?? '') >= column('began_on')(row), days.at(-1)]).toEqual([true, row['decided_on']]);
    }
  });
  it('begin, and are first heard, in the quarter of their incident', () => {
    for (const incident of rows('incidents'))
      for (const number of column('proceedings')(incident)
        .split('; ')
        .filter((n) => n !== '')) {
        const row = byNumber.get(number) ?? {};
        const days = [column('began_on')(row), ...hearings(row).slice(0, 1)].map(quarter);
        expect(new Set(days)).toEqual(new Set([quarter(column('date')(incident))]));
      }
  });
  it('run through two or three quarters in some trials, and through February 2016', () => {
    const through = of(heard, 'stage', 'trial').map((row) => new Set(hearings(row).map(quarter)));
    const quarters = through.map((seen) => ['q1', 'q2', 'q3'].filter((q) => seen.has(q)).length);
    expect([2, 3].map((n) => quarters.filter((found) => found === n).length > 1)).toEqual([true, true]);
    expect(through.some((seen) => seen.has('none'))).toBe(true);
  });
  it('are decided in a quarter: what is dated outside of them is in no table', () => {
    expect(cases.filter((row) => quarter(column('decided_on')(row)) === 'none')).toEqual([]);
  });
  it('are appealed after they were decided', () => {
    const appeals = cases.filter((row) => column('appeal_of')(row) !== '');
    expect(appeals.length).toBeGreaterThan(1);
    for (const row of appeals) {
      const first = byNumber.get(column('appeal_of')(row)) ?? {};
      expect(column('began_on')(row) > column('decided_on')(first)).toBe(true);
    }
  });
});

describe('another seed', () => {
  let other: ReadonlyMap<string, string>;
  beforeAll(() => {
    other = sampleFiles(7);
  });
  const rows = (name: string): Row[] => parseRows(other.get(`${name}.csv`) ?? '').rows;
  it('gives other rows with the same margins', () => {
    expect(other.get('incidents.csv')).not.toBe(committedSample().get('incidents.csv'));
    const place = (r: Row) => `${column('place')(r)} ${quarter(column('date')(r))}`;
    expect(tally(rows('incidents'), place)).toEqual(tally(incidents, place));
    const kind = (r: Row) => `${column('kind')(r)} ${quarter(column('date')(r))}`;
    expect(tally(violations(rows('incidents')), kind)).toEqual(tally(violations(incidents), kind));
    for (const name of ['role_in_event', 'principal_party'])
      expect(tally(rows('incidents'), column(name))).toEqual(tally(incidents, column(name)));
    for (const name of ['threats', 'protocol', 'lik_reput', 'acc_legal', 'coalition'])
      expect(tally(rows('surveys'), column(name))).toEqual(tally(surveys, column(name)));
  });
  it('has the same scores in every region', () => {
    const score = (r: Row) => `${column('place')(r)} ${column('threats')(r)} ${column('resources')(r)}`;
    expect(tally(rows('interviews'), score)).toEqual(tally(interviews, score));
  });
});

describe('counted by hand, the sample has the margins of the published tables', () => {
  it('391 incidents: 120, 151 and 120; 407 violations: 125, 151 and 131', () => {
    expect(tally(incidents, (r) => quarter(column('date')(r)))).toEqual({ q1: 120, q2: 151, q3: 120 });
    expect(tally(violations(incidents), (r) => quarter(column('date')(r)))).toEqual({
      q1: 125,
      q2: 151,
      q3: 131,
    });
  });
  it('cities', () => {
    expect(tally(incidents, column('place'))).toEqual({
      aktau: 12,
      aktobe: 27,
      almaty: 89,
      astana: 45,
      atyrau: 9,
      zhezkazgan: 2,
      karaganda: 27,
      kokshetau: 2,
      kostanay: 35,
      kyzylorda: 2,
      oskemen: 16,
      pavlodar: 34,
      petropavlovsk: 26,
      taldykorgan: 8,
      taraz: 6,
      uralsk: 26,
      shymkent: 25,
    });
  });
  it('the largest kinds of violation; blocked sites and closed outlets together 21', () => {
    const kinds = tally(violations(incidents), (r) => column('kind')(r));
    expect([
      kinds['info_refusal'],
      kinds['trial'],
      kinds['verbal_threat'],
      kinds['police_detention'],
    ]).toEqual([60, 48, 37, 27]);
    expect((kinds['site_block'] ?? 0) + (kinds['media_closure'] ?? 0)).toBe(21);
  });
  it('categories of defenders', () => {
    expect(tally(incidents, column('role_in_event'))).toEqual({
      journalist_media: 211,
      activist: 84,
      ngo_group: 29,
      hrd_member: 17,
      hrd_head: 15,
      convicted_activist: 14,
      lawyer: 14,
      union_leader: 7,
    });
  });
  it('opposing parties: 24 kinds, the six largest', () => {
    const parties = Object.entries(tally(incidents, column('principal_party'))).sort(([, a], [, b]) => b - a);
    expect(parties).toHaveLength(24);
    expect(Object.fromEntries(parties.slice(0, 6))).toEqual({
      police: 89,
      akimat: 59,
      court: 52,
      unknown: 40,
      other_state_budget: 35,
      businessman: 27,
    });
    expect(incidents.filter((r) => r['akim_in_person'] === 'yes')).toHaveLength(5);
  });
  it('reactions: 36, twelve of them in the first quarter', () => {
    const reacted = incidents.filter((r) => r['reaction'] !== 'none');
    expect(reacted).toHaveLength(36);
    expect(reacted.filter((r) => quarter(column('date')(r)) === 'q1')).toHaveLength(12);
  });
  it('96 proceedings against defenders by stage, 13 by them', () => {
    expect(tally(of(firstInstance, 'direction', 'against_hrd'), column('stage'))).toEqual({
      trial: 48,
      case_opened: 20,
      witness: 12,
      charged: 12,
      claim_filed: 4,
    });
    expect(tally(of(firstInstance, 'direction', 'by_hrd_against_state'), column('outcome'))).toEqual({
      won: 2,
      lost: 11,
    });
  });
  it('52 ended: 40 convicted, 4 acquitted, 2 dismissed, 1 amnestied, 5 settled', () => {
    const ended = of(firstInstance, 'direction', 'against_hrd').filter((r) => r['outcome'] !== 'pending');
    expect(tally(ended, column('outcome'))).toEqual({
      convicted: 40,
      acquitted: 4,
      claim_dismissed: 2,
      convicted_amnestied: 1,
      settled_pretrial: 5,
    });
    expect(tally(of(ended, 'outcome', 'convicted'), column('plaintiff'))).toMatchObject({
      police: 14,
      akimat: 7,
      ordinary_known: 6,
    });
  });
  it('133 charges, 25 of them an unsanctioned rally', () => {
    const charges = of(firstInstance, 'direction', 'against_hrd').flatMap((r) =>
      Object.entries(r)
        .filter(([name, charge]) => name.startsWith('charge_') && charge !== '')
        .map(([, charge]) => charge),
    );
    expect(charges).toHaveLength(133);
    expect(charges.filter((c) => c === 'unsanctioned_rally')).toHaveLength(25);
  });
  it('175 materials: 53, 57 and 65 in 29, 46 and 39 outlets', () => {
    const ofQuarter = (q: string) => materials.filter((r) => quarter(column('date')(r)) === q);
    expect(['q1', 'q2', 'q3'].map((q) => ofQuarter(q).length)).toEqual([53, 57, 65]);
    expect(['q1', 'q2', 'q3'].map((q) => new Set(ofQuarter(q).map(column('outlet'))).size)).toEqual([
      29, 46, 39,
    ]);
  });
});

describe('counted by hand, questionnaires and interviews', () => {
  it('79 individuals and 52 organisations filled the questionnaire; eight organisations left the protocol out', () => {
    expect(tally(surveys, column('respondent_type'))).toEqual({ individual: 79, organisation: 52 });
    const organisations = of(surveys, 'respondent_type', 'organisation');
    expect(tally(organisations, column('protocol'))).toEqual({ yes: 3, no: 36, dont_know: 5, refused: 8 });
  });
  it('a follow-up is answered only where its question was yes', () => {
    const answered = surveys.filter((r) => r['tax_return'] !== '');
    expect(new Set(answered.map(column('untaxed_income')))).toEqual(new Set(['yes']));
    expect(answered).toHaveLength(5);
    const alarm = of(surveys, 'respondent_type', 'individual').filter((r) => r['office_alarm'] !== '');
    expect(new Set(alarm.map(column('has_office')))).toEqual(new Set(['yes']));
  });
  it('120 named needs: 82, 79 and 73', () => {
    const named = surveys.map((r) => column('needs')(r).split('; ')).filter(([first]) => first !== 'refused');
    expect(named).toHaveLength(120);
    expect(
      tally(
        named.flat().map((need) => ({ need })),
        column('need'),
      ),
    ).toEqual({
      security_training: 82,
      security_information: 79,
      funds: 73,
    });
  });
  it('386 interviews of 133 people, nobody twice in a quarter', () => {
    expect(interviews).toHaveLength(386);
    expect(new Set(interviews.map(column('person'))).size).toBe(133);
    expect(new Set(interviews.map((r) => `${column('person')(r)} ${column('wave')(r)}`)).size).toBe(386);
    expect(interviews.filter((r) => quarter(column('date')(r)) !== r['wave'])).toEqual([]);
  });
  it('132, 129 and 125 interviews; 154 with organisations', () => {
    expect(tally(interviews, column('wave'))).toEqual({ q1: 132, q2: 129, q3: 125 });
    expect(of(interviews, 'respondent_type', 'organisation')).toHaveLength(154);
  });
  // Design 8, 4.3: sums and sums of squares of threats, vulnerability, resources, safety.
  it.each([
    ['karaganda', [46, 65, 131, 71, 177, 206, 946, 308, 2084]],
    ['kokshetau', [6, 16, 46, 22, 88, 21, 75, 12, 30]],
    ['oskemen', [71, 217, 717, 225, 789, 233, 827, 233, 839]],
    ['astana', [21, 82, 456, 107, 659, 55, 261, 76, 344]],
  ])('%s: interviews, sums and sums of squares', (place, expected) => {
    const here = of(interviews, 'place', place);
    const sums = ['threats', 'vulnerability', 'resources', 'safety'].flatMap((name) => {
      const scores = here.map((r) => Number(r[name]));
      return [scores.reduce((a, b) => a + b, 0), scores.reduce((a, b) => a + b * b, 0)];
    });
    expect([here.length, ...sums]).toEqual(expected);
  });
  it('risk in the country is 3.5 ± 5.1; Astana 17.9, Karaganda ± 1.8: the two cells without a solution', () => {
    const risk = (rows: readonly Row[]): readonly number[] =>
      rows.map((r) => (Number(r['threats']) * Number(r['vulnerability'])) / Number(r['resources']));
    expect([mean(risk(interviews)).toFixed(1), spread(risk(interviews)).toFixed(1)]).toEqual(['3.5', '5.1']);
    expect(mean(risk(of(interviews, 'place', 'astana'))).toFixed(1)).toBe('17.9');
    expect(spread(risk(of(interviews, 'place', 'karaganda'))).toFixed(1)).toBe('1.8');
  });
});
