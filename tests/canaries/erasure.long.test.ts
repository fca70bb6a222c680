import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDataKey, openField, rotateTeam, teamIdentities } from '../../src/sealing/index.ts';
import {
  eraseRecord,
  openWorkspace,
  packageFiles,
  planFileImport,
  restoreBackup,
  runFileImport,
  studyFromFolders,
  takeBackup,
  type Workspace,
} from '../../src/workspace/index.ts';
import { type Keys, withKeys } from '../builders/keyed-folder.ts';
import { aWorkspace } from '../builders/workspace.ts';
import { aMappingWith, bytesOf } from '../import/an-import.ts';
import { keepFigure } from '../reliability/figure.ts';

const CARDS = 24;
const ERASED = 12;
const DAY = 86_400_000;
const { study, files } = studyFromFolders([join(import.meta.dirname, '../import/studies')], 'gatherings');

let folder: string;
let now = Date.UTC(2026, 10, 1);
const effects = {
  clock: () => (now += 1000),
  random: (n: number) => crypto.getRandomValues(new Uint8Array(n)),
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baqylau-erasure-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const importCards = async (workspace: Workspace): Promise<void> => {
  const rows = Array.from({ length: CARDS }, (_, i) => `${i},10.01.2018,митинг,20,Canary ${i}`);
  const source = bytesOf(`No,Date,Form,People,Who\n${rows.join('\n')}\n`);
  const request = { study, mapping: aMappingWith({ organiser_name: 'Who' }), source, effects };
  await runFileImport(workspace, request, await planFileImport(workspace, request));
};
const idOf = (workspace: Workspace, n: number): string =>
  workspace.importId('gatherings', 'gathering', [String(n)]);

/**
 * How many of the cards from `from` on open in a folder with everything that anybody holds: team keys of all versions and the
 * recovery key, tried on every wrap that is there.
 */
const opened = async (dir: string, keys: Keys, from: number, to: number): Promise<number> => {
  const workspace = await openWorkspace(dir, { effects, readOnly: true });
  try {
    const directory = (await workspace.directory())?.directory;
    if (directory === undefined) throw new Error('no directory');
    const people = Object.values(keys.people).map(({ user, identity }) =>
      teamIdentities(directory, user, identity, 'gatherings/_all'),
    );
    const identities = [...(await Promise.all(people)).flat(), keys.recovery];
    let found = 0;
    for (let n = from; n < to; n += 1)
      for (const { body } of await workspace.entries(idOf(workspace, n)))
        for (const sealed of body.sealed) {
          const wrap = await workspace.store.vaultGet(sealed.key_id);
          if (wrap === undefined) continue;
          const key = await openDataKey(wrap, { ...body, key_id: sealed.key_id }, identities);
          if (openField(key, { ...body, field: sealed.field }, sealed) === `Canary ${n}`) found += 1;
        }
    return found;
  } finally {
    await workspace.close();
  }
};
const findings = async (dir: string): Promise<number> => {
  const workspace = await openWorkspace(dir, { effects, readOnly: true });
  try {
    return (await workspace.verify()).findings.length;
  } finally {
    await workspace.close();
  }
};

/** Of these wraps, how many still lie in some file of the folder, in part of a page or of the write-ahead log. */
const residue = (dir: string, wraps: readonly Buffer[]): number => {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
  return wraps.filter((wrap) => files.some((bytes) => bytes.includes(wrap.subarray(-64)))).length;
};
/** The wraps of a card's keys, as they lie in the vault. */
const wrapsOf = async (workspace: Workspace, n: number): Promise<readonly Buffer[]> => {
  const ids = (await workspace.entries(idOf(workspace, n))).flatMap((l) =>
    l.body.sealed.map((s) => s.key_id),
  );
  const wraps = await Promise.all([...new Set(ids)].map((id) => workspace.store.vaultGet(id)));
  return wraps.flatMap((wrap) => (wrap === undefined ? [] : [Buffer.from(wrap)]));
};

it('S17: what was erased opens nowhere again, not from an old backup, and the log is whole', async () => {
  const [data, backups] = [join(folder, 'data'), join(folder, 'backups')];
  const workspace = await aWorkspace(data, { effects });
  await workspace.registerStudy(study, packageFiles(study, files));
  const keys = await withKeys(workspace, { 'gatherings/_all': ['aru', 'beket'] });
  await importCards(workspace);
  const backup = () => takeBackup(workspace, { to: backups, recipient: keys.recipient, effects });
  const old = await backup();
  expect(await opened(data, keys, 0, CARDS)).toBe(CARDS);

  const cards = Array.from({ length: ERASED }, (_, n) => wrapsOf(workspace, n));
  const wraps = (await Promise.all(cards)).flat();
  expect(residue(data, wraps)).toBe(ERASED);

  // Shred, rotate the team key, back up.
  now += DAY;
  for (let n = 0; n < ERASED; n += 1)
    await eraseRecord(workspace, idOf(workspace, n), {
      author: 'aru',
      approvedBy: 'beket',
      basis: 'consent_withdrawn',
    });
  expect(residue(data, wraps)).toBe(0);
  await keys.change((directory) => rotateTeam(directory, 'gatherings/_all'));
  await backup();
  const places = [data];
  const restored = async (from: string): Promise<string> => {
    const dir = join(folder, `restored-${places.length}`);
    await restoreBackup(from, [keys.recovery], dir);
    places.push(dir);
    return dir;
  };

  // The old backup, and all that there are.
  await restored(old.file);
  await restored(backups);

  // Control: the old backup by itself, as it was before anybody erased; the list of the erased beside it buries them.
  const apart = join(folder, 'apart');
  mkdirSync(apart);
  for (const name of readdirSync(backups).filter((n) => n.includes(old.set)))
    copyFileSync(join(backups, name), join(apart, name));
  const control = join(folder, 'control');
  await restoreBackup(apart, [keys.recovery], control);
  const broughtBack = await opened(control, keys, 0, ERASED);
  expect(broughtBack).toBe(ERASED);
  copyFileSync(join(backups, 'tombstones.jsonl'), join(apart, 'tombstones.jsonl'));
  await restored(apart);

  // A month later the last backup that had the keys has rotated: nobody needs the list any more.
  // Ages are counted from the backup before, so that a clock that jumps ahead destroys nothing.
  for (const days of [32, 1]) {
    now += days * DAY;
    await backup();
  }
  const rotated = join(folder, 'rotated');
  mkdirSync(rotated);
  for (const name of readdirSync(backups).filter((n) => n.endsWith('.age')))
    copyFileSync(join(backups, name), join(rotated, name));
  expect(readdirSync(rotated).filter((n) => n.includes(old.set) && n.includes('vault'))).toEqual([]);
  await restored(rotated);
  await workspace.close();

  for (const dir of places) {
    expect(await opened(dir, keys, 0, ERASED), dir).toBe(0);
    expect(await opened(dir, keys, ERASED, CARDS), dir).toBe(CARDS - ERASED);
    expect(await findings(dir), dir).toBe(0);
  }
  keepFigure({
    id: 'S17',
    found: `${ERASED} of ${CARDS} records erased, team key rotated: 0 open in the folder and in ${places.length - 1} restored backups with the team and recovery keys, the other ${CARDS - ERASED} open in each; all logs verify; no byte of their wraps is left in the files of the folder`,
    control: `old backup without the list of the erased: ${broughtBack} of ${ERASED} open`,
  });
});
