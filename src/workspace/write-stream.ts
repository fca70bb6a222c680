import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { diskProblem, syncFolder } from './write-durably.ts';

/**
 * Bytes into a draft file beside its place, which nobody but the owner can read; durable when it resolves. Throws
 * ProblemError as `writeDurably` does.
 */
export const writeDraft = async (
  draft: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<{ readonly bytes: number }> => {
  const out = openSync(draft, 'w', 0o600);
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      for (let at = 0; at < piece.length; ) at += writeSync(out, piece, at);
      bytes += piece.length;
    }
    fsyncSync(out);
  } catch (error) {
    throw diskProblem(error, draft) ?? error;
  } finally {
    closeSync(out);
  }
  return { bytes };
};

/** Moves a draft to its place, durably: afterwards the whole file is there, before nothing. */
export const putInPlace = (draft: string, file: string): void => {
  renameSync(draft, file);
  syncFolder(dirname(file));
};

/** Streams a whole file into place or leaves what was there. */
export const writeStream = async (
  file: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<{ readonly bytes: number }> => {
  const draft = `${file}.new`;
  try {
    const written = await writeDraft(draft, pieces);
    putInPlace(draft, file);
    return written;
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
};
