import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aTerminalWithSample, type Terminal } from './a-terminal.ts';

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
    expect(out).toMatch(/^\d+ entries verified \(1 signatures of entries, \d+ checkpoints\); tree root [0-9a-f]{64}\.\n$/);
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
});
