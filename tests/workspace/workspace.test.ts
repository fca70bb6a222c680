import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordState } from '../../src/records/index.ts';
import { openWorkspace, type Workspace } from '../../src/workspace/index.ts';
import { aStudy } from '../builders/study-files.ts';
import { aCard, aDataFolder, aWorkspace, cards, fixedEffects } from '../builders/workspace.ts';

let folder: ReturnType<typeof aDataFolder>;
beforeEach(() => {
  folder = aDataFolder();
});
afterEach(() => folder.remove());

const withWorkspace = async <T>(use: (workspace: Workspace) => Promise<T>): Promise<T> => {
  const workspace = await aWorkspace(folder.dir);
  try {
    return await use(workspace);
  } finally {
    await workspace.close();
  }
};
const open = (readOnly = false): Promise<Workspace> =>
  openWorkspace(folder.dir, { effects: fixedEffects('open'), readOnly });
const file = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });
const states = (workspace: Workspace, at?: number): Promise<RecordState[]> =>
  Array.fromAsync(workspace.states(aStudy(), at));

describe('a new data folder', () => {
  it('has settings, keys and a log', async () => {
    await withWorkspace(async ({ config }) =>
      expect(config).toMatchObject({ org: 'sample', people: ['aru', 'beket'] }),
    );
    expect(readdirSync(folder.dir).toSorted()).toEqual(['config.yaml', 'keys', 'lock.db', 'log.db']);
  });
  it('keeps its keys to its owner', async () => {
    await withWorkspace(async () => undefined);
    const modes = ['keys', 'keys/device.key', 'keys/import.key'].map(
      (name) => statSync(join(folder.dir, name)).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o600, 0o600]);
  });
  it('has no secret in its settings', async () => {
    await withWorkspace(async () => undefined);
    const config = readFileSync(join(folder.dir, 'config.yaml'), 'utf8');
    for (const name of ['device.key', 'import.key'])
      expect(config).not.toContain(readFileSync(join(folder.dir, 'keys', name), 'utf8').trim());
  });
  it('is refused where something is already, and that stays', async () => {
    mkdirSync(folder.dir);
    writeFileSync(join(folder.dir, 'mine.txt'), 'mine');
    await expect(aWorkspace(folder.dir)).rejects.toThrow(/data_folder_exists/);
    expect(readdirSync(folder.dir)).toEqual(['mine.txt']);
  });
  it('with an organisation code that is none leaves nothing behind', async () => {
    await expect(aWorkspace(folder.dir, { org: 'Not a code' })).rejects.toThrow(/data_folder_damaged/);
    expect(existsSync(folder.dir)).toBe(false);
  });
  it('is the same, byte for byte, with the same clock and chance', async () => {
    const head = await withWorkspace(async (w) => {
      await w.append(cards(w, 0, 5));
      return [w.config.device, (await w.head()).root];
    });
    folder.remove();
    folder = aDataFolder();
    const again = await withWorkspace(async (w) => {
      await w.append(cards(w, 0, 5));
      return [w.config.device, (await w.head()).root];
    });
    expect(again).toEqual(head);
  });
});

describe('opening a data folder', () => {
  it('that is not there is refused', async () => {
    await expect(open()).rejects.toThrow(/data_folder_missing/);
  });
  it('with another device key is refused', async () => {
    await withWorkspace(async () => undefined);
    writeFileSync(join(folder.dir, 'keys/device.key'), Buffer.alloc(32, 1).toString('base64url'));
    await expect(open()).rejects.toThrow(/data_folder_damaged .*device.key/);
  });
  it.each([
    ['keys/device.key', 'short'],
    ['keys/import.key', ''],
    ['config.yaml', 'version: 1\n'],
    ['config.yaml', ': : :'],
  ])('with a damaged %s is refused and the file named', async (name, text) => {
    await withWorkspace(async () => undefined);
    writeFileSync(join(folder.dir, name), text);
    await expect(open()).rejects.toThrow(new RegExp(`data_folder_damaged .*${name}`));
  });
  it('of a later version is refused as newer, not as damaged', async () => {
    await withWorkspace(async () => undefined);
    writeFileSync(join(folder.dir, 'config.yaml'), 'version: 2\nnew_setting: true\n');
    await expect(open()).rejects.toThrow(/data_folder_newer .*2/);
  });
  it('a second time to write is refused, to read is not', async () => {
    await withWorkspace(async (w) => {
      await w.append(cards(w, 0, 2));
      await expect(open()).rejects.toThrow(/data_folder_in_use/);
      const reader = await open(true);
      expect((await reader.head()).size).toBe(2);
      await expect(reader.append(cards(reader, 2, 3))).rejects.toThrow(/data_folder_read_only/);
      await reader.close();
    });
  });
});

