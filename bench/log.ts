import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Effects } from '../src/records/index.ts';
import { tableToParquet } from '../src/snapshot/index.ts';
import { freezeStudy, openWorkspace, registeredStudy, type Workspace } from '../src/workspace/index.ts';
import { ROWS_MAPPING, writeAssemblyRows } from './assembly-rows.ts';
import { type Bench, finding, median, type Section } from './bench.ts';
import { MAIN, runChild } from './child.ts';

const SIZES = [2_000, 20_000] as const;
const RUNS = 5;
/** Time a record at ten times the records, against that at the smaller size. */
const LINEAR = 1.5;
const effects: Effects = { clock: Date.now, random: (n) => new Uint8Array(randomBytes(n)) };

interface Measured {
  readonly records: number;
  readonly entries: number;
  /** Records a second: folded from the log into columns; those written as Parquet; the whole log verified. */
  readonly frozen: number;
  readonly written: number;
  readonly verified: number;
}

const seconds = async (work: () => Promise<unknown> | unknown): Promise<number> => {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    await work();
    times.push((performance.now() - start) / 1000);
  }
  return median(times);
};

const measureLog = async (workspace: Workspace, records: number): Promise<Measured> => {
  const study = await registeredStudy(workspace, 'assemblies');
  const snapshot = await freezeStudy(workspace, study);
  const rows = snapshot.tables.get('assembly')?.rows;
  if (rows !== records) throw new Error(`${rows} of ${records} records are in the snapshot`);
  const freezing = await seconds(() => freezeStudy(workspace, study));
  const writing = await seconds(() => {
    const hash = createHash('sha256');
    for (const table of snapshot.tables.values()) hash.update(tableToParquet(table));
  });
  const verifying = await seconds(async () => {
    const { findings } = await workspace.verify();
    if (findings.length > 0) throw new Error('the log does not verify');
  });
  const { size } = await workspace.head();
  return {
    records,
    entries: size,
    frozen: records / freezing,
    written: records / writing,
    verified: size / verifying,
  };
};

const measure = async (folder: string, records: number): Promise<Measured> => {
  const [file, data] = [join(folder, `${records}.csv`), join(folder, `${records}.data`)];
  await writeAssemblyRows(file, records);
  runChild(MAIN, 'init', '--org', 'bench', '--data', data);
  runChild(MAIN, 'import', ROWS_MAPPING, file, '--data', data);
  const workspace = await openWorkspace(data, { effects, readOnly: true });
  try {
    return await measureLog(workspace, records);
  } finally {
    await workspace.close();
  }
};

const whole = (n: number): string => Math.round(n).toLocaleString('en');

const sectionOf = (all: readonly Measured[]): Section => {
  const [small, large] = [all[0], all.at(-1)];
  const slower = (small?.frozen ?? 0) / (large?.frozen ?? 1);
  return {
    title: 'From the log to a snapshot',
    about:
      `Observation cards of 48 columns, three entries each (submitted, assessed, verified), in the embedded store. Frozen: ` +
      'all entries read, folded to records, derived fields computed, columns laid out and hashed. Median of ' +
      `${RUNS} runs in one process.`,
    tables: [
      {
        head: ['records', 'entries', 'frozen, records/s', 'Parquet, records/s', 'verified, entries/s'],
        rows: all.map((m) => [m.records, m.entries, m.frozen, m.written, m.verified].map(whole)),
      },
    ],
    findings: [
      finding(
        slower <= LINEAR,
        `a record takes ${slower.toFixed(2)} × the time in a log of ten times the records (at most ${LINEAR} ×)`,
      ),
    ],
  };
};

export const logBench: Bench = {
  id: 'log',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'baqylau-bench-log-'));
    try {
      const all: Measured[] = [];
      for (const records of SIZES) all.push(await measure(folder, records));
      return sectionOf(all);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
