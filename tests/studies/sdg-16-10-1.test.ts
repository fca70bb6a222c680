import { describe, expect, test } from 'vitest';
import { type EntryValues, foldRecord, type RecordState } from '../../src/records/index.ts';
import { countTables, findCell } from '../../src/tables/index.ts';
import { isMissing, roundTo } from '../../src/vocabulary/index.ts';
import { builtInStudies, studyFromFolders } from '../../src/workspace/index.ts';
import { aLeaf, id } from '../builders/entries.ts';
import { freeze } from '../snapshot/freezing.ts';

// Methodology 2.2: victim group, class of act, verification and link to activity, each of them needed. Unit: victim x violation.
const { study } = studyFromFolders([builtInStudies()], 'defenders');

interface Given {
  readonly values?: EntryValues;
  readonly evidence?: string;
  readonly verified?: boolean;
  readonly violations?: readonly EntryValues[];
}
const rows = (values: readonly EntryValues[]) => values.map((v, i) => ({ row_id: String(i), values: v }));
const DETENTION = { kind: 'police_detention', victims_n: 1, act_class: 'arbitrary_detention' };

/** An incident that is one case; what a test gives takes one condition away. */
const anIncident = ({
  values = {},
  evidence = 'verified',
  verified = true,
  violations = [DETENTION],
}: Given = {}) => {
  const entry = (place: number): string => id(100 + place);
  const stated = {
    card_number: 'I-1',
    date: '2015-09-01',
    place: 'almaty',
    role_in_event: 'activist',
    link_to_activity: 'yes',
    violations: rows(violations),
    ...values,
  };
  const acts = [
    { kind: 'submit', values: stated },
    { kind: 'assess', author: 'beket', values: { evidence } },
    ...(verified ? [{ kind: 'verify', author: 'beket' }] : []),
  ];
  return foldRecord(
    acts.map((act, i) =>
      aLeaf({
        study: 'defenders',
        instrument: 'incident',
        record_id: id(1),
        entry_id: entry(i),
        parents: i === 0 ? [] : [entry(i - 1)],
        ...act,
      }),
    ),
    study.instruments.get('incident'),
  );
};
const valueOf = async (state: RecordState, address: string): Promise<string> => {
  const tables = study.tables.filter((t) => t.section === 'sdg' || t.id === 'inc.count.by_unit');
  const counted = countTables(study, await freeze([state], { study }), tables);
  const cell = counted.map((t) => findCell(t, address)).find((c) => c !== undefined);
  return cell === undefined || isMissing(cell.value) ? 'none' : roundTo(cell.value, 0);
};
const cases = (given?: Given): Promise<string> =>
  valueOf(anIncident(given), 'sdg.cases_16_10_1/_total/_/victims');

describe('a case of SDG 16.10.1', () => {
  test('is a verified act against a defender that is linked to the work', async () => {
    expect(await cases()).toBe('1');
  });

  test.each([
    'journalist_media',
    'union_leader',
    'hrd_head',
    'hrd_member',
    'lawyer',
    'activist',
    'convicted_activist',
  ])('may be done to: %s', async (role_in_event) => {
    expect(await cases({ values: { role_in_event } })).toBe('1');
  });
  test('is none where nobody says that the victim belongs to one of the groups', async () => {
    expect(await cases({ values: { role_in_event: { missing: 'not_recorded' } } })).toBe('0');
  });

  test.each([
    'killing',
    'kidnapping',
    'enforced_disappearance',
    'arbitrary_detention',
    'torture',
    'other_harmful',
  ])('may be of the class %s', async (act_class) => {
    expect(await cases({ violations: [{ ...DETENTION, act_class }] })).toBe('1');
  });
  test('is none when the act is assessed as none of them', async () => {
    expect(await cases({ violations: [{ ...DETENTION, act_class: 'none' }] })).toBe('0');
  });
  test('is none when a detention by the police was not assessed: the kind alone never makes it arbitrary', async () => {
    expect(await cases({ violations: [{ kind: 'police_detention', victims_n: 1 }] })).toBe('0');
  });

  test.each(['unverified', 'single_source', 'corroborated', 'disputed', 'refuted'])(
    'is none while the evidence is %s',
    async (evidence) => {
      expect(await cases({ evidence })).toBe('0');
    },
  );
  test('is none before a second person verified the record', async () => {
    expect(await cases({ verified: false })).toBe('0');
  });

  test.each(['no', 'likely', 'unknown'])(
    'is none when the link to the work is: %s',
    async (link_to_activity) => {
      expect(await cases({ values: { link_to_activity } })).toBe('0');
    },
  );
});

describe('the unit is victim x violation', () => {
  const picket = anIncident({ violations: [{ ...DETENTION, victims_n: 20 }] });
  test('twenty detained at one picket are twenty cases', async () => {
    expect(await valueOf(picket, 'sdg.cases_16_10_1/arbitrary_detention/_/victims')).toBe('20');
  });
  test('and one incident', async () => {
    expect(await valueOf(picket, 'inc.count.by_unit/_total/_/n')).toBe('1');
  });
  test('a victim of two acts is two cases, and an act of no class adds none', async () => {
    const violations = [
      DETENTION,
      { ...DETENTION, act_class: 'torture' },
      { ...DETENTION, act_class: 'none' },
    ];
    expect(await cases({ violations })).toBe('2');
  });
});

describe('cases are broken down', () => {
  test.each([
    ['journalist', 'journalist_media'],
    ['trade_unionist', 'union_leader'],
    ['hrd', 'lawyer'],
  ])('by the group of the victim: %s', async (group, role_in_event) => {
    const state = anIncident({ values: { role_in_event } });
    expect(await valueOf(state, `sdg.cases_16_10_1.by_group/${group}/_/victims`)).toBe('1');
  });
  test('by the sex of those who are entered one by one, each with every act', async () => {
    const victims = rows([{ sex: 'female' }, { sex: 'female' }, { sex: 'male' }]);
    const violations = [
      DETENTION,
      { ...DETENTION, act_class: 'torture' },
      { ...DETENTION, act_class: 'none' },
    ];
    const state = anIncident({ values: { victims }, violations });
    expect(await valueOf(state, 'sdg.cases_16_10_1.by_sex/female/_/victims')).toBe('4');
    expect(await valueOf(state, 'sdg.cases_16_10_1.by_sex/male/_/victims')).toBe('2');
  });
});
