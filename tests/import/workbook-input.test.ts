import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { aMapping, aMappingWith, bytesOf, HEADER, refused, withFolder } from './an-import.ts';
import { aWorkbook, repacked, withDirectory } from './workbooks.ts';

const XLSX = { file: { format: 'xlsx' } };
const header = HEADER.split(',');
const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
const good = () =>
  aWorkbook((sheet) => {
    sheet.addRow(header);
    sheet.addRow([1, day('2018-01-10'), 'митинг', 20]);
    sheet.getCell('B2').numFmt = 'dd.mm.yyyy';
  });
const xlsx = aMapping(XLSX);

describe('a workbook is read with its types', () => {
  it('numbers, dates and text', () =>
    withFolder(async (folder) => {
      await folder.import(bytesOf(await good()), xlsx);
      const record = await folder.record('1');
      expect(Object.fromEntries(record?.values ?? [])).toEqual({
        number: '1',
        date: '2018-01-10',
        form: 'rally',
        'participants.best': 20,
      });
    }));
  it('the same table as CSV is the same record', () =>
    withFolder(async (folder) => {
      await folder.import(bytesOf(await good()), xlsx);
      expect((await folder.plan(`${HEADER}\n1,10.01.2018,митинг,20\n`)).outcomes).toMatchObject({
        unchanged: 1,
      });
    }));
  it('times, money and decimals', () =>
    withFolder(async (folder) => {
      const book = await aWorkbook((sheet) => {
        sheet.addRow([...header, 'Start', 'Km', 'Loss', 'Currency']);
        sheet.addRow([
          1,
          day('2018-01-10'),
          'митинг',
          20,
          new Date('1899-12-30T14:30:00Z'),
          0.1 + 0.2,
          12.5,
          'KZT',
        ]);
        sheet.getCell('B2').numFmt = 'yyyy-mm-dd';
        sheet.getCell('E2').numFmt = 'hh:mm';
      });
      const columns = {
        started: 'Start',
        distance: 'Km',
        'damage.amount': 'Loss',
        'damage.currency': 'Currency',
      };
      await folder.import(bytesOf(book), aMappingWith(columns, XLSX));
      const values = Object.fromEntries((await folder.record('1'))?.values ?? []);
      expect(values).toMatchObject({
        started: '14:30',
        distance: '0.3',
        'damage.amount': '12.5',
        'damage.currency': 'KZT',
      });
    }));
  it('a merged heading above the header is only a heading', () =>
    withFolder(async (folder) => {
      const book = await aWorkbook((sheet) => {
        sheet.addRow(['Отчёт']);
        sheet.mergeCells('A1:D1');
        sheet.addRow(header);
        sheet.addRow(['1', '10.01.2018', 'митинг', 20]);
      });
      const report = await folder.import(
        bytesOf(book),
        aMapping({ file: { format: 'xlsx', header_row: 2 } }),
      );
      expect(report.written).toBe(1);
    }));
});

describe('what a workbook hides is refused, and nothing is written', () => {
  it('a formula, named by its cell, whatever result is stored with it', async () => {
    const book = await aWorkbook((sheet) => {
      sheet.addRow(header);
      sheet.addRow(['1', '10.01.2018', 'митинг', { formula: '10+10', result: 20 }]);
    });
    expect(await refused(bytesOf(book), xlsx)).toMatchObject([
      { code: 'import_formula', details: { cell: 'D2', column: 'People' }, at: { row: 2 } },
    ]);
  });
  it('but a formula in an ignored column is nobody’s value', async () => {
    const book = await aWorkbook((sheet) => {
      sheet.addRow([...header, 'Sum']);
      sheet.addRow(['1', '10.01.2018', 'митинг', 20, { formula: 'D2*2', result: 40 }]);
    });
    expect(await refused(bytesOf(book), aMapping({ ...XLSX, ignore: ['Sum'] }))).toEqual([]);
  });
  it('merged cells, by their range', async () => {
    const book = await aWorkbook((sheet) => {
      sheet.addRow(header);
      sheet.addRow(['1', '10.01.2018', 'митинг', 20]);
      sheet.addRow(['2', '', 'пикет', 3]);
      sheet.mergeCells('B2:B3');
    });
    expect(await refused(bytesOf(book), xlsx)).toMatchObject([
      { code: 'import_merged_cells', details: { range: 'B2:B3' }, at: { row: 2 } },
    ]);
  });
  it('an error value', async () => {
    const book = await aWorkbook((sheet) => {
      sheet.addRow(header);
      sheet.addRow(['1', '10.01.2018', 'митинг', { error: '#REF!' }]);
    });
    expect(await refused(bytesOf(book), xlsx)).toMatchObject([
      { code: 'import_value_type', details: { expected: 'no_error', value: '#REF!' } },
    ]);
  });
  it('a sheet that is not there, with those that are', async () => {
    const mapping = aMapping({ file: { format: 'xlsx', sheet: 'Карты' } });
    expect(await refused(bytesOf(await good()), mapping)).toMatchObject([
      { code: 'import_sheet_unknown', details: { sheet: 'Карты', sheets: 'Sheet1' } },
    ]);
  });
});

