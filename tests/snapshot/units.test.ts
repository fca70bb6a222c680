import { describe, expect, test } from 'vitest';
import { unitForPlace } from '../../src/snapshot/index.ts';
import { builtInStudies, studyFromFolders } from '../../src/workspace/index.ts';
import { aGathering, freeze, readGathering, street } from './freezing.ts';

const { geography } = studyFromFolders([builtInStudies()], 'kazakhstan').study;
const [V16, V17, V20] = ['2018-06-18', '2018-06-19', '2022-06-08'];
const unit = (place: string, date: string, vintage: string) => unitForPlace(geography, place, date, vintage);

describe('the unit of a settlement', () => {
  test.each([
    ['shymkent', '2018-06-18', 'turkistan'],
    ['shymkent', '2018-06-19', 'shymkent'],
    ['semey', '2022-06-07', 'east_kz'],
    ['semey', '2022-06-08', 'abai'],
  ])('as of the event: %s on %s lies in %s', (place, date, expected) => {
    expect(unit(place, date, 'as_of_event')).toBe(expected);
  });

  test.each([
    [V16, 'turkistan', 'east_kz'],
    [V17, 'shymkent', 'east_kz'],
    [V20, 'shymkent', 'abai'],
  ])('in the division of %s, whatever the day: Shymkent in %s, Semey in %s', (vintage, shymkent, semey) => {
    for (const date of ['2015-01-01', '2018-06-19', '2023-01-01']) {
      expect(unit('shymkent', date, vintage)).toBe(shymkent);
      expect(unit('semey', date, vintage)).toBe(semey);
    }
  });

  test('is unknown for a settlement that nobody knows', () => {
    expect(unit('atlantis', '2018-01-01', 'as_of_event')).toBeUndefined();
  });
});

describe('a place of which only the unit is known', () => {
  test('stays that unit as of the event', () => {
    expect(unit('unit:east_kz', '2018-05-01', 'as_of_event')).toBe('east_kz');
  });

  test('is unallocated in a later division that split the unit: nobody knows in which part it lay', () => {
    expect(unit('unit:east_kz', '2018-05-01', V20)).toBe('east_kz:unallocated');
  });

  test('is the unit itself when it was observed after the split', () => {
    expect(unit('unit:east_kz', '2022-07-01', V20)).toBe('east_kz');
  });

  test('belongs to the unit it was split from in an older division', () => {
    expect(unit('unit:abai', '2023-01-01', V17)).toBe('east_kz');
    expect(unit('unit:shymkent', '2023-01-01', V16)).toBe('turkistan');
  });
});

describe('unit_id of a row', () => {
  const harmonised = { ...street, vintage: 'new' };

  test('follows the vintage of the study', async () => {
    const river = [aGathering(1, { values: { place: 'river' } })];
    expect(readGathering(await freeze(river), 'unit_id')).toEqual(['south']);
    expect(readGathering(await freeze(river, { study: harmonised }), 'unit_id')).toEqual(['east']);
  });

  test('says that a unit-only place from before a split is unallocated', async () => {
    const only = [aGathering(1, { values: { place: 'unit:south' } })];
    expect(readGathering(await freeze(only, { study: harmonised }), 'unit_id')).toEqual([
      'south:unallocated',
    ]);
  });

  test('is missing, with the reason, where there is no place', async () => {
    const snapshot = await freeze([aGathering(1, { values: { place: { missing: 'refused' } } })]);
    expect(readGathering(snapshot, 'unit_id')).toEqual([{ missing: 'not_recorded' }]);
  });
});
