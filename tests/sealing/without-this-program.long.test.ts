import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockUserKey } from '../../src/sealing/index.ts';
import { takeBackup } from '../../src/workspace/backup/take-backup.ts';
import { withKeys } from '../builders/keyed-folder.ts';
import { fixedEffects } from '../builders/workspace.ts';
import { aMappingWith, withFolder } from '../import/an-import.ts';
import { effects } from './an-organisation.ts';

/** The page for those who have a backup and keys but not us, run as it stands there. */
const page = readFileSync(new URL('../../docs/how-to/open-without-this-program.md', import.meta.url), 'utf8');
const blocks = (language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] ?? '');

const folder = mkdtempSync(join(tmpdir(), 'baqylau-without-'));
const path = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const passphrase = 'ёлка и қызғалдақ';
const NAME = 'Қызғалдақ “Q” 🐎';
const FINED = 'Fined Canary';
const MAPPING = aMappingWith(
  { organiser_name: 'Organiser' },
  {
    repeats: { sanctions: { rows: [{ kind: { constant: 'fine' }, persons: 'Fined', person_name: 'Who' }] } },
  },
);
const TABLE = `No,Date,Form,People,Organiser,Fined,Who\n1,10.01.2018,митинг,20,${NAME},1,${FINED}\n`;
let record: string;

/** Runs a block of shell commands of the page in the folder, with Debian's Python before any other. */
const run = (commands: string): readonly (readonly string[])[] => {
  const env = { ...process.env, PATH: `/usr/bin:/bin:${process.env['PATH'] ?? ''}`, LC_ALL: 'C.UTF-8' };
  const { status, stdout, stderr } = spawnSync('bash', ['-euc', commands], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim() === ''
    ? []
    : stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as readonly string[]);
};

beforeAll(async () => {
  await withFolder(async (imported) => {
    const { workspace } = imported;
    const keys = await withKeys(workspace, { 'gatherings/_all': ['aru', 'beket'] });
    await imported.import(TABLE, MAPPING);
    record = workspace.importId('gatherings', 'gathering', ['1']);
    const request = { to: path('backups'), recipient: keys.recipient, effects: fixedEffects('backup') };
    await takeBackup(workspace, request);
    const { user = '', identity = '' } = keys.people['aru'] ?? {};
    writeFileSync(path('recovery.txt'), `${keys.recovery}\n`);
    writeFileSync(
      path('user.key'),
      await lockUserKey({ org: 'sample', user, identity }, passphrase, effects),
    );
  });
  writeFileSync(path('passphrase.txt'), `${passphrase}\n`);
  for (const series of ['log', 'vault']) {
    const file = readdirSync(path('backups')).find((name) => name.startsWith(`${series}-`)) ?? '';
    copyFileSync(join(path('backups'), file), path(`${series}.age`));
  }
  for (const script of blocks('python')) writeFileSync(path(/^# (\S+)/.exec(script)?.[1] ?? ''), script);
});

/** What a command printed, without the ids of entry and row, which differ from run to run. */
const opened = (commands: string) =>
  run(commands).map(([of, entry, field, row, value]) => [of, entry !== '', field, row !== '', value]);
const everything = () => [
  [record, true, 'organiser_name', false, NAME],
  [record, true, 'sanctions.person_name', true, FINED],
];

describe('without this program', () => {
  it('the recovery key opens a backup and every sealed field in it', () => {
    expect(opened(blocks('sh')[0] ?? '')).toEqual(everything());
  });
  it('a person opens with key file and passphrase what their team may read', () => {
    const asOurs = (blocks('sh')[1] ?? '').replace('assemblies/almaty', 'gatherings/_all');
    expect(opened(asOurs)).toEqual(everything());
  });
  it('(control: the key of nobody opens nothing)', () => {
    expect(
      run('age-keygen > nobody.txt 2>/dev/null; python3 open-sealed.py log.txt vault.txt nobody.txt'),
    ).toEqual([]);
  });
  it('(control: a field that was moved to another entry is refused by libsodium too)', () => {
    const [[, entry = ''] = []] = run('python3 open-sealed.py log.txt vault.txt recovery.txt');
    const moved = readFileSync(path('log.txt'), 'utf8').replaceAll(entry, entry.replace(/.$/, 'x'));
    writeFileSync(path('moved.txt'), moved);
    expect(() => run('python3 open-sealed.py moved.txt vault.txt recovery.txt')).toThrow('Decryption failed');
  });
});
