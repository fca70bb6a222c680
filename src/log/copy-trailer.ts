import { createHash } from 'node:crypto';
import { begins, copyDamaged, lineOf, MAX_LINE } from './copy-format.ts';
import type { Line, LineReader } from './copy-lines.ts';

/** The last line of a copy: what there was, and SHA-256 over every byte before it. */
const trailerLine = (counts: object, sha256: string): Uint8Array => lineOf({ ...counts, sha256 });

/** Hashes the lines as they pass; what was counted meanwhile and their hash are the last line. */
export const withTrailer = async function* (
  lines: AsyncIterable<Uint8Array>,
  counts: object,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.length > MAX_LINE) throw copyDamaged(number, 'too_long');
    hash.update(line).update('\n');
    yield line;
  }
  yield trailerLine(counts, hash.digest('hex'));
};

/** The trailer must be, byte for byte, the one that follows from what was read, and nothing may stand behind it. */
export const takeTrailer = async (lines: LineReader, line: Line, counts: object): Promise<void> => {
  if (line === undefined) throw lines.damaged('cut');
  if (Buffer.compare(line, trailerLine(counts, lines.before())) !== 0)
    throw lines.damaged(begins(line, 'blobs') ? 'trailer' : 'line');
  if ((await lines.next()) !== undefined) throw lines.damaged('after_end');
};
