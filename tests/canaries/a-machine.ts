import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');

/** A machine in a folder: what the server's side writes is under `server`, what belongs to a person under `private`. */
export interface Machine {
  readonly server: string;
  path(...names: string[]): string;
  privately(...names: string[]): string;
  /** Runs the command line in a process of its own; what it prints is kept under `server/printed`, or given away. */
  run(argv: readonly string[], options?: { readonly keep?: boolean }): Promise<Run>;
  /** Starts a process that stays: its output is kept, too. */
  start(argv: readonly string[], node: readonly string[]): Started;
  remove(): void;
}

export interface Run {
  readonly code: number;
  readonly printed: string;
}
export interface Started {
  readonly child: ChildProcess;
  /** Resolves to the first match in what it prints. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  stop(): Promise<void>;
}

/** `databaseUrl`: where the log of its data folder lies; '' in the folder. */
export const aMachine = (databaseUrl = ''): Machine => {
  const root = mkdtempSync(join(tmpdir(), 'baqylau-canaries-'));
  const server = join(root, 'server');
  for (const folder of ['server/tmp', 'server/printed', 'private'])
    mkdirSync(join(root, folder), { recursive: true });
  const env = {
    ...process.env,
    TMPDIR: join(server, 'tmp'),
    BAQYLAU_LANGUAGE: 'ru',
    BAQYLAU_DEBUG: '1',
    NO_COLOR: '1',
    DATABASE_URL: databaseUrl,
  };
  let runs = 0;
  const launch = (argv: readonly string[], node: readonly string[] = []) => {
    const child = spawn(process.execPath, [...node, MAIN, ...argv], { cwd: server, env });
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => void (printed += text));
    const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)));
    return { child, ended, printed: () => printed };
  };
  const keepPrinted = (name: string, printed: string): void =>
    writeFileSync(join(server, 'printed', `${String((runs += 1)).padStart(2, '0')}-${name}.txt`), printed);
  return {
    server,
    path: (...names) => join(server, ...names),
    privately: (...names) => join(root, 'private', ...names),
    run: async (argv, { keep = true } = {}) => {
      const { ended, printed } = launch(argv);
      const code = await ended;
      if (keep) keepPrinted(argv[0] ?? '', printed());
      return { code, printed: printed() };
    },
    start: (argv, node) => {
      const { child, ended, printed } = launch(argv, node);
      return {
        child,
        said: async (pattern) => {
          for (;;) {
            const found = pattern.exec(printed());
            if (found !== null) return found;
            if (child.exitCode !== null) throw new Error(printed());
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
        },
        stop: async () => {
          child.kill('SIGTERM');
          await ended;
          keepPrinted(argv[0] ?? '', printed());
        },
      };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};
