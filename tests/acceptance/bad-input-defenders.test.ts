import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readMapping } from '../../src/exchange/index.ts';
import {
  deriveValues,
  type EntryValue,
  type EntryValues,
  uuid7,
  validateValues,
} from '../../src/records/index.ts';
import { codesOf, type Field, type Instrument } from '../../src/study/index.ts';
import { LANGUAGES, type Problem, problemText } from '../../src/vocabulary/index.ts';
import {
  builtInStudies,
  freezeStudy,
  packageFiles,
  planFileImport,
  runFileImport,
  studyFromFolders,
  type Workspace,
} from '../../src/workspace/index.ts';
import { theMessages } from '../builders/report.ts';
import { aDataFolder, aWorkspace, fixedEffects } from '../builders/workspace.ts';
import { bytesOf } from '../import/an-import.ts';

const { study, files } = studyFromFolders([builtInStudies()], 'defenders');
const instrument = (id: string): Instrument => {
  const found = study.instruments.get(id);
  if (found === undefined) throw new Error(`no instrument ${id}`);
  return found;
};

/** Each is told in every language, with what to do. */
const told = (problems: readonly Problem[]): void => {
  for (const found of problems)
    for (const language of LANGUAGES) {
      expect(problemText(theMessages, language, found).length).toBeGreaterThan(20);
      expect(theMessages(language, `problem.${found.code}.remedy`, found.details).length).toBeGreaterThan(10);
    }
};

/** Some valid answer to a question of the questionnaire. */
const anAnswerTo = ({ type, codeList = '' }: Field): EntryValue => {
  if (type === 'select_one') return codesOf(study, codeList)?.[0]?.code ?? '';
  if (type === 'text') return 'K-1';
  if (type === 'shares') return [{ row_id: '0', values: { code: 'donations', percent: 100 } }];
  return 1;
};

type Row = Readonly<Record<string, string>>;
/** Another key of the mapping; other options of the import. */
interface Given {
  readonly key?: readonly string[];
  readonly correctDates?: boolean;
}
/** Rows in order, one of each instrument: what a test gives replaces a column. */
const ROWS: Readonly<
  Record<
    string,
    { readonly key: readonly string[]; readonly row: Row; readonly split?: string; readonly inFile?: string }
  >
> = {
  respondent: {
    key: ['code'],
    row: { code: 'R-1', respondent_type: 'individual', place: 'almaty', 'consent.analysis': 'yes' },
  },
  survey: {
    key: ['person'],
    row: {
      person: 'R-1',
      filled_on: '2015-09-01',
      place: 'almaty',
      consent: 'yes',
      mode: 'interview',
      respondent_type: 'individual',
    },
  },
  indicator_interview: {
    key: ['person', 'wave'],
    row: {
      person: 'R-1',
      wave: 'q1',
      date: '2015-09-01',
      place: 'almaty',
      respondent_type: 'individual',
      threats: '3',
      vulnerability: '4',
      resources: '2',
      safety: '5',
    },
  },
  proceeding: {
    key: ['card_number'],
    inFile: 'appeal_of',
    row: {
      card_number: 'P-1',
      place: 'almaty',
      procedure: 'civil',
      stage: 'first_instance',
      began_on: '2015-09-01',
      decided_on: '2015-09-20',
      outcome: 'acquitted',
    },
  },
  incident: {
    key: ['card_number'],
    row: {
      card_number: 'I-1',
      date: '2015-09-01',
      place: 'almaty',
      status: 'ended',
      role_in_event: 'activist',
      link_to_activity: 'yes',
      principal_party: 'police',
      state_actor: 'yes',
      reaction: 'none',
      source_url: 'https://example.org/1',
    },
  },
  outlet: { key: ['code'], row: { code: 'O-1', kind: 'print', scope: 'national', language: 'ru' } },
  material: {
    key: ['number'],
    split: 'incidents',
    inFile: 'reprint_of',
    row: {
      number: 'M-1',
      date: '2015-09-02',
      outlet: 'O-1',
      language: 'ru',
      tone: 'neutral',
      incidents: 'I-1',
    },
  },
};

