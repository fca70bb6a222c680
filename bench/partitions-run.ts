// One step of bench/partitions.ts in a process of its own, so that its peak memory is its own.
// `partitions-run.ts write FOLDER CARDS` writes synthetic cards as Parquet parts; `count FOLDER` counts every table of the
// assemblies study over them. Both print one line of JSON.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { byPeriodAndUnit, parquetEngine, shapeOf, writeParts } from '../adapters/engine-duckdb/index.ts';
import type { Snapshot } from '../src/tables/index.ts';
import { readStudy } from './load-study.ts';
import { syntheticCards } from './synthetic-cards.ts';

const PIECE = 500_000;
const MEMORY = '2GB';
const [, , step = '', folder = '', cards = '0'] = process.argv;
const shapeFile = join(folder, 'shape.bin');
const study = readStudy('assemblies');

const write = (): unknown => {
  mkdirSync(folder, { recursive: true });
  let [parts, seconds] = [0, 0];
  for (let from = 0; from < Number(cards); from += PIECE) {
    const piece = syntheticCards(study, Math.min(PIECE, Number(cards) - from), 2018 + from);
    const start = performance.now();
    parts = writeParts(folder, piece, byPeriodAndUnit, parts);
    if (from === 0) writeFileSync(shapeFile, serialize(shapeOf(piece)));
    seconds += (performance.now() - start) / 1000;
  }
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
  const bytes = files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
  return { parts, files: files.length, bytes, seconds };
};

const count = async (): Promise<unknown> => {
  const shape = deserialize(readFileSync(shapeFile)) as Snapshot;
  const definitions = study.tables.filter((table) => table.of === 'assembly');
  const start = performance.now();
  const tables = await parquetEngine(folder, MEMORY).count(study, shape, definitions);
  const seconds = (performance.now() - start) / 1000;
  return {
    tables: tables.length,
    cells: tables.reduce((sum, table) => sum + table.cells.length, 0),
    seconds,
  };
};

process.stdout.write(`${JSON.stringify(step === 'write' ? write() : await count())}\n`);
