import { createReadStream } from 'node:fs';
import { ProblemError, problem } from '../vocabulary/index.ts';
import type { SheetCell, SheetRow, SheetTable } from './cell.ts';
import { type Delimiter, readCsv } from './csv-read.ts';
import type { Encoding } from './encoding.ts';
import { SHEET_LIMITS, type SheetLimits } from './limits.ts';
import { readXlsx } from './xlsx-read.ts';

export interface TableFormat {
  readonly format: 'csv' | 'xlsx';
  /** CSV: found from the first bytes where it is not stated. */
  readonly encoding?: Encoding;
  readonly delimiter?: Delimiter;
  /** XLSX: name of the sheet, or its number from 1 (default 1). */
  readonly sheet?: string | number;
  /** Row that holds the column names, from 1 (default 1). */
  readonly headerRow?: number;
  readonly limits?: Partial<SheetLimits>;
}

/** A file on disk, or bytes that can be opened as often as they are read. */
export type TableSource = string | (() => AsyncIterable<Uint8Array>);

export const openSource = (source: TableSource): AsyncIterable<Uint8Array> =>
  typeof source === 'string' ? createReadStream(source) : source();

const isEmpty = (cell: SheetCell): boolean => typeof cell === 'string' && cell.trim() === '';

/** Names of columns; one without a name is called by its number, `#5`, so that it can be named in a mapping. */
const names = (header: readonly string[]): readonly string[] => {
  const all = header.map((name, i) => name.normalize('NFC').replaceAll(/\s+/gu, ' ').trim() || `#${i + 1}`);
  const twice = all.find((name, i) => all.indexOf(name) !== i);
  if (twice !== undefined) throw new ProblemError(problem('import_column_twice', { column: twice }));
  return all;
};

async function* filled(rows: AsyncIterable<SheetRow>, limit: number): AsyncGenerator<SheetRow> {
  let count = 0;
  for await (const { row, cells } of rows) {
    if (cells.every(isEmpty)) continue;
    count += 1;
    if (count > limit) throw new ProblemError(problem('import_limit', { what: 'rows', limit, row }, { row }));
    yield { row, cells };
  }
}

/**
 * The table of a CSV or XLSX file, streamed row by row. Column names are in NFC with single spaces. Throws `ProblemError`
 * with an `import_*` code for whatever makes the file as a whole unreadable; cells are judged by whoever reads them.
 */
export const readTable = async (source: TableSource, format: TableFormat): Promise<SheetTable> => {
  const limits = { ...SHEET_LIMITS, ...format.limits };
  const headerRow = format.headerRow ?? 1;
  const table =
    format.format === 'csv'
      ? await readCsv(openSource(source), {
          headerRow,
          limits,
          ...(format.encoding === undefined ? {} : { encoding: format.encoding }),
          ...(format.delimiter === undefined ? {} : { delimiter: format.delimiter }),
        })
      : await readXlsx(openSource(source), { sheet: format.sheet ?? 1, headerRow, limits });
  const header = names(table.header);
  return { header, rows: filled(table.rows, limits.rows) };
};
