import { describe, expect, test } from 'vitest';
import { aStudy } from '../../tests/builders/study-files.ts';
import { codesOf, columnsOf, PLACES, snapshotColumnsOf, tablesOf } from './index.ts';

const study = aStudy();
const paths = (table: string) => snapshotColumnsOf(study, table)?.map((c) => c.path) ?? [];

describe('the columns of a table', () => {
  test('are the standard ones and the flattened fields, without identity fields and repeats', () => {
    expect(paths('gathering')).toEqual(
      [
        'record_id revision period counted unit_id review evidence late_verified number date date.last date.text place form realisation tools',
        'participants.low participants.best participants.high participants.method police.low police.best police.high police.method',
        'minutes sanctioned',
      ]
        .join(' ')
        .split(' '),
    );
  });

  test('of a repeat are its own and its fields', () => {
    expect(paths('gathering.sanctions')).toEqual(['record_id', 'row_id', 'ordinal', 'kind', 'persons']);
  });

  test('of a select_multiple are one code a row', () => {
    expect(snapshotColumnsOf(study, 'gathering.tools')?.at(-1)).toMatchObject({
      path: 'value',
      type: 'code',
      codeList: 'form',
    });
  });

  test('seen from a child table include those of its record', () => {
    expect(columnsOf(study, 'gathering.sanctions')?.find((c) => c.path === 'place')).toMatchObject({
      table: 'gathering',
    });
  });

  test('are undefined for a table that is not there', () => {
    expect(columnsOf(study, 'gathering.fines')).toBeUndefined();
  });

  test('know units of what they count', () => {
    const units = Object.fromEntries(
      (snapshotColumnsOf(study, 'gathering') ?? []).map((c) => [c.path, c.unit]),
    );
    expect(units).toMatchObject({ 'police.best': 'persons', minutes: 'minutes' });
  });

  test('exist for every child table of an instrument', () => {
    const instrument = study.instruments.get('gathering');
    expect(instrument && tablesOf(instrument)).toEqual([
      'gathering',
      'gathering.tools',
      'gathering.sanctions',
    ]);
  });

  test('without a place have no unit', () => {
    const placeless = aStudy({ 'street/instruments/gathering.yaml': [['place: place\n', '']] });
    expect(snapshotColumnsOf(placeless, 'gathering')?.some((c) => c.path === 'unit_id')).toBe(false);
  });
});

test('places are settlements, and units behind a prefix', () => {
  expect(codesOf(study, PLACES)?.map((c) => c.code)).toEqual([
    'river',
    'hill',
    'unit:north',
    'unit:south',
    'unit:east',
  ]);
});
