import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { PROBLEMS } from '../../src/vocabulary/index.ts';

const house = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(house, path), 'utf8');

/** The table of docs/bad-input.md: input, problem code (where there is one), file and title of its test. */
const rows = [
  ...read('docs/bad-input.md').matchAll(/^\| ([^|]+) \| ([^|]+) \| `([^`]+)`: ([^|]+) \|$/gm),
].map(([, input = '', problem = '', file = '', title = '']) => ({
  input,
  code: /^`(\w+)`$/.exec(problem)?.[1],
  file,
  title,
}));

test('the page has a line for every bad input', () => {
  const lines = read('docs/bad-input.md')
    .split('\n')
    .filter((line) => line.startsWith('| ')).length;
  expect(rows).toHaveLength(lines - 1);
  expect(rows.length).toBeGreaterThan(25);
});

test.each(rows)('$input: the test that the page names is there', ({ file, title }) => {
  expect(existsSync(join(house, file)), file).toBe(true);
  expect(read(file).replaceAll('\\', '')).toContain(title);
});

const coded = rows.flatMap(({ code, ...row }) => (code === undefined ? [] : [{ code, ...row }]));

test.each(coded)('$input: $code is a problem that exists', ({ code }) => {
  expect(Object.keys(PROBLEMS)).toContain(code);
});

// Tests of the command line ask for what a person reads.
test.each(coded.filter(({ file }) => !file.startsWith('tests/cli/')))(
  '$input: the test asks for $code',
  ({ code, file }) => {
    expect(read(file)).toContain(code);
  },
);
