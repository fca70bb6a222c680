import { beforeAll, describe, expect, it } from 'vitest';
import { readMessages } from '../../src/cli/message-files.ts';
import { renderXlsx } from '../../src/report/xlsx/render-xlsx.ts';
import { readZip } from '../../src/sheets/index.ts';
import { aDocument, aTable, TIME } from './a-document.ts';

const messages = readMessages();
const partsOf = async (document = aDocument('en')): Promise<ReadonlyMap<string, string>> => {
  const bytes = await renderXlsx(document, { messages, creationTime: TIME });
  return new Map(
    [...(await readZip(bytes))].map(([name, part]) => [name, Buffer.from(part).toString('utf8')]),
  );
};

describe('the workbook of a report', () => {
  let parts: ReadonlyMap<string, string>;
  beforeAll(async () => {
    parts = await partsOf();
  });
  const sheet = (number: number): string => parts.get(`xl/worksheets/sheet${number}.xml`) ?? '';

  it('has an index, a sheet a table, a sheet a figure and the numbers, in this order', () => {
    const names = [...(parts.get('xl/workbook.xml') ?? '').matchAll(/<sheet [^>]*name="([^"]+)"/g)].map(
      (m) => m[1],
    );
    expect(names).toEqual(['Contents', 'Table 1', 'Table 2', 'Table A1', 'Figure 1', 'Numbers']);
  });
  it('links the index to each sheet', () => {
    expect(sheet(1).match(/<hyperlink /g)).toHaveLength(5);
    expect(sheet(1)).toMatch(/location="&apos;Table 2&apos;!A1"/);
  });
  it('keeps exact values as numbers and shows the digits that are printed', () => {
    expect(sheet(2)).toMatch(/<c [^>]*><v>12\.5<\/v>/);
    expect(parts.get('xl/styles.xml')).toContain('#,##0.0');
  });
  it('writes a gap as its reason, not as a zero or an empty cell', () => {
    expect([...parts.values()].join('')).toContain('none recorded');
  });
  it('freezes the header and the leading column', () => {
    expect(sheet(2)).toMatch(/<pane [^>]*xSplit="1"[^>]*state="frozen"/);
  });
  it('merges the cells of a header that spans columns', async () => {
    const table = aTable('en', {
      number: 'A1',
      header: [[{ text: '2018', span: 2 }], ...aTable('en').header],
    });
    const document = aDocument('en');
    const spanned = await partsOf({ ...document, annex: { ...document.annex, blocks: [table] } });
    expect(spanned.get('xl/worksheets/sheet4.xml')).toMatch(/<mergeCell ref="B4:C4"/);
  });
  it('says of each number how it was made', () => {
    const strings = parts.get('xl/sharedStrings.xml') ?? '';
    for (const fact of [
      'asm.sample/city_1/2018/share',
      '25/2',
      'Numerator',
      'Denominator',
      'Records counted',
    ])
      expect(strings).toContain(fact);
  });
  it('holds no formula, whatever stands in the labels', async () => {
    const evil = '=HYPERLINK("http://example.org","x")';
    const table = aTable('en');
    const document = aDocument('en');
    const injected = await partsOf({
      ...document,
      title: evil,
      annex: {
        ...document.annex,
        blocks: [
          {
            ...table,
            number: 'A1',
            caption: evil,
            notes: [evil],
            rows: table.rows.map((r) => ({ ...r, labels: [evil] })),
          },
        ],
      },
    });
    const sheets = [...injected].filter(([name]) => name.startsWith('xl/worksheets/'));
    expect(sheets.map(([, xml]) => xml).join('')).not.toMatch(/<f[ >]/);
  });
  it('is the same bytes at any time', async () => {
    const once = await renderXlsx(aDocument(), { messages, creationTime: TIME });
    await new Promise((resolve) => setTimeout(resolve, 2_100)); // zip dates have steps of two seconds
    const again = await renderXlsx(aDocument(), { messages, creationTime: TIME });
    expect(Buffer.from(again).equals(Buffer.from(once))).toBe(true);
  });
});
