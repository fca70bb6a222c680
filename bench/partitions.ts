import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Bench, Section } from './bench.ts';
import { runChild } from './child.ts';

/** Cards of each round. */
const SIZES = [1_000_000, 10_000_000] as const;
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
  readonly written: Step;
  readonly counted: Step;
}

const round = (folder: string, cards: number): Round => ({
  cards,
  written: step('write', folder, String(cards)),
  counted: step('count', folder),
});

const whole = (n: number): string => Math.round(n).toLocaleString('en');

/** Straight on through the two rounds that were measured: what a card costs more, beside what every table costs anyway. */
const beyond = ([small, large]: readonly [Round, Round], of: (round: Round) => number): number =>
  of(large) + ((of(large) - of(small)) / (large.cards - small.cards)) * (BEYOND - large.cards);

const sectionOf = (rounds: readonly [Round, Round], children: Step): Section => {
  const [small, large] = rounds;
  const row = ({ cards, written, counted }: Round): readonly string[] => [
    whole(cards),
    whole(written.out['files'] ?? 0),
    whole((written.out['bytes'] ?? 0) / 1024 / 1024),
    whole(written.processor),
    whole(counted.seconds),
    whole(counted.processor),
    whole(counted.mebibytes),
  ];
  const extrapolated = [
    `${whole(BEYOND)}, extrapolated`,
    ...[
      (r: Round) => r.written.out['files'] ?? 0,
      (r: Round) => (r.written.out['bytes'] ?? 0) / 1024 / 1024,
      (r: Round) => r.written.processor,
      (r: Round) => r.counted.seconds,
      (r: Round) => r.counted.processor,
    ].map((of) => whole(beyond(rounds, of))),
    `≤ ${whole(Math.max(small.counted.mebibytes, large.counted.mebibytes))}?`,
  ];
  return {
    title: 'Tables past one machine’s memory: Parquet in parts',
    about:
      `${small.counted.out['tables']} tables of the assemblies study (${whole(large.counted.out['cells'] ?? 0)} cells), from their definitions, counted by DuckDB over Parquet files ` +
      'in parts by period and region; a process of its own with 2 GB for DuckDB, the rest goes to disk. Synthetic cards with every column that the tables read. ' +
      'Processor seconds are those of both cores together. The last row was not measured: it goes straight on through the two above.',
    tables: [
      {
        head: [
          'cards',
          'files',
          'MiB on disk',
          'writing, processor s',
          'counting, s',
          'counting, processor s',
          'peak MiB',
        ],
        rows: [row(small), row(large), extrapolated],
      },
    ],
    findings: [
      `ten times the cards take ${(large.counted.processor / small.counted.processor).toFixed(1)} × the processor and ${(large.counted.mebibytes / small.counted.mebibytes).toFixed(1)} × the memory`,
      `${children.out['tables']} tables that ask about the rows of a repeat group for each card are not among them: at ${whole(small.cards)} cards they take ${whole(children.processor)} processor seconds and ${whole(children.mebibytes)} MiB`,
    ],
  };
};

export const partitionsBench: Bench = {
  id: 'partitions',
  run: () => {
    const folder = mkdtempSync(resolve(import.meta.dirname, '../.cache-partitions-'));
    try {
      const [few, many] = SIZES.map((cards) => join(folder, String(cards)));
      const small = round(few ?? '', SIZES[0]);
      const children = step('children', few ?? '');
      const large = round(many ?? '', SIZES[1]);
      return Promise.resolve(sectionOf([small, large], children));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