let folder: ReturnType<typeof aDataFolder>;
let workspace: Workspace;
const effects = fixedEffects('defenders');

const request = (id: string, rows: readonly Row[], given: Given = {}) => {
  const { row, split, inFile, ...own } = ROWS[id] ?? { key: [], row: {} };
  const { key } = { ...own, ...given };
  const rule = (c: string) =>
    c === split ? { from: c, split: ';' } : c === inFile ? { from: c, must_exist: false } : c;
  const columns = [...new Set([...Object.keys(row), ...rows.flatMap((r) => Object.keys(r))])];
  const lines = rows.map((given) => columns.map((c) => ({ ...row, ...given })[c] ?? '').join(','));
  return {
    study,
    effects,
    ...given,
    source: bytesOf(`${[columns.join(','), ...lines].join('\n')}\n`),
    mapping: readMapping(
      stringify({
        study: 'defenders',
        instrument: id,
        file: { format: 'csv' },
        key,
        columns: Object.fromEntries(columns.map((c) => [c, rule(c)])),
        review: {
          state: 'verified',
          author: { constant: 'aru' },
          vouched_by: { constant: 'beket' },
          evidence: { constant: 'verified' },
        },
      }),
    ),
  };
};
const importRows = async (id: string, ...rows: readonly Row[]): Promise<void> => {
  const asked = request(id, rows);
  await runFileImport(workspace, asked, await planFileImport(workspace, asked));
};
/** What an import of these rows is refused for, `row field code`. */
const faultsOf = async (id: string, ...rows: readonly Row[]): Promise<readonly string[]> => {
  const { report } = await planFileImport(workspace, request(id, rows));
  told(report.problems);
  return report.problems.map((p) => `${p.at?.row} ${p.at?.field ?? ''} ${p.code}`);
};

beforeAll(async () => {
  folder = aDataFolder();
  workspace = await aWorkspace(folder.dir, { effects });
  await workspace.registerStudy(study, packageFiles(study, files));
  await importRows('respondent', { code: 'R-1' }, { code: 'R-2' });
  await importRows('incident', {});
  await importRows('outlet', {});
}, 60_000);
afterAll(async () => {
  await workspace.close();
  folder.remove();
});

describe('a row of the defenders study in order', () => {
  test.each(Object.keys(ROWS))('is taken: %s', async (id) => {
    expect(await faultsOf(id, {})).toEqual([]);
  });
});

describe('an answer to a question that was not to be asked', () => {
  test('of a person about the staff of an organisation is refused', async () => {
    expect(await faultsOf('survey', { staff_n: '4' })).toEqual(['2 staff_n record_not_relevant']);
  });
  const conditional = instrument('survey').fields.filter((f) => f.relevant !== undefined);
  /** Every gate of the questionnaire shut, for a person or an organisation; or every gate open. */
  const gates = (respondent_type: string, answer: 'yes' | 'no'): EntryValues => ({
    respondent_type,
    mode: answer === 'yes' ? 'interview' : 'self_completed',
    ...Object.fromEntries(
      ['has_office', 'untaxed_income', 'threats', 'atk_info', 'atk_reput', 'atk_phys', 'atk_tech'].map(
        (gate) => [gate, answer],
      ),
    ),
  });
  const faultsWith = (field: Field, given: EntryValues): readonly string[] =>
    validateValues(study, instrument('survey'), { ...given, [field.path]: anAnswerTo(field) })
      .filter((p) => p.at?.field === field.path)
      .map((p) => p.code);
  const TYPES = ['individual', 'organisation'];
  test.each(conditional)('is refused for each question that has a condition: $path', (field) => {
    const asked = TYPES.filter((type) => faultsWith(field, gates(type, 'yes')).length === 0);
    expect(asked.length).toBeGreaterThan(0);
    const other = TYPES.find((type) => !asked.includes(type)) ?? 'individual';
    expect(faultsWith(field, gates(other, 'no'))).toEqual(['record_not_relevant']);
  });
  test('about the akim, where the party is the police, is refused', async () => {
    expect(await faultsOf('incident', { akim_in_person: 'yes' })).toEqual([
      '2 akim_in_person record_not_relevant',
    ]);
  });
});

