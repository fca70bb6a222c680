import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { LOG_FILE } from '../../adapters/store-sqlite/index.ts';
import type { Fault } from './faults.ts';
import { type FaultyRun, runOnFaultyDisk, scratchFolder } from './faulty-disk.ts';

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');
const STUDIES = resolve(import.meta.dirname, '../import/studies');
const ROWS = 'No,Date,Form,People\n1,10.01.2018,митинг,20\n2,11.01.2018,пикет,3\n';
const MAPPING = stringify({
  study: 'gatherings',
  instrument: 'gathering',
  file: { format: 'csv' },
  key: ['No'],
  columns: {
    number: 'No',
    date: { from: 'Date', parse: { date: 'DD.MM.YYYY' } },
    form: { from: 'Form', values: { митинг: 'rally', пикет: 'picket' } },
    'participants.best': 'People',
  },
  review: { state: 'verified', author: { constant: 'm1' }, vouched_by: { constant: 'm2' } },
});

describe('a disk that fails under the command line', () => {
  let scratch: ReturnType<typeof scratchFolder>;
  let data: string;
  const path = (name: string): string => join(scratch.dir, name);
  /** A command in a process of its own, its data folder on a faulty disk. */
  const run = (args: readonly string[], fault?: Fault): Promise<FaultyRun> =>
    runOnFaultyDisk(MAIN, [...args, '--data', data, '--ui', 'en'], {
      folder: data,
      ...(fault === undefined ? {} : { fault }),
    });
  const importRows = (fault?: Fault): Promise<FaultyRun> =>
    run(['import', path('map.yaml'), path('rows.csv'), '--studies', path('studies')], fault);
  const init = (fault?: Fault): Promise<FaultyRun> => run(['init', '--org', 'testers'], fault);

  beforeEach(() => {
    scratch = scratchFolder();
    data = path('data');
    cpSync(STUDIES, path('studies'), { recursive: true });
    writeFileSync(path('map.yaml'), MAPPING);
    writeFileSync(path('rows.csv'), ROWS);
  });
  afterEach(() => scratch.remove());

  /** The same command works now and takes in everything once. */
  const worksNow = async (): Promise<void> => {
    const again = await importRows();
    expect(again.errors).not.toContain('problem');
    expect(again.out).toContain('2 rows: 2 new');
    expect((await run(['verify'])).code).toBe(0);
  };

  it('a full disk: the import says so and ends with 1; with room it works', async () => {
    await init();
    const { code, errors } = await importRows({
      what: 'write',
      error: 'ENOSPC',
      countdown: 30,
      how: 'stays',
    });
    expect(errors).toContain('There is no room left on the disk');
    expect(code).toBe(1);
    await worksNow();
  });

  it('a failed sync: the import says so and ends with 1; started again it works', async () => {
    await init();
    const { code, errors } = await importRows({ what: 'sync', error: 'EIO', countdown: 2, how: 'once' });
    expect(errors).toContain('failed while it was written to');
    expect(code).toBe(1);
    await worksNow();
  });

  it('control: without a fault the import ends with 0', async () => {
    await init();
    expect((await importRows()).code).toBe(0);
  });

  it('a disk that is full or fails while a data folder is made: nothing stays behind', async () => {
    for (const [error, what, says] of [
      ['ENOSPC', 'write', 'There is no room left on the disk'],
      ['EIO', 'sync', 'failed while it was written to'],
    ] as const)
      for (const countdown of [1, 4]) {
        const { code, errors } = await init({ what, error, countdown, how: 'stays' });
        expect(errors).toContain(says);
        expect(code).toBe(1);
        expect(readdirSync(scratch.dir)).not.toContain('data');
      }
  });

  it('a read-only disk: nothing is written, and what is there can be verified', async () => {
    await init();
    await importRows();
    const readOnly: Fault = { what: 'open', error: 'EROFS', countdown: 1, how: 'stays' };
    const { code, errors } = await importRows(readOnly);
    expect(errors).toContain('The data folder can only be read.');
    expect(code).toBe(4);
    const verified = await run(['verify'], readOnly);
    expect(verified.errors).toBe('');
    expect(verified.code).toBe(0);
  });

  it('a data folder of a later version is refused and left alone', async () => {
    await init();
    const db = new DatabaseSync(join(data, LOG_FILE));
    db.exec('PRAGMA user_version = 99');
    db.close();
    const { code, errors } = await importRows();
    expect(errors).toContain('99');
    expect(code).toBe(4);
  });

  it('a second writer on one data folder is refused while the first works', async () => {
    await init();
    const holder = spawn(
      process.execPath,
      [join(import.meta.dirname, 'writer.ts'), join(import.meta.dirname, 'sqlite-place.ts'), data, '0'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const closed = once(holder, 'close');
    await new Promise<void>((resolve) => {
      holder.stdout.on(
        'data',
        (told: Buffer) =>
          told
            .toString()
            .split('\n')
            .some((n) => /^\d/.test(n)) && resolve(),
      );
    });
    const { code, errors } = await importRows();
    holder.kill('SIGKILL');
    await closed;
    expect(errors).toContain('Another process is writing to the data folder');
    expect(code).toBe(4);
  });
});
