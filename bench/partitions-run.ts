// One step of bench/partitions.ts in a process of its own, so that its peak memory is its own.
// `partitions-run.ts write FOLDER CARDS` writes synthetic cards as Parquet parts; `repeat FOLDER FROM TIMES` copies those of
// FROM, each time as parts of their own; `count FOLDER` counts the tables of the
// assemblies study over them, `children FOLDER` those that ask about the rows of a repeat group. Each prints a line of JSON;
// `processor` are seconds of both cores, which do not depend on what else the machine does.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { byPeriodAndUnit, parquetEngine, shapeOf, writeParts } from '../adapters/engine-duckdb/index.ts';
import type { Snapshot } from '../src/tables/index.ts';
import { readStudy } from './load-study.ts';
import { syntheticCards } from './synthetic-cards.ts';

const PIECE = 500_000;
const MEMORY = '2GB';
const [, , step = '', folder = '', given = '', times = '1'] = process.argv;
const shapeFile = join(folder, 'shape.bin');
const study = readStudy('assemblies');

/** Seconds by the clock and of both cores since it was made. */
const stopwatch = (): (() => readonly [number, number]) => {
  const [start, before] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    return [(performance.now() - start) / 1000, (user + system) / 1e6];
  };
};

const write = (cards: number): unknown => {
  mkdirSync(folder, { recursive: true });
  let [parts, seconds, processor] = [0, 0, 0];
  for (let from = 0; from < cards; from += PIECE) {
    const piece = syntheticCards(study, Math.min(PIECE, cards - from), 2018 + from);
    const took = stopwatch();
    parts = writeParts(folder, piece, byPeriodAndUnit, parts);
    if (from === 0) writeFileSync(shapeFile, serialize(shapeOf(piece)));
    const [wall, work] = took();
    seconds += wall;
    processor += work;
  }
  return { parts, seconds, processor, ...sizeOf() };
};

const filesIn = (dir: string): readonly string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const sizeOf = (): { readonly files: number; readonly bytes: number } => {
  const files = filesIn(folder);
  return { files: files.length, bytes: files.reduce((sum, file) => sum + statSync(file).size, 0) };
};

/** The same cards several times over, each time as other records. */
const repeat = (from: string): unknown => {
  mkdirSync(folder, { recursive: true });
  for (const file of filesIn(from)) {
    const part = /part=(\d+)/.exec(file)?.[1];
    for (let time = 0; time < (part === undefined ? 1 : Number(times)); time += 1) {
      const copy = relative(from, file).replace(`part=${part}`, `part=${time * 1000 + Number(part)}`);
      mkdirSync(dirname(join(folder, copy)), { recursive: true });
      copyFileSync(file, join(folder, copy));
    }
  }
  return sizeOf();
};

/** `any(authority_action, …)` and the like: for each card a question to another file. */
const ABOUT_CHILDREN = ['asm.no_consequence.by_period', 'asm.obstructed.by_period'];

const count = async (children: boolean): Promise<unknown> => {
  const shape = deserialize(readFileSync(shapeFile)) as Snapshot;
  const definitions = study.tables.filter(
    (table) => table.of === 'assembly' && ABOUT_CHILDREN.includes(table.id) === children,
  );
  const took = stopwatch();
  const tables = await parquetEngine(folder, MEMORY).count(study, shape, definitions);
  const [seconds, processor] = took();
  const cells = tables.reduce((sum, table) => sum + table.cells.length, 0);
  return { tables: tables.length, cells, seconds, processor };
};

const work: Readonly<Record<string, () => unknown>> = {
  write: () => write(Number(given)),
  repeat: () => repeat(given),
  count: () => count(false),
  children: () => count(true),
};
const done = await work[step]?.();
process.stdout.write(`${JSON.stringify(done)}\n`);
