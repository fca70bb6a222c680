import { randomBytes } from 'node:crypto';
import process from 'node:process';
import { nearest } from '../study/index.ts';
import {
  exitCode,
  LANGUAGES,
  type Language,
  type Problem,
  ProblemError,
  problem,
  problemText,
} from '../vocabulary/index.ts';
import { askSecret } from './ask-secret.ts';
import { type Effects, oneOf } from './command.ts';
import { COMMANDS } from './commands.ts';
import { helpOf, overview } from './help.ts';
import { readMessages } from './message-files.ts';
import { parseInput, splitCommand } from './parse-input.ts';
import { writerTo } from './terminal-text.ts';

/** The language of the terminal: --ui, then BAQYLAU_LANGUAGE, then the locale, then English. */
const uiLanguage = (argv: readonly string[], env: NodeJS.ProcessEnv): Language => {
  const at = argv.findIndex((word) => word === '--ui' || word.startsWith('--ui='));
  const asked = at < 0 ? undefined : (argv[at]?.split('=')[1] ?? argv[at + 1]);
  const wishes = [asked, env['BAQYLAU_LANGUAGE'], env['LC_ALL'], env['LANG']];
  return (
    wishes.map((w) => LANGUAGES.find((l) => w?.toLowerCase().startsWith(l))).find((l) => l !== undefined) ??
    'en'
  );
};

const stopSignal = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });

/** A failure of the file system that names its file: the disk is full, a folder stands where a file should. */
const isFileFailure = (error: unknown): error is NodeJS.ErrnoException & { readonly path: string } =>
  error instanceof Error && 'syscall' in error && typeof (error as NodeJS.ErrnoException).path === 'string';

/** What a person is told of an error. A stack names our own files and lines: it is for those who mend the program. */
const problemsOf = (error: unknown, { env, note }: Effects): readonly Problem[] => {
  if (error instanceof ProblemError) return error.problems;
  if (env['BAQYLAU_DEBUG'] !== undefined && error instanceof Error) note(`${error.stack}\n`);
  if (isFileFailure(error)) return [problem('file_unusable', { file: error.path, why: error.code ?? '' })];
  return [problem('unexpected', { message: error instanceof Error ? error.message : String(error) })];
};

const run = async (argv: readonly string[], effects: Effects): Promise<number> => {
  const names = Object.keys(COMMANDS);
  const { name, asked, rest } = splitCommand(argv, names);
  const load = name === undefined ? undefined : COMMANDS[name];
  if (load === undefined) {
    if (asked !== undefined)
      throw new ProblemError(problem('command_unknown', { command: asked, near: nearest(asked, names) }));
    effects.out(`${overview(effects)}\n`);
    return 0;
  }
  const command = await load();
  const input = parseInput(command, rest);
  if (input.options['ui'] !== undefined) oneOf('--ui', input.options['ui'], LANGUAGES);
  if (input.options['help'] === 'true') {
    effects.out(`${helpOf(command, effects)}\n`);
    return 0;
  }
  return command.run(input, effects);
};

/** Runs one command line and resolves to its exit code. Problems are printed with their remedy, never as a stack. */
export const main = async (argv: readonly string[], effects: Effects): Promise<number> => {
  try {
    return await run(argv, effects);
  } catch (error) {
    const problems = problemsOf(error, effects);
    for (const p of problems) effects.note(`${problemText(effects.messages, effects.language, p)}\n`);
    return Math.max(...problems.map((p) => exitCode(p.code)));
  }
};

/** Whoever reads the result may stop early (`baqylau table --all … | head`): that is no failure. */
const allowClosedPipe = (stream: NodeJS.WriteStream): void => {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
};

if (import.meta.main) {
  allowClosedPipe(process.stdout);
  const argv = process.argv.slice(2);
  process.exitCode = await main(argv, {
    messages: readMessages(),
    language: uiLanguage(argv, process.env),
    out: writerTo(process.stdout),
    note: writerTo(process.stderr),
    now: () => new Date(),
    random: (bytes) => new Uint8Array(randomBytes(bytes)),
    env: process.env,
    askSecret,
    stopped: stopSignal,
  });
}
