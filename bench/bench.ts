/** One measure of docs/benchmarks.md: a file of its own in this folder, listed in main.ts. */
export interface Bench {
  /** Name on the command line and of the section. */
  readonly id: string;
  run(): Promise<Section>;
}

export interface Section {
  readonly title: string;
  /** What is compared, on what data, how. */
  readonly about: string;
  readonly tables: readonly {
    readonly head: readonly string[];
    readonly rows: readonly (readonly string[])[];
  }[];
  /** What was asked for and whether it holds: one line each. */
  readonly findings: readonly string[];
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
};

/** A runner of one competitor; asynchronous ones are other programs. */
export interface Runner {
  readonly name: string;
  /** Milliseconds of one run, measured inside the program that does the work. */
  once(): Promise<number> | number;
}

/** Runs all competitors in turn, `runs` times after warming up, so that a busy machine is busy for all of them. */
export const interleaved = async (
  runners: readonly Runner[],
  runs: number,
  warm: number,
): Promise<ReadonlyMap<string, number>> => {
  const times = new Map<string, number[]>(runners.map((r) => [r.name, []]));
  for (let round = -warm; round < runs; round++)
    for (const runner of runners) {
      const ms = await runner.once();
      if (round >= 0) times.get(runner.name)?.push(ms);
    }
  return new Map([...times].map(([name, ms]) => [name, median(ms)]));
};

/** Milliseconds that work takes here. */
export const timed =
  (work: () => unknown): (() => number) =>
  () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };

export const finding = (holds: boolean, text: string): string => `${holds ? 'holds' : '**missed**'}: ${text}`;
