import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Bench, Section } from './bench.ts';
import { runChild } from './child.ts';

const CARDS = 1_000_000;
const TIMES = 10;
const BEYOND = 100_000_000;

const RUN = join(import.meta.dirname, 'partitions-run.ts');

interface Step {
  readonly seconds: number;
  readonly processor: number;
  readonly mebibytes: number;
  readonly out: Readonly<Record<string, number>>;
}

const step = (...args: readonly string[]): Step => {
  const { mebibytes, out } = runChild(RUN, ...args);
  const told = JSON.parse(out) as Record<string, number>;
  return { seconds: told['seconds'] ?? 0, processor: told['processor'] ?? 0, mebibytes, out: told };
};

interface Round {
  readonly cards: number;
  readonly files: number;
  readonly bytes: number;
  readonly counted: Step;
}

const round = (folder: string, cards: number, { out }: Step): Round => ({
  cards,
  files: out['files'] ?? 0,
  bytes: out['bytes'] ?? 0,
  counted: step('count', folder),
});

const whole = (n: number): string => Math.round(n).toLocaleString('en');

/** Straight on through the two rounds that were measured: what a card costs more, beside what every table costs anyway. */
const beyond = ([small, large]: readonly [Round, Round], of: (round: Round) => number): number =>
  of(large) + ((of(large) - of(small)) / (large.cards - small.cards)) * (BEYOND - large.cards);

const sectionOf = (rounds: readonly [Round, Round], written: Step, children: Step): Section => {
  const [small, large] = rounds;
  const columns: readonly (readonly [string, (round: Round) => number])[] = [
    ['files', (r) => r.files],
    ['MiB on disk', (r) => r.bytes / 1024 / 1024],
    ['counting, s', (r) => r.counted.seconds],
    ['counting, processor s', (r) => r.counted.processor],
    ['peak MiB', (r) => r.counted.mebibytes],
  ];
  const measured = rounds.map((r) => [whole(r.cards), ...columns.map(([, of]) => whole(of(r)))]);
  const extrapolated = [
    `${whole(BEYOND)}, extrapolated`,
    ...columns.map(([, of]) => whole(beyond(rounds, of))),
  ];
  return {
    title: 'Tables past one machine’s memory: Parquet in parts',
    about:
      `${small.counted.out['tables']} tables of the assemblies study (${whole(large.counted.out['cells'] ?? 0)} cells), from their definitions, counted by DuckDB over Parquet files ` +
      'in parts by period and region; a process of its own with 2 GB for DuckDB, the rest goes to disk. Synthetic cards with every column that the tables read; ' +
      `${whole(large.cards)} are the ${whole(small.cards)} ${TIMES} times over, as other records in other files. Processor seconds are those of both cores together. ` +
      'The last row was not measured: it goes straight on through the two above.',
    tables: [{ head: ['cards', ...columns.map(([name]) => name)], rows: [...measured, extrapolated] }],
    findings: [
      `ten times the cards take ${(large.counted.processor / small.counted.processor).toFixed(1)} × the processor and ${(large.counted.mebibytes / small.counted.mebibytes).toFixed(1)} × the memory`,
      `${whole(small.cards)} cards are written as parts in ${whole(written.processor)} processor seconds`,
      `${children.out['tables']} tables that ask about the rows of a repeat group for each card are not among them: at ${whole(small.cards)} cards they take ${whole(children.processor)} processor seconds and ${whole(children.mebibytes)} MiB`,
    ],
  };
};

export const partitionsBench: Bench = {
  id: 'partitions',
  run: () => {
    const folder = mkdtempSync(resolve(import.meta.dirname, '../.cache-partitions-'));
    try {
      const [few, many] = [join(folder, 'few'), join(folder, 'many')];
      const written = step('write', few, String(CARDS));
      const small = round(few, CARDS, written);
      const children = step('children', few);
      const large = round(many, CARDS * TIMES, step('repeat', many, few, String(TIMES)));
      return Promise.resolve(sectionOf([small, large], written, children));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
