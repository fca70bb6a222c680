import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../adapters/store-sqlite/index.ts';
import { makeIdentity } from '../../src/sealing/index.ts';
import { proveBackup } from '../../src/workspace/backup/prove-backup.ts';
import { checkBackup, restoreBackup } from '../../src/workspace/backup/restore-backup.ts';
import { outlived } from '../../src/workspace/backup/retention.ts';
import { settleBackup, takeBackup, WATERMARK_FILE } from '../../src/workspace/backup/take-backup.ts';
import { writeBackup } from '../../src/workspace/backup/write-backup.ts';
import { writeDraft } from '../../src/workspace/write-stream.ts';
import { aCard, cards } from '../builders/workspace.ts';
import {
  aPlace,
  aPlan,
  at,
  backUp,
  contentIn,
  hashesOf,
  later,
  type Place,
  refusal,
  withWorkspace,
} from './backups.ts';

let place: Place;
beforeEach(async () => {
  place = await aPlace(aPlan(20));
});
afterEach(() => place.remove());

const names = (): readonly string[] => readdirSync(place.backups).sort();
const watermark = (): { readonly set: string; readonly size: number } =>
  JSON.parse(readFileSync(join(place.data, WATERMARK_FILE), 'utf8'));

describe('a backup', () => {
  it('gives back the log, the vault, the keys and the settings', async () => {
    const live = await contentIn(place.data);
    const done = await backUp(place);
    const restored = place.path('restored');
    await restoreBackup(place.backups, [place.identity], restored);
    expect(done.size).toBe(20);
    expect(await contentIn(restored)).toEqual(live);
    for (const file of ['config.yaml', 'keys/device.key', 'keys/import.key'])
      expect(readFileSync(join(restored, file), 'utf8')).toBe(readFileSync(join(place.data, file), 'utf8'));
  });
  it('can be gone on with: the restored folder takes entries and verifies', async () => {
    await backUp(place);
    const restored = place.path('restored');
    await restoreBackup(place.backups, [place.identity], restored);
    const findings = await withWorkspace(
      restored,
      async (workspace) => {
        await workspace.append(cards(workspace, 900, 903));
        return (await workspace.verify()).findings;
      },
      false,
    );
    expect(findings).toEqual([]);
  });
  it('is taken beside a server that writes', async () => {
    await withWorkspace(
      place.data,
      async (workspace) => {
        await workspace.append([aCard(workspace, 500)]);
        expect((await backUp(place)).size).toBe(21);
        await workspace.append([aCard(workspace, 501)]);
      },
      false,
    );
  });
  it('moves the watermark', async () => {
    const done = await backUp(place);
    expect(watermark()).toMatchObject({ set: done.set, size: 20, root: done.root });
  });
  it('can be read by nobody but its owner, and holds no readable word', async () => {
    await backUp(place);
    expect(statSync(place.backups).mode & 0o777).toBe(0o700);
    for (const name of names()) {
      expect(statSync(join(place.backups, name)).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(place.backups, name)).includes('sample')).toBe(false);
    }
  });
  it('leaves no scratch', async () => {
    await backUp(place);
    const left = readdirSync(place.data).filter((name) => !/^(log|lock)\.db/.test(name));
    expect(left.sort()).toEqual([WATERMARK_FILE, 'config.yaml', 'keys']);
  });
  it('is refused while another one runs', async () => {
    mkdirSync(join(place.data, 'backup-scratch'));
    const unlock = lockFolder(join(place.data, 'backup-scratch'));
    await expect(backUp(place)).rejects.toThrow(/data_folder_in_use/);
    unlock();
  });
  it('says so when the disk is full', async () => {
    const pieces = async function* () {
      yield new Uint8Array(100_000);
    };
    await expect(writeDraft('/dev/full', pieces())).rejects.toThrow(/disk_full/);
  });
  it('of an empty log can be restored', async () => {
    const empty = await aPlace({ appends: [], blobs: [], wraps: [] });
    expect((await backUp(empty)).size).toBe(0);
    await restoreBackup(empty.backups, [empty.identity], empty.path('restored'));
    expect((await contentIn(empty.path('restored'))).leaves).toEqual([]);
    empty.remove();
  });
});

