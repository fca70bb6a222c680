import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { aWorkbook } from '../import/workbooks.ts';
import { aTerminal, type Outcome, type Terminal } from './a-terminal.ts';

const STUDIES = join(import.meta.dirname, '../import/studies');
const HEADER = 'No,Date,Form,People';
const GOOD = [HEADER, '1,10.01.2018,митинг,20', '2,11.01.2018,пикет,3'];
const BAD = [...GOOD, '3,32.01.2018,митинг,5', '4,12.01.2018,хоровод,5'];
const mappingOf = (format: 'csv' | 'xlsx'): string =>
  stringify({
    study: 'gatherings',
    instrument: 'gathering',
    file: { format },
    key: ['No'],
    columns: {
      number: 'No',
      date: { from: 'Date', parse: { date: 'DD.MM.YYYY' } },
      form: { from: 'Form', values: { митинг: 'rally', пикет: 'picket' } },
      'participants.best': 'People',
    },
    review: { state: 'verified', author: { constant: 'm1' }, vouched_by: { constant: 'm2' } },
  });

let terminal: Terminal;
let studies: string;
beforeEach(async () => {
  terminal = aTerminal();
  studies = terminal.copy(STUDIES, 'studies');
  terminal.write('csv.yaml', mappingOf('csv'));
  terminal.write('xlsx.yaml', mappingOf('xlsx'));
  await terminal.run('init', '--org', 'testers', '--data', terminal.path('data'));
});
afterEach(() => terminal.close());

const importing = (mapping: string, file: string, ...options: readonly string[]): Promise<Outcome> =>
  terminal.run(
    'import',
    terminal.path(mapping),
    file,
    '--data',
    terminal.path('data'),
    '--studies',
    studies,
    ...options,
  );
const importRows = (rows: readonly string[], ...options: readonly string[]): Promise<Outcome> =>
  importing('csv.yaml', terminal.write('rows.csv', `${rows.join('\n')}\n`), ...options);
/** Entries in the log, by the command that reads it all. */
const entries = async (): Promise<number> =>
  Number.parseInt((await terminal.run('verify', '--data', terminal.path('data'))).out, 10);

describe('import', () => {
  test('says how many rows became what', async () => {
    const { code, out } = await importRows(GOOD);
    expect(code).toBe(0);
    expect(out).toContain('2 rows: 2 new, 0 revised, 0 unchanged, 0 rejected.');
  });

  test('takes a workbook as it takes CSV', async () => {
    const workbook = await aWorkbook((sheet) => {
      sheet.addRow(HEADER.split(','));
      sheet.addRow([1, '10.01.2018', 'митинг', 20]);
    });
    const { code, out } = await importing('xlsx.yaml', terminal.write('rows.xlsx', workbook));
    expect(code).toBe(0);
    expect(out).toContain('1 new');
  });

  test('as a dry run changes nothing and says so', async () => {
    const { code, out } = await importRows(GOOD, '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('2 new');
    expect(out).toContain('Dry run');
    expect(await entries()).toBe(0);
  });

  test('of the same file twice changes nothing', async () => {
    await importRows(GOOD);
    const before = await entries();
    const { code, out } = await importRows(GOOD);
    expect(code).toBe(0);
    expect(out).toContain('0 new, 0 revised, 2 unchanged');
    expect(await entries()).toBe(before);
  });

  test('shows in the dry run which fields a changed row would revise', async () => {
    await importRows(GOOD);
    const { out, note } = await importRows([...GOOD.slice(0, 2), '2,11.01.2018,пикет,4'], '--dry-run');
    expect(out).toContain('1 revised, 1 unchanged');
    expect(note).toContain('row 3: changes participants.best');
  });

  test('with a rejected row imports nothing, names each by row and column, and exits with 2', async () => {
    const { code, out, note } = await importRows(BAD);
    expect(code).toBe(2);
    expect(out).toContain('2 rejected');
    expect(note).toMatch(/row 4.*Date/);
    expect(note).toMatch(/row 5.*Form.*хоровод/);
    expect(note).toContain('Nothing was imported.');
    expect(await entries()).toBe(0);
  });

  test('imports the valid rows where that is wished', async () => {
    const { code, out } = await importRows(BAD, '--accept-valid');
    expect(code).toBe(0);
    expect(out).toContain('2 new');
    const { out: table } = await terminal.run(
      'snapshot',
      'gatherings',
      '--data',
      terminal.path('data'),
      '--out',
      terminal.path('snapshots'),
    );
    expect(table).toContain('2 rows');
  });

  test('of a file that is not there names it', async () => {
    const { code, note } = await importing('csv.yaml', terminal.path('none.csv'));
    expect(code).toBe(2);
    expect(note).toContain('none.csv');
  });

  test('of a folder instead of a file says so without a stack', async () => {
    const { code, note } = await importing('csv.yaml', studies);
    expect(code).not.toBe(0);
    expect(note).toContain(studies);
    expect(note).not.toMatch(/^ +at /m);
  });
});

describe('a study in use that has changed', () => {
  const change = (edit: (text: string) => string): void =>
    void terminal.write(
      'studies/gatherings/study.yaml',
      edit(terminal.read('studies/gatherings/study.yaml')),
    );
  const more = [...GOOD, '3,13.01.2018,пикет,7'];

  test('without a new version is refused, exit code 4, and nothing is imported', async () => {
    await importRows(GOOD);
    const before = await entries();
    change((text) => text.replace(/en: [^}]+/, 'en: Something else'));
    const { code, note } = await importRows(more);
    expect(code).toBe(4);
    expect(note).toContain('has changed since');
    expect(await entries()).toBe(before);
  });

  test('with a new version is taken (negative control)', async () => {
    await importRows(GOOD);
    change((text) => text.replace(/en: [^}]+/, 'en: Something else').replace(/^version: \d+/m, 'version: 2'));
    expect((await importRows(more)).code).toBe(0);
  });
});
