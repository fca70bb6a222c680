import { describe, expect, it } from 'vitest';
import { aFile, aMapping, aMappingWith, refused, withFolder } from './an-import.ts';

const GOOD = '1,10.01.2018,митинг,20';

describe('a cell that cannot be taken is refused with row, column and value, and nothing is written', () => {
  it('takes the row without the fault (control)', async () => {
    expect(await refused(aFile(GOOD))).toEqual([]);
  });
  it('an unknown code, with the nearest known ones', async () => {
    const [found] = await refused(aFile(GOOD, '2,10.01.2018,метинг,20'));
    expect(found).toMatchObject({
      code: 'import_code_unknown',
      details: { column: 'Form', value: 'метинг', nearest: 'митинг' },
      at: { row: 3, field: 'Form' },
    });
  });
  it.each(['32.02.2018', '30.02.2018', '29.02.2018', '01.13.2018', '00.01.2018'])(
    'the impossible date %s',
    async (date) => {
      expect(await refused(aFile(`1,${date},митинг,20`))).toMatchObject([
        { code: 'import_date_impossible', details: { column: 'Date', value: date }, at: { row: 2 } },
      ]);
    },
  );
  it('a date written in another way', async () => {
    expect(await refused(aFile('1,2018-01-10,митинг,20'))).toMatchObject([
      { code: 'import_value_type', details: { expected: 'date', format: 'DD.MM.YYYY' } },
    ]);
  });
  it('a date outside the periods of the study', async () => {
    expect(await refused(aFile('1,10.01.2019,митинг,20'))).toMatchObject([
      {
        code: 'import_date_outside_period',
        details: { value: '2019-01-10', from: '2018-01-01', to: '2018-12-31' },
      },
    ]);
  });
  it('unless the mapping accepts dates outside', async () => {
    expect(await refused(aFile('1,10.01.2019,митинг,20'), aMapping({ outside_period: 'accept' }))).toEqual(
      [],
    );
  });
  it.each(['много', '12 человек', '1О', '10-20', '1.5', '٣'])('the text %s in a number', async (people) => {
    expect(await refused(aFile(`1,10.01.2018,митинг,${people}`))).toMatchObject([
      { code: 'import_value_type', details: { column: 'People', value: people, expected: 'integer' } },
    ]);
  });
  it('fewer than nobody', async () => {
    expect(await refused(aFile('1,10.01.2018,митинг,-1'))).toMatchObject([
      { code: 'import_value_type', details: { expected: 'not_negative' } },
    ]);
  });
  it('a range whose lowest is above its highest', async () => {
    const mapping = aMappingWith({ 'participants.low': 'Low', 'participants.high': 'High' });
    const file = 'No,Date,Form,People,Low,High\n1,10.01.2018,митинг,20,30,40\n';
    expect(await refused(file, mapping)).toMatchObject([
      { code: 'import_range_reversed', details: { low: 30, high: 20 }, at: { row: 2 } },
    ]);
  });
  it('Latin letters inside a Cyrillic word', async () => {
    const [found] = await refused(aFile('1,10.01.2018,митинг \u0441 \u0430p\u0435стом,20'));
    expect(found).toMatchObject({ code: 'import_mixed_script', details: { word: '\u0430p\u0435стом' } });
  });
  it('a code whose letters only look right', async () => {
    expect(await refused(aFile('1,10.01.2018,пикeт,20'))).toMatchObject([{ code: 'import_mixed_script' }]);
  });
  it('a required field that is empty', async () => {
    expect(await refused(aFile('1,10.01.2018,,20'))).toMatchObject([
      { code: 'import_required', details: { column: 'form' }, at: { row: 2 } },
    ]);
  });
  it('a value that breaks a constraint of the card', async () => {
    expect(await refused(aFile('1,10.01.2018,митинг,100001'))).toMatchObject([
      { code: 'import_constraint', details: { rule: '${participants.best} <= 100000' } },
    ]);
  });
  it('a point beyond a scale', async () => {
    const mapping = aMappingWith({ tension: 'Tension' });
    expect(await refused('No,Date,Form,People,Tension\n1,10.01.2018,митинг,20,8\n', mapping)).toMatchObject([
      { code: 'import_value_type', details: { expected: 'range', low: 1, high: 7 } },
    ]);
  });
  it('more decimals than the field has', async () => {
    const mapping = aMappingWith({ distance: { from: 'Km', parse: { number: { decimal: ',' } } } });
    expect(await refused('No,Date,Form,People,Km\n1,10.01.2018,митинг,20,"1,25"\n', mapping)).toMatchObject([
      { code: 'import_value_type', details: { expected: 'decimal', decimals: 1 } },
    ]);
  });
  it('an empty key', async () => {
    expect(await refused(aFile(',10.01.2018,митинг,20'))).toMatchObject([
      { code: 'import_key_missing', details: { column: 'No' } },
    ]);
  });
  it('a key that stands twice, in both of its rows', async () => {
    expect(await refused(aFile(GOOD, '2,10.01.2018,пикет,3', '1,11.01.2018,пикет,4'))).toMatchObject([
      { code: 'import_key_twice', details: { key: '1', first: 2 }, at: { row: 4 } },
    ]);
  });
  it.each(['2,10.01.2018,митинг', '2,10.01.2018,митинг,20,30'])('a row of another width: %s', async (row) => {
    expect(await refused(aFile(GOOD, row))).toMatchObject([{ code: 'import_row_width', at: { row: 3 } }]);
  });
  it('a person who is not a code', async () => {
    const review = { state: 'verified', author: { from: 'Who' }, vouched_by: { constant: 'm2' } };
    const file = 'No,Date,Form,People,Who\n1,10.01.2018,митинг,20,Имя Фамилия\n';
    const found = await refused(file, aMapping({ review }));
    expect(found).toMatchObject([{ code: 'import_person_code', at: { row: 2 } }]);
    expect(JSON.stringify(found)).not.toContain('Фамилия');
  });
  it('all faults of a file at once', async () => {
    const found = await refused(aFile('1,32.01.2018,метинг,x', '2,10.01.2018,пикет,y'));
    expect(found.map((p) => [p.at?.row, p.code])).toEqual([
      [2, 'import_date_impossible'],
      [2, 'import_code_unknown'],
      [2, 'import_value_type'],
      [3, 'import_value_type'],
    ]);
  });
});

describe('with --accept-valid', () => {
  it('the valid rows go in and the others are counted', () =>
    withFolder(async (folder) => {
      const report = await folder.import(
        aFile(GOOD, '2,32.01.2018,митинг,20', '3,10.01.2018,пикет,1'),
        aMapping(),
        true,
      );
      expect(report).toMatchObject({ written: 2, outcomes: { new: 2, rejected: 1 } });
      expect(await folder.record('3')).toBeDefined();
      expect(await folder.record('2')).toBeUndefined();
    }));
  it('a doubled key keeps both of its rows out', () =>
    withFolder(async (folder) => {
      const report = await folder.import(
        aFile(GOOD, '1,11.01.2018,пикет,4', '2,10.01.2018,пикет,3'),
        aMapping(),
        true,
      );
      expect(report).toMatchObject({ written: 1, outcomes: { new: 1, rejected: 2 } });
      expect(await folder.record('1')).toBeUndefined();
    }));
});
