import { describe, expect, test } from 'vitest';
import type { EntryValues } from '../../src/records/index.ts';
import { countTables, findCell } from '../../src/tables/index.ts';
import { isMissing, roundTo } from '../../src/vocabulary/index.ts';
import { builtInStudies, studyFromFolders } from '../../src/workspace/index.ts';
import { id } from '../builders/entries.ts';
import { aRecordOf } from '../builders/records.ts';
import { freeze } from '../snapshot/freezing.ts';

// Cases and materials are reached through other records: each counts once, and only when it counts itself.
const { study } = studyFromFolders([builtInStudies()], 'defenders');
const tables = study.tables.filter((t) => /^(inc|crt|med)\./.test(t.id));

const aRecord = (instrument: string, number: number, values: EntryValues, verified?: boolean) =>
  aRecordOf(study, instrument, number, values, verified);

const anIncident = (number: number, proceedings: readonly number[]) =>
  aRecord('incident', number, {
    date: '2015-09-01',
    role_in_event: 'activist',
    principal_party: 'court',
    reaction: 'none',
    proceedings: proceedings.map((n) => id(n)),
  });
const against = { decided_on: '2015-09-20', direction: 'against_hrd', victim_role: 'defendant' };
const aConviction = (number: number, verified = true) =>
  aRecord(
    'proceeding',
    number,
    { ...against, procedure: 'criminal', stage: 'trial', outcome: 'convicted', plaintiff: 'police' },
    verified,
  );
const aSuitWon = (number: number) =>
  aRecord('proceeding', number, {
    decided_on: '2015-09-20',
    direction: 'by_hrd_against_state',
    procedure: 'civil',
    stage: 'trial',
    outcome: 'won',
  });
const aMaterial = (number: number, verified = true) =>
  aRecord(
    'material',
    number,
    { date: '2015-09-02', language: 'ru', tone: 'neutral', incidents: [id(1)] },
    verified,
  );

const numbers = async (
  records: readonly ReturnType<typeof aRecord>[],
  addresses: readonly string[],
): Promise<readonly string[]> => {
  const counted = countTables(study, await freeze(records, { study }), tables);
  return addresses.map((address) => {
    const cell = counted.map((t) => findCell(t, address)).find((c) => c !== undefined);
    return cell === undefined || isMissing(cell.value) ? 'none' : roundTo(cell.value, 0);
  });
};

const OF_CASES = [
  'crt.cases.by_stage_quarter/_total/_total/n',
  'crt.direction_ratio/_/_/against',
  'crt.conviction_plaintiff/police/_/n',
  'inc.party.plaintiff/police/_/n',
];

describe('a case that two incidents name', () => {
  test('is one case in every table', async () => {
    const records = [anIncident(1, [11]), anIncident(2, [11]), aConviction(11)];
    expect(await numbers(records, OF_CASES)).toEqual(['1', '1', '1', '1']);
  });
  test('is one suit, and one won', async () => {
    const records = [anIncident(1, [11]), anIncident(2, [11]), aSuitWon(11)];
    const addresses = ['crt.direction_ratio/_/_/by', 'crt.by_hrd_won/_/_/n', 'crt.by_hrd_won/_/_/won'];
    expect(await numbers(records, addresses)).toEqual(['1', '1', '100']);
  });
  test('weighs in a ratio as one', async () => {
    const records = [
      anIncident(1, [11, 12, 13]),
      anIncident(2, [11]),
      ...[11, 12].map((n) => aConviction(n)),
    ];
    expect(await numbers([...records, aSuitWon(13)], ['crt.direction_ratio/_/_/ratio'])).toEqual(['2']);
  });
});

describe('a charge that the card of an appeal repeats', () => {
  const charges = [{ row_id: '1', values: { kind: 'incitement' } }];
  const aCase = (number: number, values: EntryValues) =>
    aRecord('proceeding', number, { ...against, outcome: 'convicted', charges, ...values });
  test('is one charge', async () => {
    const records = [aCase(11, { stage: 'trial' }), aCase(12, { stage: 'appeal', appeal_of: id(11) })];
    expect(await numbers(records, ['crt.charges/_total/_/n'])).toEqual(['1']);
  });
  test('control: of two cases they are two', async () => {
    const records = [aCase(11, { stage: 'trial' }), aCase(12, { stage: 'trial' })];
    expect(await numbers(records, ['crt.charges/_total/_/n'])).toEqual(['2']);
  });
});

describe('what a second person has not checked', () => {
  test('is no case, though its incident counts', async () => {
    const records = [anIncident(1, [11]), aConviction(11, false)];
    expect(await numbers(records, ['crt.direction_ratio/_/_/against'])).toEqual(['0']);
    expect(
      await numbers([anIncident(1, [11]), aConviction(11)], ['crt.direction_ratio/_/_/against']),
    ).toEqual(['1']);
  });
  test('is no incident that was covered', async () => {
    const unchecked = aRecord('incident', 1, { date: '2015-09-01', role_in_event: 'activist' }, false);
    expect(await numbers([unchecked, aMaterial(2)], ['med.cases/_total/_/cases'])).toEqual(['0']);
  });
  test.each([
    ['covers no incident', false, ['0', '0']],
    ['control: checked, it covers one', true, ['100', '1']],
  ])('%s', async (_, verified, expected) => {
    const addresses = ['med.coverage/_total/_/covered', 'med.cases/_total/_/cases'];
    const records = [anIncident(1, []), aMaterial(2, verified)];
    expect((await numbers(records, addresses)).map((n) => n.replace('none', '0'))).toEqual(expected);
  });
});
