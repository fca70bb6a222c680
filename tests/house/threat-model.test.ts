import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const house = resolve(import.meta.dirname, '../..');
const text = (name: string): string => readFileSync(join(house, name), 'utf8');
const namedIn = (page: string): readonly string[] =>
  [...text(page).matchAll(/`((?:src|tests|docs|adapters|tools|verifier)\/[^`\s]+)`/g)].map(
    ([, name = '']) => name,
  );

describe.each(['docs/threat-model.md', 'docs/adr/0012-limits.md', 'SECURITY.md'])('%s', (page) => {
  test('names files that are there', () => {
    for (const name of namedIn(page)) expect(existsSync(join(house, name)), name).toBe(true);
  });
});

test('the threat model has a row for each threat, in order, that says what remains', () => {
  const rows = [...text('docs/threat-model.md').matchAll(/^\| T(\d+) \|(.*)\|$/gm)];
  expect(rows.map(([, n]) => Number(n))).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
  for (const [, , row = ''] of rows) expect(row.split('|').at(-1)?.trim().length).toBeGreaterThan(5);
});

test('what the threat model calls built names a test', () => {
  for (const [row] of text('docs/threat-model.md').matchAll(/^\| T\d+ \|[^|]*\| built[^|]*\|.*$/gm))
    expect(row).toMatch(/`(tests|src)\/[^`]+\.test\.ts`/);
});
