import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PartOf, parquetEngine, shapeOf, writeParts } from '../../adapters/engine-duckdb/index.ts';
import { type CountingEngine, columnarEngine } from '../../src/tables/index.ts';
import { definitions, STUDY, snapshots } from './arbitrary.ts';
import { linesOf } from './same-table.ts';

const seed = Number(process.env['BAQYLAU_SEED'] ?? 20181122);

/** Writes the snapshot as files in parts, and counts from the files and the shape alone. */
const overFiles = (partOf: PartOf): CountingEngine => ({
  name: 'files',
  count: async (study, snapshot, asked) => {
    const folder = mkdtempSync(join(tmpdir(), 'baqylau-parts-'));
    try {
      writeParts(folder, snapshot, partOf);
      return await parquetEngine(folder, '1GB').count(study, shapeOf(snapshot), asked);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

const agreement = (partOf: PartOf) =>
  fc.asyncProperty(
    snapshots,
    fc.array(definitions, { minLength: 5, maxLength: 5 }),
    async (snapshot, asked) => {
      const [ours, theirs] = await Promise.all([
        columnarEngine.count(STUDY, snapshot, asked),
        overFiles(partOf).count(STUDY, snapshot, asked),
      ]);
      for (const [i, definition] of asked.entries()) {
        const [a, b] = [ours[i], theirs[i]];
        if (a === undefined || b === undefined) throw new Error('an engine left out a table');
        expect(linesOf(a, definition)).toEqual(linesOf(b, definition));
      }
    },
  );

describe('tables counted over Parquet files in parts', () => {
  it(`are those of the rows in memory, every cell (seed ${seed})`, { timeout: 120_000 }, () =>
    fc.assert(
      agreement((_, row) => String(row % 3)),
      { seed, numRuns: 20, endOnFailure: true },
    ),
  );
});
