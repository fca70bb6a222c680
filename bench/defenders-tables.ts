import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Snapshot } from '../src/snapshot/index.ts';
import type { Study } from '../src/study/index.ts';
import { countTables, type Table, TOTAL } from '../src/tables/index.ts';
import { isMissing, toNumber } from '../src/vocabulary/index.ts';
import { type Bench, finding, interleaved, type Runner, type Section, timed } from './bench.ts';
import { GAP } from './card-columns.ts';
import { type HandCounts, handPass } from './defenders-by-hand.ts';
import { questionLines, questions, sqlOf } from './defenders-list.ts';
import { incidentColumns, type Relation } from './incident-columns.ts';
import { readStudy } from './load-study.ts';
import { startPeer } from './peers.ts';
import { syntheticIncidents } from './synthetic-incidents.ts';

/** A smaller number (BENCH_INCIDENTS=100000) shows that everybody counts the same; what is published is measured on this one. */
const INCIDENTS = Number(process.env['BENCH_INCIDENTS'] ?? 1_000_000);
const RUNS = 3;
const WARM = 1;
const OURS = 'Baqylau, from definitions';
const HAND = 'typed arrays, one pass a relation by hand';
const DUCKDB = 'DuckDB, SQL by hand on small integers';
const PANDAS = 'pandas, groupby on categoricals';
const R = 'R data.table';

const definitionsOf = (study: Study) =>
  study.tables.filter((t) => /^(incident|proceeding|material)(\.|$)/.test(t.of));

/** A table's numbers of one measure (numerators of shares and ratios), in the order of their size; empty cells left out. */
const numbersIn = (table: Table, measure: string, total: boolean): readonly number[] => {
  const wanted = table.cells.filter((c) => {
    const codes = Object.values(c.at);
    return c.measure === measure && (total ? codes.every((code) => code === TOTAL) : !codes.includes(TOTAL));
  });
  return wanted
    .map(({ value, numerator }) => numerator ?? (isMissing(value) ? undefined : value))
    .map((value) => (value === undefined ? 0 : toNumber(value)))
    .filter((n) => n !== 0)
    .toSorted((a, b) => a - b);
};

/** Throws unless every count by hand is what the engine counts, cell by cell. Gives the number of equal cells. */
const sameCounts = (tables: readonly Table[], byHand: HandCounts): number => {
  let cells = 0;
  for (const [key, counts] of byHand) {
    const [id = '', part] = key.split('/');
    const table = tables.find((t) => t.id === id);
    const measure = part === undefined || part === TOTAL ? table?.measures[0]?.id : part;
    const definition = table?.measures.find((m) => m.id === measure);
    if (table === undefined || definition === undefined) throw new Error(`no measure ${key}`);
    const ours = numbersIn(table, definition.id, part === TOTAL);
    const theirs = Array.from(counts)
      .filter((n) => n !== 0)
      .toSorted((a, b) => a - b);
    if (ours.length === 0 || ours.join() !== theirs.join())
      throw new Error(`${key} differs:\n ${ours.join()}\n ${theirs.join()}`);
    cells += ours.length;
  }
  const missing = tables.filter((t) => ![...byHand.keys()].some((key) => key.split('/')[0] === t.id));
  if (missing.length > 0) throw new Error(`not counted by hand: ${missing.map((t) => t.id).join()}`);
  return cells;
};

const writeRelations = (folder: string, relations: ReadonlyMap<string, Relation>): void => {
  const described: string[] = [];
  for (const [relation, columns] of relations) {
    const list = [...columns.values()];
    for (const { name, values, categories } of list) {
      writeFileSync(join(folder, `${relation}.${name}.i32`), values);
      described.push([relation, name, values.length, categories?.length ?? 0].join('\t'));
    }
    const columnData = list.map(({ name, values }) => ({ name, data: values, type: 'INT32' as const }));
    writeFileSync(join(folder, `${relation}.parquet`), new Uint8Array(parquetWriteBuffer({ columnData })));
  }
  writeFileSync(join(folder, 'columns.tsv'), `${described.join('\n')}\n`);
  writeFileSync(join(folder, 'questions.tsv'), `${questionLines(questions(relations))}\n`);
};

