import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeIdentity } from '../../src/sealing/index.ts';
import { openLogPart, openVaultPart } from '../../src/workspace/backup/backup-file.ts';
import { restoreBackup } from '../../src/workspace/backup/restore-backup.ts';
import { WATERMARK_FILE } from '../../src/workspace/backup/take-backup.ts';
import { writeBackup } from '../../src/workspace/backup/write-backup.ts';
import { cards } from '../builders/workspace.ts';
import { keepFigure, rounds } from '../reliability/figure.ts';
import {
  aPlace,
  aPlan,
  backUp,
  contentIn,
  copyOfBackups,
  hashesOf,
  later,
  type Place,
  refusal,
  withWorkspace,
} from './backups.ts';

const DRILLS = rounds(3, 100);

describe('backup and restore, one drill after the other', () => {
  it('bring back everything each time', { timeout: 1_800_000 }, async () => {
    const place = await aPlace(aPlan(2000));
    for (let drill = 0; drill < DRILLS; drill += 1) {
      await withWorkspace(
        place.data,
        async (workspace) => {
          await workspace.append(cards(workspace, 5000 + drill * 10, 5010 + drill * 10));
          await workspace.store.vaultPut([{ keyId: `drill-${drill}`, wrap: Uint8Array.of(drill) }]);
        },
        false,
      );
      await backUp(place);
      const to = place.path('restored');
      await restoreBackup(place.backups, [place.identity], to);
      expect(await contentIn(to)).toEqual(await contentIn(place.data));
      rmSync(to, { recursive: true });
    }
    place.remove();
    keepFigure({
      id: 'R11',
      part: 'drills',
      found: `${DRILLS} of ${DRILLS} consecutive drills gave back every leaf, hash, checkpoint, blob and wrap`,
      control:
        'a backup damaged while it was written counts when the comparison is left out, and cannot be restored',
    });
  });
});

describe('a damaged backup is refused, and the live data are as before', () => {
  let place: Place;
  let damaged: string;
  let live: ReturnType<typeof hashesOf>;
  let tried = 0;
  beforeAll(async () => {
    place = await aPlace(aPlan(60));
    await backUp(place);
    damaged = copyOfBackups(place, 'damaged');
    live = hashesOf(place.data);
  });
  afterAll(() => place.remove());

  const files = (): readonly string[] => readdirSync(damaged).filter((name) => name.endsWith('.age'));
  /** Damages one file, tries to restore, and puts the file back. */
  const tryDamage = async (name: string, damage: (file: string) => void): Promise<void> => {
    damage(join(damaged, name));
    expect(await refusal(place, damaged)).toMatch(/backup_damaged|backup_wrong_key|copy_damaged/);
    writeFileSync(join(damaged, name), readFileSync(join(place.backups, name)));
    tried += 1;
  };
  const flip =
    (at: number, bit: number) =>
    (file: string): void => {
      const bytes = readFileSync(file);
      bytes[at] = (bytes[at] as number) ^ (1 << bit);
      writeFileSync(file, bytes);
    };

  it('cut at every 4 KiB, and anywhere', async () => {
    for (const name of files()) {
      const { size } = statSync(join(damaged, name));
      for (let end = 0; end < size; end += 4096) await tryDamage(name, (file) => truncateSync(file, end));
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: size - 1 }), (end) =>
          tryDamage(name, (file) => truncateSync(file, end)),
        ),
        { numRuns: rounds(15, 200) },
      );
    }
  });
  it('with a byte of a larger one flipped: of the age header, of the rest', {
    timeout: 1_800_000,
  }, async () => {
    for (const name of files()) {
      const bytes = readFileSync(join(damaged, name));
      const header = bytes.indexOf('\n--- ') + 60;
      const step = name.startsWith('vault') ? rounds(25, 1) : rounds(997, 17);
      for (let at = 0; at < header; at += rounds(16, 1)) await tryDamage(name, flip(at, at % 8));
      for (let at = header; at < bytes.length; at += step) await tryDamage(name, flip(at, at % 8));
    }
  });
  it('with a byte of a small one flipped, in the vault each of them', { timeout: 600_000 }, async () => {
    const small = await aPlace(aPlan(2));
    const { set } = await backUp(small);
    const parts = [
      [`log-${set}.age`, openLogPart],
      [`vault-${set}.age`, openVaultPart],
    ] as const;
    for (const [name, open] of parts) {
      const bytes = readFileSync(join(small.backups, name));
      for (let at = 0; at < bytes.length; at += name.startsWith('vault') ? 1 : rounds(13, 1)) {
        flip(at, at % 8)(join(small.backups, name));
        // Only what restoring does first: nothing of the content is believed before its stream has ended well.
        const read = open(join(small.backups, name), [small.identity]).then(({ content }) =>
          Array.fromAsync(content),
        );
        await expect(read, `${name} at ${at}`).rejects.toThrow(/backup_damaged|backup_wrong_key/);
        writeFileSync(join(small.backups, name), bytes);
        tried += 1;
      }
    }
    small.remove();
  });
  it('with something behind its end', async () => {
    for (const name of files())
      await tryDamage(name, (file) => writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.of(0)])));
  });
  it('opened with another key', async () => {
    for (let n = 0; n < rounds(3, 30); n += 1)
      expect(await refusal(place, place.backups, await makeIdentity())).toContain('backup_wrong_key');
  });
  it('control: the undamaged one is restored', async () => {
    expect(await refusal(place, damaged)).toBe('restored');
  });
  it('and nothing of it has touched the data folder', () => {
    expect(tried).toBeGreaterThan(100);
    expect(hashesOf(place.data)).toEqual(live);
    keepFigure({
      id: 'R11',
      part: 'damage',
      found: `${tried} of ${tried} damaged backups refused (cut, flipped, lengthened), wrong keys refused, the live database byte for byte as before`,
      control: 'the undamaged backup is restored by the same call',
    });
  });
});

