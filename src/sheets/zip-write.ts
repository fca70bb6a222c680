import { crc32, deflateRawSync } from 'node:zlib';

/** 1980-01-01 00:00 in DOS form, the earliest there is: the same files give the same bytes on any day. */
const DOS_DATE = 0x0021;
const UTF8_NAME = 0x0800;
const VERSION = 20;

interface Packed {
  readonly name: Uint8Array;
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  readonly data: Uint8Array;
}

const pack = (name: string, bytes: Uint8Array, compress: boolean): Packed => {
  const deflated = compress ? deflateRawSync(bytes, { level: 9 }) : undefined;
  const smaller = deflated !== undefined && deflated.length < bytes.length;
  return {
    name: Buffer.from(name, 'utf8'),
    method: smaller ? 8 : 0,
    crc: crc32(bytes),
    size: bytes.length,
    data: smaller ? deflated : bytes,
  };
};

/** The fields that local header and directory share, from `version needed` to `extra length` (APPNOTE 4.3.7, 4.3.12). */
const common = (file: Packed): Buffer => {
  const out = Buffer.alloc(26);
  out.writeUInt16LE(VERSION, 0);
  out.writeUInt16LE(UTF8_NAME, 2);
  out.writeUInt16LE(file.method, 4);
  out.writeUInt16LE(0, 6);
  out.writeUInt16LE(DOS_DATE, 8);
  out.writeUInt32LE(file.crc, 10);
  out.writeUInt32LE(file.data.length, 14);
  out.writeUInt32LE(file.size, 18);
  out.writeUInt16LE(file.name.length, 22);
  return out;
};

const signature = (value: number): Buffer => {
  const out = Buffer.alloc(4);
  out.writeUInt32LE(value);
  return out;
};

const directoryEntry = (file: Packed, offset: number): Buffer => {
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(offset, 10);
  const made = Buffer.alloc(2);
  made.writeUInt16LE(VERSION);
  return Buffer.concat([signature(0x02014b50), made, common(file), tail, file.name]);
};

const directoryEnd = (count: number, size: number, offset: number): Buffer => {
  const out = Buffer.alloc(22);
  out.writeUInt32LE(0x06054b50, 0);
  out.writeUInt16LE(count, 8);
  out.writeUInt16LE(count, 10);
  out.writeUInt32LE(size, 12);
  out.writeUInt32LE(offset, 16);
  return out;
};

/**
 * A zip file of these entries, in their order, without dates: the same entries give the same bytes. `store` packs nothing,
 * for files that are packed already or read at once.
 */
export const writeZip = (
  files: Iterable<readonly [string, Uint8Array]>,
  options: { readonly store?: boolean } = {},
): Uint8Array<ArrayBuffer> => {
  const packed = [...files].map(([name, bytes]) => pack(name, bytes, options.store !== true));
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const file of packed) {
    const local = Buffer.concat([signature(0x04034b50), common(file), file.name]);
    directory.push(directoryEntry(file, offset));
    parts.push(local, file.data);
    offset += local.length + file.data.length;
  }
  const index = Buffer.concat(directory);
  return new Uint8Array(Buffer.concat([...parts, index, directoryEnd(packed.length, index.length, offset)]));
};
