import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aTerminalWithSample, type Outcome, type Terminal } from './a-terminal.ts';

let terminal: Terminal;
beforeAll(async () => {
  terminal = await aTerminalWithSample();
});
afterAll(() => terminal.close());
const ask = (command: string, ...more: readonly string[]): Promise<Outcome> =>
  terminal.run(...command.split(' '), ...more, '--data', terminal.path('data'));
const S = ['--study', 'assemblies'] as const;

describe('table', () => {
  test('prints Markdown for people, in their language', async () => {
    const { out } = await ask('table asm.count.by_city', ...S, '--ui', 'en');
    expect(out).toMatch(/^\| Astana \| 10 \|/m);
    expect(out).toMatch(/^\| Total \| 32 \|/m);
  });

  test('prints CSV with one line a cell', async () => {
    const { out } = await ask('table asm.count.by_city', ...S, '--format', 'csv');
    const [head, ...lines] = out.trim().split('\r\n');
    expect(head).toMatch(/^"place","period","measure","value","missing"/);
    expect(lines).toContainEqual(expect.stringMatching(/^"_total","2018","n","32",""/));
  });

  test('prints all tables as one CSV, by address', async () => {
    const { out } = await ask('table --all', ...S, '--format', 'csv');
    const lines = out.trim().split('\r\n');
    expect(lines[0]).toMatch(/^"address","measure","value","missing"/);
    expect(lines.filter((line) => line.startsWith('"address"'))).toHaveLength(1);
    expect(lines).toContainEqual(
      expect.stringMatching(/^"asm\.count\.by_city\/_total\/2018\/n","n","32",""/),
    );
  });

  test('lists the names of all tables when it is given none', async () => {
    const { out } = await ask('table', ...S);
    expect(out).toContain('asm.count.by_city\tPeaceful assemblies by city\n');
  });

  test('answers a misspelt name with the name that is meant', async () => {
    const { code, note } = await ask('table asm.count.by_cty', ...S);
    expect(code).toBe(2);
    expect(note).toContain('Near names: asm.count.by_city.');
  });

  test('answers an unknown period with the periods that there are', async () => {
    const { code, note } = await ask('table asm.count.by_city', ...S, '--period', '1999');
    expect(code).toBe(2);
    expect(note).toMatch(/"1999".*2017, 2018/);
  });

  test('answers an unknown study with the studies that there are', async () => {
    const { code, note } = await ask('table', '--study', 'prisons');
    expect(code).toBe(2);
    expect(note).toContain('Studies in it: assemblies, defenders.');
  });
});

describe('cell', () => {
  test('shows the number, its base, its definition and its snapshot', async () => {
    const { out } = await ask('cell asm.count.by_city/_total/2018/n', ...S);
    expect(out).toMatch(/^asm\.count\.by_city\/_total\/2018\/n = 32 \(assemblies\)\n/);
    expect(out).toContain('32 rows contribute');
    expect(out).toMatch(/^Definition: /m);
    expect(out).toMatch(/^Snapshot [0-9a-f]{64}$/m);
  });

  const recordsOf = (out: string): readonly (readonly string[])[] =>
    (out.split('\n\n')[1] ?? '')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'));
  const sum = (column: readonly (string | undefined)[]): number => column.reduce((a, b) => a + Number(b), 0);

  test('lists the record revisions that add up to a count', async () => {
    const { out } = await ask('cell asm.count.by_city/astana/2018/n --records', ...S);
    const records = recordsOf(out);
    expect(sum(records.map((r) => r[2]))).toBe(10);
    for (const record of records)
      expect(record).toEqual([
        expect.stringMatching(/^[0-9a-f-]{36}$/),
        expect.stringMatching(/^[0-9a-f]{64}$/),
        '1',
      ]);
  });

  test('lists what each record adds to numerator and denominator of a ratio', async () => {
    const { out } = await ask('cell asm.ipk.by_city/astana/2018/ipk --records', ...S);
    expect(out).toContain('Numerator 180, denominator 130');
    const records = recordsOf(out);
    expect([sum(records.map((r) => r[2])), sum(records.map((r) => r[3]))]).toEqual([180, 130]);
  });

  test('names the months of a rate', async () => {
    const { out } = await ask('cell asm.ima.by_city_year/astana/2018/ima', ...S);
    expect(out).toContain('10 over 12 months');
  });

  test('lists the values that a median is the median of', async () => {
    const { out } = await ask('cell asm.participants.by_city/astana/2018/median --records', ...S);
    expect(recordsOf(out)).toHaveLength(10);
    expect(out).not.toContain('denominator');
  });

  test('shows where a number of an earlier publication was printed, and no records of ours', async () => {
    const { out } = await ask('cell asm.count.by_city_year/almaty/2017/n --records', ...S);
    expect(out).toMatch(/^As printed in assemblies_by_city_year\.csv:\d+/m);
    expect(out).not.toContain('Revision');
  });

  test.each(['asm.count.by_city/atlantis/2018/n', 'asm.none/astana/2018/n', 'astana'])(
    '%s is no cell',
    async (address) => {
      const { code, out, note } = await ask(`cell ${address}`, ...S);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(note).toContain(`There is no cell "${address}"`);
    },
  );
});

describe('snapshot', () => {
  test('writes the manifest and a Parquet file a table, in a folder named by its id', async () => {
    const { code, out } = await ask('snapshot assemblies', '--out', terminal.path('snapshots'));
    expect(code).toBe(0);
    const [id = ''] = readdirSync(terminal.path('snapshots'));
    expect(out).toContain(id);
    const files = readdirSync(terminal.path(`snapshots/${id}`));
    expect(files).toEqual(
      expect.arrayContaining(['manifest.json', 'assembly.parquet', 'proceeding.sanctions.parquet']),
    );
    expect(JSON.parse(terminal.read(`snapshots/${id}/manifest.json`))).toMatchObject({ id, synthetic: true });
  });

  test('twice gives the same bytes', async () => {
    const ids = [];
    for (const name of ['one', 'two']) {
      await ask('snapshot assemblies', '--out', terminal.path(name));
      const [id = ''] = readdirSync(terminal.path(name));
      ids.push([id, readFileSync(terminal.path(`${name}/${id}/assembly.parquet`)).toString('base64')]);
    }
    expect(ids[0]).toEqual(ids[1]);
  });
});

describe('published compare', () => {
  test('prints a line a number and how many of each verdict there are', async () => {
    const { out, note } = await ask('published compare assemblies');
    expect(out).toMatch(/^\| Table \| Row \| Column \|/);
    expect(out).toMatch(/^equal: \d+$/m);
    expect(note).toContain('built from the margins');
  });
});

test('a report of a study without one names the file that is missing', async () => {
  const { code, note } = await ask('report kazakhstan', '--out', terminal.path('none'));
  expect(code).toBe(2);
  expect(note).toContain('kazakhstan');
});

test('pairs of a study that the log does not have: refused, with the studies that it has', async () => {
  const { code, note } = await ask('link candidates assembly');
  expect(code).toBe(2);
  expect(note).toContain('Studies in it: assemblies, defenders.');
});
