import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ROWS_MAPPING, writeAssemblyRows } from './assembly-rows.ts';
import { type Bench, finding, type Section } from './bench.ts';
import { type ChildRun, MAIN, runChild } from './child.ts';

const SIZES = [10_000, 100_000] as const;
const DUCKDB = resolve(import.meta.dirname, 'duckdb-csv.ts');
/** Peak memory may differ by what the collector had not yet got round to, not by the file. */
const MEMORY_GROWTH = 1.25;

interface Measured {
  readonly rows: number;
  readonly megabytes: number;
  readonly ours: ChildRun;
  readonly duckdb: ChildRun;
}

const measure = async (folder: string, rows: number): Promise<Measured> => {
  const [file, data] = [join(folder, `${rows}.csv`), join(folder, `${rows}.data`)];
  await writeAssemblyRows(file, rows);
  const duckdb = runChild(DUCKDB, file, join(folder, `${rows}.duckdb`));
  if (Number(duckdb.out) !== rows) throw new Error(`DuckDB read ${duckdb.out} rows of ${rows}`);
  runChild(MAIN, 'init', '--org', 'bench', '--data', data);
  const ours = runChild(MAIN, 'import', ROWS_MAPPING, file, '--data', data, '--ui', 'en');
  if (!ours.out.includes(`${rows.toLocaleString('en')} new`)) throw new Error(ours.out);
  return { rows, megabytes: statSync(file).size / 1e6, ours, duckdb };
};

const whole = (n: number): string => Math.round(n).toLocaleString('en');

const sectionOf = (all: readonly Measured[]): Section => {
  const [small, large] = [all[0], all.at(-1)];
  const growth = (large?.ours.mebibytes ?? 0) / (small?.ours.mebibytes ?? 1);
  return {
    title: 'Import of a CSV file',
    about:
      'Observation cards of 48 columns, as the command `baqylau import` takes them: read twice (all rows are checked before ' +
      'the first is written), every cell parsed and checked, three entries a row signed, chained, hashed into the tree and ' +
      'made durable. DuckDB loads the same file into a table of texts and numbers, which is a small part of that work. ' +
      'Each in a process of its own, start included.',
    tables: [
      {
        head: ['rows', 'file, MB', 'Baqylau, s', 'rows/s', 'peak MiB', 'DuckDB, s', 'rows/s', 'peak MiB'],
        rows: all.map(({ rows, megabytes, ours, duckdb }) => [
          whole(rows),
          megabytes.toFixed(1),
          ours.seconds.toFixed(1),
          whole(rows / ours.seconds),
          whole(ours.mebibytes),
          duckdb.seconds.toFixed(1),
          whole(rows / duckdb.seconds),
          whole(duckdb.mebibytes),
        ]),
      },
    ],
    findings: [
      finding(
        growth <= MEMORY_GROWTH,
        `peak memory does not grow with the file: ${growth.toFixed(2)} × for ten times the rows (at most ${MEMORY_GROWTH} ×)`,
      ),
    ],
  };
};

export const importBench: Bench = {
  id: 'import',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'baqylau-bench-import-'));
    try {
      const all: Measured[] = [];
      for (const rows of SIZES) all.push(await measure(folder, rows));
      return sectionOf(all);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
