import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Effects } from '../src/records/index.ts';
import { type Snapshot, tableToParquet } from '../src/snapshot/index.ts';
import type { Study } from '../src/study/index.ts';
import { freezeStudy, openWorkspace, registeredStudy, type Workspace } from '../src/workspace/index.ts';
import { ROWS_MAPPING, writeAssemblyRows } from './assembly-rows.ts';
import { type Bench, finding, interleaved, type Section } from './bench.ts';
import { MAIN, runChild } from './child.ts';

const SIZES = [1_000, 10_000] as const;
const RUNS = 3;
/** Time a record at ten times the records, against that at the smaller size. */
const LINEAR = 1.5;
const effects: Effects = { clock: Date.now, random: (n) => new Uint8Array(randomBytes(n)) };

interface Prepared {
  readonly records: number;
  readonly entries: number;
  readonly workspace: Workspace;
  readonly study: Study;
  readonly snapshot: Snapshot;
}

/** A data folder with so many observation cards, open for reading. */
const prepare = async (folder: string, records: number): Promise<Prepared> => {
  const [file, data] = [join(folder, `${records}.csv`), join(folder, `${records}.data`)];
  await writeAssemblyRows(file, records);
  runChild(MAIN, 'init', '--org', 'bench', '--data', data);
  runChild(MAIN, 'import', ROWS_MAPPING, file, '--data', data);
  const workspace = await openWorkspace(data, { effects, readOnly: true });
  const study = await registeredStudy(workspace, 'assemblies');
  const snapshot = await freezeStudy(workspace, study);
  const rows = snapshot.tables.get('assembly')?.rows;
  if (rows !== records) throw new Error(`${rows} of ${records} records are in the snapshot`);
  return { records, entries: (await workspace.head()).size, workspace, study, snapshot };
};

const ms = async (work: () => unknown): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const TASKS = {
  frozen: ({ workspace, study }: Prepared) => freezeStudy(workspace, study),
  written: ({ snapshot }: Prepared) => {
    for (const table of snapshot.tables.values()) tableToParquet(table);
  },
  verified: async ({ workspace }: Prepared) => {
    const { findings } = await workspace.verify();
    if (findings.length > 0) throw new Error('the log does not verify');
  },
} as const;
type Task = keyof typeof TASKS;
const tasks = Object.keys(TASKS) as Task[];

/** Milliseconds of a task at a size. */
type Times = (task: Task, prepared: Prepared) => number;

const measure = async (all: readonly Prepared[]): Promise<Times> => {
  const name = (task: Task, { records }: Prepared): string => `${task} ${records}`;
  const runners = tasks.flatMap((task) =>
    all.map((prepared) => ({ name: name(task, prepared), once: () => ms(() => TASKS[task](prepared)) })),
  );
  const times = await interleaved(runners, RUNS, 1);
  return (task, prepared) => times.get(name(task, prepared)) ?? Number.NaN;
};

const whole = (n: number): string => Math.round(n).toLocaleString('en');

const sectionOf = (all: readonly Prepared[], times: Times): Section => {
  const [small, large] = [all[0], all.at(-1)];
  const each = (prepared: Prepared | undefined): number =>
    prepared === undefined ? Number.NaN : times('frozen', prepared) / prepared.records;
  const slower = each(large) / each(small);
  return {
    title: 'From the log to a snapshot',
    about:
      'Observation cards of 48 columns, three entries each (submitted, assessed, verified), in the embedded store. Frozen: ' +
      'all entries read, folded to records, derived fields computed, columns laid out and hashed. Verified: every ' +
      `signature, chain and hash. Median of ${RUNS} interleaved runs in one process.`,
    tables: [
      {
        head: ['records', 'entries', 'frozen, records/s', 'Parquet, records/s', 'verified, entries/s'],
        rows: all.map((p) =>
          [
            p.records,
            p.entries,
            (p.records / times('frozen', p)) * 1000,
            (p.records / times('written', p)) * 1000,
            (p.entries / times('verified', p)) * 1000,
          ].map(whole),
        ),
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
    const all: Prepared[] = [];
    try {
      for (const records of SIZES) all.push(await prepare(folder, records));
      return sectionOf(all, await measure(all));
    } finally {
      for (const { workspace } of all) await workspace.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