test('a questionnaire without consent is refused', async () => {
  expect(await faultsOf('survey', { consent: 'no' })).toEqual(['2 consent import_constraint']);
});
test('answers of a person whom nobody registered are refused', async () => {
  for (const id of ['survey', 'indicator_interview'])
    expect(await faultsOf(id, { person: 'R-77' })).toEqual(['2 person import_reference_unknown']);
});

describe('a score outside one to seven', () => {
  test.each(['0', '8', '3.5', '-1'])('%s is refused', async (threats) => {
    const [fault, ...more] = await faultsOf('indicator_interview', { threats });
    expect(more).toEqual([]);
    expect(['2 threats record_value_invalid', '2 threats import_value_type']).toContain(fault);
  });
});

describe('risk', () => {
  const interview = (values: EntryValues) =>
    deriveValues(instrument('indicator_interview'), { threats: 3, vulnerability: 4, ...values }).risk;
  test('is threats times vulnerability by resources', () => {
    expect(interview({ resources: 2 })).toBe('6.000000');
  });
  test('is missing without resources, never a division by zero', () => {
    expect(interview({})).toEqual({ missing: 'not_recorded' });
  });
});

describe('shares of funding', () => {
  const shares = (...percents: readonly number[]) =>
    validateValues(study, instrument('survey'), {
      respondent_type: 'organisation',
      funding_shares: percents.map((percent, i) => ({
        row_id: String(i),
        values: { code: i === 0 ? 'donations' : 'business', percent },
      })),
    }).filter((p) => p.at?.field === 'funding_shares');
  test('that sum to 99 are refused', () => {
    const problems = shares(60, 39);
    told(problems);
    expect(problems.map((p) => [p.code, p.details.reason])).toEqual([['record_value_invalid', 'shares']]);
  });
  test('that sum to 100 are taken', () => {
    expect(shares(60, 40)).toEqual([]);
  });
});

describe('an interview', () => {
  test('of the same person in the same quarter, twice in a file, is refused in both rows', async () => {
    expect(await faultsOf('indicator_interview', {}, { date: '2015-10-01' })).toContain(
      '3  import_key_twice',
    );
  });
  test('dated in another quarter than the one it is for is refused', async () => {
    expect(await faultsOf('indicator_interview', { date: '2015-12-01' })).toEqual([
      '2 wave import_constraint',
    ]);
  });
});

describe('a reaction of the authorities', () => {
  const reactionFaults = (reaction: string, ...days: readonly string[]) =>
    validateValues(study, instrument('incident'), {
      date: '2015-09-01',
      reaction,
      reactions: days.map((came_on, i) => ({
        row_id: String(i),
        values: { kind: 'clarification', came_on },
      })),
    }).filter((p) => p.at?.field === 'reaction');
  test.each([['2015-11-30'], ['2015-09-01'], ['2015-12-15', '2015-10-01']])(
    'counts when one of them lies within 90 days: %s',
    (...days) => {
      expect(reactionFaults('clarification', ...days)).toEqual([]);
    },
  );
  test.each([['2015-12-01'], ['2015-08-31'], ['2015-12-15', '2016-02-01']])(
    'does not count when none lies within 90 days after the event: %s',
    (...days) => {
      const problems = reactionFaults('clarification', ...days);
      told(problems);
      expect(problems.map((p) => p.code)).toEqual(['record_constraint']);
    },
  );
  test('that came too late is kept on the card of an incident without a reaction', () => {
    expect(reactionFaults('none', '2015-12-15')).toEqual([]);
  });
});

describe('a proceeding', () => {
  test('that ends before it starts is refused', async () => {
    expect(await faultsOf('proceeding', { began_on: '2015-09-21' })).toEqual([
      '2 began_on import_constraint',
    ]);
  });
  const appeal = { card_number: 'P-2', stage: 'appeal', appeal_of: 'P-1', began_on: '2015-09-10' };
  test('decided on appeal before the judgment that it is about is refused', async () => {
    expect(await faultsOf('proceeding', {}, { ...appeal, decided_on: '2015-09-19' })).toEqual([
      '3 appeal_of record_before_reference',
    ]);
  });
  test('decided on appeal after the judgment is taken', async () => {
    expect(await faultsOf('proceeding', {}, { ...appeal, decided_on: '2015-10-19' })).toEqual([]);
  });
});