describe('studies', () => {
  const files = [file('street/study.yaml', 'id: street')];
  it('first use is registered, the same again changes nothing', async () => {
    await withWorkspace(async (w) => {
      expect([await w.registerStudy(aStudy(), files), await w.registerStudy(aStudy(), files)]).toEqual([
        'registered',
        'known',
      ]);
      expect((await w.head()).size).toBe(1);
    });
  });
  it('a changed package of the same version is refused', async () => {
    await withWorkspace(async (w) => {
      await w.registerStudy(aStudy(), files);
      await expect(w.registerStudy({ ...aStudy(), hash: 'f'.repeat(64) }, files)).rejects.toThrow(
        /study_changed_without_version .*"street"/,
      );
    });
  });
  it('a new version is registered beside the old', async () => {
    await withWorkspace(async (w) => {
      await w.registerStudy(aStudy(), files);
      expect(await w.registerStudy({ ...aStudy(), version: 2, hash: 'f'.repeat(64) }, files)).toBe(
        'registered',
      );
      await expect(w.registerStudy({ ...aStudy(), hash: 'e'.repeat(64) }, files)).rejects.toThrow(
        /study_changed/,
      );
    });
  });
  it('its files are kept, and verify finds a changed one', async () => {
    await withWorkspace(async (w) => {
      await w.registerStudy(aStudy(), files);
      const [leaf] = await w.entries(w.importId('street', '', ['study']));
      expect(leaf?.body.values['files']).toMatchObject([{ row_id: 'street/study.yaml' }]);
      expect((await w.verify()).findings).toEqual([]);
    });
    const { DatabaseSync } = await import('node:sqlite');
    const db = new DatabaseSync(join(folder.dir, 'log.db'));
    db.exec("UPDATE blob SET bytes = x'00'");
    db.close();
    const reader = await open(true);
    expect((await reader.verify()).findings).toMatchObject([
      { what: 'changed', position: 0, shownBy: 'blob' },
    ]);
    await reader.close();
  });
  it('a study entry is no record', async () => {
    await withWorkspace(async (w) => {
      await w.registerStudy(aStudy(), files);
      expect(await states(w)).toEqual([]);
    });
  });
});

describe('records', () => {
  it('entries come back folded, one state a record, in order of id', async () => {
    await withWorkspace(async (w) => {
      await w.append(cards(w, 0, 30));
      const record_id = w.importId('street', 'gathering', ['3']);
      const [parent = ''] = (await w.record(record_id))?.heads ?? [];
      await w.append([aCard(w, 3, { kind: 'verify', author: 'beket', parents: [parent], values: {} })]);
      const found = await states(w);
      expect(found.map((s) => s.recordId)).toEqual(found.map((s) => s.recordId).toSorted());
      expect(found.filter((s) => s.review === 'verified').map((s) => s.recordId)).toEqual([record_id]);
      expect(found).toHaveLength(30);
    });
  });
  it('are read as of an earlier size of the log', async () => {
    await withWorkspace(async (w) => {
      await w.append(cards(w, 0, 3));
      await w.append(cards(w, 3, 9));
      expect(await states(w, 3)).toHaveLength(3);
    });
  });
  it('of another study are not among them', async () => {
    await withWorkspace(async (w) => {
      await w.append([
        aCard(w, 1),
        aCard(w, 2, { study: 'other', record_id: w.importId('other', 'gathering', ['2']) }),
      ]);
      expect(await states(w)).toHaveLength(1);
    });
  });
  it('an unknown record is undefined', async () => {
    await withWorkspace(async (w) => expect(await w.record(w.importId('x', 'y', ['z']))).toBeUndefined());
  });
  it('the import id of a row is that of every machine with the same import key', async () => {
    const mine = await withWorkspace(async (w) => w.importId('street', 'gathering', ['7']));
    const reopened = await open();
    expect(reopened.importId('street', 'gathering', ['7'])).toBe(mine);
    await reopened.close();
  });
});
