import { createHash } from 'node:crypto';
import type { Hmac } from '../records/index.ts';
import { openSource, readTable, type SheetRow, type TableFormat, type TableSource } from '../sheets/index.ts';
import type { BoundMapping } from './bound-mapping.ts';
import { bindHeader } from './header.ts';
import { type ReadRow, rowReader } from './read-row.ts';

const BATCH = 500;

export interface SourceRows {
  readonly batches: AsyncIterable<readonly ReadRow[]>;
  /** SHA-256 (hex) of the whole file, once it is read to its end. */
  readonly sha256: () => string;
  /** Bytes read so far. */
  readonly bytes: () => number;
}

const formatOf = ({ file }: BoundMapping['mapping']): TableFormat => ({
  format: file.format,
  ...(file.encoding === undefined ? {} : { encoding: file.encoding }),
  ...(file.delimiter === undefined ? {} : { delimiter: file.delimiter }),
  ...(file.sheet === undefined ? {} : { sheet: file.sheet }),
  ...(file.header_row === undefined ? {} : { headerRow: file.header_row }),
});

async function* inBatches(
  rows: AsyncIterable<SheetRow>,
  read: (row: SheetRow) => ReadRow,
): AsyncGenerator<readonly ReadRow[]> {
  let batch: ReadRow[] = [];
  for await (const row of rows) {
    batch.push(read(row));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Opens a file through its mapping: rows in batches, read but not yet checked against the log. */
export const openRows = async (bound: BoundMapping, source: TableSource, hmac: Hmac): Promise<SourceRows> => {
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of openSource(source)) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  const table = await readTable(counted, formatOf(bound.mapping));
  const read = rowReader(bound, bindHeader(bound, table.header), hmac);
  let digest: string | undefined;
  return {
    batches: inBatches(table.rows, read),
    sha256: () => (digest ??= hash.digest('hex')),
    bytes: () => bytes,
  };
};