describe('a material', () => {
  test('that appeared before its incident is refused', async () => {
    expect(await faultsOf('material', { date: '2015-08-31' })).toEqual([
      '2 incidents record_before_reference',
    ]);
  });
  test('of the same day is taken', async () => {
    expect(await faultsOf('material', { date: '2015-09-01' })).toEqual([]);
  });
  test('of an uncertain date that may lie after it is taken', async () => {
    expect(await faultsOf('material', { date: '2015-09' })).toEqual([]);
  });
  const original = { number: 'M-2', date: '2015-09-05' };
  const reprint = { number: 'M-3', reprint_of: 'M-2' };
  test.each([
    ['above', [original, { ...reprint, date: '2015-09-04' }], '3'],
    ['below', [{ ...reprint, date: '2015-09-04' }, original], '2'],
  ])('reprinted before it appeared is refused, with the original %s it in the file', async (_, rows, at) => {
    expect(await faultsOf('material', ...rows)).toEqual([`${at} reprint_of record_before_reference`]);
  });
  test('reprinted on the day it appeared is taken', async () => {
    expect(await faultsOf('material', { ...reprint, date: '2015-09-05' }, original)).toEqual([]);
  });
  test('reprinted before the original that an earlier import brought is refused', async () => {
    await importRows('material', { number: 'M-9', date: '2015-09-05' });
    const early = { number: 'M-10', reprint_of: 'M-9', date: '2015-09-04' };
    expect(await faultsOf('material', early)).toEqual(['2 reprint_of record_before_reference']);
  });
});

describe('a party that did not exist at the date', () => {
  const faults = (date: string, principal_party: string) =>
    validateValues(study, instrument('incident'), {
      date,
      principal_party,
      other_parties: [principal_party],
    }).filter((p) => p.code === 'record_code_not_in_force');
  test('is refused, wherever it stands', () => {
    const problems = faults('2014-08-05', 'min_culture_sport');
    told(problems);
    expect(problems.map((p) => p.at?.field)).toEqual(['principal_party', 'other_parties']);
  });
  test.each([
    ['on its first day', '2014-08-06', 'min_culture_sport'],
    ['in a month that it may have existed in', '2014-08', 'min_culture_sport'],
    ['before that day, when it is one of all times', '2014-08-05', 'police'],
  ])('is taken %s', (_, date, party) => {
    expect(faults(date, party)).toEqual([]);
  });
});

describe('a withdrawn consent', () => {
  test('takes the survey and the interviews of the person out of the next snapshot (consent_withdrawn)', async () => {
    await importRows('survey', {}, { person: 'R-2' });
    await importRows('indicator_interview', {}, { person: 'R-2' }, { wave: 'q2', date: '2015-12-01' });
    const rows = async () => {
      const { manifest } = await freezeStudy(workspace, study);
      const of = ['respondent', 'survey', 'indicator_interview'].map((id) => manifest.rows[id]);
      return { of, reasons: manifest.exclusions.map((e) => e.reason) };
    };
    expect(await rows()).toEqual({ of: [2, 2, 3], reasons: [] });
    const record_id = workspace.importId('defenders', 'respondent', ['R-1']);
    const state = await workspace.record(record_id, study);
    await workspace.append([
      {
        study: 'defenders',
        instrument: 'respondent',
        instrument_version: 1,
        record_id,
        entry_id: uuid7(effects),
        parents: state?.heads ?? [],
        kind: 'withdraw_consent',
        author: 'beket',
        values: {},
        reason: 'asked by letter',
      },
    ]);
    expect(await rows()).toEqual({
      of: [1, 1, 1],
      reasons: Array.from({ length: 4 }, () => 'consent_withdrawn'),
    });
  });
});

