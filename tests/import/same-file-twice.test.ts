import { describe, expect, it } from 'vitest';
import { uuid7 } from '../../src/records/index.ts';
import { aFile, aMapping, aMappingWith, withFolder } from './an-import.ts';

const ROW1 = '1,10.01.2018,митинг,20';
const ROW2 = '2,11.01.2018,пикет,3';

describe('an import', () => {
  it('makes exactly one record of each row', () =>
    withFolder(async (folder) => {
      const rows = Array.from({ length: 1000 }, (_, i) => `${i},10.01.2018,митинг,${i}`);
      expect((await folder.import(aFile(...rows))).written).toBe(1000);
      const ids = new Set<string>();
      for await (const state of folder.workspace.states(folder.study)) ids.add(state.recordId);
      expect(ids.size).toBe(1000);
    }));
  it('does nothing as a dry run', () =>
    withFolder(async (folder) => {
      const before = await folder.entries();
      expect((await folder.plan(aFile(ROW1))).outcomes.new).toBe(1);
      expect(await folder.entries()).toBe(before);
    }));
  it('leaves a log that verifies', () =>
    withFolder(async (folder) => {
      await folder.import(aFile(ROW1, ROW2));
      expect((await folder.workspace.verify()).findings).toEqual([]);
    }));
});

describe('the same file twice', () => {
  it('changes nothing', () =>
    withFolder(async (folder) => {
      await folder.import(aFile(ROW1, ROW2));
      const before = await folder.workspace.head();
      const report = await folder.import(aFile(ROW1, ROW2));
      expect(report).toMatchObject({ written: 0, outcomes: { new: 0, unchanged: 2, revised: 0 } });
      expect(await folder.workspace.head()).toEqual(before);
    }));
  it('changes nothing without key columns either, also where two rows are alike', () =>
    withFolder(async (folder) => {
      const mapping = aMapping({
        key: undefined,
        columns: {
          number: 'No',
          date: { from: 'Date', parse: { date: 'DD.MM.YYYY' } },
          form: { from: 'Form', values: { митинг: 'rally', пикет: 'picket' } },
          'participants.best': 'People',
        },
      });
      const file = aFile(ROW2, ROW1, ROW2);
      expect((await folder.import(file, mapping)).outcomes.new).toBe(3);
      expect((await folder.import(file, mapping)).outcomes).toMatchObject({ new: 0, unchanged: 3 });
    }));
  it('in another order is the same', () =>
    withFolder(async (folder) => {
      await folder.import(aFile(ROW1, ROW2));
      expect((await folder.plan(aFile(ROW2, ROW1))).outcomes).toMatchObject({ unchanged: 2 });
    }));
  it('gives the same record ids in a folder with the same import key', async () => {
    const id = () =>
      withFolder(async (folder) => {
        await folder.import(aFile(ROW1));
        return (await folder.record('1'))?.recordId;
      });
    expect(await id()).toBe(await id());
  });
  it('keeps what a person has corrected in between', () =>
    withFolder(async (folder) => {
      await folder.import(aFile(ROW1));
      await correct(folder, 'participants.best', 25);
      expect((await folder.import(aFile(ROW1))).outcomes).toMatchObject({ unchanged: 1 });
      expect((await folder.record('1'))?.values.get('participants.best')).toBe(25);
    }));
  it('also where the one who vouched has corrected the card since', () =>
    withFolder(async (folder) => {
      await folder.import(aFile(ROW1));
      await correct(folder, 'participants.best', 25, 'm2');
      expect((await folder.import(aFile(ROW1))).outcomes).toMatchObject({ unchanged: 1 });
      expect(await folder.record('1')).toMatchObject({ review: 'submitted' });
    }));
});

type Folder = Parameters<Parameters<typeof withFolder>[0]>[0];
const correct = async (folder: Folder, path: string, value: number, author = 'm3'): Promise<void> => {
  const record = await folder.record('1');
  await folder.workspace.append([
    {
      study: 'gatherings',
      instrument: 'gathering',
      instrument_version: 1,
      record_id: record?.recordId ?? '',
      kind: 'revise',
      parents: record?.heads ?? [],
      author,
      values: { [path]: value },
      entry_id: uuid7({ clock: () => Date.UTC(2019, 0, 2), random: (n) => new Uint8Array(n).fill(9) }),
    },
  ]);
};

describe('a changed row with the same key', () => {
  it('is shown as a revision of the fields that changed, and revises them', () =>
    withFolder(async (folder) => {
      await folder.import(aFile(ROW1, ROW2));
      const changed = aFile('1,10.01.2018,пикет,21', ROW2);
      const plan = await folder.plan(changed);
      expect(plan.outcomes).toMatchObject({ new: 0, unchanged: 1, revised: 1 });
      expect(plan.revisions).toMatchObject([{ row: 2, fields: ['form', 'participants.best'] }]);
      await folder.import(changed);
      const record = await folder.record('1');
      expect(record?.values.get('form')).toBe('picket');
      expect(record?.review).toBe('verified');
      expect(record?.heads).toHaveLength(1);
    }));
  it('leaves the corrections of people in other fields alone', () =>
    withFolder(async (folder) => {
      await folder.import(aFile(ROW1));
      await correct(folder, 'participants.best', 25);
      await folder.import(aFile('1,10.01.2018,пикет,20'));
      const record = await folder.record('1');
      expect([record?.values.get('form'), record?.values.get('participants.best')]).toEqual(['picket', 25]);
    }));
  it('does not vouch for a correction that the voucher has not seen', () =>
    withFolder(async (folder) => {
      await folder.import(aFile(ROW1));
      await correct(folder, 'participants.best', 25);
      await folder.import(aFile('1,10.01.2018,пикет,20'));
      expect((await folder.record('1'))?.review).toBe('submitted');
    }));
  it('makes an emptied cell a gap, not the old value', () =>
    withFolder(async (folder) => {
      await folder.import(aFile(ROW1));
      await folder.import(aFile('1,10.01.2018,митинг,'));
      expect((await folder.record('1'))?.values.get('participants.best')).toEqual({
        missing: 'not_recorded',
      });
      expect((await folder.plan(aFile('1,10.01.2018,митинг,'))).outcomes).toMatchObject({ unchanged: 1 });
    }));
  it('can go back to what it was', () =>
    withFolder(async (folder) => {
      await folder.import(aFile(ROW1));
      await folder.import(aFile('1,10.01.2018,пикет,20'));
      expect((await folder.import(aFile(ROW1))).outcomes).toMatchObject({ revised: 1 });
      expect((await folder.record('1'))?.values.get('form')).toBe('rally');
    }));
  it('keeps the ids of the rows of a repeat', () =>
    withFolder(async (folder) => {
      const mapping = aMappingWith(
        {},
        {
          repeats: {
            sanctions: {
              rows: [
                { kind: { constant: 'fine' }, persons: 'Fined' },
                { kind: { constant: 'arrest' }, persons: 'Arrested' },
              ],
            },
          },
        },
      );
      const file = (fined: string) =>
        `No,Date,Form,People,Fined,Arrested\n1,10.01.2018,митинг,20,${fined},4\n`;
      const arrest = async () => {
        const rows = (await folder.record('1'))?.values.get('sanctions') as readonly {
          row_id: string;
          values: { kind: string };
        }[];
        return rows.find((row) => row.values.kind === 'arrest')?.row_id;
      };
      await folder.import(file(''), mapping);
      const before = await arrest();
      await folder.import(file('2'), mapping);
      expect(await arrest()).toBe(before);
    }));
});
