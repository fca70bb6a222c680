import { statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aTerminalWithSample, type Terminal } from './a-terminal.ts';

/** The four calls that other programs make, as the issue names them: their shape may grow, never change. */
let terminal: Terminal;
let data: string;
beforeAll(async () => {
  terminal = await aTerminalWithSample();
  data = terminal.path('data');
});
afterAll(() => terminal.close());

test('demo --data DIR makes a data folder', () => {
  expect(statSync(`${data}/config.yaml`).isFile()).toBe(true);
});

test('demo refuses a folder that has something in it, exit code 4', async () => {
  const { code, note } = await terminal.run('demo', '--data', data);
  expect(code).toBe(4);
  expect(note).toContain(data);
});

describe('table --all --study S --period P --data DIR --format json', () => {
  const call = () =>
    terminal.run(
      'table',
      '--all',
      '--study',
      'assemblies',
      '--period',
      '2018',
      '--data',
      data,
      '--format',
      'json',
    );

  test('gives a list of every table with {id, unit, snapshot, dimensions, cells}, and nothing else', async () => {
    const { code, out, note } = await call();
    expect({ code, note }).toEqual({ code: 0, note: '' });
    const tables = JSON.parse(out) as readonly Record<string, unknown>[];
    expect(tables.length).toBeGreaterThan(50);
    for (const table of tables)
      expect(table).toMatchObject({
        id: expect.stringMatching(/^asm\./),
        unit: expect.any(String),
        snapshot: expect.stringMatching(/^[0-9a-f]{64}$/),
        dimensions: expect.any(Array),
        cells: expect.any(Array),
      });
  });

  test('gives cells with place, measure, value, parts, base and unit', async () => {
    const tables = JSON.parse((await call()).out) as readonly {
      id: string;
      cells: readonly { address: string }[];
    }[];
    const cells = tables.find((t) => t.id === 'asm.count.by_city')?.cells;
    expect(cells?.find((c) => c.address === 'asm.count.by_city/_total/2018/n')).toEqual({
      address: 'asm.count.by_city/_total/2018/n',
      at: { place: '_total', period: '2018' },
      measure: 'n',
      value: 32,
      exact: '32',
      numerator: 32,
      n: 32,
      n_missing: 0,
      unit: 'assembly',
      origin: 'computed',
      flags: ['synthetic'],
    });
  });
});

describe('published compare S --data DIR --format json', () => {
  test('gives a list of {table, row, column, published, ours, verdict, basis, reason}; the warning is no part of it', async () => {
    const { code, out, note } = await terminal.run(
      'published',
      'compare',
      'assemblies',
      '--data',
      data,
      '--format',
      'json',
    );
    expect(code).toBe(0);
    expect(note).not.toBe('');
    const comparisons = JSON.parse(out) as readonly Record<string, unknown>[];
    expect(comparisons.length).toBeGreaterThan(700);
    for (const comparison of comparisons) {
      expect(Object.keys(comparison)).toEqual(
        expect.arrayContaining(['table', 'row', 'column', 'published', 'ours', 'verdict', 'basis', 'reason']),
      );
      expect([
        'equal',
        'publication_inconsistent',
        'not_reproducible',
        'no_records',
        'not_a_statistic',
      ]).toContain(comparison['verdict']);
    }
  });
});

describe('report S --period P --lang … --to … --out DIR --data DIR', () => {
  test('writes one file a language and format and names each', async () => {
    const out = terminal.path('report');
    const outcome = await terminal.run(
      'report',
      'assemblies',
      '--period',
      '2018',
      '--lang',
      'kk,en',
      '--to',
      'html,xlsx',
      '--out',
      out,
      '--data',
      data,
    );
    expect(outcome).toMatchObject({ code: 0, note: '' });
    for (const file of ['report.kk.html', 'report.kk.xlsx', 'report.en.html', 'report.en.xlsx']) {
      expect(outcome.out).toContain(`${out}/${file}`);
      expect(statSync(`${out}/${file}`).size).toBeGreaterThan(1000);
    }
    expect(outcome.out.trim().split('\n')).toHaveLength(4);
  }, 60_000);
});
