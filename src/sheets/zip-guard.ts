import { createInflateRaw } from 'node:zlib';
import { type Entry, fromBufferPromise } from 'yauzl';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { ZIP_LIMITS } from './limits.ts';

export type ZipDanger =
  | 'entries'
  | 'bytes'
  | 'ratio'
  | 'symlink'
  | 'path'
  | 'nested'
  | 'overlap'
  | 'damaged'
  | 'encrypted'
  | 'dtd';

export const zipUnsafe = (danger: ZipDanger): ProblemError =>
  new ProblemError(problem('import_zip_unsafe', { danger }));

const UNIX = 3;
const LINK = 0o120000;
const FORMAT_BITS = 0o170000;
const LOCAL_HEADER = 30;
const NESTED = /\.(?:zip|xlsx|xlsm|xlsb|docx|docm|pptx|odt|ods|jar|7z|rar|gz|bz2|xz|tar)$/i;

const isSymlink = (entry: Entry): boolean =>
  entry.versionMadeBy >> 8 === UNIX && ((entry.externalFileAttributes >>> 16) & FORMAT_BITS) === LINK;

const isOutside = (name: string): boolean =>
  name.startsWith('/') || /^[a-z]:/i.test(name) || name.includes('\\') || name.split('/').includes('..');

/** What the directory at the end of the file says, before one byte is unpacked. */
const dangerOf = (entries: readonly Entry[], packed: number): ZipDanger | undefined => {
  let bytes = 0;
  for (const entry of entries) {
    if (isOutside(entry.fileName)) return 'path';
    if (isSymlink(entry)) return 'symlink';
    if (NESTED.test(entry.fileName)) return 'nested';
    if (entry.isEncrypted()) return 'encrypted';
    bytes += entry.uncompressedSize;
  }
  if (bytes > ZIP_LIMITS.bytes) return 'bytes';
  if (bytes > packed * ZIP_LIMITS.ratio) return 'ratio';
  const inOrder = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  let end = 0;
  for (const entry of inOrder) {
    if (entry.relativeOffsetOfLocalHeader < end) return 'overlap';
    end = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER + entry.fileName.length + entry.compressedSize;
  }
  return undefined;
};

/** One entry, unpacked by us with a counter: a directory can lie about sizes. */
const unpack = async (packed: Uint8Array, method: number, size: number): Promise<Uint8Array> => {
  if (method === 0) return packed;
  if (method !== 8) throw zipUnsafe('damaged');
  const inflate = createInflateRaw();
  inflate.end(packed);
  const parts: Uint8Array[] = [];
  let total = 0;
  try {
    for await (const part of inflate as AsyncIterable<Uint8Array>) {
      total += part.length;
      if (total > size) throw zipUnsafe('damaged');
      parts.push(part);
    }
  } catch (error) {
    throw error instanceof ProblemError ? error : zipUnsafe('damaged');
  }
  if (total !== size) throw zipUnsafe('damaged');
  return Buffer.concat(parts);
};

/** A document type declares entities, which multiply; in UTF-16 it would not be seen, and no program writes a workbook so. */
const refuseXml = (data: Uint8Array): void => {
  if (data.subarray(0, 4).some((byte) => byte === 0 || byte >= 0xfe)) throw zipUnsafe('damaged');
  if (Buffer.from(data.buffer, data.byteOffset, data.byteLength).includes('<!DOCTYPE'))
    throw zipUnsafe('dtd');
};

/**
 * The entries of a zip file after every check of the security plan 3.14 (at most 1,000 entries, 200 MB, 100 bytes out per
 * byte in; no nesting, symlinks, paths outside, overlaps, encryption, document type declarations). Throws `import_zip_unsafe`.
 */
export const readZip = async (bytes: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const zip = await fromBufferPromise(buffer, { lazyEntries: true, strictFileNames: false }).catch(() => {
    throw zipUnsafe('damaged');
  });
  if (zip.entryCount > ZIP_LIMITS.entries) throw zipUnsafe('entries');
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry);
  } catch (error) {
    throw zipUnsafe(String(error).includes('path') ? 'path' : 'damaged');
  }
  const danger = dangerOf(entries, bytes.length);
  if (danger !== undefined) throw zipUnsafe(danger);
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (entry.fileName.endsWith('/')) continue;
    const at = entry.relativeOffsetOfLocalHeader;
    if (at + LOCAL_HEADER > buffer.length || buffer.readUInt32LE(at) !== 0x04034b50)
      throw zipUnsafe('damaged');
    const start = at + LOCAL_HEADER + buffer.readUInt16LE(at + 26) + buffer.readUInt16LE(at + 28);
    const data = await unpack(
      buffer.subarray(start, start + entry.compressedSize),
      entry.compressionMethod,
      entry.uncompressedSize,
    );
    if (/\.(?:xml|rels|vml)$/i.test(entry.fileName)) refuseXml(data);
    files.set(entry.fileName, data);
  }
  return files;
};
