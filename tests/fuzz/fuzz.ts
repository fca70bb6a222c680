import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { LANGUAGES, PROBLEMS, type Problem, ProblemError, problemText } from '../../src/vocabulary/index.ts';
import { theMessages } from '../builders/report.ts';
import { counted, keepFigure, rounds } from '../reliability/figure.ts';
import { type Change, changes } from './mutate.ts';

/** A parser of foreign bytes, and how a valid document of it becomes a hostile one. */
export interface Parser<Input = unknown> {
  readonly name: string;
  /** An input: a valid document with changes. `which` chooses among several documents. */
  readonly input: (list: readonly Change[], which: number) => Input;
  /** Reads it whole. Problems are thrown as ProblemError or returned; anything else thrown is a defect. */
  readonly parse: (input: Input) => unknown;
}

export interface Fuzzed {
  readonly inputs: number;
  readonly values: number;
  readonly refused: number;
  readonly slowestMs: number;
  readonly addedMegabytes: number;
}

export const HANG_MS = 2_000;
export const MEMORY_MB = 512;
/** Inputs per parser in every change and in a release (S10). */
export const INPUTS = Number(process.env['BAQYLAU_FUZZ_INPUTS'] ?? rounds(10_000, 100_000));
const SEED = Number(process.env['BAQYLAU_FUZZ_SEED'] ?? 20_261_122);

/** A problem is told in three languages, or it is not one. */
const mustBeTold = (problems: readonly Problem[]): void => {
  for (const found of problems.slice(0, 5)) {
    if (!(found.code in PROBLEMS)) throw new Error(`no such code: ${found.code}`);
    for (const language of LANGUAGES) problemText(theMessages, language, found);
  }
};

const isProblems = (value: unknown): value is readonly Problem[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((v) => typeof v === 'object' && v !== null && 'code' in v);

const outcomeOf = async (parse: () => unknown): Promise<'value' | 'refused'> => {
  try {
    const value = await parse();
    if (!isProblems(value)) return 'value';
    mustBeTold(value);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    mustBeTold(error.problems);
  }
  return 'refused';
};

/** Ends the process, and says where, when a parse does not come back: no timer of its own thread could. */
const watchdog = (name: string): { readonly tick: () => void; readonly end: () => Promise<unknown> } => {
  const beat = new Int32Array(new SharedArrayBuffer(4));
  const source = `
    const { workerData } = require('node:worker_threads');
    let last = -1;
    setInterval(() => {
      const now = Atomics.load(workerData.beat, 0);
      if (now === last) {
        require('node:fs').writeSync(2, 'fuzz: ' + workerData.name + ' does not come back, seed ' + workerData.seed + ', input ' + now + '\\n');
        process.kill(process.pid, 'SIGKILL');
      }
      last = now;
    }, 20_000).unref();
    require('node:worker_threads').parentPort.on('message', () => undefined);`;
  const worker = new Worker(source, { eval: true, workerData: { beat, name, seed: SEED } });
  worker.unref();
  return { tick: () => void Atomics.add(beat, 0, 1), end: () => worker.terminate() };
};

const megabytes = (): number => process.memoryUsage.rss() / 1_048_576;

/**
 * Parses `inputs` hostile documents. Each must end, within two seconds, in a value or in problems with known codes whose texts
 * format in every language. Throws with the seed and the smallest input that broke the rule.
 */
export const fuzz = async <Input>(
  parser: Parser<Input>,
  inputs = INPUTS,
  hangMs = HANG_MS,
): Promise<Fuzzed> => {
  const dog = watchdog(parser.name);
  const before = megabytes();
  const found = { inputs: 0, values: 0, refused: 0, slowestMs: 0, addedMegabytes: 0 };
  try {
    await fc.assert(
      fc.asyncProperty(changes, fc.nat(1_000), async (list, which) => {
        dog.tick();
        const input = parser.input(list, which);
        const start = performance.now();
        const outcome = await outcomeOf(() => parser.parse(input));
        const took = performance.now() - start;
        found.inputs += 1;
        found[outcome === 'value' ? 'values' : 'refused'] += 1;
        found.slowestMs = Math.max(found.slowestMs, took);
        if (found.inputs % 100 === 0)
          found.addedMegabytes = Math.max(found.addedMegabytes, megabytes() - before);
        if (took > hangMs) throw new Error(`took ${Math.round(took)} ms`);
      }),
      { numRuns: inputs, seed: SEED, endOnFailure: process.env['BAQYLAU_FUZZ_FAST'] === '1' },
    );
    if (found.addedMegabytes > MEMORY_MB) throw new Error(`${parser.name} took ${found.addedMegabytes} MB`);
    return found;
  } finally {
    await dog.end();
  }
};

/** The line of a parser in docs/reliability.md. */
export const keepFuzz = (
  { name }: Parser,
  { inputs, values, refused, slowestMs, addedMegabytes }: Fuzzed,
): void =>
  keepFigure({
    id: 'S10',
    part: name,
    found: `${counted(inputs)} inputs: ${counted(values)} read, ${counted(refused)} refused, 0 crashes; slowest ${Math.ceil(slowestMs)} ms, at most ${Math.ceil(addedMegabytes)} MB more memory`,
    control: CONTROL,
  });

/** What `fuzz.test.ts` shows of the harness itself. */
const CONTROL = 'parsers without their guard of depth, of shape, of time and of texts are each caught';