describe('a workbook made as a weapon is refused', () => {
  const bombs: readonly (readonly [string, string, () => Promise<Uint8Array>])[] = [
    [
      'one that unpacks to a thousand times its size',
      'ratio',
      async () =>
        repacked(await good(), (files) => [
          ...files,
          ['xl/media/a.bin', new Uint8Array(30_000_000)] as const,
        ]),
    ],
    [
      'more than a thousand parts',
      'entries',
      async () =>
        repacked(await good(), (files) => [
          ...files,
          ...Array.from({ length: 1001 }, (_, i) => [`x/${i}`, new Uint8Array(1)] as const),
        ]),
    ],
    [
      'one that says it unpacks to 4 GB',
      'bytes',
      async () =>
        withDirectory(await good(), (zip, [first = 0]) => zip.writeUInt32LE(0xff_ff_ff_f0, first + 24)),
    ],
    [
      'one that lies about a size',
      'damaged',
      async () =>
        withDirectory(await good(), (zip, [first = 0]) =>
          zip.writeUInt32LE(zip.readUInt32LE(first + 24) - 100, first + 24),
        ),
    ],
    [
      'parts that overlap',
      'overlap',
      async () =>
        withDirectory(await good(), (zip, [first = 0, second = 0]) =>
          zip.writeUInt32LE(zip.readUInt32LE(first + 42), second + 42),
        ),
    ],
    [
      'another archive inside',
      'nested',
      async () =>
        repacked(await good(), (files) => [...files, ['xl/embeddings/a.xlsx', new Uint8Array(9)] as const]),
    ],
    [
      'a path that leads outside',
      'path',
      async () =>
        repacked(await good(), (files) => [...files, ['../../etc/passwd', new Uint8Array(9)] as const]),
    ],
    [
      'a symbolic link',
      'symlink',
      async () =>
        withDirectory(await good(), (zip, [first = 0]) => {
          zip.writeUInt16LE(0x0314, first + 4);
          zip.writeUInt32LE((0o120777 << 16) >>> 0, first + 38);
        }),
    ],
    [
      'a document type with entities that grow (billion laughs)',
      'dtd',
      async () =>
        repacked(await good(), (files) => [
          ...files,
          [
            'xl/x.xml',
            Buffer.from('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'),
          ] as const,
        ]),
    ],
    [
      'one that is encrypted',
      'encrypted',
      async () => withDirectory(await good(), (zip, [first = 0]) => zip.writeUInt16LE(1, first + 8)),
    ],
    ['half a file', 'damaged', async () => (await good()).subarray(0, 1000)],
  ];
  it('the same workbook as it was is read (control)', async () => {
    expect(await refused(bytesOf(await repacked(await good(), (files) => files)), xlsx)).toEqual([]);
  });
  it.each(bombs)('%s', async (_, danger, make) => {
    const bomb = bytesOf(await make());
    expect(await refused(bomb, xlsx)).toMatchObject([{ code: 'import_zip_unsafe', details: { danger } }]);
  });
  it('a sheet of more than a million cells, before it is parsed', async () => {
    const cells = '<c r="A1"/>'.repeat(1_000_001);
    const book = await repacked(await good(), (files) => [
      ...[...files].filter(([name]) => !name.includes('sheet1')),
      [
        'xl/worksheets/sheet1.xml',
        Buffer.from(`<worksheet><sheetData><row>${cells}</row></sheetData></worksheet>`),
      ] as const,
      ['xl/media/a.bin', randomBytes(200_000)] as const,
    ]);
    expect(await refused(bytesOf(book), xlsx)).toMatchObject([
      { code: 'import_limit', details: { what: 'cells' } },
    ]);
  });
  it('a zip file that is no workbook', async () => {
    const zip = await repacked(await good(), () => [['a.txt', Buffer.from('x')]]);
    expect(await refused(bytesOf(zip), xlsx)).toMatchObject([
      { code: 'import_not_a_table', details: { reason: 'not_xlsx' } },
    ]);
  });
});
