import { describe, expect, it } from 'vitest';
import { eraseRecord, type RevealedRecord, revealRecord } from '../../src/workspace/index.ts';
import { type Keys, withKeys } from '../builders/keyed-folder.ts';
import { aMappingWith, type Folder, problemsOf, type TestMapping, withFolder } from './an-import.ts';

const NAME = 'Zhuldyz Canary';
const FINED = 'Fined Canary';
const MAPPING = aMappingWith(
  { organiser_name: 'Organiser' },
  {
    repeats: {
      sanctions: {
        rows: [{ kind: { constant: 'fine' }, persons: 'Fined', person_name: 'Who' }],
      },
    },
  },
);
const HEADER = 'No,Date,Form,People,Organiser,Fined,Who';
const file = (...rows: readonly string[]): string => `${[HEADER, ...rows].join('\n')}\n`;
const ROW = `1,10.01.2018,митинг,20,${NAME},1,${FINED}`;

type KeyedFolder = Folder & { readonly keys: Keys };
const withKeyedFolder = <T>(
  use: (folder: KeyedFolder) => Promise<T>,
  teams: Readonly<Record<string, readonly string[]>> = { 'gatherings/_all': ['aru', 'beket'] },
): Promise<T> =>
  withFolder(async (folder) => use({ ...folder, keys: await withKeys(folder.workspace, teams) }));

const idOf = ({ workspace }: Folder, key = '1'): string =>
  workspace.importId('gatherings', 'gathering', [key]);
const revealed = (folder: KeyedFolder, user = 'aru', key = '1'): Promise<RevealedRecord> => {
  const reader = folder.keys.people[user];
  if (reader === undefined) throw new Error(`no keys of ${user}`);
  return revealRecord(folder.workspace, idOf(folder, key), reader);
};
/** What aru sees, by field. */
const shown = async (folder: KeyedFolder, key = '1'): Promise<Record<string, unknown>> => {
  const { fields } = await revealed(folder, 'aru', key);
  return Object.fromEntries(fields.map((f) => [f.field, 'value' in f.shown ? f.shown.value : f.shown.fault]));
};
/** Everything that the log and its vault hold. */
const stored = async ({ workspace }: Folder): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const leaf of workspace.store.read(0)) parts.push(Buffer.from(leaf.bytes));
  for await (const { wrap } of workspace.store.vault()) parts.push(Buffer.from(wrap));
  for await (const { bytes } of workspace.store.blobs()) parts.push(Buffer.from(bytes));
  return Buffer.concat(parts).toString('latin1');
};

describe('import seals what identifies people', () => {
  it('a member of the team reads it, in the rows of a repeat too', () =>
    withKeyedFolder(async (folder) => {
      const report = await folder.import(file(ROW), MAPPING);
      expect(report).toMatchObject({ written: 1, sealed: { sealed: 1, not_compared: 0, erased: 0 } });
      expect(await shown(folder)).toEqual({ organiser_name: NAME, 'sanctions.person_name': FINED });
    }));
  it('none of it stands in the log, the vault, or the folded record', () =>
    withKeyedFolder(async (folder) => {
      await folder.import(file(ROW), MAPPING);
      const [bytes, state] = [await stored(folder), await folder.record('1')];
      for (const name of [NAME, FINED]) {
        expect(bytes).not.toContain(name);
        expect(JSON.stringify([...(state?.values ?? [])])).not.toContain(name);
      }
      expect(state?.values.get('sanctions')).toMatchObject([{ values: { kind: 'fine', persons: 1 } }]);
    }));
  it('who is in no team of the compartment cannot', () =>
    withKeyedFolder(
      async (folder) => {
        await folder.import(file(ROW), MAPPING);
        expect(await problemsOf(revealed(folder, 'dana'))).toMatchObject([{ code: 'wrap_not_opened' }]);
      },
      { 'gatherings/_all': ['aru'], 'gatherings/north': ['dana'] },
    ));
  it('a row whose compartment has no team is refused before anything is written', () =>
    withKeyedFolder(
      async (folder) => {
        const before = await folder.entries();
        expect(await problemsOf(folder.import(file(ROW), MAPPING))).toMatchObject([
          { code: 'import_row_rejected' },
          { code: 'compartment_without_team', at: { row: 2 } },
        ]);
        expect(await folder.entries()).toBe(before);
      },
      { 'gatherings/north': ['dana'] },
    ));
  it('without a key directory such a mapping is refused', () =>
    withFolder(async (folder) => {
      expect(await problemsOf(folder.import(file(ROW), MAPPING))).toMatchObject([
        { code: 'identity_needs_sealing', details: { field: 'organiser_name' } },
        { code: 'identity_needs_sealing', details: { field: 'person_name' } },
      ]);
    }));
});

