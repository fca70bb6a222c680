import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duckdbEngine } from '../../adapters/engine-duckdb/index.ts';
import type { Column } from '../../src/snapshot/index.ts';
import { type CountingEngine, columnarEngine, type Snapshot } from '../../src/tables/index.ts';
import { definitions, STUDY, snapshots } from './arbitrary.ts';
import { linesOf } from './same-table.ts';

const seed = Number(process.env['BAQYLAU_SEED'] ?? 20181121);
const RUNS = Number(process.env['BAQYLAU_RUNS'] ?? 60);
const PER_RUN = 5;

/** Every cell of every table: the same from both engines. */
const agreement = (first: CountingEngine, second: CountingEngine) =>
  fc.asyncProperty(
    snapshots,
    fc.array(definitions, { minLength: PER_RUN, maxLength: PER_RUN }),
    async (snapshot, asked) => {
      const [ours, theirs] = await Promise.all([
        first.count(STUDY, snapshot, asked),
        second.count(STUDY, snapshot, asked),
      ]);
      for (const [i, definition] of asked.entries()) {
        const [a, b] = [ours[i], theirs[i]];
        if (a === undefined || b === undefined) throw new Error('an engine left out a table');
        expect(linesOf(a, definition)).toEqual(linesOf(b, definition));
      }
    },
  );

/** An engine that gets the data in a wrong way before it counts. */
const faulty = (change: (column: Column) => Column): CountingEngine => ({
  name: 'faulty',
  count: (study, snapshot, asked) => {
    const tables = [...snapshot.tables].map(([id, table]) => {
      const columns = new Map([...table.columns].map(([name, column]) => [name, change(column)]));
      return [id, { ...table, columns }] as const;
    });
    const changed: Snapshot = { ...snapshot, tables: new Map(tables) };
    return columnarEngine.count(study, changed, asked);
  },
});

const withoutGaps = (column: Column): Column => {
  if (column.missing === undefined || column.kind === 'day') return column;
  const { missing: _gaps, ...rest } = column;
  return rest as Column;
};
const oneReason = (column: Column): Column =>
  column.missing === undefined
    ? column
    : { ...column, missing: column.missing.map((gap) => (gap === 0 ? 0 : 1)) };

describe('two engines', () => {
  it(
    `agree on every cell of random tables over random records, gaps included (seed ${seed}, ${RUNS * PER_RUN} definitions)`,
    { timeout: 300_000 },
    () => fc.assert(agreement(columnarEngine, duckdbEngine), { seed, numRuns: RUNS, endOnFailure: true }),
  );

  it.each([
    ['counts gaps as zero', withoutGaps],
    ['mixes up the reasons for gaps', oneReason],
  ])('would be seen to differ if one of them %s', { timeout: 120_000 }, async (_, change) => {
    const result = await fc.check(agreement(faulty(change), duckdbEngine), {
      seed,
      numRuns: 30,
      endOnFailure: true,
    });
    expect(result.failed).toBe(true);
  });
});
