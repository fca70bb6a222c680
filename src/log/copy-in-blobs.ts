import { begins, blobShape, CHUNK, dataShape, readLine } from './copy-format.ts';
import type { Line, LineReader } from './copy-lines.ts';
import { sha256Hex } from './hash-tree.ts';
import type { LogStore } from './store-port.ts';

/** Takes the blobs of a copy, one in memory at a time; `next` is the first line behind them. */
export const takeBlobs = async (
  lines: LineReader,
  store: LogStore,
): Promise<{ readonly count: number; readonly next: Line }> => {
  let count = 0;
  let before = '';
  for (let line = await lines.next(); ; ) {
    if (line === undefined || !begins(line, 'blob')) return { count, next: line };
    const blob = readLine(blobShape, line);
    // In order of address, so that one log has one copy and no blob comes twice.
    if (blob === undefined || blob.blob <= before) throw lines.damaged('blob');
    const bytes = await takeChunks(lines, blob.bytes);
    if (sha256Hex(bytes) !== blob.blob) throw lines.damaged('blob');
    await store.putBlob(blob.blob, bytes);
    before = blob.blob;
    count += 1;
    line = await lines.next();
  }
};

const takeChunks = async (lines: LineReader, size: number): Promise<Uint8Array> => {
  const chunks: Buffer[] = [];
  for (let read = 0; read < size; ) {
    const line = await lines.next();
    const data = line === undefined ? undefined : readLine(dataShape, line)?.data;
    const chunk = Buffer.from(data ?? '', 'base64');
    if (chunk.length !== Math.min(CHUNK, size - read) || chunk.toString('base64') !== data)
      throw lines.damaged('blob');
    chunks.push(chunk);
    read += chunk.length;
  }
  return Buffer.concat(chunks);
};
