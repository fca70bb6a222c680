import { canonicalText, ProblemError, problem } from '../vocabulary/index.ts';
import { withShortHeader } from './age-header.ts';
import { decrypterWith, encrypterFor, makeIdentity, recipientOf } from './age-keys.ts';
import { joined } from './bytes.ts';
import { type DataKey, makeKeyId } from './data-key.ts';
import type { Randomness } from './randomness.ts';

/** Where an attachment belongs: the first line inside it says so, and it opens nowhere else. */
export interface AttachmentPlace {
  readonly org: string;
  readonly study: string;
  readonly record_id: string;
  readonly attachment_id: string;
}

/** An incremental SHA-256: of node:crypto, of hash-wasm, of whoever is fastest where this runs. */
export interface Hasher {
  update(bytes: Uint8Array): unknown;
  /** Hex. */
  digest(encoding: 'hex'): string;
}

export interface SealedAttachment {
  /** A key of its own, to be wrapped like those of fields. */
  readonly key: DataKey;
  /** An age file to that key, as it is being made: 64 KiB at a time. */
  readonly ct: ReadableStream<Uint8Array>;
  /** What the entry says of the ciphertext, once all of `ct` was read. Rejects when the source failed or `ct` was cancelled. */
  readonly sealed: Promise<{ readonly ct_sha256: string; readonly ct_size: number }>;
}

const CONTEXT = 'baqylau/attachment/v1';
const LONGEST_HEADER = 4096;
const NEWLINE = 0x0a;

/**
 * Seals a file of any size for a record in the memory of a few chunks. The name of the file goes inside, since it can name a
 * person. `ct` must be read to its end.
 */
export const sealAttachment = async (
  content: ReadableStream<Uint8Array>,
  {
    place,
    compartment,
    name = '',
  }: { readonly place: AttachmentPlace; readonly compartment: string; readonly name?: string },
  effects: Randomness & { readonly sha256: () => Hasher },
): Promise<SealedAttachment> => {
  const identity = await makeIdentity();
  const { org, record_id } = place;
  const key = { org, record_id, compartment, key_id: makeKeyId(effects), key: identity };
  const header = new TextEncoder().encode(`${headerText(place, name)}\n`);
  if (header.length > LONGEST_HEADER) throw new RangeError('the name of the file is too long');
  const file = await encrypterFor([await recipientOf(identity)]).encrypt(startingWith(header, content));
  return { key, ...measured(file, effects.sha256()) };
};

/**
 * What is in a sealed attachment. The content is authentic chunk by chunk, complete only when the stream ends without an
 * error. Throws, and the stream fails with, ProblemError `attachment_damaged`: wrong key, cut, altered or of another place
 * are one answer.
 */
export const openAttachment = async (
  ct: ReadableStream<Uint8Array>,
  key: DataKey,
  place: AttachmentPlace,
): Promise<{ readonly name: string; readonly content: ReadableStream<Uint8Array> }> => {
  const damaged = (): ProblemError =>
    new ProblemError(
      problem('attachment_damaged', { attachment: place.attachment_id, record: place.record_id }),
    );
  let chunks: ReadableStreamDefaultReader<Uint8Array>;
  let first: { readonly header: string; readonly rest: Uint8Array };
  try {
    chunks = (await decrypterWith([key.key]).decrypt(withShortHeader(ct))).getReader();
    first = await readHeader(chunks);
  } catch {
    throw damaged();
  }
  const name = nameIn(first.header);
  if (name === undefined || headerText(place, name) !== first.header) {
    await chunks.cancel();
    throw damaged();
  }
  return { name, content: restOf(first.rest, chunks, damaged) };
};

const headerText = (place: AttachmentPlace, name: string): string => {
  const { org, study, record_id, attachment_id } = place;
  return canonicalText({ v: 1, context: CONTEXT, org, study, record_id, attachment_id, name });
};

const nameIn = (header: string): string | undefined => {
  try {
    const { name } = JSON.parse(header) as { readonly name: unknown };
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
};

const startingWith = (
  header: Uint8Array,
  content: ReadableStream<Uint8Array>,
): ReadableStream<Uint8Array> => {
  const reader = content.getReader();
  return new ReadableStream({
    start: (controller) => controller.enqueue(header),
    pull: async (controller) => {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
};

/** The same stream, counted and hashed on its way. */
const measured = (file: ReadableStream<Uint8Array>, hasher: Hasher): Omit<SealedAttachment, 'key'> => {
  const reader = file.getReader();
  const { promise, resolve, reject } = Promise.withResolvers<Awaited<SealedAttachment['sealed']>>();
  // Whoever reads `ct` sees the failure there; a second report of the same is not an unhandled one.
  promise.catch(() => undefined);
  let size = 0;
  const ct = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { done, value } = await reader.read();
        if (done) {
          controller.close();
          resolve({ ct_sha256: hasher.digest('hex'), ct_size: size });
          return;
        }
        hasher.update(value);
        size += value.length;
        controller.enqueue(value);
      } catch (error) {
        controller.error(error);
        reject(error);
      }
    },
    cancel: async (reason) => {
      reject(reason);
      await reader.cancel(reason);
    },
  });
  return { ct, sealed: promise };
};

const readHeader = async (
  chunks: ReadableStreamDefaultReader<Uint8Array>,
): Promise<{ readonly header: string; readonly rest: Uint8Array }> => {
  let read = new Uint8Array();
  for (;;) {
    const end = read.indexOf(NEWLINE);
    if (end >= 0)
      return {
        header: new TextDecoder('utf-8', { fatal: true }).decode(read.subarray(0, end)),
        rest: read.subarray(end + 1),
      };
    if (read.length > LONGEST_HEADER) throw new RangeError('no header');
    const { done, value } = await chunks.read();
    if (done) throw new RangeError('no header');
    read = joined(read, value);
  }
};

const restOf = (
  rest: Uint8Array,
  chunks: ReadableStreamDefaultReader<Uint8Array>,
  damaged: () => ProblemError,
): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start: (controller) => {
      if (rest.length > 0) controller.enqueue(rest);
    },
    pull: async (controller) => {
      try {
        const { done, value } = await chunks.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch {
        controller.error(damaged());
      }
    },
    cancel: (reason) => chunks.cancel(reason),
  });
