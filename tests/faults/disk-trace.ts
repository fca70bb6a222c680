import { readFileSync } from 'node:fs';

/** One thing that a program did to its disk, as faulty-disk.c records it. Names are paths below the folder. */
export type DiskEvent =
  | { readonly kind: 'create' | 'sync' | 'failed_sync' | 'unlink'; readonly name: string }
  | { readonly kind: 'write'; readonly name: string; readonly offset: number; readonly data: Buffer }
  | { readonly kind: 'truncate'; readonly name: string; readonly size: number }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }
  /** What the program said of itself: that something was acknowledged. */
  | { readonly kind: 'mark'; readonly text: string };

const HEAD = 16;

export const readTrace = (file: string): readonly DiskEvent[] => {
  const bytes = readFileSync(file);
  const events: DiskEvent[] = [];
  for (let at = 0; at < bytes.length; ) {
    const kind = String.fromCharCode(bytes.readUInt8(at));
    const [nameLength, dataLength] = [bytes.readUInt16LE(at + 2), bytes.readUInt32LE(at + 4)];
    const offset = Number(bytes.readBigUInt64LE(at + 8));
    const name = bytes.toString('utf8', at + HEAD, at + HEAD + nameLength);
    const data = bytes.subarray(at + HEAD + nameLength, at + HEAD + nameLength + dataLength);
    events.push(eventOf(kind, name, offset, data));
    at += HEAD + nameLength + dataLength;
  }
  return events;
};

const eventOf = (kind: string, name: string, offset: number, data: Buffer): DiskEvent => {
  switch (kind) {
    case 'o':
      return { kind: 'create', name };
    case 's':
      return { kind: 'sync', name };
    case 'f':
      return { kind: 'failed_sync', name };
    case 'u':
      return { kind: 'unlink', name };
    case 'w':
      return { kind: 'write', name, offset, data };
    case 't':
      return { kind: 'truncate', name, size: offset };
    case 'r':
      return { kind: 'rename', name, to: data.toString() };
    case 'm':
      return { kind: 'mark', text: data.toString() };
    default:
      throw new Error(`a trace has no event "${kind}"`);
  }
};
