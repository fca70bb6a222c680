import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  eraseRecord,
  planFileImport,
  type RevealedFile,
  revealRecord,
  runFileImport,
} from '../../src/workspace/index.ts';
import { type Keys, withKeys } from '../builders/keyed-folder.ts';
import { fixedEffects } from '../builders/workspace.ts';
import { aMappingWith, type Folder, problemsOf, type TestMapping, withFolder } from './an-import.ts';

const NAME = 'Zhuldyz Canary.jpg';
const CONTENT = 'what only the team may see';
const MAPPING = aMappingWith({ photos: { from: 'Photos', folder: 'photos', split: ';' } });
const HEADER = 'No,Date,Form,People,Photos';
const ROW = `1,10.01.2018,митинг,20,${NAME}`;

let beside: string;
beforeEach(() => {
  beside = mkdtempSync(join(tmpdir(), 'baqylau-attached-'));
  put(`photos/${NAME}`, CONTENT);
});
afterEach(() => rmSync(beside, { recursive: true }));

const put = (path: string, content: string | Uint8Array = CONTENT): string => {
  const file = join(beside, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
};
const table = (...rows: readonly string[]): string => put('table.csv', `${[HEADER, ...rows].join('\n')}\n`);
type KeyedFolder = Folder & { readonly keys: Keys };
const withKeyedFolder = <T>(use: (folder: KeyedFolder) => Promise<T>): Promise<T> =>
  withFolder(async (folder) =>
    use({ ...folder, keys: await withKeys(folder.workspace, { 'gatherings/_all': ['aru'] }) }),
  );
/** Imports a table that lies in a folder: names of files are looked for beside it. */
const importing = (folder: Folder, source: string, mapping: TestMapping = MAPPING, reseal = false) =>
  folder.import('', mapping, false, { source, reseal });
const idOf = ({ workspace }: Folder, key = '1'): string =>
  workspace.importId('gatherings', 'gathering', [key]);

const read = async (file: RevealedFile): Promise<string> =>
  Buffer.concat(await Array.fromAsync(file.content())).toString();
/** Name and content of every file of a record, as aru sees them. */
const shown = async (folder: KeyedFolder, key = '1'): Promise<readonly (readonly [string, string])[]> => {
  const reader = folder.keys.people['aru'];
  if (reader === undefined) throw new Error('no keys of aru');
  const { fields } = await revealRecord(folder.workspace, idOf(folder, key), reader);
  const files = fields.flatMap((field) => field.files ?? []);
  return Promise.all(files.map(async (file) => [file.name, await read(file)] as const));
};
const stored = async ({ workspace }: Folder): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const leaf of workspace.store.read(0)) parts.push(Buffer.from(leaf.bytes));
  for await (const { wrap } of workspace.store.vault()) parts.push(Buffer.from(wrap));
  for await (const { bytes } of workspace.store.blobs()) parts.push(Buffer.from(bytes));
  return Buffer.concat(parts).toString('latin1');
};
const attachmentsOf = async (folder: Folder) => (await folder.record('1'))?.attachments ?? [];

