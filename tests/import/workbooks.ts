import { Workbook, type Worksheet } from '@cj-tech-master/excelts';
import { readZip, writeZip } from '../../src/sheets/index.ts';

/** A workbook with one sheet, as a person's spreadsheet program would save it. */
export const aWorkbook = async (fill: (sheet: Worksheet) => void, name = 'Sheet1'): Promise<Uint8Array> => {
  const workbook = new Workbook();
  fill(workbook.addWorksheet(name));
  return new Uint8Array(await workbook.xlsx.writeBuffer());
};

/** A workbook whose packed parts were tampered with. */
export const repacked = async (
  workbook: Uint8Array,
  change: (files: Map<string, Uint8Array>) => Iterable<readonly [string, Uint8Array]>,
): Promise<Uint8Array> => writeZip(change(new Map(await readZip(workbook))));

const DIRECTORY = 0x02014b50;

/** Offsets of the entries of the directory at the end of a zip file. */
export const directoryEntries = (zip: Buffer): readonly number[] => {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  const count = zip.readUInt16LE(end + 10);
  const offsets: number[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < count; i += 1) {
    if (zip.readUInt32LE(at) !== DIRECTORY) throw new RangeError('no directory entry');
    offsets.push(at);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return offsets;
};

/** Writes into the directory of a zip file; `at` is the offset of its first entry. */
export const withDirectory = (
  zip: Uint8Array,
  write: (buffer: Buffer, entries: readonly number[]) => void,
): Uint8Array => {
  const buffer = Buffer.from(zip);
  write(buffer, directoryEntries(buffer));
  return buffer;
};
