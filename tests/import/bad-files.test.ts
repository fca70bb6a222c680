import { describe, expect, it } from 'vitest';
import type { TableSource } from '../../src/sheets/index.ts';
import { aFile, aMapping, bytesOf, HEADER, refused, withFolder } from './an-import.ts';

const FILE = aFile('1,10.01.2018,митинг,20');
/** The few letters of the file in windows-1251. */
const windows1251 = (text: string): Uint8Array =>
  Uint8Array.from(text, (c) => {
    const code = c.charCodeAt(0);
    return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
  });
const utf16be = (text: string): Uint8Array => Buffer.from(text, 'utf16le').swap16();
const stated = (file: Record<string, unknown>) => aMapping({ file: { format: 'csv', ...file } });

describe('a file in its stated or found encoding and delimiter is read', () => {
  it.each([
    ['UTF-8', FILE, {}],
    ['UTF-8 with a byte order mark', `\uFEFF${FILE}`, {}],
    ['UTF-16LE with a mark', Buffer.from(`\uFEFF${FILE}`, 'utf16le'), {}],
    ['UTF-16LE without one', Buffer.from(FILE, 'utf16le'), {}],
    ['UTF-16BE with a mark', utf16be(`\uFEFF${FILE}`), {}],
    ['stated UTF-16BE', utf16be(FILE), { encoding: 'utf-16be' }],
    ['stated windows-1251', windows1251(FILE), { encoding: 'windows-1251' }],
    ['semicolons', FILE.replaceAll(',', ';'), {}],
    ['tabs', FILE.replaceAll(',', '\t'), {}],
    ['CRLF line ends', FILE.replaceAll('\n', '\r\n'), {}],
    ['a header below a title', `Отчёт\n\n${FILE}`, { header_row: 3 }],
    ['empty rows', FILE.replace('\n', '\n\n\n'), {}],
  ] as const)('%s', (_, content, file) =>
    withFolder(async (folder) => {
      expect((await folder.import(bytesOf(content as string), stated(file))).written).toBe(1);
      expect((await folder.record('1'))?.values.get('form')).toBe('rally');
    }),
  );
});

describe('a file that is not what it is said to be is refused, and nothing is written', () => {
  it('windows-1251 read as UTF-8, with the row and what it looks like', async () => {
    expect(await refused(bytesOf(windows1251(FILE)))).toMatchObject([
      {
        code: 'import_encoding',
        details: { encoding: 'utf-8', row: 2, likely: 'windows-1251' },
        at: { row: 2 },
      },
    ]);
  });
  it('UTF-8 said to be windows-1251', async () => {
    expect(await refused(FILE, stated({ encoding: 'windows-1251' }))).toMatchObject([
      { code: 'import_encoding', details: { likely: 'utf-8', row: 2 } },
    ]);
  });
  it.each(['utf-8', 'windows-1251', 'utf-16be'])('UTF-16LE said to be %s', async (encoding) => {
    const file = bytesOf(Buffer.from(`\uFEFF${FILE}`, 'utf16le'));
    expect(await refused(file, stated({ encoding }))).toMatchObject([
      { code: 'import_encoding', details: { likely: 'utf-16le' } },
    ]);
  });
  it('one bad byte deep in a file, by its row', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `${i},10.01.2018,митинг,20`);
    const bytes = Buffer.from(aFile(...rows));
    bytes[bytes.indexOf('4000,10.01') + 6] = 0xff;
    expect(await refused(bytesOf(bytes))).toMatchObject([{ code: 'import_encoding', at: { row: 4002 } }]);
  });
  it('letters lost in an earlier conversion', async () => {
    expect(await refused(aFile('1,10.01.2018,мит\uFFFDнг,20'))).toMatchObject([{ code: 'import_encoding' }]);
  });
  it('a quotation mark that is never closed', async () => {
    expect(await refused(aFile('1,"10.01.2018,митинг,20'))).toMatchObject([
      { code: 'import_not_a_table', details: { reason: 'quotes' } },
    ]);
  });
  it('an empty file', async () => {
    expect(await refused('')).toMatchObject([{ code: 'import_not_a_table', details: { reason: 'empty' } }]);
  });
  it('a workbook said to be CSV', async () => {
    expect(await refused(bytesOf(Buffer.from('PK\u0003\u0004xxxxxxxx')))).toMatchObject([
      { code: 'import_not_a_table', details: { reason: 'zip' } },
    ]);
  });
  it('CSV said to be a workbook', async () => {
    expect(await refused(FILE, stated({ format: 'xlsx' }))).toMatchObject([{ code: 'import_zip_unsafe' }]);
  });
  it('two columns of one name', async () => {
    expect(await refused('No,Date,Form,People,People\n')).toMatchObject([
      { code: 'import_column_twice', details: { column: 'People' } },
    ]);
  });
  it('a column that the mapping does not name', async () => {
    expect(await refused(`${HEADER},Примечание\n`)).toMatchObject([
      { code: 'import_column_unnamed', details: { column: 'Примечание' } },
    ]);
  });
  it('a column that the file does not have, with the nearest', async () => {
    expect(await refused('No,Data,Form,People\n')).toMatchObject([
      { code: 'import_column_unknown', details: { column: 'Date', nearest: 'Data' } },
      { code: 'import_column_unnamed', details: { column: 'Data' } },
    ]);
  });
});

describe('a file made to exhaust the machine is refused after little work', () => {
  const MEGABYTE = Buffer.alloc(1_048_576, 'x');
  const hundredMegabytes = (start: string, read: { bytes: number }): TableSource =>
    async function* () {
      yield Buffer.from(start);
      for (let i = 0; i < 100; i += 1) {
        read.bytes += MEGABYTE.length;
        yield MEGABYTE;
      }
    };
  it.each([
    ['as the header', '', 1],
    ['as a row', `${HEADER}\n`, 2],
    ['inside quotation marks', `${HEADER}\n"`, 2],
  ])('a line of 100 MB %s', async (_, start, row) => {
    const read = { bytes: 0 };
    expect(await refused(hundredMegabytes(start, read))).toMatchObject([
      { code: 'import_limit', details: { what: 'record' }, at: { row } },
    ]);
    expect(read.bytes).toBeLessThan(8 * MEGABYTE.length);
  });
  it('a cell of 40,000 characters', async () => {
    expect(await refused(aFile(`1,10.01.2018,${'м'.repeat(40_000)},20`))).toMatchObject([
      { code: 'import_limit', details: { what: 'cell' } },
    ]);
  });
  it('a row of 600 columns', async () => {
    expect(await refused(aFile('1,'.repeat(600)))).toMatchObject([
      { code: 'import_limit', details: { what: 'columns' } },
    ]);
  });
});
