import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PLAN } from '../reliability/plan.ts';

const house = resolve(import.meta.dirname, '../..');
const text = (path: string): string => readFileSync(join(house, path), 'utf8');

/** Files that keep figures, with the rows that they keep them for. */
const keeping = ['tests', 'src', 'adapters']
  .flatMap((folder) =>
    readdirSync(join(house, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(house, join(entry.parentPath, entry.name))),
  )
  .filter((file) => !file.startsWith('tests/reliability/') && file !== 'tests/house/reliability.test.ts')
  .map((file) => [file, text(file)] as const)
  .filter(([, source]) => source.includes('keepFigure('))
  .map(([file, source]) => ({
    file,
    ids: [...source.matchAll(/\bid: '([RS]\d+)'/g)].map(([, id]) => id ?? ''),
  }));

describe('the reliability page', () => {
  test('every row of the plan names tests and benchmarks that are there', () => {
    for (const { id, tests, benchmark } of PLAN)
      for (const path of [...tests, ...(benchmark === undefined ? [] : [`bench/${benchmark}.ts`])])
        expect(existsSync(join(house, path)), `${id}: ${path}`).toBe(true);
  });

  test('every kept figure belongs to a row of the plan that names its test', () => {
    expect(keeping.length).toBeGreaterThan(0);
    for (const { file, ids } of keeping) {
      expect(ids, `${file} keeps figures and says for which row: id: 'R1'`).not.toEqual([]);
      for (const id of ids) {
        const tests = PLAN.find((row) => row.id === id)?.tests ?? [];
        const named = tests.some((path) => file === path || file.startsWith(`${path}/`));
        expect(named, `tests/reliability/plan.ts, row ${id}, does not name ${file}`).toBe(true);
      }
    }
  });

  test('every row of the plan is on the page, done or not', () => {
    const page = text('docs/reliability.md');
    for (const { id, title } of PLAN) expect(page).toContain(`## ${id} ${title}`);
  });
});
