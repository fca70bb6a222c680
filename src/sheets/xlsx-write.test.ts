import { describe, expect, it } from 'vitest';
import { readTable, readZip, writeXlsx, type XlsxDocument } from './index.ts';

const aDocument = (given: Partial<XlsxDocument['sheets'][number]> = {}): XlsxDocument => ({
  title: 'Отчёт',
  sheets: [
    {
      name: 'Города',
      columns: [
        { header: 'Город', type: 'text' },
        { header: 'Доля', type: 'number', decimals: 1 },
      ],
      rows: [['Астана', 12.5]],
      ...given,
    },
  ],
});
const part = async (document: XlsxDocument, name: string): Promise<string> =>
  Buffer.from((await readZip(await writeXlsx(document))).get(name) ?? []).toString();
const rowsOf = async (document: XlsxDocument, headerRow = 1): Promise<unknown[]> => {
  const bytes = await writeXlsx(document);
  const table = await readTable(
    async function* () {
      yield bytes;
    },
    { format: 'xlsx', headerRow },
  );
  const rows: unknown[] = [];
  for await (const { cells } of table.rows) rows.push(cells);
  return rows;
};

describe('a workbook that we write', () => {
  it('makes room for a text that takes several lines, and leaves other rows as high as they are', async () => {
    const columns = [{ header: 'Записи', type: 'text', width: 20, wrap: true }] as const;
    const sheet = await part(
      aDocument({ columns, rows: [['Карточки'], ['Карточки '.repeat(10)]] }),
      'xl/worksheets/sheet1.xml',
    );
    const heights = [...sheet.matchAll(/<row [^>]*>/g)].map(([row]) => /ht="(\d+)"/.exec(row)?.[1] ?? 'own');
    expect(heights).toEqual(['own', 'own', '90']);
  });
  it('has numbers as numbers and gaps as their words', async () => {
    const rows = await rowsOf(
      aDocument({
        rows: [
          ['Астана', 12.5],
          ['Алматы', { missing: 'не определено' }],
        ],
      }),
    );
    expect(rows).toEqual([
      ['Астана', 12.5],
      ['Алматы', 'не определено'],
    ]);
  });
  it('holds no formula and no link, whatever the text', async () => {
    const evil = ['=1+1', '+1', '-1', '@SUM(A1)', '=HYPERLINK("http://example.org")', '＝1', '\t=1'];
    const document = aDocument({ rows: evil.map((text) => [text, 1]) });
    const sheet = await part(document, 'xl/worksheets/sheet1.xml');
    expect(sheet).not.toMatch(/<f[ >]|<hyperlink/);
    expect((await rowsOf(document)).map((row) => (row as unknown[])[0])).toEqual(evil);
  });
  it('is the same bytes at any time', async () => {
    const first = await writeXlsx(aDocument());
    await new Promise((resolve) => setTimeout(resolve, 2_100)); // zip dates have steps of two seconds
    expect(Buffer.from(await writeXlsx(aDocument())).equals(Buffer.from(first))).toBe(true);
  });
  it('freezes the header, also below a title', async () => {
    expect(await part(aDocument(), 'xl/worksheets/sheet1.xml')).toContain('ySplit="1"');
    expect(await part(aDocument({ title: 'Таблица 1' }), 'xl/worksheets/sheet1.xml')).toContain('ySplit="3"');
  });
  it('gives sheets names that Excel takes, each once', async () => {
    const [sheet] = aDocument().sheets;
    if (sheet === undefined) throw new Error('no sheet');
    const names = ['a/b:c', "'x'", 'Очень длинное имя листа, длиннее допустимого', 'A/B:C', ''];
    const workbook = await part(
      { title: 't', sheets: names.map((name) => ({ ...sheet, name })) },
      'xl/workbook.xml',
    );
    expect([...workbook.matchAll(/<sheet [^>]*name="([^"]*)"/g)].map((m) => m[1])).toEqual([
      'a b c',
      'x',
      'Очень длинное имя листа, длинне',
      'A B C 2',
      'Sheet',
    ]);
  });
  it('shows as many decimals as the column has', async () => {
    expect(await part(aDocument(), 'xl/styles.xml')).toContain('#,##0.0');
  });
});
