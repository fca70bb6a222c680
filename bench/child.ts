import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

export const MAIN = resolve(import.meta.dirname, '../src/cli/main.ts');

/** Says on leaving how much memory the process held at most, in KiB. */
const PEAK = `data:text/javascript,process.on('exit',()=>process.stderr.write('\\npeak '+process.resourceUsage().maxRSS))`;

export interface ChildRun {
  readonly seconds: number;
  /** Peak resident memory. */
  readonly mebibytes: number;
  readonly out: string;
}

/** Runs a program of ours as a process of its own, from a cold start, and says what it took. */
export const runChild = (...args: readonly string[]): ChildRun => {
  const start = performance.now();
  const run = spawnSync(process.execPath, ['--import', PEAK, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(`${args.join(' ')}: ${run.stderr.slice(-2000)}`);
  return {
    seconds: (performance.now() - start) / 1000,
    mebibytes: Number(/peak (\d+)$/.exec(run.stderr)?.[1]) / 1024,
    out: run.stdout,
  };
};
