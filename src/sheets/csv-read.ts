import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { ProblemError, problem } from '../vocabulary/index.ts';
import type { SheetRow, SheetTable } from './cell.ts';
import { decodeText, type Encoding } from './encoding.ts';
import type { SheetLimits } from './limits.ts';

export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export interface CsvOptions {
  readonly encoding?: Encoding;
  readonly delimiter?: Delimiter;
  /** Row that holds the column names, from 1. */
  readonly headerRow: number;
  readonly limits: SheetLimits;
}

/** The delimiter that the header uses most, outside quotes. */
const findDelimiter = (header: string): Delimiter => {
  const bare = header.replaceAll(/"[^"]*"/g, '');
  const uses = (delimiter: string): number => bare.split(delimiter).length;
  return DELIMITERS.reduce((best, next) => (uses(next) > uses(best) ? next : best));
};

const tooLong = (row: number, limits: SheetLimits): ProblemError =>
  new ProblemError(problem('import_limit', { what: 'record', limit: limits.record, row }, { row }));

/** Reads on until the header row is complete, then hands back everything read and what follows. */
const peekHeader = async (
  text: AsyncGenerator<string>,
  options: CsvOptions,
): Promise<{ readonly header: string; readonly whole: AsyncIterable<string> }> => {
  let seen = '';
  for (;;) {
    const lines = seen.split(/\r\n|\n|\r/, options.headerRow + 1);
    if (lines.length > options.headerRow) break;
    if (seen.length > options.limits.record) throw tooLong(1, options.limits);
    const next = await text.next();
    if (next.done === true) break;
    seen += next.value;
  }
  const whole = async function* (): AsyncGenerator<string> {
    yield seen;
    yield* text;
  };
  return { header: seen.split(/\r\n|\n|\r/, options.headerRow)[options.headerRow - 1] ?? '', whole: whole() };
};

const broken = (error: unknown, limits: SheetLimits): unknown => {
  if (!(error instanceof CsvError)) return error;
  const row = Number((error as unknown as { records?: number }).records ?? 0) + 1;
  if (error.code === 'CSV_MAX_RECORD_SIZE') return tooLong(row, limits);
  return new ProblemError(problem('import_not_a_table', { reason: 'quotes', row }, { row }));
};

async function* records(
  text: AsyncIterable<string>,
  delimiter: Delimiter,
  limits: SheetLimits,
): AsyncGenerator<SheetRow> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: limits.record,
  });
  const feeding = pipeline(Readable.from(text), parser);
  feeding.catch(() => undefined); // the same error reaches the loop below through the parser
  let row = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1;
      if (cells.length > limits.columns)
        throw new ProblemError(
          problem('import_limit', { what: 'columns', limit: limits.columns, row }, { row }),
        );
      for (const cell of cells)
        if (cell.length > limits.cell)
          throw new ProblemError(problem('import_limit', { what: 'cell', limit: limits.cell, row }, { row }));
      yield { row, cells };
    }
  } catch (error) {
    throw broken(error, limits);
  } finally {
    parser.destroy();
  }
}

/**
 * A CSV file as a streamed table (RFC 4180; comma, semicolon or tab). Memory does not grow with the file. Throws
 * `import_encoding`, `import_limit` (a 100 MB line is refused after the first megabyte) and `import_not_a_table`.
 */
export const readCsv = async (bytes: AsyncIterable<Uint8Array>, options: CsvOptions): Promise<SheetTable> => {
  const { header, whole } = await peekHeader(decodeText(bytes, options.encoding), options);
  if (header.startsWith('PK\u0003\u0004'))
    throw new ProblemError(problem('import_not_a_table', { reason: 'zip', row: 1 }));
  const rows = records(whole, options.delimiter ?? findDelimiter(header), options.limits);
  for (;;) {
    const next = await rows.next();
    if (next.done === true)
      throw new ProblemError(problem('import_not_a_table', { reason: 'empty', row: options.headerRow }));
    if (next.value.row === options.headerRow) return { header: next.value.cells.map(String), rows };
  }
};