const duckdbRunner = async (
  folder: string,
  relations: ReadonlyMap<string, Relation>,
): Promise<Runner | undefined> => {
  const api = await import('@duckdb/node-api').catch(() => undefined);
  if (api === undefined) return undefined;
  const connection = await (await api.DuckDBInstance.create(':memory:')).connect();
  for (const [relation, columns] of relations) {
    const typed = [...columns.values()].map(({ name, values }) => {
      const type = values.every((v) => v <= 127) ? 'TINYINT' : 'INTEGER';
      return `CAST(NULLIF(${name}, ${GAP}) AS ${type}) AS ${name}`;
    });
    const file = join(folder, `${relation}.parquet`);
    await connection.run(
      `CREATE TABLE ${relation} AS SELECT ${typed.join(', ')} FROM read_parquet('${file}')`,
    );
  }
  const sql = sqlOf(questions(relations));
  return {
    name: DUCKDB,
    once: async () => {
      const start = performance.now();
      for (const statement of sql) await connection.runAndReadAll(statement);
      return performance.now() - start;
    },
  };
};

const compare = async (study: Study, snapshot: Snapshot) => {
  const definitions = definitionsOf(study);
  const relations = incidentColumns(study, snapshot);
  const byHand = handPass(relations);
  const cells = sameCounts(countTables(study, snapshot, definitions), byHand());
  const folder = mkdtempSync(join(tmpdir(), 'baqylau-bench-'));
  try {
    writeRelations(folder, relations);
    const script = (name: string): string => join(import.meta.dirname, name);
    const duckdb = await duckdbRunner(folder, relations);
    const python = await startPeer(
      '/usr/bin/python3',
      [script('defenders_pandas.py'), folder],
      ['-c', 'import pandas'],
    );
    const r = await startPeer('Rscript', [script('defenders_r.R'), folder], ['-e', 'library(data.table)']);
    const runners = [
      { name: OURS, once: timed(() => countTables(study, snapshot, definitions)) },
      { name: HAND, once: timed(byHand) },
      duckdb,
      python?.runner(PANDAS, 'all'),
      r?.runner(R, 'all'),
    ].filter((x) => x !== undefined);
    const times = await interleaved(runners, RUNS, WARM);
    python?.close();
    r?.close();
    // Which relation takes the time: its tables alone.
    const parts = await interleaved(
      [...new Set(definitions.map((d) => d.of))].map((of) => {
        const own = definitions.filter((d) => d.of === of);
        return { name: `${of}, ${own.length}`, once: timed(() => countTables(study, snapshot, own)) };
      }),
      3,
      1,
    );
    return { times, parts, cells, tables: definitions.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const ms = (value: number): string => value.toFixed(value < 100 ? 1 : 0);

const run = async (): Promise<Section> => {
  const study = readStudy('defenders');
  const snapshot = syntheticIncidents(study, INCIDENTS);
  const { times, parts, cells, tables } = await compare(study, snapshot);
  const ours = times.get(OURS) ?? 0;
  const limit = ours / (times.get(HAND) ?? 1);
  const atLeast = (name: string, asked: number, how: string): string => {
    const time = times.get(name);
    if (time === undefined) return `not measured: ${name} (${how})`;
    return finding(
      time / ours >= asked,
      `${name} takes ${(time / ours).toFixed(2)} × our time (asked: at least ${asked} ×)`,
    );
  };
  const rows = (id: string): string => (snapshot.tables.get(id)?.rows ?? 0).toLocaleString('en');
  return {
    title: 'Counting tables of incidents, courts and media',
    about: `All ${tables} tables of the defenders study on incidents, courts and media in one call, over ${rows('incident')} synthetic incidents with ${rows('incident.violations')} violations, ${rows('incident.proceedings')} cases, ${rows('proceeding.charges')} charges, ${rows('material')} materials and ${rows('material.incidents')} mentions of incidents in them: the proportions of the published report. Loaded, warm, median of ${RUNS} interleaved runs; before, ${cells} cells were compared and are equal to the pass by hand. The others get the columns of the rows above joined, groups of codes worked out and cases numbered beforehand; the pass by hand also gets cases in order. The SQL asks everything additive of equal rows in one statement with grouping sets; pandas and data.table ask table by table. None of them lays its numbers out as tables with totals, shares and intervals, which ours does. The tables of the survey and of the indicators stand on hundreds of interviews, not on incidents, and are not in here.`,
    tables: [
      {
        head: ['all tables', 'ms', 'ratio to ours'],
        rows: [...times].map(([name, time]) => [name, ms(time), (time / ours).toFixed(2)]),
      },
      {
        head: ['ours, by what is counted and its tables', 'ms'],
        rows: [...parts].map(([name, time]) => [name, ms(time)]),
      },
    ],
    findings: [
      finding(limit <= 2.5, `${limit.toFixed(2)} × the pass by hand (asked: at most 2.5 ×)`),
      atLeast(DUCKDB, 1, 'npm install with optional packages'),
      atLeast(PANDAS, 4, 'apt-get install python3-pandas'),
      atLeast(R, 6, 'apt-get install r-base-core r-cran-data.table'),
    ],
  };
};

export const defendersBench: Bench = { id: 'defenders', run };