describe('a backup whose file was damaged while it was written', () => {
  const damaged = (file: string): void => {
    const bytes = readFileSync(file);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] as number) ^ 1;
    writeFileSync(file, bytes);
  };
  const draftOf = () =>
    withWorkspace(place.data, (workspace) =>
      writeBackup(workspace, { to: place.backups, recipient: place.recipient, effects: later() }),
    );
  beforeEach(() => mkdirSync(place.backups));

  it.each(['log', 'vault'] as const)('does not count (%s)', async (series) => {
    const draft = await draftOf();
    damaged(draft[series]);
    mkdirSync(place.path('scratch'));
    const proof = withWorkspace(place.data, (w) => proveBackup(w, draft, place.path('scratch')));
    await expect(proof).rejects.toThrow(/backup_damaged/);
  });
  it('does not count when the live log is another by then', async () => {
    const draft = await draftOf();
    const other = await aPlace(aPlan(25));
    mkdirSync(place.path('scratch'));
    const proof = withWorkspace(other.data, (w) => proveBackup(w, draft, place.path('scratch')));
    await expect(proof).rejects.toThrow(/backup_damaged.*differs/);
    other.remove();
  });
  it('control: without the comparison it would count, and nobody could restore it', async () => {
    const draft = await draftOf();
    damaged(draft.log);
    const unproved = { header: { size: 20, root: '' }, erased: [] } as never;
    await withWorkspace(place.data, async (w) => settleBackup(w, draft, unproved, later()));
    expect(watermark().size).toBe(20);
    expect(await refusal(place, place.backups)).toContain('backup_damaged');
  });
  it('leaves the older backup, the watermark and no draft', async () => {
    const older = await backUp(place);
    await withWorkspace(place.data, async (workspace) => {
      const { store } = workspace;
      // The vault says something else to each reader, as a failing disk may.
      let n = 0;
      const moody = { ...store, vaultGet: async () => Uint8Array.of((n += 1)) };
      const request = { to: place.backups, recipient: place.recipient, effects: later() };
      await expect(
        takeBackup({ ...workspace, config: workspace.config, store: moody }, request),
      ).rejects.toThrow(/backup_damaged.*differs/);
    });
    expect(names()).toEqual([`log-${older.set}.age`, `vault-${older.set}.age`]);
    expect(watermark().set).toBe(older.set);
  });
});

describe('a restore', () => {
  beforeEach(() => backUp(place));

  it('is refused into a folder that is there, and touches nothing in it', async () => {
    const before = hashesOf(place.data);
    await expect(restoreBackup(place.backups, [place.identity], place.data)).rejects.toThrow(
      /data_folder_exists/,
    );
    expect(hashesOf(place.data)).toEqual(before);
  });
  it('is refused with another key', async () => {
    expect(await refusal(place, place.backups, await makeIdentity())).toContain('backup_wrong_key');
  });
  it('is refused from a folder without backups', async () => {
    mkdirSync(place.path('nothing'));
    expect(await refusal(place, place.path('nothing'))).toContain('backup_missing');
  });
  it('is refused when the vault part is missing', async () => {
    for (const name of names()) if (name.startsWith('vault')) rmSync(join(place.backups, name));
    expect(await refusal(place, place.backups)).toContain('backup_missing');
  });
  it('is refused when the vault is older than the log', async () => {
    const [, vault = ''] = names();
    await withWorkspace(place.data, (w) => w.append([aCard(w, 700)]), false);
    await backUp(place);
    rmSync(join(place.backups, names().findLast((n) => n.startsWith('vault')) ?? ''));
    expect(vault).toMatch(/^vault/);
    expect(await refusal(place, place.backups)).toMatch(/backup_damaged.*mixed/);
  });
  it('is refused when a file stands under the name of another run', async () => {
    const [log = ''] = names();
    renameSync(join(place.backups, log), join(place.backups, 'log-20300101T000000000Z.age'));
    expect(await refusal(place, place.backups)).toMatch(/backup_damaged.*mixed/);
  });
  it('is refused when the vault is of another folder with the same recovery key', async () => {
    const other = await aPlace(aPlan(30), 'another seed');
    const { set } = await backUp({ ...other, recipient: place.recipient });
    rmSync(join(place.backups, names()[1] ?? ''));
    const name = `vault-${set}.age`;
    renameSync(join(other.backups, name), join(place.backups, name));
    expect(await refusal(place, place.backups)).toMatch(/backup_damaged.*mixed/);
    other.remove();
  });
  it('takes an older log with the newest vault', async () => {
    const [older = ''] = names();
    await withWorkspace(place.data, (w) => w.append([aCard(w, 700)]), false);
    await backUp(place);
    const { header } = await restoreBackup(join(place.backups, older), [place.identity], place.path('r'));
    expect(header.size).toBe(20);
  });
  it('is drilled without a trace', async () => {
    mkdirSync(place.path('trial'));
    expect((await checkBackup(place.backups, [place.identity], place.path('trial'))).header.size).toBe(20);
    expect(readdirSync(place.path('trial'))).toEqual([]);
  });
});

