import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import { makeUserKey, openWorkspace, pinRoot, type Workspace } from '../../src/workspace/index.ts';
import { type Keys, withKeys } from '../builders/keyed-folder.ts';
import { fixedEffects } from '../builders/workspace.ts';
import { aTerminal, type Outcome, type Terminal } from '../cli/a-terminal.ts';
import { aCluster, type Cluster } from '../postgres/a-cluster.ts';
import { run as outsider, type Verdict } from '../verifier/verifier.ts';

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');
const STUDIES = resolve(import.meta.dirname, 'studies');
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
    photos: { from: 'Photos', folder: 'photos', split: ';' },
  },
  review: { state: 'submitted', author: { constant: 'm1' } },
});
const HEADER = 'No,Date,Form,Photos';
const MANY = 48;
const MIB = 1024 * 1024;

describe.each(['SQLite', 'PostgreSQL'] as const)('attachments of a log in %s', (store) => {
  let cluster: Cluster;
  let databaseUrl = '';
  let terminal: Terminal;
  let keys: Keys;
  const effects = { clock: Date.now, random: fixedEffects(store).random };
  const opened = async <T>(use: (workspace: Workspace) => Promise<T>): Promise<T> => {
    const workspace = await openWorkspace(terminal.path('data'), { effects, databaseUrl });
    try {
      return await use(workspace);
    } finally {
      await workspace.close();
    }
  };
  const data = (name = 'data'): readonly string[] => ['--data', terminal.path(name)];
  /** Restored folders hold their log themselves, whatever the store of the one that was backed up. */
  const runs = (...argv: readonly string[]): Promise<Outcome> => {
    vi.stubEnv('DATABASE_URL', argv.includes(terminal.path('data')) ? databaseUrl : '');
    return terminal.run(...argv);
  };
  const succeeds = async (...argv: readonly string[]): Promise<Outcome> => {
    const outcome = await runs(...argv);
    expect(outcome.code, `${argv[0]}: ${outcome.note}`).toBe(0);
    return outcome;
  };
  const idOf = (n: number): Promise<string> =>
    opened(async (w) => w.importId('gatherings', 'gathering', [String(n)]));
  const imported = (rows: string): readonly string[] => [
    'import',
    terminal.path('mapping.yaml'),
    terminal.write('rows.csv', `${HEADER}\n${rows}`),
    ...data(),
    '--studies',
    terminal.path('studies'),
  ];
  let revealed = 0;
  /** The content of a record's file, as aru gets it from a data folder. */
  const fileOf = async (n: number, name: string, folder = 'data'): Promise<string> => {
    const out = terminal.path(`opened-${(revealed += 1)}`);
    const who = ['--keys', terminal.path('aru'), '--passphrase-file', terminal.path('passphrase')];
    await succeeds('reveal', await idOf(n), ...data(folder), ...who, '--reason', 'test', '--out', out);
    return readFileSync(join(out, name), 'utf8');
  };
  /** What somebody outside says of a copy of the log. */
  const copyOutside = async (folder = 'data'): Promise<Verdict> => {
    await succeeds('log', 'export', ...data(folder), '--out', terminal.path('copy.txt'));
    return outsider('log', terminal.path('copy.txt'));
  };
  const addressOf = async (n: number): Promise<string> => {
    const record = await idOf(n);
    return opened(async (w) => (await w.record(record))?.attachments[0]?.ct_sha256 ?? '');
  };
  /** Another content, or none, in the place of a sealed file; `look` sees it so, then all is as it was. */
  const withBlob = async <T>(bytes: string | undefined, look: () => Promise<T>): Promise<T> => {
    const sha256 = await addressOf(1);
    const put = (content: Uint8Array | undefined): Promise<void> =>
      opened(async (w) => {
        await w.store.deleteBlobs([sha256]);
        if (content !== undefined) await w.store.putBlob(sha256, content);
      });
    const honest = await opened((w) => w.store.getBlob(sha256));
    await put(bytes === undefined ? undefined : new TextEncoder().encode(bytes));
    try {
      return await look();
    } finally {
      await put(honest);
    }
  };

  beforeAll(async () => {
    cluster = await aCluster();
    databaseUrl = store === 'PostgreSQL' ? cluster.url : '';
    let now = Date.UTC(2026, 10, 1);
    terminal = aTerminal({ env: { DATABASE_URL: cluster.url }, now: () => new Date((now += 60_000)) });
    await succeeds('init', '--org', 'testers', ...data());
    keys = await opened((workspace) => withKeys(workspace, { 'gatherings/_all': ['aru', 'beket'] }));
    const { identity = '' } = keys.people['aru'] ?? {};
    const { random } = effects;
    await makeUserKey(terminal.path('aru'), {
      org: 'testers',
      user: 'aru',
      identity,
      passphrase: PASSPHRASE,
      random,
    });
    pinRoot(terminal.path('aru'), keys.root);
    terminal.write('passphrase', `${PASSPHRASE}\n`);
    terminal.write('recovery.txt', `${keys.recovery}\n`);
    terminal.write('mapping.yaml', MAPPING);
    terminal.copy(STUDIES, 'studies');
    mkdirSync(terminal.path('photos'));
    for (const n of [1, 2, 3]) terminal.write(`photos/${n}.jpg`, `picture ${n}`);
    await succeeds(
      ...imported('1,2018-01-10,rally,1.jpg\n2,2018-01-11,rally,2.jpg\n3,2018-01-12,rally,3.jpg\n'),
    );
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    terminal.close();
    await cluster.remove();
  });

  it('open again, and the log is whole for us and for outsiders', async () => {
    expect(await fileOf(1, '1.jpg')).toBe('picture 1');
    await succeeds('verify', ...data());
    expect(await copyOutside()).toMatchObject({ code: 0 });
  });
  it('that are missing are named, by us and by outsiders', async () => {
    const [ours, theirs] = await withBlob(undefined, async () => [
      await runs('verify', ...data()),
      await copyOutside(),
    ]);
    expect([ours.code, ours.note]).toEqual([3, expect.stringContaining('a sealed attachment that it names')]);
    expect([theirs.code, theirs.out]).toEqual([
      1,
      expect.stringContaining('a sealed attachment that it names'),
    ]);
  });
  it('that are altered are named, and no copy is made of them', async () => {
    const [ours, copied] = await withBlob('something else', async () => [
      await runs('verify', ...data()),
      await runs('log', 'export', ...data(), '--out', terminal.path('no-copy.txt')),
    ]);
    expect([ours.code, ours.note]).toEqual([3, expect.stringContaining('a sealed attachment that it names')]);
    expect([copied.code, existsSync(terminal.path('no-copy.txt'))]).toEqual([3, false]);
  });
  it('that are altered in a copy are named by outsiders', async () => {
    await copyOutside();
    const sha256 = await addressOf(1);
    const copy = terminal.read('copy.txt');
    const at = copy.indexOf('"data":"', copy.indexOf(`{"blob":"${sha256}"`)) + '"data":"'.length;
    terminal.write('copy.txt', `${copy.slice(0, at)}AAAA${copy.slice(at + 4)}`);
    const { code, out } = await outsider('log', terminal.path('copy.txt'));
    expect([code, out]).toEqual([1, expect.stringContaining(`the file ${sha256} was changed`)]);
  });
  it('come back from a backup', async () => {
    await succeeds('backup', ...data(), '--to', terminal.path('backups'));
    const from = ['--from', terminal.path('backups'), '--identity', terminal.path('recovery.txt')];
    await succeeds('restore', ...from, ...data('restored'));
    expect(await fileOf(2, '2.jpg', 'restored')).toBe('picture 2');
  });
  it('of an erased record are gone, and nobody takes that for tampering', async () => {
    const sha256 = await addressOf(2);
    await succeeds('erase', await idOf(2), ...data(), ...TWO);
    expect(await opened((w) => w.store.getBlob(sha256))).toBeUndefined();
    await succeeds('verify', ...data());
    expect(await copyOutside()).toMatchObject({ code: 0 });
  });
  it('that were erased do not come back from an older backup', async () => {
    await succeeds('erase', await idOf(3), ...data(), ...TWO);
    await succeeds('backup', ...data(), '--to', terminal.path('backups'));
    const logs = readdirSync(terminal.path('backups')).filter((name) => name.startsWith('log-'));
    const older = join(terminal.path('backups'), logs.toSorted()[0] ?? '');
    const from = ['--from', older, '--identity', terminal.path('recovery.txt')];
    await succeeds('restore', ...from, ...data('older'));
    await succeeds('verify', ...data('older'));
    // The entry that says so came after that backup: who is outside is told of it once it is written again.
    expect(await copyOutside('older')).toMatchObject({ code: 1 });
    for (const n of [2, 3]) await succeeds('erase', await idOf(n), ...data('older'), ...TWO);
    expect(await copyOutside('older')).toMatchObject({ code: 0 });
  });
  it('all come in or none, when the import is killed while they do', { timeout: 240_000 }, async () => {
    const rows = Array.from({ length: MANY }, (_, i) => `1${i},2018-02-01,rally,big-${i}.bin\n`).join('');
    for (let i = 0; i < MANY; i += 1) terminal.write(`photos/big-${i}.bin`, Buffer.alloc(MIB, i + 1));
    const blobs = () => opened(async (w) => (await Array.fromAsync(w.store.blobs())).length);
    const before = [await opened((w) => w.head()), await blobs()];
    const argv = imported(rows);
    const env = { ...process.env, DATABASE_URL: databaseUrl };
    const child = spawn(process.execPath, [MAIN, ...argv], { env, stdio: 'ignore' });
    const ended = once(child, 'close');
    while (child.exitCode === null && !(await isAmidWriting())) await sleep(5);
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);

    await succeeds('verify', ...data());
    expect([await opened((w) => w.head()), await blobs()]).toEqual(before);
    await succeeds(...argv);
    expect(await blobs()).toBe((before[1] as number) + MANY);
    expect((await fileOf(10, 'big-0.bin')).length).toBe(MIB);
  });
  it('move with the log to the other kind of store', async () => {
    const [to, address] = store === 'SQLite' ? ['postgres', cluster.url] : ['sqlite', ''];
    await succeeds('move', ...data(), '--to', to);
    databaseUrl = address;
    expect(await fileOf(1, '1.jpg')).toBe('picture 1');
    expect(await copyOutside()).toMatchObject({ code: 0 });
  });

  /** Whether bytes of an append that is not acknowledged have reached the store. */
  const isAmidWriting = async (): Promise<boolean> => {
    if (store === 'SQLite') {
      const wal = terminal.path('data/log.db-wal');
      return existsSync(wal) && statSync(wal).size > 20 * MIB;
    }
    const asked = "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'INSERT INTO baqylau.blob%'";
    return (await cluster.sql(`${asked} AND xact_start IS NOT NULL`)).length > 0;
  };
});

const TWO = ['--author', 'aru', '--approved-by', 'beket', '--basis', 'request'] as const;
