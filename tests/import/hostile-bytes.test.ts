import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMapping } from '../../src/exchange/index.ts';
import { readTable, readZip, type TableFormat, writeZip } from '../../src/sheets/index.ts';
import { bytesOf, problemsOf } from './an-import.ts';

/** Reads a whole table; only problems with a code may come out of it. */
const read = async (bytes: Uint8Array, format: TableFormat): Promise<void> => {
  const table = await readTable(bytesOf(bytes), format);
  for await (const { cells } of table.rows) expect(cells.length).toBeGreaterThan(0);
};

describe('whatever the bytes, reading ends in a table or in a problem with a code', () => {
  it('as CSV, in any encoding', async () => {
    const encoding = fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'windows-1251', undefined);
    const noise = fc.uint8Array({ maxLength: 300 });
    const text = fc
      .string({ unit: fc.constantFrom(...'a,;"\n\r\té\uFEFF='), maxLength: 200 })
      .map((t) => Buffer.from(t));
    await fc.assert(
      fc.asyncProperty(fc.oneof(noise, text), encoding, async (bytes, stated) => {
        const format: TableFormat = { format: 'csv', ...(stated === undefined ? {} : { encoding: stated }) };
        await problemsOf(read(Uint8Array.from(bytes), format));
      }),
      { numRuns: 1500 },
    );
  });

  it('as a zip file with bytes changed, cut or added', async () => {
    const good = writeZip([
      ['a.xml', Buffer.from('<a>text text text text</a>')],
      ['b/c.txt', Buffer.from('b'.repeat(200))],
    ]);
    const place = fc.nat({ max: good.length - 1 });
    const changes = fc.array(fc.tuple(place, fc.integer({ min: 0, max: 255 })), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(changes, fc.nat({ max: good.length }), fc.boolean(), async (edits, cut, isCut) => {
        const bytes = Uint8Array.from(isCut ? good.subarray(0, cut) : good);
        for (const [at, byte] of edits) if (at < bytes.length) bytes[at] = byte;
        await problemsOf(readZip(bytes));
      }),
      { numRuns: 1500 },
    );
  });

  it('as a mapping', async () => {
    const yaml = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(...'ab: {}[]&*-\n"\'#|>!%@`'), maxLength: 200 }),
      fc.json({ maxDepth: 4 }),
    );
    await fc.assert(
      fc.asyncProperty(yaml, async (text) => {
        expect((await problemsOf(Promise.resolve().then(() => readMapping(text)))).length).toBeGreaterThan(0);
      }),
      { numRuns: 1500 },
    );
  });

  it('a mapping whose aliases multiply', async () => {
    const levels = Array.from(
      { length: 9 },
      (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`,
    );
    const laughs = ['a0: &a0 [x]', ...levels].join('\n');
    expect(await problemsOf(Promise.resolve().then(() => readMapping(laughs)))).toMatchObject([
      { code: 'text_limit', details: { what: 'aliases' } },
    ]);
  });
});

describe('a zip file that we write', () => {
  const files = fc.uniqueArray(
    fc.tuple(fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8})?\.[a-z]{3}$/), fc.uint8Array({ maxLength: 200 })),
    {
      selector: ([name]) => name,
      maxLength: 6,
    },
  );
  it('is read back as it was, packed or stored', async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.boolean(), async (entries, store) => {
        fc.pre(entries.every(([name]) => !/\.(zip|jar|rar|tar|odt|ods|bz2)$/.test(name)));
        const found = await readZip(writeZip(entries, { store }));
        expect([...found].map(([name, bytes]) => [name, [...bytes]])).toEqual(
          entries.map(([name, bytes]) => [name, [...bytes]]),
        );
      }),
      { numRuns: 200 },
    );
  });
});
