import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTable, safeText, writeCsv } from './index.ts';

const read = async (text: string): Promise<readonly (readonly unknown[])[]> => {
  const table = await readTable(
    async function* () {
      yield Buffer.from(text);
    },
    { format: 'csv', delimiter: ',' },
  );
  const rows: (readonly unknown[])[] = [];
  for await (const { cells } of table.rows) rows.push(cells);
  return rows;
};

describe('text that a spreadsheet would run is made safe on its way out', () => {
  const starts = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];
  const before = ['', ' ', '  ', '"', "'", ' "', '\u00A0', '\u200B', '\u3000'];
  const payloads = ['cmd|/c calc!A0', 'HYPERLINK("http://example.org","x")', '1+1', 'SUM(A1:A9)', 'a'];
  const all = starts.flatMap((s) => before.flatMap((b) => payloads.map((p) => b + s + p)));

  it(`with an apostrophe before all ${all.length} ways to start a formula`, () => {
    expect(all.filter((text) => !safeText(text).startsWith("'"))).toEqual([]);
  });
  it('and leaves other text as it is', () => {
    for (const text of ['Астана', 'a=b', '2018', '', '«цитата»', '№ 5', 'x-y', '(1)'])
      expect(safeText(text)).toBe(text);
  });
  it('numbers are no text: a negative one stays a number', () => {
    expect(writeCsv([['a'], [-5], [1.5], [10n]])).toBe('"a"\r\n"-5"\r\n"1.5"\r\n"10"\r\n');
  });
  it('negative control: without the guard the payload would stand at the start of a field', () => {
    expect(writeCsv([['=1+1']])).not.toContain('"=');
    expect(writeCsv([['=1+1']])).toContain(`"'=1+1"`);
  });
});

describe('a CSV file', () => {
  it('has every field quoted, quotes doubled, CRLF (RFC 4180)', () => {
    expect(writeCsv([['a "b"', 'c,d']])).toBe('"a ""b""","c,d"\r\n');
  });
  it('may have a byte order mark and semicolons, for Excel', () => {
    expect(writeCsv([['a', 'b']], { bom: true, delimiter: ';' })).toBe('\uFEFF"a";"b"\r\n');
  });
  it('comes back as it went out, whatever the text, but for the apostrophe', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((t) => !/[\0\uFFFD\u0098]/.test(t));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constant('k'), text, text), { maxLength: 8 }), async (rows) => {
        const out = writeCsv([['a', 'b', 'c'], ...rows]);
        expect(await read(out)).toEqual(rows.map((row) => row.map(safeText)));
      }),
      { numRuns: 100 },
    );
  });
});
