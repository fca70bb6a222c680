import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aCountingStudy, aMeasure, aTable, by, distinct } from '../../tests/builders/counting.ts';
import { aSnapshotWith, codes, gap, numbers } from '../../tests/builders/snapshot.ts';
import { isMissing, toNumber } from '../vocabulary/index.ts';
import { countTables, TOTAL } from './index.ts';

const PLACES = ['astana', 'almaty', 'aktau'];
const FORMS = ['rally', 'picket'];

interface Row {
  readonly place: string;
  readonly form: string;
  /** The court case; undefined where none was recorded. */
  readonly lawsuit: number | undefined;
}

/** Rows of so many court cases: with many of them most occur once, with few of them each occurs everywhere. */
const rows = (lawsuits: number, most: number) =>
  fc.array(
    fc.record<Row>({
      place: fc.constantFrom(...PLACES),
      form: fc.constantFrom(...FORMS),
      lawsuit: fc.option(fc.integer({ min: 1, max: lawsuits }), { nil: undefined, freq: 9 }),
    }),
    { minLength: most / 2, maxLength: most, size: 'max' },
  );

/** The different cases of every place of the table, as the engine counts them. */
const counted = (given: readonly Row[]): ReadonlyMap<string, number> => {
  const snapshot = aSnapshotWith({
    assembly: {
      columns: {
        place: codes(
          given.map((r) => r.place),
          PLACES,
        ),
        form: codes(
          given.map((r) => r.form),
          FORMS,
        ),
        lawsuit: numbers(given.map((r) => r.lawsuit ?? gap())),
      },
    },
  });
  const [table] = countTables(aCountingStudy(), snapshot, [
    aTable({
      measures: [aMeasure('cases', { kind: 'term', term: distinct('lawsuit') })],
      dimensions: [by('place'), by('form')],
      totals: ['place', 'form'],
    }),
  ]);
  return new Map(
    (table?.cells ?? []).flatMap(({ at, value }) =>
      isMissing(value) ? [] : [[`${at['place']}/${at['form']}`, toNumber(value)]],
    ),
  );
};

/** The same with sets. */
const inSets = (given: readonly Row[]): ReadonlyMap<string, number> => {
  const sets = new Map<string, Set<number>>();
  for (const { place, form, lawsuit } of given)
    for (const key of [`${place}/${form}`, `${place}/${TOTAL}`, `${TOTAL}/${form}`, `${TOTAL}/${TOTAL}`])
      if (lawsuit !== undefined) sets.set(key, (sets.get(key) ?? new Set<number>()).add(lawsuit));
  return new Map([...sets].map(([key, set]) => [key, set.size]));
};

const agrees = (given: readonly Row[]): void => {
  const ours = counted(given);
  for (const [key, n] of inSets(given)) expect(`${key} ${ours.get(key)}`).toBe(`${key} ${n}`);
};

describe('different cases in cells and totals', () => {
  it('are counted once where few cases are in many rows', () =>
    fc.assert(fc.property(rows(20, 200), agrees), { seed: 20151101, numRuns: 30 }));

  it('are counted once where most of many cases are in one row', () =>
    fc.assert(fc.property(rows(6000, 9000), agrees), { seed: 20151101, numRuns: 5 }));

  it('of two cities are one in the total', () => {
    const shared = Array.from({ length: 500 }, (_, i): Row[] => [
      { place: 'astana', form: 'rally', lawsuit: i },
      { place: 'almaty', form: 'rally', lawsuit: i },
    ]).flat();
    const table = counted(shared);
    expect([table.get('astana/rally'), table.get('almaty/rally'), table.get(`${TOTAL}/rally`)]).toEqual([
      500, 500, 500,
    ]);
  });
});