describe('files that a table names', () => {
  it('are sealed, and a member of the team reads them under their names', () =>
    withKeyedFolder(async (folder) => {
      put('photos/two.png', 'two');
      expect(await importing(folder, table(`${ROW};two.png`))).toMatchObject({
        written: 1,
        sealed: { sealed: 1 },
      });
      expect(await shown(folder)).toEqual([
        [NAME, CONTENT],
        ['two.png', 'two'],
      ]);
    }));
  it('stand in the entry by the hash and size of their ciphertext, with a media type and a key of their own', () =>
    withKeyedFolder(async (folder) => {
      await importing(folder, table(ROW));
      const [attachment] = await attachmentsOf(folder);
      const ct = await folder.workspace.store.getBlob(attachment?.ct_sha256 ?? '');
      expect(attachment).toMatchObject({ media_type: 'image/jpeg', ct_size: ct?.length });
      const [sealed] = (await folder.record('1'))?.sealed ?? [];
      expect(sealed?.sealed.key_id).not.toBe(attachment?.key_id);
    }));
  it('are in plain nowhere, neither what is in them nor what they are called', () =>
    withKeyedFolder(async (folder) => {
      await importing(folder, table(ROW));
      const bytes = await stored(folder);
      for (const secret of ['Canary', CONTENT]) expect(bytes).not.toContain(secret);
    }));
  it('are attached to the rows of a repeat too', () =>
    withKeyedFolder(async (folder) => {
      put('rulings/one.pdf', 'the ruling');
      const mapping = aMappingWith(
        {},
        {
          ignore: ['Photos'],
          repeats: {
            sanctions: {
              rows: [
                {
                  kind: { constant: 'fine' },
                  persons: 'Fined',
                  ruling: { from: 'Ruling', folder: 'rulings' },
                },
              ],
            },
          },
        },
      );
      const file = put('table.csv', `${HEADER},Fined,Ruling\n${ROW},1,one.pdf\n`);
      await importing(folder, file, mapping);
      expect(await shown(folder)).toEqual([['one.pdf', 'the ruling']]);
    }));
  it('may lie in a folder within, and are found however the name is composed', () =>
    withKeyedFolder(async (folder) => {
      put(`photos/day/${'й.jpg'.normalize('NFD')}`, 'decomposed');
      await importing(folder, table(`1,10.01.2018,митинг,20,day/${'й.jpg'.normalize('NFC')}`));
      expect(await shown(folder)).toEqual([['й.jpg', 'decomposed']]);
    }));
  it('of 50 MiB are taken', { timeout: 120_000 }, () =>
    withKeyedFolder(async (folder) => {
      put('photos/film.mp4', Buffer.alloc(50 * 1024 * 1024, 'film'));
      await importing(folder, table('1,10.01.2018,митинг,20,film.mp4'));
      const [[name, content] = ['', '']] = await shown(folder);
      expect([name, content.length, content.slice(-4)]).toEqual(['film.mp4', 50 * 1024 * 1024, 'film']);
    }),
  );
});

describe('the same table again', () => {
  it('changes nothing, also when the files have been put away', () =>
    withKeyedFolder(async (folder) => {
      await importing(folder, table(ROW));
      const before = await folder.workspace.head();
      rmSync(join(beside, 'photos'), { recursive: true });
      expect(await importing(folder, table(ROW))).toMatchObject({
        written: 0,
        outcomes: { unchanged: 1 },
        sealed: { not_compared: 1 },
      });
      expect(await folder.workspace.head()).toEqual(before);
    }));
  it('with --reseal seals the files anew in the place of the old ones', () =>
    withKeyedFolder(async (folder) => {
      await importing(folder, table(ROW));
      put(`photos/${NAME}`, 'another picture');
      await importing(folder, table(ROW), MAPPING, true);
      expect(await shown(folder)).toEqual([[NAME, 'another picture']]);
      expect(await attachmentsOf(folder)).toHaveLength(1);
    }));
  it('an emptied cell becomes a gap', () =>
    withKeyedFolder(async (folder) => {
      await importing(folder, table(ROW));
      await importing(folder, table('1,10.01.2018,митинг,20,'));
      expect((await folder.record('1'))?.values.get('photos')).toEqual({ missing: 'not_recorded' });
      expect(await shown(folder)).toEqual([]);
    }));
});

