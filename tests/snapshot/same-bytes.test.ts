import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Snapshot, tableToParquet } from '../../src/snapshot/index.ts';
import { sha256 } from '../builders/study-files.ts';
import { aGathering, freeze, inConflict, street } from './freezing.ts';

const parquetHashes = (snapshot: Snapshot) =>
  [...snapshot.tables.values()].map((table) => sha256(tableToParquet(table)));

const SOME = [
  aGathering(1),
  aGathering(2, { values: { form: 'unlisted_b', tools: ['rally', 'picket'] } }),
  aGathering(3, { values: { form: 'unlisted_a', place: 'unit:south', 'participants.best': 12 } }),
  aGathering(4, {
    values: { sanctions: [{ row_id: 'r', values: { kind: 'fine', persons: 1 } }], minutes: 30 },
  }),
  aGathering(5, { values: { date: '2017' } }),
  aGathering(6, { acts: [{ kind: 'exclude' }] }),
  inConflict(7, 'form', 'picket', 'rally'),
];

describe('the same inputs give the same bytes', () => {
  test('in whatever order the records arrive', async () => {
    const expected = await freeze(SOME);
    const hashes = parquetHashes(expected);
    const orders = fc.shuffledSubarray(SOME, { minLength: SOME.length, maxLength: SOME.length });
    const sameBytes = fc.asyncProperty(orders, async (order) => {
      const snapshot = await freeze(order);
      expect(snapshot.manifest).toEqual(expected.manifest);
      expect(parquetHashes(snapshot)).toEqual(hashes);
    });
    await fc.assert(sameBytes, { numRuns: 40 });
  });

  test('whether the records are streamed or in hand', async () => {
    const streamed = async function* () {
      for (const state of SOME) yield await Promise.resolve(state);
    };
    const streaming = await freeze(streamed());
    expect(streaming.manifest.id).toBe((await freeze(SOME)).manifest.id);
  });
});

describe('the manifest id changes', () => {
  const idOf = async (...given: Parameters<typeof freeze>): Promise<string> =>
    (await freeze(...given)).manifest.id;
  const plain = [aGathering(1, { values: { minutes: 30 } }), aGathering(2)];

  test('with one changed value', async () => {
    const changed = [aGathering(1, { values: { minutes: 31 } }), aGathering(2)];
    expect(await idOf(changed)).not.toBe(await idOf(plain));
  });

  test('with the reason of one gap', async () => {
    const gaps = (['refused', 'not_asked'] as const).map((missing) => [
      aGathering(1, { values: { form: { missing } } }),
    ]);
    const [one, other] = await Promise.all(gaps.map((states) => idOf(states)));
    expect(one).not.toBe(other);
  });

  test('with a value moved to another record', async () => {
    const moved = [aGathering(1), aGathering(2, { values: { minutes: 30 } })];
    expect(await idOf(moved)).not.toBe(await idOf(plain));
  });

  test('with a row moved to another parent', async () => {
    const tools = ['rally'];
    const [one, other] = [1, 2].map((n) =>
      [1, 2].map((m) => aGathering(m, n === m ? { values: { tools } } : {})),
    );
    expect(await idOf(one ?? [])).not.toBe(await idOf(other ?? []));
  });

  test('with a record that is left out', async () => {
    expect(await idOf([...plain, aGathering(3, { acts: [{ kind: 'exclude' }] })])).not.toBe(
      await idOf(plain),
    );
  });

  test.each([
    ['log position', { log: { size: 10, root: 'f'.repeat(64) } }],
    ['tree root', { log: { size: 9, root: 'e'.repeat(64) } }],
    ['periods', { periods: ['2018'] }],
    ['program', { engine: 'another' }],
    ['study version', { study: { ...street, version: 2 } }],
    ['counted rule', { study: { ...street, counted: { ...street.counted, evidence: '>= verified' } } }],
  ])('with the %s', async (_, given) => {
    expect(await idOf(plain, given)).not.toBe(await idOf(plain));
  });

  test('not from run to run', async () => {
    expect(await idOf(plain)).toBe(await idOf(plain));
  });
});
