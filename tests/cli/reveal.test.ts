import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { makeUserKey, openWorkspace, pinRoot } from '../../src/workspace/index.ts';
import { withKeys } from '../builders/keyed-folder.ts';
import { fixedEffects } from '../builders/workspace.ts';
import { aTerminal, type Outcome, type Terminal } from './a-terminal.ts';

const STUDIES = join(import.meta.dirname, '../import/studies');
const PASSPHRASE = 'seven words that nobody else would say';
const MAPPING = stringify({
  study: 'gatherings',
  instrument: 'gathering',
  file: { format: 'csv' },
  key: ['No'],
  columns: {
    number: 'No',
    date: 'Date',
    form: 'Form',
    organiser_name: 'Who',
    photos: { from: 'Photos', folder: 'photos', split: ';' },
  },
  repeats: { sanctions: { rows: [{ kind: { constant: 'fine' }, persons: 'Fined', person_name: 'Whom' }] } },
  review: { state: 'submitted', author: { constant: 'm1' } },
});
const ROWS =
  'No,Date,Form,Who,Photos,Fined,Whom\n1,2018-01-10,rally,Canary One,Canary Four.jpg;two.jpg,1,Canary Two\n2,2018-01-11,rally,Canary Three,,,\n';

let terminal: Terminal;
const record = ['', ''];
beforeAll(async () => {
  terminal = aTerminal();
  const data = terminal.path('data');
  await terminal.run('init', '--org', 'testers', '--data', data);
  const { random } = fixedEffects('reveal');
  const workspace = await openWorkspace(data, { effects: { clock: Date.now, random } });
  const keys = await withKeys(workspace, { 'gatherings/_all': ['aru'], 'gatherings/north': ['dana'] });
  for (const user of ['aru', 'dana']) {
    const { identity = '' } = keys.people[user] ?? {};
    await makeUserKey(terminal.path(user), {
      org: 'testers',
      user,
      identity,
      passphrase: PASSPHRASE,
      random,
    });
    pinRoot(terminal.path(user), keys.root);
  }
  record[0] = workspace.importId('gatherings', 'gathering', ['1']);
  record[1] = workspace.importId('gatherings', 'gathering', ['2']);
  await workspace.close();
  terminal.write('passphrase', `${PASSPHRASE}\n`);
  terminal.write('wrong', 'another passphrase that is long enough\n');
  mkdirSync(terminal.path('photos'));
  terminal.write('photos/Canary Four.jpg', 'the first picture');
  terminal.write('photos/two.jpg', 'the second picture');
  const files = [terminal.write('mapping.yaml', MAPPING), terminal.write('rows.csv', ROWS)];
  const { code, note } = await terminal.run(
    'import',
    ...files,
    '--data',
    data,
    '--studies',
    terminal.copy(STUDIES, 'studies'),
  );
  if (code !== 0) throw new Error(note);
});
afterAll(() => terminal.close());

const reveal = (
  of: string,
  user = 'aru',
  passphrase = 'passphrase',
  at = terminal,
  ...more: readonly string[]
): Promise<Outcome> => {
  const who = ['--keys', terminal.path(user), '--passphrase-file', terminal.path(passphrase)];
  return at.run('reveal', of, '--data', terminal.path('data'), ...who, '--reason', 'asked for help', ...more);
};
const erase = (of: string, author: string, approver: string, basis = 'request'): Promise<Outcome> => {
  const people = ['--author', author, '--approved-by', approver];
  return terminal.run('erase', of, '--data', terminal.path('data'), ...people, '--basis', basis);
};

