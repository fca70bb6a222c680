import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { AttachedFile } from '../exchange/index.ts';
import type { StoredBlob } from '../log/index.ts';
import type { Attachment, Effects, EntryValues } from '../records/index.ts';
import { type DataKey, sealAttachment } from '../sealing/index.ts';
import { type FolderFiles, mediaTypeOf } from './table-files.ts';
import { piecesOf, streamOf } from './web-stream.ts';

/** Whose file it is, and who may open it. */
export interface FilePlace {
  readonly org: string;
  readonly study: string;
  readonly record_id: string;
  readonly compartment: string;
}

export interface SealedFile {
  /** What the entry says of it in plain. */
  readonly attachment: Attachment;
  readonly key: DataKey;
  readonly blob: StoredBlob;
  /** What the sealed value of its field says: name, size in bytes and SHA-256 of the file as it was. */
  readonly row: { readonly row_id: string; readonly values: EntryValues };
}

/** Seals a file of a table as it is read; its ciphertext is held whole, because the entry names it by its hash. */
export const sealFile = async (
  { id, path }: AttachedFile,
  files: FolderFiles,
  { compartment, ...of }: FilePlace,
  { random }: Effects,
): Promise<SealedFile> => {
  const name = basename(path).normalize('NFC');
  const whole = createHash('sha256');
  let size = 0;
  const content = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of files.open(path)) {
      whole.update(piece);
      size += piece.length;
      yield piece;
    }
  };
  const about = { place: { ...of, attachment_id: id }, compartment, name };
  const { key, ct, sealed } = await sealAttachment(streamOf(content()), about, {
    random,
    sha256: () => createHash('sha256'),
  });
  const bytes = Buffer.concat(await Array.fromAsync(piecesOf(ct)));
  const { ct_sha256, ct_size } = await sealed;
  return {
    attachment: { id, ct_sha256, ct_size, media_type: mediaTypeOf(name), key_id: key.key_id },
    key,
    blob: { sha256: ct_sha256, bytes },
    row: { row_id: id, values: { name, size, sha256: whole.digest('hex') } },
  };
};
