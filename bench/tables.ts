import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Study } from '../src/study/index.ts';
import { countTables, crossTab } from '../src/tables/index.ts';
import { type Bench, finding, interleaved, type Runner, type Section, timed } from './bench.ts';
import { type CardColumn, type CardName, cardColumns, GAP } from './card-columns.ts';
import { readStudy } from './load-study.ts';
import { startPeer } from './peers.ts';
import { syntheticCards } from './synthetic-cards.ts';
import { ASKED } from './table-list.ts';
import { handPass } from './tables-by-hand.ts';
import { type SqlCodes, statements } from './tables-sql.ts';

const CARDS = 1_000_000;
const RUNS = 7;
const WARM = 3;
const CROSSTABS: readonly (readonly [CardName, CardName])[] = [
  ['unit', 'month'],
  ['theme', 'city'],
  ['topic', 'city'],
  ['form', 'city'],
  ['organiser', 'city'],
  ['mode', 'month'],
  ['authorisation', 'city'],
  ['realisation', 'city'],
  ['place_type', 'form'],
  ['authorisation', 'form'],
];
/** Field paths of the columns above; `city` is the place there, by its own code. */
const PATHS: Readonly<Record<string, string>> = {
  city: 'place',
  theme: 'theme_group',
  organiser: 'organiser_type',
  mode: 'observation_mode',
};

const codesFor = (columns: ReadonlyMap<CardName, CardColumn>): SqlCodes => {
  const codes = (name: CardName, wanted: readonly string[]): number[] =>
    wanted.map((code) => columns.get(name)?.categories?.indexOf(code) ?? GAP).filter((at) => at >= 0);
  const one = (name: CardName, code: string): number => codes(name, [code])[0] ?? GAP;
  return {
    sanctioned: codes('authorisation', ['sanctioned', 'notified_accepted', 'notified_silence', 'approved']),
    unsanctioned: codes('authorisation', ['refused_held', 'unanswered_held', 'not_applied', 'not_notified']),
    without: codes('authorisation', ['not_applied', 'not_notified']),
    yes: one('prosecutor', 'yes'),
    no: one('prosecutor', 'no'),
    ngo: one('organiser', 'ngo'),
    singlePicket: one('form', 'single_picket'),
    prevented: one('realisation', 'prevented'),
    verified: one('review', 'verified'),
    noCampaign: one('campaign', 'none'),
    firstUnitPlace: (columns.get('place')?.categories ?? []).findIndex((c) => c.startsWith('unit:')),
  };
};

/** The columns as files: int16 for pandas and R, Parquet for DuckDB. */
const writeColumns = (folder: string, columns: ReadonlyMap<CardName, CardColumn>, codes: SqlCodes): void => {
  const list = [...columns.values()];
  for (const { name, values } of list) writeFileSync(join(folder, `${name}.i16`), values);
  const described = list.map(({ name, categories }) => ({
    name,
    categories: categories?.map((_, i) => String(i)),
  }));
  writeFileSync(
    join(folder, 'columns.json'),
    JSON.stringify({ columns: described, codes, crosstabs: CROSSTABS, tables: ASKED }),
  );
  const tsv = list.map((c) => [c.name, c.values.length, c.categories?.length ?? 0].join('\t'));
  writeFileSync(join(folder, 'columns.tsv'), `${tsv.join('\n')}\n`);
  const asked = ASKED.map((t) => [t.by.join(' '), t.where ?? 'all', t.amounts.join(' ')].join('\t'));
  writeFileSync(join(folder, 'tables.tsv'), `${asked.join('\n')}\n`);
  writeFileSync(join(folder, 'crosstabs.tsv'), `${CROSSTABS.map((p) => p.join('\t')).join('\n')}\n`);
  for (const [name, value] of Object.entries(codes))
    writeFileSync(join(folder, `code_${name}.txt`), `${[value].flat().join(' ')}\n`);
  const buffer = parquetWriteBuffer({
    columnData: list.map(({ name, values }) => ({
      name,
      data: Int32Array.from(values),
      type: 'INT32' as const,
    })),
  });
  writeFileSync(join(folder, 'cards.parquet'), new Uint8Array(buffer));
};

const duckdbRunner = async (
  folder: string,
  columns: ReadonlyMap<CardName, CardColumn>,
  codes: SqlCodes,
): Promise<Runner | undefined> => {
  const api = await import('@duckdb/node-api').catch(() => undefined);
  if (api === undefined) return undefined;
  const connection = await (await api.DuckDBInstance.create(':memory:')).connect();
  const typed = [...columns.values()].map(({ name, values }) => {
    const type = values.every((v) => v <= 127) ? 'TINYINT' : 'SMALLINT';
    return `CAST(NULLIF(${name}, ${GAP}) AS ${type}) AS ${name}`;
  });
  await connection.run(
    `CREATE TABLE cards AS SELECT ${typed.join(', ')} FROM read_parquet('${join(folder, 'cards.parquet')}')`,
  );
  const sql = statements(codes);
  return {
    name: 'DuckDB, SQL by hand on tinyint columns',
    once: async () => {
      const start = performance.now();
      for (const statement of sql) await connection.runAndReadAll(statement);
      return performance.now() - start;
    },
  };
};

const ms = (value: number): string => value.toFixed(value < 100 ? 1 : 0);

