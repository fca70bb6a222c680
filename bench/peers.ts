import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Runner } from './bench.ts';

/** Another program that waits for a line, does the work once and answers with its milliseconds. */
export interface Peer {
  runner(name: string, command: string): Runner;
  close(): void;
}

/** Starts a peer; undefined when the program or a library it needs is not there. */
export const startPeer = async (
  command: string,
  args: readonly string[],
  probe: readonly string[],
): Promise<Peer | undefined> => {
  if (spawnSync(command, [...probe], { stdio: 'ignore' }).status !== 0) return undefined;
  const child = spawn(command, [...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${command} ended early`);
    return String(value);
  };
  while ((await next()).trim() !== 'ready');
  return {
    runner: (name, work) => ({
      name,
      once: async () => {
        child.stdin.write(`${work}\n`);
        return Number(await next());
      },
    }),
    close: () => child.stdin.end(),
  };
};
