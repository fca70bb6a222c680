import { readFileSync, writeFileSync } from 'node:fs';
import { BOMBS, codesOf } from './bombs.ts';

/** Reads one bomb in this process and prints what it ended with, how long it took and how much more memory it needed. */
const bomb = BOMBS[process.argv[2] ?? ''];
if (bomb === undefined) throw new Error(`no bomb ${process.argv[2]}`);
const made = bomb.make() as never;
globalThis.gc?.();
/** Most memory held since the mark was last taken back (proc(5): VmHWM, clear_refs); where there is none, since the start. */
const peak = (): number => {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
};
try {
  writeFileSync('/proc/self/clear_refs', '5');
} catch {
  // Elsewhere what was needed to make the bomb counts too.
}
const [before, start] = [peak(), performance.now()];
const codes = await codesOf(() => bomb.read(made));
const took = performance.now() - start;
process.stdout.write(
  JSON.stringify({
    codes: [...new Set(codes)],
    ms: Math.round(took),
    megabytes: Math.round(peak() - before),
  }),
);
process.exit();