describe('a file that cannot be taken stops the import, and the problem does not show its name', () => {
  const cell = (written: string): string => table(ROW, `2,11.01.2018,митинг,20,${written}`);
  it.each<readonly [string, string, () => unknown, string]>([
    ['missing', 'missing', () => undefined, 'Canary lost.jpg'],
    ['above the folder', 'outside', () => undefined, '../../etc/Canary'],
    ['by an absolute path', 'outside', () => undefined, '/etc/Canary'],
    ['with a backslash', 'outside', () => undefined, '..\\Canary'],
    ['a folder', 'not_a_file', () => mkdirSync(join(beside, 'photos/Canary')), 'Canary'],
    ['empty', 'empty', () => put('photos/Canary', ''), 'Canary'],
    [
      'larger than 50 MiB',
      'too_large',
      () => truncateSync(put('photos/Canary'), 50 * 1024 * 1024 + 1),
      'Canary',
    ],
  ])('%s', (_, what, prepare, name) =>
    withKeyedFolder(async (folder) => {
      prepare();
      const before = await folder.workspace.head();
      const problems = await problemsOf(importing(folder, cell(`${NAME};${name}`)));
      expect(problems).toMatchObject([
        { code: 'import_row_rejected' },
        {
          code: 'import_attachment',
          details: { what, n: 2, column: 'Photos' },
          at: { row: 3, field: 'Photos' },
        },
      ]);
      expect(JSON.stringify(problems)).not.toContain('Canary');
      expect(await folder.workspace.head()).toEqual(before);
    }),
  );
  it('by a link that leads out of the folder of the table', () =>
    withKeyedFolder(async (folder) => {
      const elsewhere = mkdtempSync(join(tmpdir(), 'baqylau-elsewhere-'));
      writeFileSync(join(elsewhere, 'secret'), 'outside');
      symlinkSync(join(elsewhere, 'secret'), join(beside, 'photos', 'link.jpg'));
      const problems = await problemsOf(importing(folder, cell('link.jpg')));
      expect(problems).toMatchObject([
        { code: 'import_row_rejected' },
        { code: 'import_attachment', details: { what: 'outside' } },
      ]);
      rmSync(elsewhere, { recursive: true });
    }));
  it('a named pipe, without waiting for somebody to write into it', () =>
    withKeyedFolder(async (folder) => {
      execFileSync('mkfifo', [join(beside, 'photos', 'pipe.jpg')]);
      expect(await problemsOf(importing(folder, cell('pipe.jpg')))).toMatchObject([
        { code: 'import_row_rejected' },
        { code: 'import_attachment', details: { what: 'not_a_file' } },
      ]);
    }));
  it('more than 50 in a row', () =>
    withKeyedFolder(async (folder) => {
      const names = Array.from({ length: 51 }, (_, i) => `${i}.jpg`);
      for (const name of names) put(`photos/${name}`, 'x');
      expect(await problemsOf(importing(folder, cell(names.join(';'))))).toMatchObject([
        { code: 'import_row_rejected' },
        { code: 'import_attachment', details: { what: 'row_files', n: 51 } },
      ]);
    }));
  it('in a folder outside the table’s, as the mapping names it', () => {
    expect(() => aMappingWith({ photos: { from: 'Photos', folder: '../photos' } })).toThrow(/mapping_shape/);
  });
  it('that is gone between the check and the import: nothing of the table is in the log', () =>
    withKeyedFolder(async (folder) => {
      const { workspace, study } = folder;
      const later = put('photos/later.jpg');
      const source = table(ROW, '2,11.01.2018,митинг,20,later.jpg');
      const before = [await workspace.head(), await stored(folder)];
      const request = { study, mapping: MAPPING, source, effects: fixedEffects('gone') };
      const plan = await planFileImport(workspace, request);
      truncateSync(later);
      const problems = await problemsOf(runFileImport(workspace, request, plan));
      expect(problems.map((p) => p.code)).toEqual(['import_file_changed']);
      expect([await workspace.head(), await stored(folder)]).toEqual(before);
    }));
});

describe('a record that was erased', () => {
  it('has neither the keys nor the ciphertexts of its files, and the log still verifies', () =>
    withKeyedFolder(async (folder) => {
      await importing(folder, table(ROW));
      const [attachment] = await attachmentsOf(folder);
      const erased = await eraseRecord(folder.workspace, idOf(folder), {
        author: 'aru',
        approvedBy: 'beket',
        basis: 'request',
      });
      expect(erased).toEqual({ keys: 2, blobs: 1, again: false });
      expect(await folder.workspace.store.getBlob(attachment?.ct_sha256 ?? '')).toBeUndefined();
      expect((await folder.workspace.verify()).findings).toEqual([]);
    }));
});

describe('verify names', () => {
  const found = async (change: (folder: KeyedFolder, sha256: string) => Promise<void>) =>
    withKeyedFolder(async (folder) => {
      await importing(folder, table(ROW));
      const [attachment] = await attachmentsOf(folder);
      await change(folder, attachment?.ct_sha256 ?? '');
      return (await folder.workspace.verify()).findings;
    });
  it('an attachment that is missing', async () => {
    expect(await found(({ workspace }, sha256) => workspace.store.deleteBlobs([sha256]))).toMatchObject([
      { what: 'removed', shownBy: 'attachment' },
    ]);
  });
  it('an attachment that was altered', async () => {
    const altered = async ({ workspace }: KeyedFolder, sha256: string): Promise<void> => {
      await workspace.store.deleteBlobs([sha256]);
      await workspace.store.putBlob(sha256, new TextEncoder().encode('something else'));
    };
    expect(await found(altered)).toMatchObject([{ what: 'changed', shownBy: 'attachment' }]);
  });
  it('an attachment that is missing although another record was erased', async () => {
    const another = async (folder: KeyedFolder, sha256: string): Promise<void> => {
      await importing(folder, table('2,11.01.2018,митинг,20,'));
      await eraseRecord(folder.workspace, idOf(folder, '2'), {
        author: 'aru',
        approvedBy: 'beket',
        basis: 'request',
      });
      await folder.workspace.store.deleteBlobs([sha256]);
    };
    expect(await found(another)).toMatchObject([{ what: 'removed', shownBy: 'attachment' }]);
  });
});
