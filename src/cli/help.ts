import { type Command, commandKey, type Effects } from './command.ts';
import { COMMANDS } from './commands.ts';
import { GLOBAL_OPTIONS } from './parse-input.ts';

const table = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`).join('\n');
};

/** What `baqylau --help` prints. */
export const overview = ({ messages, language }: Pick<Effects, 'messages' | 'language'>): string =>
  [
    messages(language, 'cli.intro'),
    '',
    messages(language, 'cli.usage', { synopsis: 'baqylau <command> [options]' }),
    '',
    table(Object.keys(COMMANDS).map((name) => [name, messages(language, `cli.${commandKey(name)}.summary`)])),
    '',
    messages(language, 'cli.more'),
  ].join('\n');

const synopsis = (command: Command): string =>
  [
    `baqylau ${command.name}`,
    ...command.args.map((a) => (a.required ? a.name : `[${a.name}]`)),
    ...command.options.map((o) => {
      const text = o.kind === 'flag' ? `--${o.name}` : `--${o.name} ${o.value ?? 'TEXT'}`;
      return o.required === true ? text : `[${text}]`;
    }),
  ].join(' ');

/** What `baqylau <command> --help` prints. */
export const helpOf = (
  command: Command,
  { messages, language }: Pick<Effects, 'messages' | 'language'>,
): string => {
  const key = `cli.${commandKey(command.name)}`;
  const rows: (readonly [string, string])[] = [
    ...command.args.map((a) => [a.name, messages(language, `${key}.argument.${a.name}`)] as const),
    ...command.options.map((o) => [`--${o.name}`, optionText(key, o.name, messages, language)] as const),
    ...GLOBAL_OPTIONS.map((o) => [`--${o.name}`, messages(language, `cli.option.${o.name}`)] as const),
  ];
  return [
    messages(language, `${key}.summary`),
    '',
    messages(language, 'cli.usage', { synopsis: synopsis(command) }),
    '',
    table(rows),
  ].join('\n');
};

/** An option's own text for this command, or the one it shares with others (`--data`). */
const optionText = (
  key: string,
  name: string,
  messages: Effects['messages'],
  language: Effects['language'],
): string =>
  messages(language, messages.has(`${key}.option.${name}`) ? `${key}.option.${name}` : `cli.option.${name}`);
