import {
  readTable,
  readZip,
  SHEET_LIMITS,
  type TableFormat,
  writeCsv,
  writeXlsx,
  writeZip,
} from '../../src/sheets/index.ts';
import { parseXlsx } from '../../src/sheets/xlsx-parse.ts';
import { ProblemError } from '../../src/vocabulary/index.ts';
import { bytesOf } from '../import/an-import.ts';
import type { Parser } from './fuzz.ts';
import { changedBytes, changedText } from './mutate.ts';

const CSV = 'No,Date,Form\r\n1,01.05.2018,"rally, large"\r\n2,,"said ""no"""\r\n3,03.05.2018,пикет\r\n';
const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251', undefined] as const;
const FORMATS = ENCODINGS.flatMap((encoding) =>
  [',', ';', undefined].map(
    (delimiter): TableFormat => ({
      format: 'csv',
      headerRow: 1 + (delimiter === ';' ? 1 : 0),
      ...(encoding === undefined ? {} : { encoding }),
      ...(delimiter === undefined ? {} : { delimiter: delimiter as ',' }),
    }),
  ),
);

const readAll = async (bytes: Uint8Array, format: TableFormat): Promise<void> => {
  const table = await readTable(bytesOf(bytes), format);
  for await (const { cells } of table.rows) if (cells.length === 0) throw new Error('a row without cells');
};

export const csvParser: Parser<{ readonly bytes: Uint8Array; readonly format: TableFormat }> = {
  name: 'csv',
  input: (list, which) => {
    const format = FORMATS[which % FORMATS.length] ?? { format: 'csv' };
    const text = changedText(CSV, list, ['","', '""', '"\n', ';', '\r']);
    const bytes = Buffer.from(text, format.encoding === 'utf-16le' ? 'utf16le' : 'utf8');
    return { bytes: which % 4 === 0 ? changedBytes(bytes, list) : bytes, format };
  },
  parse: ({ bytes, format }) => readAll(bytes, format),
};

const ZIP = writeZip([
  ['a.xml', Buffer.from('<a>text text text text text</a>')],
  ['b/c.txt', Buffer.from('b'.repeat(200))],
  ['d.rels', Buffer.from('<r/>')],
]);
export const zipParser: Parser<Uint8Array> = {
  name: 'zip',
  input: (list) => changedBytes(ZIP, list),
  parse: readZip,
};

const BOOK = await writeXlsx({
  title: 'T',
  sheets: [
    {
      name: 'Sheet1',
      columns: [
        { header: 'No', type: 'number' },
        { header: 'Form', type: 'text' },
      ],
      rows: [
        [1, 'rally'],
        [2, 'пикет'],
        [3, ''],
      ],
    },
  ],
});
const PARTS = [...(await readZip(BOOK))];
const XML = [
  '<',
  '/>',
  '</c>',
  '<c r="A1">',
  '<c r="XFD1048576"><v>1</v></c>',
  't="s"',
  't="inlineStr"',
  't="e"',
  't="d"',
  '&#x10FFFF;',
  '&lt;',
  '<f>1+1</f>',
  '<mergeCell ref="A1:B2"/>',
  'r="0"',
  '<row r="1048577">',
  ' s="99999"',
  '<![CDATA[',
  '<?xml',
  'xmlns=""',
];

/** A workbook one of whose parts is changed, packed again so that the change gets past the zip. */
export const xlsxParser: Parser<Uint8Array> = {
  name: 'xlsx',
  input: (list, which) =>
    which % 10 === 0
      ? changedBytes(BOOK, list)
      : writeZip(
          PARTS.map(([name, bytes], i) =>
            i === which % PARTS.length
              ? ([
                  name,
                  which % 3 === 0
                    ? changedBytes(bytes, list)
                    : Buffer.from(changedText(Buffer.from(bytes).toString(), list, XML)),
                ] as const)
              : ([name, bytes] as const),
          ),
          { store: true },
        ),
  parse: async (bytes) => {
    const reply = await parseXlsx({ bytes, sheet: 1, headerRow: 1, limits: SHEET_LIMITS });
    if ('problems' in reply) throw new ProblemError(reply.problems);
  },
};

/** What we write, we read: any texts, in CSV. */
export const csvRoundTrip: Parser<readonly string[]> = {
  name: 'csv-round-trip',
  input: (list, which) =>
    [0, 1, 2].map(
      (i) =>
        changedText('жиын', list.slice(i), ['"', ',', '\n'])
          .normalize('NFC')
          .replaceAll(/[\0\uFFFD\u0098\uD800-\uDFFF]/g, '') + which,
    ),
  parse: async (cells) => {
    const text = writeCsv([['a', 'b', 'c'], cells]);
    const table = await readTable(bytesOf(text), { format: 'csv', encoding: 'utf-8', delimiter: ',' });
    for await (const row of table.rows)
      cells.forEach((cell, i) => {
        const got = String(row.cells[i]);
        if (got !== cell && got !== `'${cell}`)
          throw new Error(`${JSON.stringify(got)} is not ${JSON.stringify(cell)}`);
      });
  },
};