describe('a kill -9', () => {
  const CHILD = join(import.meta.dirname, 'child.ts');
  /** Runs the child and kills it after a while; true when it was killed before it was done. */
  const runUntilKilled = async (args: readonly string[], milliseconds: number): Promise<boolean> => {
    const child = spawn(process.execPath, [CHILD, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exit = once(child, 'exit');
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), milliseconds));
    const [, signal] = (await exit) as [number | null, string | null];
    return signal === 'SIGKILL';
  };
  const KILLS = rounds(4, 100);
  let place: Place;
  beforeAll(async () => {
    place = await aPlace(aPlan(1500));
    await backUp(place);
  });
  afterAll(() => place.remove());

  it('during a backup leaves a backup that restores, the old or the new one', {
    timeout: 1_800_000,
  }, async () => {
    let [killed, older] = [0, 0];
    for (let run = 0; run < KILLS; run += 1) {
      const time = new Date(Date.UTC(2026, 1, 1, 0, run)).toISOString();
      const before = newestLog(place.backups);
      const args = ['backup', place.data, place.backups, place.recipient, time];
      if (await runUntilKilled(args, 50 + (run * 900) / KILLS)) killed += 1;
      if (newestLog(place.backups) === before) older += 1;
      const { set } = JSON.parse(readFileSync(join(place.data, WATERMARK_FILE), 'utf8'));
      expect(existsSync(join(place.backups, `log-${set}.age`))).toBe(true);
      expect(await refusal(place, place.backups)).toBe('restored');
    }
    expect(killed).toBeGreaterThan(0);
    // After all of them: a run whose clock is behind the newest backup is refused.
    await backUp(place, { ...later(), clock: () => Date.UTC(2026, 2, 1) });
    expect(readdirSync(place.backups).filter((name) => name.endsWith('.new'))).toEqual([]);
    expect(readdirSync(place.data)).not.toContain('backup-scratch');
    keepFigure({
      id: 'R11',
      part: 'killed-backup',
      found: `${killed} of ${KILLS} backups killed: ${older} left the older backup, ${KILLS - older} the new one, all restored`,
      control: 'a draft cut by a kill and put in place as it is becomes the newest backup, and is refused',
    });
  });

  it('control: a run that writes under the final name leaves a newest backup that nobody can restore', async () => {
    const own = await aPlace(aPlan(60));
    await backUp(own);
    await withWorkspace(own.data, async (workspace) => {
      const request = { to: own.backups, recipient: own.recipient, effects: later() };
      const { log, vault } = await writeBackup(workspace, request);
      truncateSync(log, 2000);
      for (const draft of [log, vault]) renameSync(draft, draft.replace('.new', ''));
    });
    expect(await refusal(own, own.backups)).toContain('backup_damaged');
    own.remove();
  });

  it('during a restore leaves no folder or a whole one, and the next try succeeds', {
    timeout: 1_800_000,
  }, async () => {
    const content = await contentIn(place.data);
    let [killed, whole] = [0, 0];
    for (let run = 0; run < KILLS; run += 1) {
      const to = place.path('restored');
      const args = ['restore', place.backups, place.identity, to];
      if (await runUntilKilled(args, 50 + (run * 700) / KILLS)) killed += 1;
      if (existsSync(to)) whole += 1;
      else await restoreBackup(place.backups, [place.identity], to);
      expect(await contentIn(to)).toEqual(content);
      // Killed between the last step and the clearing up, an empty scratch may be left.
      expect(scratchOf(to).filter((name) => !name.startsWith('lock.db'))).toEqual([]);
      rmSync(`${to}.restoring`, { recursive: true, force: true });
      rmSync(to, { recursive: true });
    }
    expect(killed).toBeGreaterThan(0);
    keepFigure({
      id: 'R11',
      part: 'killed-restore',
      found: `${killed} of ${KILLS} restores killed: ${whole} had put the whole folder in place, ${KILLS - whole} nothing; the next try succeeded each time`,
      control: 'a restore that is not killed puts the whole folder in place',
    });
  });
});

const scratchOf = (to: string): readonly string[] =>
  existsSync(`${to}.restoring`) ? readdirSync(`${to}.restoring`) : [];

const newestLog = (dir: string): string =>
  readdirSync(dir)
    .filter((name) => /^log-.*\.age$/.test(name))
    .sort()
    .at(-1) ?? '';
