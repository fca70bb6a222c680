import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Effects } from '../../src/cli/command.ts';
import { main } from '../../src/cli/main.ts';
import { readMessages } from '../../src/cli/message-files.ts';
import { ProblemError, problem } from '../../src/vocabulary/index.ts';
import { fixedEffects } from '../builders/workspace.ts';

export const messages = readMessages();

/** What a command left behind: its exit code, its result and what it told the person. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly note: string;
}

/** A terminal in an empty folder of its own: the real command line, run in this process. */
export interface Terminal {
  /** A path in the folder. */
  path(name: string): string;
  write(name: string, content: string | Uint8Array): string;
  read(name: string): string;
  /** Copies something into the folder and gives its path there. */
  copy(from: string, name: string): string;
  run(...argv: readonly string[]): Promise<Outcome>;
  close(): void;
}

export const aTerminal = (given: Partial<Effects> = {}): Terminal => {
  const folder = mkdtempSync(join(tmpdir(), 'baqylau-cli-'));
  const { random } = fixedEffects(folder);
  const path = (name: string): string => join(folder, name);
  return {
    path,
    write: (name, content) => {
      writeFileSync(path(name), content);
      return path(name);
    },
    read: (name) => readFileSync(path(name), 'utf8'),
    copy: (from, name) => {
      cpSync(from, path(name), { recursive: true });
      return path(name);
    },
    run: async (...argv) => {
      let [out, note] = ['', ''];
      const code = await main(argv, {
        messages,
        language: 'en',
        out: (text) => void (out += text),
        note: (text) => void (note += text),
        now: () => new Date('2019-02-01T09:00:00Z'),
        random,
        env: {},
        askSecret: () => Promise.reject(new ProblemError(problem('passphrase_missing'))),
        stopped: () => Promise.resolve(),
        ...given,
      });
      return { code, out, note };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** A terminal with the sample organisation in the folder `data`. */
export const aTerminalWithSample = async (given: Partial<Effects> = {}): Promise<Terminal> => {
  const terminal = aTerminal(given);
  const { code, note } = await terminal.run('demo', '--data', terminal.path('data'));
  if (code !== 0) throw new Error(note);
  return terminal;
};