describe('a person who was interviewed in a quarter', () => {
  const BEFORE = { person: 'R-2', wave: 'q3', date: '2016-03-10' };
  const ANSWERS = { threats: '3', vulnerability: '4', resources: '2', safety: '5' };
  const interview = (given: Row, options: Given = {}) =>
    request('indicator_interview', [{ ...BEFORE, ...ANSWERS, ...given }], options);
  /** What the import of an interview does, or what it is refused for; then nothing was written. */
  const outcomeOf = async (asked: ReturnType<typeof request>): Promise<readonly string[]> => {
    const { root } = await workspace.head();
    const plan = await planFileImport(workspace, asked);
    told(plan.report.problems);
    try {
      const { outcomes } = await runFileImport(workspace, asked, plan);
      return Object.entries(outcomes).flatMap(([name, n]) => (n > 0 ? [name] : []));
    } catch {
      expect((await workspace.head()).root).toBe(root);
      return plan.report.problems.map((p) => `${p.code} ${p.details.where}`);
    }
  };
  const FIRST = () => workspace.importId('defenders', 'indicator_interview', ['R-2', 'q3']);
  beforeAll(async () => {
    await outcomeOf(interview({}));
  });

  test('is not interviewed again in a later file: the record that is there is named, with its date', async () => {
    const again = interview({ date: '2016-04-20', threats: '6' });
    expect(await outcomeOf(again)).toEqual(['record_not_unique key']);
    const { report } = await planFileImport(workspace, again);
    expect(report.problems[0]?.details).toMatchObject({ record: FIRST(), date: '2016-03-10' });
  });
  test.each([
    ['person and date', ['person', 'date'], { date: '2016-04-20' }],
    ['person and date, on the same day', ['person', 'date'], {}],
    ['everything', ['person', 'wave', 'date', 'threats'], { threats: '6' }],
  ])('is not interviewed again under another key: %s', async (_, key, given) => {
    const again = interview(given, { key });
    expect(await outcomeOf(again)).toEqual(['record_not_unique log']);
    const { report } = await planFileImport(workspace, again);
    expect(report.problems[0]?.details).toMatchObject({ record: FIRST(), date: '2016-03-10' });
  });
  test('is not interviewed twice in one file under two keys: both rows are refused', async () => {
    const rows = ['2016-03-10', '2016-04-20'].map((date) => ({ ...BEFORE, person: 'R-1', date }));
    const { report } = await planFileImport(
      workspace,
      request('indicator_interview', rows, { key: ['person', 'date'] }),
    );
    told(report.problems);
    expect([report.outcomes.rejected, report.problems.map((p) => [p.code, p.details.first])]).toEqual([
      2,
      [['record_not_unique', 2]],
    ]);
  });
  test('may have the same file come twice: nothing changes', async () => {
    const { root } = await workspace.head();
    expect(await outcomeOf(interview({}))).toEqual(['unchanged']);
    expect((await workspace.head()).root).toBe(root);
  });
  test('may have answers corrected under the same key', async () => {
    expect(await outcomeOf(interview({ threats: '4' }))).toEqual(['revised']);
    expect(await outcomeOf(interview({}))).toEqual(['revised']);
  });
  test('may have the date corrected, when the import is told that it is a correction', async () => {
    expect(await outcomeOf(interview({ date: '2016-03-11' }, { correctDates: true }))).toEqual(['revised']);
    expect(await outcomeOf(interview({}, { correctDates: true }))).toEqual(['revised']);
  });
  test('may be interviewed in another quarter', async () => {
    expect(await outcomeOf(interview({ wave: 'q2', date: '2015-12-10' }))).toEqual(['new']);
  });
  test('is one person, also where two records of the person were merged', async () => {
    const [from, into] = ['R-3', 'R-2'].map((code) => workspace.importId('defenders', 'respondent', [code]));
    await importRows('respondent', { code: 'R-3' });
    const state = await workspace.record(from ?? '', study);
    await workspace.append([
      {
        study: 'defenders',
        instrument: 'respondent',
        instrument_version: 1,
        record_id: from ?? '',
        parents: state?.heads ?? [],
        kind: 'merge',
        author: 'beket',
        values: { into: into ?? '' },
        reason: 'the same person',
      },
    ]);
    expect(await outcomeOf(interview({ person: 'R-3', date: '2016-04-20' }))).toEqual([
      'record_not_unique log',
    ]);
  });
});