describe('a problem never shows what stands in an identity cell', () => {
  const typed = (mapping: Record<string, unknown>): TestMapping => aMappingWith(mapping);
  it.each([
    [
      'a column that also fills a field in plain',
      typed({ organiser_name: 'Organiser', remark: 'Organiser' }),
      'import_column_identity',
    ],
    ['a column that is also the key', aMappingWith({ organiser_name: 'No' }), 'import_column_identity'],
  ])('%s is refused', (_, mapping, code) =>
    withKeyedFolder(async (folder) => {
      expect(await problemsOf(folder.import(file(ROW), mapping))).toMatchObject([{ code }]);
    }),
  );
  it('a split cell with a name in the wrong part', () =>
    withKeyedFolder(async (folder) => {
      const mapping = aMappingWith(
        {},
        {
          repeats: {
            sanctions: {
              split: { from: 'S', by: ';', within: ':' },
              columns: { person_name: { part: 1 }, kind: { part: 2 } },
            },
          },
        },
      );
      const wrong = `No,Date,Form,People,S\n1,10.01.2018,митинг,20,fine:${NAME}\n`;
      const problems = await problemsOf(folder.import(wrong, mapping));
      expect(problems).toMatchObject([
        { code: 'import_row_rejected' },
        {
          code: 'import_identity_cell',
          details: { why: 'import_code_unknown' },
          at: { row: 2, field: 'kind' },
        },
      ]);
      expect(JSON.stringify(problems)).not.toContain(NAME);
    }));
  it('a row whose cells are shifted', () =>
    withKeyedFolder(async (folder) => {
      const problems = await problemsOf(folder.import(file(`${NAME},${ROW}`), MAPPING));
      expect(problems).toMatchObject([{ code: 'import_row_rejected' }, { code: 'import_row_width' }]);
      expect(JSON.stringify(problems)).not.toContain(NAME);
    }));
});

describe('the same file again', () => {
  it('changes nothing, and says that the sealed values were not compared', () =>
    withKeyedFolder(async (folder) => {
      await folder.import(file(ROW), MAPPING);
      const before = await folder.workspace.head();
      const report = await folder.import(file(ROW.replace(NAME, 'Another Name')), MAPPING);
      expect(report).toMatchObject({ written: 0, outcomes: { unchanged: 1 }, sealed: { not_compared: 1 } });
      expect(await folder.workspace.head()).toEqual(before);
    }));
  it('with --reseal seals anew', () =>
    withKeyedFolder(async (folder) => {
      await folder.import(file(ROW), MAPPING);
      const again = file(ROW.replace(NAME, 'Another Name'));
      const report = await folder.import(again, MAPPING, false, { reseal: true });
      expect(report).toMatchObject({ written: 1, outcomes: { revised: 1 }, sealed: { sealed: 1 } });
      expect(await shown(folder)).toMatchObject({ organiser_name: 'Another Name' });
    }));
  it('a row that changed elsewhere brings its names with it', () =>
    withKeyedFolder(async (folder) => {
      await folder.import(file(ROW), MAPPING);
      await folder.import(file(ROW.replace(',20,', ',30,').replace(NAME, 'Another Name')), MAPPING);
      expect(await shown(folder)).toMatchObject({ organiser_name: 'Another Name' });
      expect((await folder.record('1'))?.sealed).toHaveLength(2);
    }));
  it('names that were left out the first time are sealed the second', () =>
    withKeyedFolder(async (folder) => {
      await folder.import(file(ROW), aMappingWith({}, { ignore: ['Organiser', 'Fined', 'Who'] }));
      const report = await folder.import(
        file(ROW),
        aMappingWith({ organiser_name: 'Organiser' }, { ignore: ['Fined', 'Who'] }),
      );
      expect(report).toMatchObject({ outcomes: { revised: 1 }, sealed: { sealed: 1 } });
      expect(await shown(folder)).toEqual({ organiser_name: NAME });
    }));
  it('an emptied cell becomes a gap, once', () =>
    withKeyedFolder(async (folder) => {
      await folder.import(file(ROW), MAPPING);
      const emptied = file(ROW.replace(NAME, ''));
      expect(await folder.import(emptied, MAPPING)).toMatchObject({ outcomes: { revised: 1 } });
      const state = await folder.record('1');
      expect(state?.values.get('organiser_name')).toEqual({ missing: 'not_recorded' });
      expect(state?.sealed.map((s) => s.field)).toEqual(['sanctions.person_name']);
      expect(await folder.import(emptied, MAPPING)).toMatchObject({ outcomes: { unchanged: 1 } });
    }));
});

describe('a record that was erased', () => {
  const erase = (folder: Folder) =>
    eraseRecord(folder.workspace, idOf(folder), { author: 'aru', approvedBy: 'beket', basis: 'request' });
  it('is revealed to nobody, and the log still verifies', () =>
    withKeyedFolder(async (folder) => {
      await folder.import(file(ROW), MAPPING);
      expect(await erase(folder)).toEqual({ keys: 1, blobs: 0, again: false });
      expect(await problemsOf(revealed(folder))).toMatchObject([
        { code: 'record_erased', details: { basis: 'request' } },
      ]);
      expect((await folder.workspace.verify()).findings).toEqual([]);
      expect((await folder.record('1'))?.values.get('participants.best')).toBe(20);
    }));
  it('does not get its names back from the file', () =>
    withKeyedFolder(async (folder) => {
      await folder.import(file(ROW), MAPPING);
      await erase(folder);
      const again = await folder.import(file(ROW), MAPPING, false, { reseal: true });
      expect(again).toMatchObject({ written: 0, outcomes: { unchanged: 1 }, sealed: { erased: 1 } });
    }));
  it('is erased once: doing it again finds nothing left', () =>
    withKeyedFolder(async (folder) => {
      await folder.import(file(ROW), MAPPING);
      await erase(folder);
      const size = await folder.entries();
      expect(await erase(folder)).toEqual({ keys: 0, blobs: 0, again: true });
      expect(await folder.entries()).toBe(size);
    }));
  it('takes two people', () =>
    withKeyedFolder(async (folder) => {
      await folder.import(file(ROW), MAPPING);
      const alone = { author: 'aru', approvedBy: 'aru', basis: 'request' } as const;
      expect(await problemsOf(eraseRecord(folder.workspace, idOf(folder), alone))).toMatchObject([
        { code: 'erase_same_person' },
      ]);
      expect(await shown(folder)).toMatchObject({ organiser_name: NAME });
    }));
});
