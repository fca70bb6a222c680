import { z } from 'zod';
import { lineOf, readLine } from './copy-format.ts';
import { takeWraps } from './copy-in-wraps.ts';
import { inPieces, readLines } from './copy-lines.ts';
import { wrapLines } from './copy-out.ts';
import { takeTrailer, withTrailer } from './copy-trailer.ts';
import type { LogStore, VaultWrap } from './store-port.ts';

/** The form of the key vault by itself: header, wraps and trailer as in a copy of the log. */
export const VAULT_FORMAT = 'baqylau/vault/v1';

const headerShape = z.strictObject({ format: z.literal(VAULT_FORMAT), org: z.string().min(1).max(64) });

/** The wraps of data keys as a stream, for the backup series of its own that erasure needs (security plan, 3.8). */
export const vaultCopyOf = (store: Pick<LogStore, 'vault'>, org: string): AsyncIterable<Uint8Array> => {
  const counts = { wraps: 0 };
  const lines = async function* (): AsyncGenerator<Uint8Array> {
    yield lineOf({ format: VAULT_FORMAT, org });
    yield* wrapLines(store, counts);
  };
  return inPieces(withTrailer(lines(), counts));
};

/** Reads such a stream and hands the wraps over, some at a time, before it is known whether it is whole. Throws ProblemError `copy_damaged`. */
export const takeVaultCopy = async (
  pieces: AsyncIterable<Uint8Array>,
  org: string,
  put: (wraps: readonly VaultWrap[]) => Promise<void>,
): Promise<{ readonly wraps: number }> => {
  const lines = readLines(pieces);
  try {
    const first = await lines.next();
    if ((first && readLine(headerShape, first))?.org !== org) throw lines.damaged('header');
    const wraps = await takeWraps(lines, await lines.next(), true, put);
    await takeTrailer(lines, wraps.next, { wraps: wraps.count });
    return { wraps: wraps.count };
  } finally {
    await lines.close();
  }
};