describe('reveal', () => {
  test('shows the sealed fields of a record under their labels, with the reason that was given', async () => {
    const { code, out, note } = await reveal(record[0] ?? '');
    expect([code, note]).toEqual([0, '']);
    expect(out).toContain('asked for help');
    expect(out).toContain('Organiser: Canary One');
    expect(out).toMatch(/Sanctions › Name \(row [0-9a-f-]{36}\): Canary Two/);
    expect(out).not.toContain('Canary Three');
  });
  test('in the language of the terminal', async () => {
    const russian = aTerminal({ language: 'ru' });
    expect((await reveal(record[0] ?? '', 'aru', 'passphrase', russian)).out).toContain(
      'Организатор: Canary One',
    );
    russian.close();
  });
  test('to a person of another compartment shows nothing and says why', async () => {
    const { code, out, note } = await reveal(record[0] ?? '', 'dana');
    expect([code, out]).toEqual([4, '']);
    expect(note).toContain('not in the team');
  });
  test('with a wrong passphrase shows nothing', async () => {
    const { code, out, note } = await reveal(record[0] ?? '', 'aru', 'wrong');
    expect([code, out]).toEqual([4, '']);
    expect(note).toContain('does not open');
  });
  test('of a record that is not there says so', async () => {
    const { code, note } = await reveal('00000000-0000-8000-8000-000000000000');
    expect(code).toBe(2);
    expect(note).toContain('no record');
  });
  test('names the attachments, and writes them where it is told to', async () => {
    const named = await reveal(record[0] ?? '');
    expect(named.out).toContain('Photos: Canary Four.jpg (17 bytes)\nPhotos: two.jpg (18 bytes)\n');
    const out = terminal.path('opened');
    const written = await reveal(record[0] ?? '', 'aru', 'passphrase', terminal, '--out', out);
    expect([written.code, written.out]).toEqual([0, expect.stringContaining(join(out, 'two.jpg'))]);
    expect(readFileSync(join(out, 'Canary Four.jpg'), 'utf8')).toBe('the first picture');
    expect(readFileSync(join(out, 'two.jpg'), 'utf8')).toBe('the second picture');
  });
  test('writes over nothing', async () => {
    const out = terminal.path('twice');
    for (const _ of [1, 2]) await reveal(record[0] ?? '', 'aru', 'passphrase', terminal, '--out', out);
    expect(readdirSync(out).toSorted()).toEqual([
      'Canary Four (2).jpg',
      'Canary Four.jpg',
      'two (2).jpg',
      'two.jpg',
    ]);
  });
  test('writes nothing into a data folder', async () => {
    const out = join(terminal.path('data'), 'opened');
    const refused = await reveal(record[0] ?? '', 'aru', 'passphrase', terminal, '--out', out);
    expect([refused.code, refused.out]).toEqual([4, '']);
    expect(refused.note).toContain('inside a data folder');
  });
  test('leaves on the list who looked into which fields, why, and when, and no value', async () => {
    await reveal(record[0] ?? '');
    const note = JSON.parse(terminal.read('data/reveals.jsonl').trimEnd().split('\n').at(-1) ?? '');
    expect(note).toEqual({
      at: '2019-02-01T09:00:00.000Z',
      user: 'aru',
      record: record[0],
      reason: 'asked for help',
      outcome: 'opened',
      fields: expect.arrayContaining(['organiser_name', 'photos', 'sanctions.person_name']),
      files_written: false,
    });
    expect(terminal.read('data/reveals.jsonl')).not.toContain('Canary');
  });
  test('leaves on the list who tried in vain', async () => {
    await reveal(record[0] ?? '', 'dana');
    const note = JSON.parse(terminal.read('data/reveals.jsonl').trimEnd().split('\n').at(-1) ?? '');
    expect(note).toMatchObject({ user: 'dana', outcome: 'wrap_not_opened', fields: [] });
  });
  test('shows nothing when it cannot be noted', async () => {
    const list = terminal.path('data/reveals.jsonl');
    const kept = terminal.read('data/reveals.jsonl');
    rmSync(list);
    symlinkSync('/dev/full', list);
    const { code, out, note } = await reveal(record[0] ?? '');
    rmSync(list);
    terminal.write('data/reveals.jsonl', kept);
    expect([code, out]).toEqual([1, '']);
    expect(note).toContain('no room left');
  });
  test('without a reason is refused', async () => {
    const { code, note } = await terminal.run(
      'reveal',
      record[0] ?? '',
      '--data',
      terminal.path('data'),
      '--keys',
      terminal.path('aru'),
    );
    expect(code).toBe(2);
    expect(note).toContain('--reason');
  });
});

describe('erase', () => {
  test('by one person alone is refused, and the record stays', async () => {
    expect(await erase(record[1] ?? '', 'aru', 'aru')).toMatchObject({ code: 4, out: '' });
    expect((await reveal(record[1] ?? '')).out).toContain('Canary Three');
  });
  test('for a reason in words is refused: they could name the person', async () => {
    const { code, note } = await erase(record[1] ?? '', 'aru', 'beket', 'she asked');
    expect(code).toBe(2);
    expect(note).toContain('consent_withdrawn');
  });
  test('by two destroys the keys; then nobody sees it, the others stay, and the log verifies', async () => {
    const { code, out } = await erase(record[1] ?? '', 'aru', 'beket');
    expect([code, out]).toEqual([0, expect.stringContaining('1 key')]);
    const gone = await reveal(record[1] ?? '');
    expect([gone.code, gone.out]).toEqual([2, '']);
    expect(gone.note).toContain('was erased');
    expect((await reveal(record[0] ?? '')).out).toContain('Canary One');
    expect((await terminal.run('verify', '--data', terminal.path('data'))).code).toBe(0);
    expect((await erase(record[1] ?? '', 'aru', 'beket')).out).toContain('nothing was left');
  });
});
