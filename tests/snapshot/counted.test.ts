import { describe, expect, test } from 'vitest';
import type { Study } from '../../src/study/index.ts';
import { aGathering, CHECKED, freeze, readGathering, street } from './freezing.ts';

const countedOf = async (given: Parameters<typeof aGathering>[1], study: Study = street) =>
  readGathering(await freeze([aGathering(1, given)], { study }), 'counted')[0];
const assessed = (evidence: string) => ({
  acts: [
    { kind: 'assess', author: 'beket', values: { evidence } },
    { kind: 'verify', author: 'beket' },
  ],
});

describe('a record is counted', () => {
  test('when a second person verified it and the evidence suffices', async () => {
    expect(await countedOf({})).toBe(true);
  });

  test('not while it is only submitted', async () => {
    expect(await countedOf({ acts: CHECKED.slice(0, 1) })).toBe(false);
  });

  test('not when it was asked back', async () => {
    expect(await countedOf({ acts: [...CHECKED, { kind: 'ask_back', author: 'beket' }] })).toBe(false);
  });

  test('not by the word of its own author', async () => {
    expect(
      await countedOf({ acts: [CHECKED[0] ?? { kind: 'assess' }, { kind: 'verify', author: 'aru' }] }),
    ).toBe(false);
  });

  test.each([
    ['unverified', false],
    ['single_source', true],
    ['corroborated', true],
    ['verified', true],
    ['disputed', false],
    ['refuted', false],
  ])('with the evidence %s: %s, by the rule ">= single_source"', async (evidence, counted) => {
    expect(await countedOf(assessed(evidence))).toBe(counted);
  });

  test.each(['>= unverified', '>= verified'])(
    'never while its evidence is disputed, by the rule "%s"',
    async (evidence) => {
      const study = { ...street, counted: { ...street.counted, evidence } };
      expect(await countedOf(assessed('disputed'), study)).toBe(false);
    },
  );

  test('by a rule that names one rank, only with that rank', async () => {
    const study = { ...street, counted: { ...street.counted, evidence: 'single_source' } };
    expect(await countedOf(assessed('single_source'), study)).toBe(true);
    expect(await countedOf(assessed('verified'), study)).toBe(false);
  });

  test('only with the codes that the rule names', async () => {
    expect(await countedOf({ values: { realisation: 'prevented' } })).toBe(false);
  });

  test('not with a gap where the rule names codes', async () => {
    expect(await countedOf({ values: { realisation: { missing: 'refused' } } })).toBe(false);
  });

  test('whatever the rule says of a field that its instrument does not have', async () => {
    const fields = new Map([...street.counted.fields, ['no_such_field', ['held']]]);
    expect(await countedOf({}, { ...street, counted: { ...street.counted, fields } })).toBe(true);
  });
});

test('a record that is not counted is still in the snapshot, marked so', async () => {
  const snapshot = await freeze([aGathering(1, { acts: [] })]);
  expect(readGathering(snapshot, 'review')).toEqual(['submitted']);
  expect(readGathering(snapshot, 'counted')).toEqual([false]);
});

test.each([
  ['2018-12-31T23:00:00.000+06:00', false],
  ['2019-01-01T00:30:00.000+06:00', true],
])('verified at %s, of the period 2018, is late: %s', async (occurred_at, late) => {
  const acts = [CHECKED[0] ?? { kind: 'assess' }, { kind: 'verify', author: 'beket', occurred_at }];
  expect(readGathering(await freeze([aGathering(1, { acts })]), 'late_verified')).toEqual([late]);
});
