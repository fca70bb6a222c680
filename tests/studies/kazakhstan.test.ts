import { describe, expect, test } from 'vitest';
import { unitOf } from '../../src/vocabulary/index.ts';
import { builtInStudies, studyFromFolders } from '../../src/workspace/index.ts';

const { study } = studyFromFolders([builtInStudies()], 'kazakhstan');
const { geography } = study;
const unitIdOf = (settlement: string, date: string) => unitOf(geography, settlement, date)?.id;

describe('the division of Kazakhstan', () => {
  test.each([
    ['2018-06-18', 16],
    ['2018-06-19', 17],
    ['2022-06-08', 20],
  ])('the vintage %s has %i units', (id, units) => {
    expect(geography.vintages.find((v) => v.id === id)?.units).toHaveLength(units);
  });

  test('every unit has a KATO code of nine digits, and no two share one', () => {
    const codes = [...geography.units.values()].map((u) => u.kato ?? '');
    expect(codes.every((code) => /^\d{9}$/.test(code))).toBe(true);
    expect(new Set(codes).size).toBe(20);
  });

  test('settlements carry no KATO code, because none is sourced', () => {
    expect([...geography.settlements.values()].filter((s) => s.kato !== undefined)).toEqual([]);
  });

  test.each([
    ['shymkent', '2018-06-18', 'turkistan'],
    ['shymkent', '2018-06-19', 'shymkent'],
    ['semey', '2022-06-07', 'east_kz'],
    ['semey', '2022-06-08', 'abai'],
    ['taldykorgan', '2018-10-16', 'almaty_region'],
    ['taldykorgan', '2023-01-01', 'zhetysu'],
    ['zhezkazgan', '2022-06-08', 'ulytau'],
    ['oskemen', '2023-01-01', 'east_kz'],
    ['qonaev', '2023-01-01', 'almaty_region'],
  ])('%s lay on %s in %s', (settlement, date, unit) => {
    expect(unitIdOf(settlement, date)).toBe(unit);
  });

  test('every settlement lies in a unit of the vintage of each division', () => {
    for (const { id, from, units } of geography.vintages)
      for (const settlement of geography.settlements.keys())
        expect(units, `${settlement} in ${id}`).toContain(unitIdOf(settlement, from ?? '2010-01-01'));
  });

  test('every unit of every division belongs to one part of the country', () => {
    const listed = geography.macroRegions.flatMap((m) => m.units);
    expect(listed.toSorted()).toEqual([...geography.units.keys()].toSorted());
  });

  test('zones are names that the zone database knows', () => {
    for (const { zone } of geography.settlements.values())
      expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
  });
});

describe('the law', () => {
  test('the regimes follow one another without a gap', () => {
    const [permission, notification] = study.legalRegimes;
    expect(permission?.validTo).toBe(notification?.validFrom);
  });

  test('the index for fines is known for the sourced years only', () => {
    expect(study.mci.map((m) => [m.from.slice(0, 4), m.tenge])).toEqual([
      ['2015', 1982],
      ['2016', 2121],
      ['2018', 2405],
      ['2019', 2525],
    ]);
  });
});
