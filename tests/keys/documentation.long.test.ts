import { randomBytes } from 'node:crypto';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { aTerminal } from '../cli/a-terminal.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/how-to/keys.md'), 'utf8');
const commands = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block.trim().split('\n'),
);

const terminal = aTerminal({
  env: { BAQYLAU_PASSPHRASE: 'one passphrase for the whole page' },
  random: (bytes) => new Uint8Array(randomBytes(bytes)),
  now: () => new Date(),
});
afterAll(() => terminal.close());

/** Folders and files of the page stand in the terminal's own folder. */
const OPTIONS_WITH_PATHS = new Set(['--keys', '--out', '--data', '--offline', '--custodians', '--shares']);
const inFolder = (word: string, before: string | undefined): string =>
  OPTIONS_WITH_PATHS.has(before ?? '') || /^(desk|offline)\//.test(word)
    ? word
        .split(',')
        .map((path) => terminal.path(path))
        .join(',')
    : word;
/** The six groups that were read aloud when the person enrolled. */
const codes = new Map<string, string>();
const DIGITS = /\d{5}(?: \d{5}){5}/;

it('every command of the page runs, in the order of the page', async () => {
  for (const line of commands) {
    const words = line.split(' ').slice(1);
    const filled: string[] = [];
    for (const [i, word] of words.entries()) {
      if (word === 'CODE') filled.push(codes.get(/enrolment-(\w+)\.json/.exec(line)?.[1] ?? '') ?? '');
      else if (word === 'ROOTKEY') filled.push(terminal.read('offline/root.txt').trim());
      else if (word === 'DEVICE' || word === 'NUMBER') filled.push(await deviceOf('beket', word));
      else filled.push(inFolder(word, words[i - 1]));
    }
    const { code, out, note } = await terminal.run(...filled);
    expect([line, code, note]).toEqual([line, 0, '']);
    const user = /keys enrol --user (\w+)/.exec(line)?.[1];
    if (user !== undefined) codes.set(user, DIGITS.exec(out)?.[0] ?? '');
    if (line.includes('keys ceremony')) takeShares();
  }
  expect(commands.length).toBeGreaterThan(25);
}, 300_000);

/** Each custodian takes one share onto their stick. */
const takeShares = (): void => {
  for (const name of readdirSync(terminal.path('offline/shares')))
    cpSync(terminal.path(`offline/shares/${name}`), terminal.path(`usb${name.slice(6, 7)}/share.age`));
};

const deviceOf = async (user: string, what: 'DEVICE' | 'NUMBER'): Promise<string> => {
  const { out } = await terminal.run('keys', 'show', '--data', terminal.path('server'));
  const [, device = '', last = ''] =
    new RegExp(`Device (\\w+) of ${user}: last entry (\\d+)`).exec(out) ?? [];
  return what === 'DEVICE' ? device : last;
};
