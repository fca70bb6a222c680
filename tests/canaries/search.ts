import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { readZip } from '../../src/sheets/index.ts';

/** Where a marker was found, and in which form. */
export interface Hit {
  readonly file: string;
  readonly form: string;
}

/**
 * The bytes under which a text can lie in a file: UTF-8, UTF-16 (as V8 and Windows keep it), hexadecimal, and Base64, whose
 * middle depends on where in three bytes the text begins. The text must be of ASCII.
 */
export const formsOf = (text: string): readonly (readonly [string, Buffer])[] => {
  const utf8 = Buffer.from(text);
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), utf8])
      .toString('base64')
      .replaceAll('=', '');
    // The first and last characters also hold bits of the neighbours.
    const middle = encoded.slice(Math.ceil((shift * 8) / 6), -1);
    return [`base64+${shift}`, Buffer.from(middle)] as const;
  });
  return [
    ['utf-8', utf8],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['hex', Buffer.from(utf8.toString('hex'))],
    ['HEX', Buffer.from(utf8.toString('hex').toUpperCase())],
    ...base64,
  ];
};

const CHUNK = 16 << 20;

/** A file in overlapping pieces, so that a heap dump need not be held whole. */
function* piecesOf(file: string, overlap: number): Generator<Buffer> {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    for (let at = 0; at < size; at += CHUNK) {
      const piece = Buffer.alloc(Math.min(CHUNK + overlap, size - at));
      readSync(handle, piece, 0, piece.length, at);
      yield piece;
    }
  } finally {
    closeSync(handle);
  }
}

/** What is packed inside: parts of a workbook or document, streams of a PDF. */
const unpacked = async (file: string): Promise<readonly Buffer[]> => {
  if (/\.(xlsx|docx|zip)$/.test(file))
    return [...(await readZip(new Uint8Array(readFileSync(file)))).values()].map((part) => Buffer.from(part));
  if (!file.endsWith('.pdf')) return [];
  const pdf = readFileSync(file);
  const streams: Buffer[] = [];
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7))
    try {
      streams.push(inflateSync(pdf.subarray(at + 7), { finishFlush: 2 }));
    } catch {
      // Not a packed stream: its bytes are searched as they stand.
    }
  return streams;
};

/** Every place below some folders where a marker stands, packed files unpacked; and how many bytes were looked through. */
export const searchFolders = async (
  folders: readonly string[],
  marker: string,
): Promise<{ readonly hits: readonly Hit[]; readonly files: number; readonly bytes: number }> => {
  const forms = formsOf(marker);
  const longest = Math.max(...forms.map(([, bytes]) => bytes.length));
  const files = folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const hits: Hit[] = [];
  let bytes = 0;
  for (const file of files)
    for (const piece of [...piecesOf(file, longest), ...(await unpacked(file))]) {
      bytes += piece.length;
      for (const [form, pattern] of forms) if (piece.includes(pattern)) hits.push({ file, form });
    }
  return { hits, files: files.length, bytes };
};
