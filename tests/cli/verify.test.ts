import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/vocabulary/index.ts';
import { run as outsider } from '../verifier/verifier.ts';
import { aTerminal, aTerminalWithSample, type Terminal } from './a-terminal.ts';

let terminal: Terminal;
beforeAll(async () => {
  terminal = await aTerminalWithSample();
});
afterAll(() => terminal.close());

/** A copy of the data folder in which somebody has been at the log. */
const tampered = (name: string, sql: string): string => {
  const dir = terminal.copy(terminal.path('data'), name);
  const db = new DatabaseSync(`${dir}/log.db`);
  for (const verb of ['update', 'delete']) db.exec(`DROP TRIGGER log_no_${verb}`);
  db.exec('PRAGMA foreign_keys = OFF');
  db.exec(sql);
  db.close();
  return dir;
};

describe('verify', () => {
  test('counts the entries and names the root of an honest log', async () => {
    const { code, out } = await terminal.run('verify', '--data', terminal.path('data'));
    expect(code).toBe(0);
    expect(out).toMatch(
      /^[\d,]+ entries verified \(1 signatures of entries, \d+ checkpoints\); tree root [0-9a-f]{64}\.\n$/,
    );
  });

  test('names the entry that was changed, exit code 3', async () => {
    const sql = `UPDATE log SET bytes = CAST(replace(CAST(bytes AS TEXT), '"astana"', '"almaty"') AS BLOB) WHERE position = (SELECT min(position) FROM log WHERE CAST(bytes AS TEXT) LIKE '%"astana"%')`;
    const { code, out, note } = await terminal.run('verify', '--data', tampered('changed', sql));
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(note).toMatch(/^Changed at position \d+, entry [0-9a-f-]{36} \(shown by /);
  });

  test('names the place of an entry that was removed', async () => {
    const { code, note } = await terminal.run(
      'verify',
      '--data',
      tampered('removed', 'DELETE FROM log WHERE position = 100'),
    );
    expect(code).toBe(3);
    expect(note).toMatch(/^Removed at position 100 \(shown by its hash\)/m);
  });

  test('leaves an honest copy alone (negative control)', async () => {
    const { code } = await terminal.run('verify', '--data', tampered('honest', 'SELECT 1'));
    expect(code).toBe(0);
  });

  test('agrees with a checkpoint of this log that was kept elsewhere', async () => {
    const [data, file] = [terminal.path('data'), terminal.path('kept.note')];
    await terminal.run('verify', '--data', data, '--checkpoint', file);
    const { code } = await terminal.run('verify', '--data', data, '--witness', file);
    expect(code).toBe(0);
  });
  test('finds a log that was emptied, by a checkpoint that was kept elsewhere', async () => {
    const file = terminal.path('kept.note');
    await terminal.run('verify', '--data', terminal.path('data'), '--checkpoint', file);
    await terminal.run('init', '--data', terminal.path('emptied'), '--org', 'emptied');
    const { code } = await terminal.run('verify', '--data', terminal.path('emptied'), '--witness', file);
    expect(code).toBe(3);
  });

  test.each(LANGUAGES)('says in %s where it was changed and whose record that is', async (language) => {
    const swap =
      'UPDATE log SET position = -1 WHERE position = 5; UPDATE log SET position = 5 WHERE position = 25; UPDATE log SET position = 25 WHERE position = -1;';
    const speaking = aTerminal({ language });
    const { code, note } = await speaking.run('verify', '--data', tampered(`swap-${language}`, swap));
    speaking.close();
    expect(code).toBe(3);
    expect(note).toMatch(/5.*[0-9a-f-]{36}[^\n]*\n {2}[^\n]*[0-9a-f-]{36}[^\n]*20\d\d-\d\d-\d\d/);
    expect(note).not.toMatch(/[{}]|undefined/);
  });
  test('checks every signature when asked to', async () => {
    const { out } = await terminal.run('verify', '--data', terminal.path('data'), '--every-signature');
    const [, entries, signatures] = /^(\S+) entries verified \((\S+) signatures/.exec(out) ?? [];
    expect(signatures).toBe(entries);
  });
});

describe('prove', () => {
  const anEntry = (): string => {
    const db = new DatabaseSync(`${terminal.path('data')}/log.db`, { readOnly: true });
    const row = db.prepare('SELECT entry_id FROM log WHERE position = 77').get();
    db.close();
    return String(row?.['entry_id']);
  };
  test('writes a proof of an entry that says nothing of what is in it', async () => {
    const [data, out] = [terminal.path('data'), terminal.path('proof.json')];
    expect((await terminal.run('prove', anEntry(), '--data', data, '--out', out)).code).toBe(0);
    const proof = JSON.parse(terminal.read('proof.json'));
    expect(proof).toMatchObject({ format: 'baqylau/proof/v1', position: 77 });
    expect(proof).not.toHaveProperty('leaf');
  });
  test('refuses an entry that is not in the log', async () => {
    const none = '00000000-0000-7000-8000-000000000000';
    const { code, note } = await terminal.run('prove', none, '--data', terminal.path('data'), '--out', 'x');
    expect({ code, note }).toMatchObject({ code: 2, note: expect.stringContaining(none) });
  });
});

describe('log export', () => {
  test('says the key by which somebody outside checks the copy', async () => {
    const file = terminal.path('copy.txt');
    const { out } = await terminal.run('log', 'export', '--data', terminal.path('data'), '--out', file);
    const [, key = ''] = /^Checkpoint key: (\S+)$/m.exec(out) ?? [];
    expect((await outsider('log', file, '--key', key)).code).toBe(0);
    expect(out).not.toContain('Root key');
  });
});