/** Every table over the cards, against every competitor there is. */
const compare = async (study: Study, runs: number) => {
  const definitions = study.tables.filter((t) => t.of === 'assembly');
  const snapshot = syntheticCards(study, CARDS);
  const columns = cardColumns(study, snapshot);
  const codes = codesFor(columns);
  const tabs = CROSSTABS.map(([row, column]) => {
    return crossTab(study, { of: 'assembly', rows: [PATHS[row] ?? row], columns: [PATHS[column] ?? column] });
  });
  const folder = mkdtempSync(join(tmpdir(), 'baqylau-bench-'));
  try {
    writeColumns(folder, columns, codes);
    const engine: Runner = {
      name: 'Baqylau, from definitions',
      once: timed(() => countTables(study, snapshot, definitions)),
    };
    const hand: Runner = { name: 'typed arrays, one pass by hand', once: timed(handPass(columns)) };
    const duckdb = await duckdbRunner(folder, columns, codes);
    const python = await startPeer(
      '/usr/bin/python3',
      [join(import.meta.dirname, 'tables_pandas.py'), folder],
      ['-c', 'import pandas'],
    );
    const r = await startPeer(
      'Rscript',
      [join(import.meta.dirname, 'tables_r.R'), folder],
      ['-e', 'library(data.table)'],
    );
    const pandas = python?.runner('pandas, groupby on categoricals', 'all');
    const table = r?.runner('R data.table', 'all');
    const all = [engine, hand, duckdb, pandas, table].filter((x) => x !== undefined);
    const full = await interleaved(all, runs, WARM);
    const ours: Runner = { name: 'Baqylau', once: timed(() => countTables(study, snapshot, tabs)) };
    const crosses = [
      ours,
      python?.runner('pandas.crosstab', 'crosstab'),
      r?.runner('R table()', 'crosstab'),
    ].filter((x) => x !== undefined);
    const cross = await interleaved(crosses, runs, WARM);
    python?.close();
    r?.close();
    return { full, cross, tables: definitions.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const scaling = async (study: Study, sizes: readonly number[]) => {
  const definitions = study.tables.filter((t) => t.of === 'assembly');
  const found: { cards: number; ns: number }[] = [];
  for (const cards of sizes) {
    const snapshot = syntheticCards(study, cards);
    const runner: Runner = { name: 'engine', once: timed(() => countTables(study, snapshot, definitions)) };
    // Small snapshots are quick: more runs, so that the compiler is warm there too.
    const [runs, warm] = cards < CARDS ? [21, 20] : [cards > CARDS ? 3 : RUNS, WARM];
    const time = (await interleaved([runner], runs, warm)).get('engine') ?? 0;
    found.push({ cards, ns: (time * 1e6) / cards });
  }
  return found;
};

const NOT_MEASURED: readonly (readonly [string, string])[] = [
  ['pandas, groupby on categoricals', 'apt-get install python3-pandas'],
  ['R data.table', 'apt-get install r-base-core r-cran-data.table'],
  ['DuckDB, SQL by hand on tinyint columns', 'npm install with optional packages'],
];

const run = async (): Promise<Section> => {
  const study = readStudy('assemblies');
  const { full, cross, tables } = await compare(study, RUNS);
  const sizes = await scaling(study, [100_000, CARDS, 10_000_000]);
  const engine = full.get('Baqylau, from definitions') ?? 0;
  const ours = cross.get('Baqylau') ?? 0;
  const ratio = (name: string, from: ReadonlyMap<string, number>, base: number): number | undefined => {
    const time = from.get(name);
    return time === undefined ? undefined : time / base;
  };
  const absent = NOT_MEASURED.filter(([name]) => !full.has(name)).map(([name, how]) => [
    name,
    `not measured: ${how}`,
    '',
  ]);
  const atLeast = (
    name: string,
    times: number,
    from: ReadonlyMap<string, number>,
    base: number,
  ): readonly string[] => {
    const found = ratio(name, from, base);
    return found === undefined
      ? []
      : [
          finding(
            found >= times,
            `${name} takes ${found.toFixed(1)} × our time (asked: at least ${times} ×)`,
          ),
        ];
  };
  const limit = engine / (full.get('typed arrays, one pass by hand') ?? 1);
  const spread = Math.max(...sizes.map((s) => s.ns)) / Math.min(...sizes.map((s) => s.ns));
  return {
    title: 'Counting tables',
    about: `All ${tables} tables of the assemblies study that count cards, over ${CARDS.toLocaleString('en')} synthetic cards of one year: loaded, warm, median of ${RUNS} interleaved runs. The pass by hand keeps the same counts in one loop and reads no definition. The SQL asks everything of a grouping in one statement; pandas and data.table ask table by table, columns that several tables share worked out once. All of them get the city of a card and one answer list worked out beforehand; none lays its numbers out as tables with totals, shares and flags, which ours does.`,
    tables: [
      {
        head: ['all tables', 'ms', 'ratio to ours'],
        rows: [...[...full].map(([name, time]) => [name, ms(time), (time / engine).toFixed(2)]), ...absent],
      },
      {
        head: [`${CROSSTABS.length} cross-tabs`, 'ms', 'ratio to ours'],
        rows: [...cross].map(([name, time]) => [name, ms(time), (time / ours).toFixed(2)]),
      },
      {
        head: ['cards', 'ns a card, all tables'],
        rows: sizes.map(({ cards, ns }) => [cards.toLocaleString('en'), ns.toFixed(0)]),
      },
    ],
    findings: [
      finding(limit <= 2.5, `${limit.toFixed(2)} × the pass by hand (asked: at most 2.5 ×)`),
      ...atLeast('DuckDB, SQL by hand on tinyint columns', 1, full, engine),
      ...atLeast('pandas, groupby on categoricals', 4, full, engine),
      ...atLeast('R data.table', 6, full, engine),
      ...atLeast('pandas.crosstab', 10, cross, ours),
      ...atLeast('R table()', 10, cross, ours),
      finding(
        spread <= 1.5,
        `time a card differs by ${spread.toFixed(2)} × between 100,000 and 10,000,000 cards (asked: at most 1.5 ×)`,
      ),
    ],
  };
};

export const tablesBench: Bench = { id: 'tables', run };
