import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mappingJsonSchema, readMapping } from '../../src/exchange/index.ts';
import {
  aFile,
  aMapping,
  aMappingWith,
  problemsOf,
  refused,
  type TestMapping,
  withFolder,
} from './an-import.ts';

const GOOD = aFile('1,10.01.2018,митинг,20');
const wide = (header: string, cells: string): string =>
  `No,Date,Form,People,${header}\n1,10.01.2018,митинг,20,${cells}\n`;
const valuesOf = (file: string, mapping: TestMapping): Promise<Record<string, unknown>> =>
  withFolder(async (folder) => {
    await folder.import(file, mapping);
    return Object.fromEntries((await folder.record('1'))?.values ?? []);
  });

describe('a mapping that fills what must be sealed is refused before the file is opened', () => {
  const unopened = async function* (): AsyncGenerator<Uint8Array> {
    yield await Promise.reject(new Error('the file was opened'));
  };
  it('a field of class identity', async () => {
    expect(await refused(unopened, aMappingWith({ organiser_name: 'Organiser' }))).toEqual([
      {
        code: 'identity_needs_sealing',
        details: { field: 'organiser_name' },
        at: { field: 'organiser_name' },
      },
    ]);
  });
  it('also with a constant', async () => {
    expect(await refused(unopened, aMappingWith({ organiser_name: { constant: 'x' } }))).toMatchObject([
      { code: 'identity_needs_sealing' },
    ]);
  });
  it('also in the rows of a repeat', async () => {
    const mapping = aMappingWith({}, { repeats: { sanctions: { rows: [{ person_name: 'Name' }] } } });
    expect(await refused(unopened, mapping)).toMatchObject([
      { code: 'identity_needs_sealing', details: { field: 'person_name' } },
    ]);
  });
});

describe('a mapping that does not fit its study is refused with all its faults', () => {
  it.each([
    ['another study', aMapping({ study: 'others' }), { what: 'study_unknown', nearest: 'gatherings' }],
    [
      'an unknown instrument',
      aMapping({ instrument: 'gatherin' }),
      { what: 'instrument_unknown', nearest: 'gathering' },
    ],
    [
      'an unknown field',
      aMappingWith({ tensoin: 'T' }),
      { what: 'field_unknown', name: 'tensoin', nearest: 'tension' },
    ],
    [
      'a code that the list does not have',
      aMappingWith({ form: { from: 'Form', values: { x: 'ralli' } } }),
      { what: 'code_unknown', name: 'ralli' },
    ],
    ['a rule without a source', aMappingWith({ remark: {} }), { what: 'one_source' }],
    [
      'a rule with two sources',
      aMappingWith({ remark: { from: 'A', constant: 'b' } }),
      { what: 'one_source' },
    ],
    ['a group of rows as a column', aMappingWith({ sanctions: 'S' }), { what: 'field_not_filled' }],
    [
      'an unknown group of rows',
      aMappingWith({}, { repeats: { sanction: { rows: [{ kind: 'K' }] } } }),
      { what: 'repeat_unknown', nearest: 'sanctions' },
    ],
  ])('%s', async (_, mapping, details) => {
    expect(await refused(GOOD, mapping)).toMatchObject([{ code: 'import_mapping_shape', details }]);
  });
  it('a file that is no mapping, with its line', async () => {
    const read = async () =>
      readMapping(
        'study: s\ninstrument: i\nfile:\n  format: txt\ncolumns: {}\nreview: {state: submitted, author: {constant: m1}}\n',
        'm.yaml',
      );
    expect(await problemsOf(read())).toMatchObject([
      { code: 'import_mapping_shape', details: { path: 'file.format' }, at: { file: 'm.yaml', line: 4 } },
    ]);
  });
  it('a verified import that does not say who vouches', async () => {
    const read = async () => aMapping({ review: { state: 'verified', author: { constant: 'm1' } } });
    expect(await problemsOf(read())).toMatchObject([
      { code: 'import_mapping_shape', details: { path: 'review' } },
    ]);
  });
  it('YAML that does not parse', async () => {
    const read = async () => readMapping('study: [', 'm.yaml');
    expect((await problemsOf(read()))[0]).toMatchObject({
      code: 'import_mapping_shape',
      at: { file: 'm.yaml' },
    });
  });
});

