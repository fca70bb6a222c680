import { randomBytes } from 'node:crypto';
import process from 'node:process';
import {
  exitCode,
  LANGUAGES,
  ProblemError,
  problem,
  problemText,
  type Language,
} from '../vocabulary/index.ts';
import { COMMANDS } from './commands.ts';
import type { Effects } from './command.ts';
import { helpOf, overview } from './help.ts';
import { readMessages } from './message-files.ts';
import { parseInput, splitCommand } from './parse-input.ts';

/** The language of the terminal: --ui, then BAQYLAU_LANGUAGE, then the locale, then English. */
const uiLanguage = (argv: readonly string[], env: NodeJS.ProcessEnv): Language => {
  const at = argv.indexOf('--ui');
  const wishes = [at >= 0 ? argv[at + 1] : undefined, env['BAQYLAU_LANGUAGE'], env['LC_ALL'], env['LANG']];
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

/** Runs one command line and resolves to its exit code. Problems are printed with their remedy, never as a stack. */
export const main = async (argv: readonly string[], effects: Effects): Promise<number> => {
  const { messages, language } = effects;
  try {
    const { name, rest } = splitCommand(argv, Object.keys(COMMANDS));
    const load = name === undefined ? undefined : COMMANDS[name];
    if (load === undefined) {
      const asked = argv.length === 0 || argv[0] === '--help' || argv[0] === '--ui';
      if (!asked) throw new ProblemError(problem('command_unknown', { command: argv[0] ?? '' }));
      effects.out(`${overview(effects)}\n`);
      return 0;
    }
    const command = await load();
    const input = parseInput(command, rest);
    if (input.options['help'] === 'true') {
      effects.out(`${helpOf(command, effects)}\n`);
      return 0;
    }
    return await command.run(input, effects);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    for (const p of error.problems) effects.note(`${problemText(messages, language, p)}\n`);
    return Math.max(...error.problems.map((p) => exitCode(p.code)));
  }
};

if (import.meta.main) {
  const argv = process.argv.slice(2);
  process.exitCode = await main(argv, {
    messages: readMessages(),
    language: uiLanguage(argv, process.env),
    out: (text) => process.stdout.write(text),
    note: (text) => process.stderr.write(text),
    now: () => new Date(),
    random: (bytes) => new Uint8Array(randomBytes(bytes)),
    env: process.env,
    stopped: stopSignal,
  });
}
