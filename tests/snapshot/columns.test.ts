import { describe, expect, test } from 'vitest';
import { id } from '../builders/entries.ts';
import { aGathering, freeze, inConflict, read, readGathering, street } from './freezing.ts';

const notRecorded = { missing: 'not_recorded' };

describe('a row of an instrument', () => {
  test('stands in the order of record ids, whatever the order of arrival', async () => {
    const snapshot = await freeze([aGathering(3), aGathering(1), aGathering(2)]);
    expect(readGathering(snapshot, 'record_id')).toEqual([id(1), id(2), id(3)]);
    expect(readGathering(snapshot, 'number')).toEqual([1, 2, 3]);
  });

  test('names its revision, which changes with any entry', async () => {
    const [before] = readGathering(await freeze([aGathering(1)]), 'revision');
    const revised = aGathering(1, { acts: [{ kind: 'revise', values: { form: 'picket' } }] });
    const [after] = readGathering(await freeze([revised]), 'revision');
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    expect(after).not.toBe(before);
  });

  test('keeps why a value is missing', async () => {
    const snapshot = await freeze([
      aGathering(1, { values: { form: { missing: 'refused' } } }),
      aGathering(2, { values: { form: { missing: 'not_asked' } } }),
    ]);
    expect(readGathering(snapshot, 'form')).toEqual([{ missing: 'refused' }, { missing: 'not_asked' }]);
  });

  test('has not_recorded where no entry speaks of a field', async () => {
    expect(readGathering(await freeze([aGathering(1)]), 'minutes')).toEqual([notRecorded]);
  });

  test('has a gap where two people answered differently, and the manifest names the field', async () => {
    const snapshot = await freeze([inConflict(1, 'form', 'picket', 'single_picket')]);
    expect(readGathering(snapshot, 'form')).toEqual([{ missing: 'in_conflict' }]);
    expect(snapshot.manifest.conflicts).toEqual([{ recordId: id(1), field: 'form' }]);
  });

  test('has no derived value while what it is derived from is in conflict', async () => {
    const persons = (n: number) => [{ row_id: 'a', values: { kind: 'fine', persons: n } }];
    const snapshot = await freeze([inConflict(1, 'sanctions', persons(2), persons(3))]);
    expect(readGathering(snapshot, 'sanctioned')).toEqual([{ missing: 'in_conflict' }]);
  });

  test('adds up its derived field from its rows', async () => {
    const sanctions = [
      { row_id: 'a', values: { kind: 'fine', persons: 2 } },
      { row_id: 'b', values: { kind: 'arrest', persons: 3 } },
    ];
    const snapshot = await freeze([aGathering(1, { values: { sanctions } })]);
    expect(readGathering(snapshot, 'sanctioned')).toEqual([5]);
  });

  test('was not asked what was not relevant', async () => {
    const prevented = aGathering(1, { values: { realisation: 'prevented' } });
    expect(readGathering(await freeze([prevented]), 'police.best')).toEqual([{ missing: 'not_asked' }]);
  });

  test('tells a question without an answer from one answered with nothing', async () => {
    const snapshot = await freeze([
      aGathering(1, { values: { tools: ['rally', 'picket'] } }),
      aGathering(2, { values: { tools: [] } }),
      aGathering(3, { values: { tools: { missing: 'refused' } } }),
      aGathering(4),
    ]);
    expect(readGathering(snapshot, 'tools')).toEqual([2, 0, { missing: 'refused' }, notRecorded]);
  });

  test('keeps the three numbers of a count apart', async () => {
    const values = { 'participants.low': 10, 'participants.best': 12, 'participants.high': 20 };
    const snapshot = await freeze([aGathering(1, { values })]);
    const parts = ['low', 'best', 'high'].map((part) => readGathering(snapshot, `participants.${part}`)[0]);
    expect(parts).toEqual([10, 12, 20]);
  });
});

describe('a partial date', () => {
  test.each([
    ['2018-05-22', '2018-05-22', '2018-05-22'],
    ['2018-02', '2018-02-01', '2018-02-28'],
    ['2018~', '2018-01-01', '2018-12-31'],
  ])('%s is its text with its first and last possible day', async (date, first, last) => {
    const snapshot = await freeze([aGathering(1, { values: { date } })]);
    expect(['date', 'date.last', 'date.text'].map((c) => readGathering(snapshot, c)[0])).toEqual([
      first,
      last,
      date,
    ]);
  });
});

describe('a child table', () => {
  const sanctions = [
    { row_id: 'x', values: { kind: 'fine', persons: 2 } },
    { row_id: 'y', values: { kind: 'arrest' } },
  ];

  test('has one row for each row of a repeat, under its parent, in their order', async () => {
    const snapshot = await freeze([aGathering(2, { values: { sanctions } }), aGathering(1)]);
    const table = snapshot.tables.get('gathering.sanctions');
    expect([...(table?.parent?.rows ?? [])]).toEqual([1, 1]);
    expect(read(snapshot, 'gathering.sanctions', 'row_id')).toEqual(['x', 'y']);
    expect(read(snapshot, 'gathering.sanctions', 'ordinal')).toEqual([1, 2]);
    expect(read(snapshot, 'gathering.sanctions', 'record_id')).toEqual([id(2), id(2)]);
    expect(read(snapshot, 'gathering.sanctions', 'persons')).toEqual([2, notRecorded]);
  });

  test('has one row for each chosen code', async () => {
    const snapshot = await freeze([aGathering(1, { values: { tools: ['picket', 'rally'] } })]);
    expect(read(snapshot, 'gathering.tools', 'value')).toEqual(['picket', 'rally']);
  });

  test('has no row for a gap: nobody said that nothing was chosen', async () => {
    const snapshot = await freeze([aGathering(1, { values: { tools: { missing: 'refused' } } })]);
    expect(snapshot.tables.get('gathering.tools')?.rows).toBe(0);
  });
});

describe('which records are in a snapshot', () => {
  test('excluded and merged records are left out, with the reason', async () => {
    const snapshot = await freeze([
      aGathering(1, { acts: [{ kind: 'exclude', reason: 'a test card' }] }),
      aGathering(2, { acts: [{ kind: 'merge', values: { into: id(3) } }] }),
      aGathering(3),
    ]);
    expect(readGathering(snapshot, 'record_id')).toEqual([id(3)]);
    expect(snapshot.manifest.exclusions).toEqual([
      { recordId: id(1), reason: 'excluded' },
      { recordId: id(2), reason: 'merged' },
    ]);
  });

  test('a date outside every period leaves a record out, with the reason', async () => {
    const snapshot = await freeze([aGathering(1, { values: { date: '2017-12-31' } })]);
    expect(snapshot.manifest.exclusions).toEqual([{ recordId: id(1), reason: 'outside_periods' }]);
  });

  test('records of another period are left out of a snapshot of one period, with the reason', async () => {
    const periods = [...street.periods, { id: '2019', start: '2019-01-01', end: '2019-12-31' }];
    const later = aGathering(2, { values: { date: '2019-03-01' } });
    const snapshot = await freeze([aGathering(1), later], {
      study: { ...street, periods },
      periods: ['2018'],
    });
    expect(readGathering(snapshot, 'period')).toEqual(['2018']);
    expect(snapshot.manifest.exclusions).toEqual([{ recordId: id(2), reason: 'other_period' }]);
  });
});
