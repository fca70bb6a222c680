import { expect, test } from 'vitest';
import { aCountingStudy, aLabel } from '../../tests/builders/counting.ts';
import type { Snapshot } from '../snapshot/index.ts';
import type { Study, TableDefinition } from '../study/index.ts';
import { fraction } from '../vocabulary/index.ts';
import { TOTAL } from './cell.ts';
import { monthsOf } from './exposure.ts';

const study = aCountingStudy({
  geography: {
    units: new Map(['mangystau', 'astana'].map((id) => [id, { id, label: aLabel(id), iso: [] }])),
    settlements: new Map([
      ['aktau', { id: 'aktau', label: aLabel('Aktau'), zone: 'Asia/Aqtau', units: [{ unit: 'mangystau' }] }],
      [
        'zhanaozen',
        { id: 'zhanaozen', label: aLabel('Zhanaozen'), zone: 'Asia/Aqtau', units: [{ unit: 'mangystau' }] },
      ],
      ['astana', { id: 'astana', label: aLabel('Astana'), zone: 'Asia/Almaty', units: [{ unit: 'astana' }] }],
    ]),
    vintages: [{ id: 'v', units: ['mangystau', 'astana'] }],
    macroRegions: [],
  },
  instruments: new Map([
    ['assembly', { id: 'assembly', placeField: 'place' }],
  ]) as unknown as Study['instruments'],
  regroupings: new Map([
    [
      'coast',
      {
        id: 'coast',
        rest: 'keep',
        groups: [{ code: 'caspian', label: aLabel('Caspian'), of: ['aktau', 'zhanaozen'] }],
      },
    ],
  ]),
});

/** Mangystau was watched for 26 weeks of 2018; nobody files nil reports in Astana. */
const snapshot = {
  manifest: { periods: ['2018'], exposure: [{ period: '2018', unit: 'mangystau', weeks: 26 }] },
} as unknown as Snapshot;

const by = (dimension: string, regroup?: string): TableDefinition =>
  ({
    of: 'assembly',
    dimensions: [{ by: dimension, ...(regroup === undefined ? {} : { regroup }) }],
  }) as unknown as TableDefinition;

const months = (definition: TableDefinition, code: string) =>
  monthsOf(study, snapshot, definition, ['2018'], () => code);
const HALF_A_YEAR = fraction(26 * 120_000, 521_775);

test('a unit with nil reports has the weeks it was watched, as months', () => {
  expect(months(by('unit'), 'mangystau')).toEqual(HALF_A_YEAR);
});

test('a city has the weeks of its unit', () => {
  expect(months(by('place'), 'aktau')).toEqual(HALF_A_YEAR);
});

test('a group of cities of one unit has them too', () => {
  expect(months(by('place', 'coast'), 'caspian')).toEqual(HALF_A_YEAR);
});

test('without nil reports the exposure of the period holds: no report is not zero', () => {
  expect(months(by('place'), 'astana')).toEqual(fraction(12));
});

test('the country as a whole has the exposure of the period', () => {
  expect(months(by('unit'), TOTAL)).toEqual(fraction(12));
});

test('a period without months gives none', () => {
  expect(monthsOf(study, snapshot, by('unit'), ['2011'], () => 'astana')).toBeUndefined();
});