describe('a rule reads what is written', () => {
  it.each([
    ['a time', { started: { from: 'X', parse: { time: 'HH.MM' } } }, '9.05', { started: '09:05' }],
    ['a duration in hours', { lasted: { from: 'X', parse: { duration: 'hours' } } }, '2', { lasted: 120 }],
    [
      'a duration as a clock',
      { lasted: { from: 'X', parse: { duration: 'HH:MM' } } },
      '1:30',
      { lasted: 90 },
    ],
    [
      'thousands',
      { 'participants.high': { from: 'X', parse: { number: { thousands: ' ' } } } },
      '1 079',
      { 'participants.high': 1079 },
    ],
    [
      'a decimal comma',
      { distance: { from: 'X', parse: { number: { decimal: ',' } } } },
      '"2,5"',
      { distance: '2.5' },
    ],
    [
      'several codes in one cell',
      { present: { from: 'X', split: ';', values: { полиция: 'police' } } },
      'полиция; akimat;',
      { present: ['police', 'akimat'] },
    ],
    ['labels of the list', { present: { from: 'X', match: 'label' } }, 'ПОЛИЦИЯ', { present: ['police'] }],
    [
      'a code for all other words',
      { present: { from: 'X', otherwise: 'akimat' } },
      'кто-то ещё',
      { present: ['akimat'] },
    ],
    ['a default for an empty cell', { tension: { from: 'X', default: 1 } }, '', { tension: 1 }],
    ['a constant', { tension: { constant: 3 }, remark: 'X' }, 'текст', { tension: 3, remark: 'текст' }],
    [
      'a gap with its reason',
      { tension: { from: 'X', missing: { 'н/д': 'refused' } } },
      'н/д',
      { tension: { missing: 'refused' } },
    ],
    ['decomposed letters as composed ones', { remark: 'X' }, 'й'.normalize('NFD'), { remark: 'й' }],
  ])('%s', async (_, columns, cell, expected) => {
    expect(await valuesOf(wide('X', cell), aMappingWith(columns))).toMatchObject(expected);
  });
  it('ticked columns as codes', async () => {
    const mapping = aMappingWith({ present: { flags: { Police: 'police', Akimat: 'akimat' }, yes: ['да'] } });
    expect(await valuesOf(wide('Police,Akimat', 'да,нет'), mapping)).toMatchObject({ present: ['police'] });
  });
  it('gaps for all columns', async () => {
    const mapping = aMappingWith({ tension: 'X' }, { missing: { '-': 'not_asked' } });
    expect(await valuesOf(wide('X', '-'), mapping)).toMatchObject({ tension: { missing: 'not_asked' } });
  });
  it('an empty cell without a rule as nothing stated', async () => {
    expect(await valuesOf(wide('X', ''), aMappingWith({ tension: 'X' }))).not.toHaveProperty('tension');
  });
  it('a month or a year where the day is not known', async () => {
    const file = 'No,Date,Form,People\n1,2018-03,митинг,20\n';
    expect(await valuesOf(file, aMappingWith({ date: 'Date' }))).toMatchObject({ date: '2018-03' });
  });
});

describe('a repeat reads', () => {
  const rowsOf = async (file: string, repeat: unknown): Promise<unknown> => {
    const values = await valuesOf(file, aMappingWith({}, { repeats: { sanctions: repeat } }));
    return (values.sanctions as { values: unknown }[] | undefined)?.map((row) => row.values);
  };
  const FINE = { kind: 'fine', persons: 2 };
  const ARREST = { kind: 'arrest', persons: 1 };
  it('named columns as rows', async () => {
    const rows = {
      rows: [
        { kind: { constant: 'fine' }, persons: 'Fined' },
        { kind: { constant: 'arrest' }, persons: 'Arrested' },
      ],
    };
    expect(await rowsOf(wide('Fined,Arrested', '2,1'), rows)).toEqual([FINE, ARREST]);
    expect(await rowsOf(wide('Fined,Arrested', ',1'), rows)).toEqual([ARREST]);
  });
  it('what counts as empty', async () => {
    const rows = { rows: [{ kind: { constant: 'fine' }, persons: 'Fined' }], skip: [0] };
    expect(await rowsOf(wide('Fined', '0'), rows)).toBeUndefined();
  });
  it('numbered columns', async () => {
    const numbered = { numbered: { from: 1, to: 3 }, columns: { kind: 'Kind {n}', persons: 'N {n}' } };
    expect(await rowsOf(wide('Kind 1,N 1,Kind 2,N 2,Kind 3,N 3', 'fine,2,,,arrest,1'), numbered)).toEqual([
      FINE,
      ARREST,
    ]);
  });
  it('parts of one cell', async () => {
    const split = {
      split: { from: 'S', by: ';', within: ':' },
      columns: { kind: { part: 1 }, persons: { part: 2 } },
    };
    expect(await rowsOf(wide('S', 'fine: 2; arrest:1;'), split)).toEqual([FINE, ARREST]);
  });
  it('a fault in a row by the column it stands in', async () => {
    const mapping = aMappingWith(
      {},
      { repeats: { sanctions: { rows: [{ kind: { constant: 'fine' }, persons: 'Fined' }] } } },
    );
    expect(await refused(wide('Fined', 'два'), mapping)).toMatchObject([
      { code: 'import_value_type', at: { row: 2, field: 'Fined' } },
    ]);
  });
});

describe('a reference', () => {
  const cases = aMapping({
    instrument: 'case',
    columns: {
      number: 'No',
      decided_on: { from: 'Date', parse: { date: 'DD.MM.YYYY' } },
      gathering: { from: 'Gathering' },
    },
  });
  const CASES = 'No,Date,Gathering\nД-1,01.02.2018,1\n';
  it('names the record that has the key', () =>
    withFolder(async (folder) => {
      await folder.import(GOOD);
      await folder.import(CASES, cases);
      const found = await folder.record('Д-1', 'case');
      expect(found?.values.get('gathering')).toBe((await folder.record('1'))?.recordId);
    }));
  it('to a record that is not there is refused', async () => {
    expect(await refused(CASES, cases)).toMatchObject([
      { code: 'import_reference_unknown', details: { column: 'Gathering', value: '1' }, at: { row: 2 } },
    ]);
  });
  it('to several, split in one cell', () =>
    withFolder(async (folder) => {
      await folder.import(GOOD);
      await folder.import('No,Date,Gathering\nД-1,01.02.2018,1\nД-2,01.02.2018,1\n', cases);
      await folder.import(
        'No,Date,Form,People,Cases\n2,10.01.2018,митинг,20,Д-1; Д-2\n',
        aMappingWith({ cases: { from: 'Cases', split: ';' } }),
      );
      expect((await folder.record('2'))?.values.get('cases')).toHaveLength(2);
    }));
});

it('the JSON Schema for editors is the shape that is checked', () => {
  const committed = readFileSync(join(import.meta.dirname, '../../docs/schema/mapping.json'), 'utf8');
  expect(JSON.parse(committed)).toEqual(mappingJsonSchema());
});
