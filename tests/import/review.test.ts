import { describe, expect, it } from 'vitest';
import { aFile, aMapping, refused, withFolder } from './an-import.ts';

const GOOD = aFile('1,10.01.2018,митинг,20');
const people = (rows: string): string => `No,Date,Form,People,By,Checked,Source\n${rows}\n`;
const byColumns = {
  state: 'verified',
  author: { from: 'By' },
  vouched_by: { from: 'Checked' },
  evidence: { from: 'Source', values: { слух: 'unverified', два: 'corroborated' } },
};

describe('an import says who stands behind a record', () => {
  it('a submitted one waits for a second person', () =>
    withFolder(async (folder) => {
      await folder.import(GOOD, aMapping({ review: { state: 'submitted', author: { constant: 'm1' } } }));
      expect(await folder.record('1')).toMatchObject({
        review: 'submitted',
        author: 'm1',
        evidence: 'unverified',
      });
    }));
  it('a verified one names the second person who vouches', () =>
    withFolder(async (folder) => {
      await folder.import(GOOD);
      expect(await folder.record('1')).toMatchObject({ review: 'verified', author: 'm1', verifiedBy: 'm2' });
    }));
  it('people and evidence may stand in the file', () =>
    withFolder(async (folder) => {
      const report = await folder.import(
        people('1,10.01.2018,митинг,20,a1,b2,два'),
        aMapping({ review: byColumns }),
      );
      expect(report).toMatchObject({ authors: { a1: 1 }, vouchers: { b2: 1 }, review: 'verified' });
      expect(await folder.record('1')).toMatchObject({
        author: 'a1',
        verifiedBy: 'b2',
        evidence: 'corroborated',
      });
    }));
  it('the file and row of each entry can be found again', () =>
    withFolder(async (folder) => {
      const report = await folder.import(GOOD);
      const record = await folder.record('1');
      const [entry] = await folder.workspace.entries(record?.recordId ?? '');
      expect(entry?.body.reason).toBe(`import sha256:${report.sha256} row:2`);
    }));
  it('when somebody vouched may be stated', () =>
    withFolder(async (folder) => {
      const review = {
        state: 'verified',
        author: { constant: 'm1' },
        vouched_by: { constant: 'm2' },
        verified_on: { constant: '2018-02-01' },
      };
      await folder.import(GOOD, aMapping({ review }));
      expect((await folder.record('1'))?.verifiedAt).toContain('2018-02-01');
    }));
  it('a voucher who comes later adds only that word', () =>
    withFolder(async (folder) => {
      await folder.import(GOOD, aMapping({ review: { state: 'submitted', author: { constant: 'm1' } } }));
      const report = await folder.import(GOOD);
      expect(report.outcomes).toMatchObject({ vouched: 1, unchanged: 0, revised: 0 });
      expect((await folder.record('1'))?.review).toBe('verified');
    }));
});

describe('the report of an import', () => {
  it('names only the people and revisions of rows that are taken', () =>
    withFolder(async (folder) => {
      await folder.import(people('1,10.01.2018,митинг,20,a1,b2,два'), aMapping({ review: byColumns }));
      const rows = [
        '1,10.01.2018,митинг,21,a1,b2,два',
        '2,10.01.2018,митинг,5,a3,b2,два',
        '1,10.01.2018,митинг,22,a1,b2,два',
      ];
      const report = await folder.plan(people(rows.join('\n')), aMapping({ review: byColumns }));
      expect(report.outcomes).toMatchObject({ new: 1, revised: 0, rejected: 2 });
      expect(report).toMatchObject({ authors: { a3: 1 }, vouchers: { b2: 1 }, revisions: [] });
    }));
});

describe('nobody vouches for their own card', () => {
  it('by the mapping', async () => {
    const review = { state: 'verified', author: { constant: 'm1' }, vouched_by: { constant: 'm1' } };
    expect(await refused(GOOD, aMapping({ review }))).toMatchObject([{ code: 'import_same_person' }]);
  });
  it('by a row of the file', async () => {
    const found = await refused(people('1,10.01.2018,митинг,20,a1,a1,два'), aMapping({ review: byColumns }));
    expect(found).toMatchObject([{ code: 'import_same_person', at: { row: 2 } }]);
  });
  it('where nobody is named, that is the only problem', async () => {
    const found = await refused(people('1,10.01.2018,митинг,20,,,два'), aMapping({ review: byColumns }));
    expect(found.map((p) => [p.code, p.details.written])).toEqual([
      ['import_person_code', 'nothing'],
      ['import_person_code', 'nothing'],
    ]);
  });
  it('also when the card came with an earlier import', () =>
    withFolder(async (folder) => {
      await folder.import(GOOD);
      const review = { state: 'verified', author: { constant: 'm3' }, vouched_by: { constant: 'm1' } };
      const plan = await folder.plan(aFile('1,10.01.2018,митинг,21'), aMapping({ review }));
      expect(plan.problems).toMatchObject([{ code: 'import_same_person' }]);
    }));
});
