import { createHash } from 'node:crypto';
import type { LogStore } from '../log/index.ts';
import type { Attachment, EntryValue } from '../records/index.ts';
import { isRows } from '../records/index.ts';
import { type AttachmentPlace, type DataKey, openAttachment } from '../sealing/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { piecesOf, streamOf } from './web-stream.ts';

/** A sealed attachment as who holds a key sees it. */
export interface RevealedFile {
  /** As the file was called; nothing to be trusted as a path. */
  readonly name: string;
  readonly bytes: number;
  /** What is in it, to be used only when it came to its end. Throws ProblemError `attachment_damaged`, `wrap_not_opened`. */
  content(): AsyncIterable<Uint8Array>;
}

/** Where the attachments of a record are, and who opens their keys. */
export interface FileSource {
  readonly place: Omit<AttachmentPlace, 'attachment_id'>;
  readonly attachments: readonly Attachment[];
  readonly store: Pick<LogStore, 'getBlob'>;
  readonly keyOf: (keyId: string) => Promise<DataKey>;
}

/** The files that an opened value names, when all its rows are attachments of the record; undefined for any other value. */
export const revealedFiles = (value: EntryValue, source: FileSource): readonly RevealedFile[] | undefined => {
  if (!isRows(value)) return undefined;
  const named = value.map(({ row_id: id, values }) => {
    const attachment = source.attachments.find((each) => each.id === id);
    return attachment === undefined ? undefined : fileOf(attachment, values, source);
  });
  return named.every((file) => file !== undefined) ? named : undefined;
};

const fileOf = (
  { id, ct_sha256, key_id }: Attachment,
  { name, size, sha256 }: Readonly<Record<string, EntryValue>>,
  { place, store, keyOf }: FileSource,
): RevealedFile => {
  const damaged = (): ProblemError =>
    new ProblemError(problem('attachment_damaged', { attachment: id, record: place.record_id }));
  return {
    name: String(name),
    bytes: Number(size),
    async *content() {
      const ct = await store.getBlob(ct_sha256);
      if (ct === undefined) throw damaged();
      const { content } = await openAttachment(streamOf(inOnePiece(ct)), await keyOf(key_id), {
        ...place,
        attachment_id: id,
      });
      const whole = createHash('sha256');
      for await (const piece of piecesOf(content)) {
        whole.update(piece);
        yield piece;
      }
      // The sealed value says which file this entry meant: another one of the same record does not pass for it.
      if (whole.digest('hex') !== sha256) throw damaged();
    },
  };
};

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
