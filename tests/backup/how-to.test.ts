import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeIdentity, recipientOf } from '../../src/sealing/index.ts';
import { aTerminalWithSample, type Terminal } from '../cli/a-terminal.ts';

const page = readFileSync(new URL('../../docs/how-to/back-up.md', import.meta.url), 'utf8');
const calls = [...page.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap((block) => (block[1] ?? '').split('\n'))
  .filter((line) => line.startsWith('baqylau '));

let terminal: Terminal;
let recipient: string;
beforeAll(async () => {
  terminal = await aTerminalWithSample({ now: () => new Date() });
  const identity = await makeIdentity();
  recipient = await recipientOf(identity);
  terminal.write('recovery.txt', `# made by age-keygen\n${identity}\n`);
});
afterAll(() => terminal.close());

const FILES = new Set(['data', 'backups', 'recovery.txt', 'restored']);
const words = (line: string): readonly string[] =>
  line
    .split(' ')
    .slice(1)
    .map((word) => (FILES.has(word) ? terminal.path(word) : word === 'age1…' ? recipient : word));

it('without a key directory and a recipient, backup says who is missing', async () => {
  const [first = ''] = calls;
  const { code, note } = await terminal.run(...words(first));
  expect([code, note]).toEqual([2, expect.stringContaining('--recipient')]);
});
it('every other command of the page works as it stands there', async () => {
  const outcomes = [];
  for (const call of calls.slice(1)) outcomes.push({ call, ...(await terminal.run(...words(call))) });
  expect(outcomes.map(({ call, code, note }) => [call, code, note])).toEqual(
    calls.slice(1).map((call) => [call, 0, '']),
  );
  expect(outcomes.length).toBe(4);
  expect(existsSync(terminal.path('restored/log.db'))).toBe(true);
});
it('the schedules call backup with options that it has', () => {
  const scheduled = [...page.matchAll(/baqylau -- backup (.*?)(?:`|\n)/g)].map((m) => m[1]);
  expect(scheduled.length).toBe(2);
  for (const options of scheduled) expect(options).toMatch(/^--data \S+ --to \S+$/);
});
