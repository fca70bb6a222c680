import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  openSync,
  realpathSync,
  type Stats,
} from 'node:fs';
import { dirname, extname, join, sep } from 'node:path';
import { ATTACHED, type FileFault, isPathBelow, type TableFiles } from '../exchange/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';

/** The files beside a table that is imported, to be looked at and read. */
export interface FolderFiles extends TableFiles {
  /** The bytes of a file that `look` has accepted. Throws ProblemError `import_file_changed` when it is no longer such a file. */
  open(path: string): AsyncIterable<Uint8Array>;
}

/**
 * The files beneath the folder of a table; none where the table is no file. No path leads out of the folder, by `..` or by a
 * link. A name is found whether the file system keeps its letters composed or in parts.
 */
export const filesBeside = (table: string | undefined): FolderFiles => {
  const root = table === undefined ? undefined : realpathSync(dirname(table));
  const placeOf = (path: string): { readonly place: string } | { readonly fault: FileFault } => {
    if (!isPathBelow(path)) return { fault: 'outside' };
    if (root === undefined) return { fault: 'missing' };
    for (const written of new Set([path, path.normalize('NFC'), path.normalize('NFD')]))
      try {
        const place = realpathSync(join(root, written));
        return place.startsWith(root.endsWith(sep) ? root : root + sep) ? { place } : { fault: 'outside' };
      } catch (error) {
        if (!isMissing(error)) return { fault: 'unreadable' };
      }
    return { fault: 'missing' };
  };
  const look: FolderFiles['look'] = (path) => {
    const found = placeOf(path);
    if ('fault' in found) return found;
    const opened = openFile(found.place);
    if ('fault' in opened) return opened;
    closeSync(opened.handle);
    return { bytes: opened.bytes };
  };
  return {
    look,
    async *open(path) {
      const found = placeOf(path);
      const opened = 'place' in found ? openFile(found.place) : found;
      let bytes = 0;
      if ('handle' in opened)
        for await (const piece of createReadStream('', { fd: opened.handle }) as AsyncIterable<Uint8Array>) {
          bytes += piece.length;
          if (bytes > ATTACHED.fileBytes) break;
          yield piece;
        }
      if (bytes === 0 || bytes > ATTACHED.fileBytes) throw new ProblemError(problem('import_file_changed'));
    },
  };
};

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes((error as { code?: string }).code ?? '');

/** Without waiting for whoever writes: a named pipe among the photos would keep an import from ever ending. */
const READ_AT_ONCE = constants.O_RDONLY | constants.O_NONBLOCK;

/** A file opened, or why it cannot be taken. What is read is what was looked at; a failed read does not tell its name. */
const openFile = (
  place: string,
): { readonly handle: number; readonly bytes: number } | { readonly fault: FileFault } => {
  let handle: number;
  try {
    handle = openSync(place, READ_AT_ONCE);
  } catch {
    return { fault: 'unreadable' };
  }
  const stat = fstatSync(handle);
  const fault = faultOf(stat);
  if (fault === undefined) return { handle, bytes: stat.size };
  closeSync(handle);
  return { fault };
};

const faultOf = (stat: Stats): FileFault | undefined => {
  if (!stat.isFile()) return 'not_a_file';
  if (stat.size === 0) return 'empty';
  return stat.size > ATTACHED.fileBytes ? 'too_large' : undefined;
};

/** What a browser may be told of a file; stands in plain in the entry, so it is one of these and never the name's own end. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.heic': 'image/heic',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.pdf': 'application/pdf',
  '.mp4': 'video/mp4',
  '.mov': 'video/quicktime',
  '.webm': 'video/webm',
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
  '.txt': 'text/plain',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.odt': 'application/vnd.oasis.opendocument.text',
};

export const mediaTypeOf = (path: string): string =>
  MEDIA_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
