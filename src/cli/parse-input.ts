import { parseArgs } from 'node:util';
import { ProblemError, problem } from '../vocabulary/index.ts';
import type { Command, Input } from './command.ts';

/** Options of every command. */
export const GLOBAL_OPTIONS = [
  { name: 'ui', kind: 'text', value: 'kk|ru|en' },
  { name: 'help', kind: 'flag' },
] as const;

/** How many words in front belong to global options: `--ui ru init` asks for init as `init --ui ru` does. */
const globalWords = (argv: readonly string[]): number => {
  const option = GLOBAL_OPTIONS.find((o) => argv[0] === `--${o.name}` || argv[0]?.startsWith(`--${o.name}=`));
  if (option === undefined) return 0;
  const words = option.kind === 'text' && !argv[0]?.includes('=') ? 2 : 1;
  return words + globalWords(argv.slice(words));
};

/** Splits `study check x --data d` into the longest known command name and the rest; `asked` is what stands for a name. */
export const splitCommand = (
  argv: readonly string[],
  names: readonly string[],
): {
  readonly name: string | undefined;
  readonly asked: string | undefined;
  readonly rest: readonly string[];
} => {
  const before = globalWords(argv);
  const words = argv.slice(before, before + 2);
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const rest = [...argv.slice(0, before), ...argv.slice(before + length)];
    if (words.length >= length && names.includes(name)) return { name, asked: name, rest };
  }
  return { name: undefined, asked: words[0], rest: argv };
};

/** Arguments and options of a command. Throws ProblemError for an unknown or missing one, naming it. */
export const parseInput = (command: Command, argv: readonly string[]): Input => {
  const declared = [...command.options, ...GLOBAL_OPTIONS];
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      declared.map((o) => [o.name, { type: o.kind === 'flag' ? ('boolean' as const) : ('string' as const) }]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const problems = [];
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = declared.find((o) => o.name === token.name);
    if (option === undefined)
      problems.push(problem('option_unknown', { option: token.rawName, command: command.name }));
    else if (option.kind === 'text' && token.value === undefined)
      problems.push(problem('option_missing', { option: `--${token.name}`, command: command.name }));
  }
  const asked = values['help'] === true;
  for (const option of command.options)
    if (!asked && option.required === true && values[option.name] === undefined)
      problems.push(problem('option_missing', { option: `--${option.name}`, command: command.name }));
  const needed = command.args.filter((a) => a.required).length;
  if (!asked && positionals.length < needed)
    problems.push(
      problem('option_missing', {
        option: command.args[positionals.length]?.name ?? '',
        command: command.name,
      }),
    );
  if (positionals.length > command.args.length)
    problems.push(
      problem('option_unknown', { option: positionals[command.args.length] ?? '', command: command.name }),
    );
  if (problems.length > 0) throw new ProblemError(problems);
  const options: Record<string, string> = {};
  for (const option of declared) {
    const value = values[option.name];
    if (value !== undefined) options[option.name] = String(value);
    else if ('default' in option && option.default !== undefined) options[option.name] = option.default;
  }
  return { args: positionals, options };
};