describe('an erased key', () => {
  const erase = () =>
    withWorkspace(
      place.data,
      async (workspace) => {
        const draft = { ...aCard(workspace, 3), kind: 'erase', author: 'beket' };
        await workspace.append([
          { ...draft, values: { approved_by: 'aru', key_ids: ['key-0'], basis: 'request' } },
        ]);
        await workspace.store.vaultDelete(['key-0']);
      },
      false,
    );

  it('is listed beside the backups, without a name', async () => {
    await erase();
    await backUp(place);
    const lines = readFileSync(join(place.backups, 'tombstones.jsonl'), 'utf8').trim().split('\n');
    expect(lines.map((line) => Object.keys(JSON.parse(line)))).toEqual([['entry_id', 'key_id']]);
  });
  it('does not come back from a backup that is older than the erasure', async () => {
    const older = await backUp(place);
    expect((await contentIn(place.data)).wraps.map(([id]) => id)).toContain('key-0');
    await erase();
    const newer = await backUp(place);
    // Even when the newer vault is lost.
    rmSync(join(place.backups, `vault-${newer.set}.age`));
    const restored = place.path('restored');
    const { buried } = await restoreBackup(older.file, [place.identity], restored);
    expect(buried).toBe(1);
    expect((await contentIn(restored)).wraps.map(([id]) => id)).toEqual(['key-1']);
    expect(readFileSync(join(restored, 'log.db')).includes(Buffer.from([1, 2, 3, 0]))).toBe(false);
  });
  it('control: without the list it would come back', async () => {
    const older = await backUp(place);
    await erase();
    const newer = await backUp(place);
    rmSync(join(place.backups, `vault-${newer.set}.age`));
    rmSync(join(place.backups, 'tombstones.jsonl'));
    await restoreBackup(older.file, [place.identity], place.path('restored'));
    expect((await contentIn(place.path('restored'))).wraps.map(([id]) => id)).toContain('key-0');
  });
  it('stays listed: a list with a damaged line stops backup and restore', async () => {
    await erase();
    await backUp(place);
    writeFileSync(join(place.backups, 'tombstones.jsonl'), '{"entry_id":"x"}\n');
    expect(await refusal(place, place.backups)).toMatch(/backup_damaged.*tombstones/);
    await expect(backUp(place)).rejects.toThrow(/backup_damaged.*tombstones/);
  });
});

describe('older backups', () => {
  const day = (n: number, hour = 12): string =>
    new Date(Date.UTC(2026, 5, 1, hour) - n * 86_400_000).toISOString().replaceAll(/[-:.]/g, '');
  const now = Date.UTC(2026, 5, 1, 13);

  it('of the vault go after 30 days, so that erasure is final', async () => {
    const vaults = [0, 29, 31, 60].map((n) => `vault-${day(n)}.age`);
    expect(outlived(vaults, now)).toEqual(vaults.slice(2));
  });
  it('of the log stay one a day for a quarter, then one a month', () => {
    const logs = [0, 1, 10, 100, 101, 400].map((n) => `log-${day(n)}.age`);
    expect(outlived(logs, now)).toEqual([logs[4]]);
    expect(outlived([`log-${day(10, 9)}.age`, `log-${day(10)}.age`, ...logs], now)).toContain(
      `log-${day(10, 9)}.age`,
    );
  });
  it('all stay for two days, and the newest for ever', () => {
    expect(outlived([`log-${day(1)}.age`, `log-${day(1, 13)}.age`], now)).toEqual([]);
    expect(outlived([`vault-${day(300)}.age`, `log-${day(300)}.age`], now)).toEqual([]);
  });
  it('are removed by the run after next; other files stay', async () => {
    const first = await backUp(place, at('2026-01-01T00:00:00Z'));
    writeFileSync(join(place.backups, 'notes.txt'), 'x');
    expect((await backUp(place, at('2026-02-15T00:00:00Z'))).pruned).toEqual([]);
    expect((await backUp(place, at('2026-02-15T00:03:00Z'))).pruned).toEqual([`vault-${first.set}.age`]);
    expect(names()).toContain('notes.txt');
  });
  it('survive one run with a clock ten years ahead', async () => {
    await backUp(place, at('2026-01-01T00:00:00Z'));
    await backUp(place, at('2026-01-02T00:00:00Z'));
    expect((await backUp(place, at('2036-01-02T00:00:00Z'))).pruned).toEqual([]);
  });
  it('are not hidden: with a clock behind the newest, no backup is written', async () => {
    await backUp(place, at('2036-01-01T00:00:00Z'));
    await expect(backUp(place, at('2026-01-01T00:00:00Z'))).rejects.toThrow(/backup_clock.*2036/);
    expect(names()).toHaveLength(2);
  });
});
