import { ProblemError, problem } from '../vocabulary/index.ts';

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const SAMPLE_BYTES = 4096;
/** What never stands in a table as text: the mark of a lost character, NUL, and windows-1251's one unassigned byte. */
const BAD = ['\uFFFD', '\0', '\u0098'];

/** Where the first of them stands; -1: nowhere. */
const firstBad = (text: string): number =>
  BAD.map((c) => text.indexOf(c)).reduce(
    (first, at) => (at >= 0 && (first < 0 || at < first) ? at : first),
    -1,
  );

const byteOrderMark = (bytes: Uint8Array): Encoding | undefined => {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  return undefined;
};

const decodes = (encoding: Encoding, bytes: Uint8Array): boolean => {
  try {
    return firstBad(new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })) < 0;
  } catch {
    return false;
  }
};

/** UTF-16 without a mark shows as zero bytes on one side of most pairs. */
const utf16ByZeros = (bytes: Uint8Array): Encoding | undefined => {
  const zeros = [0, 0];
  for (let i = 0; i < bytes.length; i += 1) if (bytes[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even + odd === 0) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
};

const isAscii = (bytes: Uint8Array): boolean => bytes.every((b) => b < 0x80);

/** What the bytes look like; `unknown` when nothing fits. A hint for the message, never a decision. */
const likely = (bytes: Uint8Array): Encoding | 'unknown' => {
  const marked = byteOrderMark(bytes) ?? utf16ByZeros(bytes);
  if (marked !== undefined) return marked;
  if (decodes('utf-8', bytes)) return 'utf-8';
  const text = new TextDecoder('windows-1251').decode(bytes);
  const letters = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const high = bytes.reduce((n, b) => n + (b >= 0x80 ? 1 : 0), 0);
  return letters * 2 > high && firstBad(text) < 0 ? 'windows-1251' : 'unknown';
};

const refuse = (encoding: Encoding, row: number, seen: Uint8Array): never => {
  throw new ProblemError(problem('import_encoding', { encoding, row, likely: likely(seen) }, { row }));
};

const lineEnds = (text: string): number => text.split('\n').length - 1;

/** The stated encoding if the first bytes allow it; without one: the mark, zero bytes, else UTF-8. */
const choose = (sample: Uint8Array, stated: Encoding | undefined): Encoding => {
  const mark = byteOrderMark(sample);
  if (stated === undefined) return mark ?? utf16ByZeros(sample) ?? 'utf-8';
  if (mark !== undefined && mark !== stated) refuse(stated, 1, sample);
  // Cyrillic in windows-1251 is practically never well-formed UTF-8: what is, was stated wrongly and would read as "РџСЂ".
  if (stated === 'windows-1251' && !isAscii(sample) && decodes('utf-8', sample)) {
    const before = sample.subarray(
      0,
      sample.findIndex((b) => b >= 0x80),
    );
    refuse(stated, 1 + lineEnds(new TextDecoder('windows-1251').decode(before)), sample);
  }
  return stated;
};

async function* withSample(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first: Uint8Array | undefined = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (first === undefined) yield chunk;
    else {
      first = first.length === 0 ? chunk : Buffer.concat([first, chunk]);
      if (first.length < SAMPLE_BYTES) continue;
      yield first;
      first = undefined;
    }
  }
  if (first !== undefined) yield first;
}

/**
 * Bytes to text, in pieces. Throws `import_encoding` with the row of the first byte that does not fit the encoding, stated
 * or found, and what the bytes look like instead. A byte order mark is left out of the text.
 */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  stated?: Encoding,
): AsyncGenerator<string> {
  let encoding: Encoding | undefined;
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let lines = 1;
  const check = (text: string, seen: Uint8Array): string => {
    const bad = firstBad(text);
    if (bad >= 0) refuse(encoding ?? 'utf-8', lines + lineEnds(text.slice(0, bad)), seen);
    lines += lineEnds(text);
    return text;
  };
  let last = new Uint8Array(0);
  for await (const chunk of withSample(chunks)) {
    encoding ??= choose(chunk, stated);
    decoder ??= new TextDecoder(encoding);
    last = new Uint8Array(chunk);
    yield check(decoder.decode(chunk, { stream: true }), chunk);
  }
  const tail = decoder?.decode() ?? '';
  if (tail !== '') yield check(tail, last);
}
