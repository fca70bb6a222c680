import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { LANGUAGES } from '../../src/vocabulary/index.ts';
import { aTerminal, messages } from './a-terminal.ts';

const names = Object.keys(COMMANDS);
/** A text that the catalogue does not have comes out as its id. */
const MESSAGE_ID = /\bcli\.[a-z_]+(\.[A-Za-z_-]+)*\b/;

describe.each(LANGUAGES)('help in %s', (language) => {
  const terminal = aTerminal({ language });

  test('the overview names every command with what it does', async () => {
    const { code, out } = await terminal.run('--help');
    expect(code).toBe(0);
    for (const name of names) expect(out).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
    expect(out).not.toMatch(MESSAGE_ID);
  });

  test.each(names)('%s explains every argument and option of its own', async (name) => {
    const command = await COMMANDS[name]?.();
    const { code, out } = await terminal.run(...name.split(' '), '--help');
    expect(code).toBe(0);
    for (const { name: argument } of command?.args ?? [])
      expect(out).toMatch(new RegExp(`^  ${argument} +\\S`, 'm'));
    for (const { name: option } of command?.options ?? [])
      expect(out).toMatch(new RegExp(`^  --${option} +\\S`, 'm'));
    expect(out).not.toMatch(MESSAGE_ID);
  });
});

test('nothing at all is answered with the overview', async () => {
  const { code, out } = await aTerminal().run();
  expect(code).toBe(0);
  expect(out).toContain('published compare');
});

test.each([
  [['--ui', 'ru', 'init', '--help']],
  [['init', '--help', '--ui', 'ru']],
  [['--ui=ru', 'init', '--help']],
])('help of a command is found with --ui before or after it: %j', async (argv) => {
  const { out } = await aTerminal().run(...argv);
  expect(out).toContain('--org');
  expect(out).not.toContain('published compare');
});

test('kk, ru and en have the same texts for the command line', () => {
  for (const name of names) {
    const id = `cli.${name.replaceAll(' ', '_')}.summary`;
    expect(new Set(LANGUAGES.map((language) => messages(language, id))).size).toBe(LANGUAGES.length);
  }
});
