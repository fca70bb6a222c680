import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkspace } from '../../src/workspace/index.ts';
import { aDataFolder, aWorkspace, fixedEffects } from '../builders/workspace.ts';

const KILLS = 10;
const APPENDER = join(import.meta.dirname, 'appender.ts');

/** Starts a process that appends and tells what was acknowledged, kills it after a while and returns what it had told. */
const appendUntilKilled = async (
  dir: string,
  run: number,
  milliseconds: number,
): Promise<readonly string[]> => {
  const child = spawn(process.execPath, [APPENDER, dir, String(run)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const acknowledged: string[] = [];
  const lines = createInterface({ input: child.stdout });
  let timer: NodeJS.Timeout | undefined;
  lines.on('line', (line) => {
    if (line === 'open') timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
    else acknowledged.push(line);
  });
  const [, signal] = (await exit) as [number | null, string | null];
  clearTimeout(timer);
  lines.close();
  expect(signal).toBe('SIGKILL');
  return acknowledged;
};

describe('a process killed while it appends', () => {
  let folder: ReturnType<typeof aDataFolder>;
  beforeEach(async () => {
    folder = aDataFolder();
    await (await aWorkspace(folder.dir)).close();
  });
  afterEach(() => folder.remove());

  it('loses nothing it acknowledged, doubles nothing, and the log verifies', {
    timeout: 120_000,
  }, async () => {
    const acknowledged = new Set<string>();
    for (let run = 0; run < KILLS; run += 1)
      for (const entry of await appendUntilKilled(folder.dir, run, 20 + run * 25)) acknowledged.add(entry);
    const workspace = await openWorkspace(folder.dir, { effects: fixedEffects('after') });
    const stored = (await Array.fromAsync(workspace.store.read(0))).map((leaf) => leaf.entryId);
    const report = await workspace.verify();
    await workspace.close();
    expect(acknowledged.size).toBeGreaterThan(KILLS);
    expect([...acknowledged].filter((entry) => !stored.includes(entry))).toEqual([]);
    expect(new Set(stored).size).toBe(stored.length);
    expect(report.findings).toEqual([]);
    const db = new DatabaseSync(join(folder.dir, 'log.db'));
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    db.close();
  });

  it('control: an entry taken out afterwards is missed', async () => {
    const [first = ''] = await appendUntilKilled(folder.dir, 0, 200);
    const db = new DatabaseSync(join(folder.dir, 'log.db'), { enableForeignKeyConstraints: false });
    db.exec('DROP TRIGGER log_no_delete');
    db.prepare('DELETE FROM log WHERE entry_id = ?').run(first);
    db.close();
    const workspace = await openWorkspace(folder.dir, { effects: fixedEffects('after') });
    const stored = (await Array.fromAsync(workspace.store.read(0))).map((leaf) => leaf.entryId);
    expect(stored).not.toContain(first);
    expect((await workspace.verify()).findings).not.toEqual([]);
    await workspace.close();
  });
});
