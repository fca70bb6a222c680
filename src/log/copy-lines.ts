import { createHash } from 'node:crypto';
import type { ProblemError } from '../vocabulary/index.ts';
import { type CopyFault, copyDamaged, MAX_LINE } from './copy-format.ts';

const NEWLINE = 10;
const PIECE = 64 * 1024;

/** Bytes of lines, each with its end, gathered to pieces of about 64 KiB: a stream costs by the piece. */
export const inPieces = async function* (lines: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const line of lines) {
    waiting.push(line, Uint8Array.of(NEWLINE));
    size += line.length + 1;
    if (size < PIECE) continue;
    yield Buffer.concat(waiting, size);
    waiting = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(waiting, size);
};

/** A stream behind one line of its own. */
export const behindLine = async function* (
  line: Uint8Array,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield Buffer.concat([line, Uint8Array.of(NEWLINE)]);
  yield* pieces;
};

/** Takes such a line off again. Throws ProblemError `copy_damaged` when there is none of that length. */
export const takeLine = async (
  pieces: AsyncIterable<Uint8Array>,
  longest: number,
): Promise<{ readonly line: Uint8Array; readonly rest: AsyncGenerator<Uint8Array> }> => {
  const source = pieces[Symbol.asyncIterator]();
  let gathered: Buffer = Buffer.alloc(0);
  let end = -1;
  while (end < 0) {
    const { value, done } = await source.next();
    if (done === true) throw copyDamaged(1, 'cut');
    gathered = Buffer.concat([gathered, value]);
    end = gathered.indexOf(NEWLINE);
    if (end > longest || (end < 0 && gathered.length > longest)) throw copyDamaged(1, 'too_long');
  }
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield gathered.subarray(end + 1);
      for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
    } finally {
      await source.return?.(undefined);
    }
  };
  return { line: gathered.subarray(0, end), rest: rest() };
};

/** A line without its end; undefined behind the last. */
export type Line = Uint8Array | undefined;

/** Reads a copy line by line and hashes what it has read. */
export interface LineReader {
  /** Number of the line read last, from 1. */
  readonly at: () => number;
  /** SHA-256 (hex) of everything before the line read last. */
  readonly before: () => string;
  /** The next line without its end; undefined at the end. Throws ProblemError `copy_damaged`. */
  next(): Promise<Line>;
  /** What to throw when the line read last is wrong. */
  damaged(what: CopyFault): ProblemError;
  close(): Promise<void>;
}

export const readLines = (pieces: AsyncIterable<Uint8Array>): LineReader => {
  const source = pieces[Symbol.asyncIterator]();
  const hash = createHash('sha256');
  let rest: Buffer = Buffer.alloc(0);
  let last: Line;
  let number = 0;

  const hashLast = (): void => {
    if (last === undefined) return;
    hash.update(last).update('\n');
    last = undefined;
  };
  /** Where the line ends; pieces are gathered until there is an end. */
  const lineEnd = async (): Promise<number> => {
    const gathered = [rest];
    let [end, size] = [rest.indexOf(NEWLINE), rest.length];
    while (end < 0) {
      if (size > MAX_LINE) throw copyDamaged(number + 1, 'too_long');
      const { value, done } = await source.next();
      if (done === true) break;
      gathered.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
      const at = value.indexOf(NEWLINE);
      if (at >= 0) end = size + at;
      size += value.length;
    }
    if (gathered.length > 1) rest = Buffer.concat(gathered, size);
    return end;
  };
  return {
    at: () => number,
    before: () => hash.copy().digest('hex'),
    next: async () => {
      hashLast();
      const end = await lineEnd();
      if (end < 0 && rest.length > 0) throw copyDamaged(number + 1, 'cut');
      if (end < 0) return undefined;
      if (end > MAX_LINE) throw copyDamaged(number + 1, 'too_long');
      last = rest.subarray(0, end);
      rest = rest.subarray(end + 1);
      number += 1;
      return last;
    },
    damaged: (what) => copyDamaged(number, what),
    close: async () => void (await source.return?.(undefined)),
  };
};
