import { describe, expect, test } from 'vitest';
import { aStudy } from '../../tests/builders/study-files.ts';
import { recordCompartment } from './compartment.ts';
import type { EntryValues } from './entry.ts';

const card = 'street/instruments/gathering.yaml';
const of = (values: EntryValues, study = aStudy()): string => {
  const instrument = study.instruments.get('gathering');
  if (instrument === undefined) throw new Error('no gathering');
  return recordCompartment(study, instrument, (path) => values[path]);
};
const PLACE =
  '  - {name: place, type: place, label: {kk: Орны, ru: Место, en: Place}, sensitivity: statistical}\n';

describe('the compartment of a record', () => {
  test('is the region in which its settlement lies', () => {
    expect(of({ place: 'hill', date: '2018-05-01' })).toBe('street/north');
  });
  test.each([
    ['2019-12-31', 'street/south'],
    ['2020-01-01', 'street/east'],
  ])('is the region of the day: a settlement whose unit was split, on %s in %s', (date, compartment) => {
    expect(of({ place: 'river', date })).toBe(compartment);
  });
  test.each([
    ['2019', 'street/south'],
    ['2020-01', 'street/east'],
    ['2020~', 'street/east'],
  ])('goes by the first day of a date that is not exact: %s', (date, compartment) => {
    expect(of({ place: 'river', date })).toBe(compartment);
  });
  test('is the unit where only that is known', () => {
    expect(of({ place: 'unit:south', date: '2018-05-01' })).toBe('street/south');
  });
  test('is the unit it was split from where the unit did not yet exist', () => {
    expect(of({ place: 'unit:east', date: '2018-05-01' })).toBe('street/south');
  });
  test.each([
    ['no place is stated', { date: '2018-05-01' }],
    ['the place is a gap', { place: { missing: 'refused' }, date: '2018-05-01' }],
    ['nobody knows the place', { place: 'atlantis', date: '2018-05-01' }],
    ['nobody knows the unit', { place: 'unit:atlantis', date: '2018-05-01' }],
    ['no date is stated', { place: 'river' }],
    ['the date is none', { place: 'river', date: 'spring' }],
  ] as const)('is the whole study where %s', (_, values) => {
    expect(of(values)).toBe('street/_all');
  });
  test('goes by the first place of the card alone', () => {
    const second = PLACE.replace('name: place', 'name: court');
    const study = aStudy({ [card]: [[PLACE, `${PLACE}${second}`]] });
    expect(of({ place: 'hill', court: 'river', date: '2018-05-01' }, study)).toBe('street/north');
    expect(of({ court: 'river', date: '2018-05-01' }, study)).toBe('street/_all');
  });
  test('never goes by a place that the server must not read', () => {
    const hidden = PLACE.replace('name: place', 'name: home').replace('statistical', 'identity');
    const study = aStudy({ [card]: [[PLACE, `${hidden}${PLACE}`]] });
    expect(of({ home: 'river', place: 'hill', date: '2018-05-01' }, study)).toBe('street/north');
  });
});
