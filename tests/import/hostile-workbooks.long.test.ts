import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { readTable } from '../../src/sheets/index.ts';
import { bytesOf, problemsOf } from './an-import.ts';
import { aWorkbook, repacked } from './workbooks.ts';

let good: Uint8Array;
beforeAll(async () => {
  good = await aWorkbook((sheet) => {
    sheet.addRow(['No', 'Date']);
    sheet.addRow([1, new Date(Date.UTC(2018, 0, 1))]);
    sheet.addRow(['x', { formula: '1+1', result: 2 }]);
  });
});

const readAll = async (book: Uint8Array): Promise<void> => {
  const { rows } = await readTable(bytesOf(book), { format: 'xlsx' });
  for await (const { cells } of rows) expect(cells.length).toBeGreaterThan(0);
};

it('a workbook with changed bytes in any of its parts is a table or a problem with a code', async () => {
  const edits = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
    minLength: 1,
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(fc.nat(), edits, async (which, changes) => {
      const book = await repacked(good, (files) => {
        const names = [...files.keys()];
        const bytes = files.get(names[which % names.length] ?? '');
        if (bytes !== undefined) for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        return files;
      });
      await problemsOf(readAll(book));
    }),
    { numRuns: 25 },
  );
});
