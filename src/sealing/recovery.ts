import { sha256 } from 'hash-wasm';
import { combine, split } from 'shamir-secret-sharing';
import * as z from 'zod/mini';
import {
  canonicalText,
  fromBase64url,
  type ProblemCode,
  ProblemError,
  problem,
  toBase64url,
} from '../vocabulary/index.ts';
import { encryptTo, recipientOf } from './age-keys.ts';

/**
 * The recovery key opens every data key. Nobody holds it: it exists only as Shamir shares, of which a threshold together make
 * it again, each encrypted to its custodian (security plan, 3.5). This is what a custodian finds inside, one line of JSON.
 */
const shareShape = z.strictObject({
  v: z.literal(1),
  context: z.literal('baqylau/recovery-share/v1'),
  org: z.string(),
  /** From 1. */
  number: z.int().check(z.positive()),
  of: z.int().check(z.positive()),
  threshold: z.int().check(z.minimum(2)),
  /** Of the recovery key. */
  recipient: z.string(),
  /** base64url */
  share: z.string(),
  /** First 16 hex digits of the SHA-256 of all the rest: a slip in copying by hand is found, and whose it is. */
  checksum: z.string(),
});
type Share = z.infer<typeof shareShape>;

/** A share for its custodian: an age file. */
export interface SealedShare {
  readonly number: number;
  readonly custodian: string;
  readonly file: Uint8Array;
}

/** A share as its custodian brings it, under a name (of a file, of a person) by which to speak of it. */
export interface BroughtShare {
  readonly name: string;
  readonly text: string;
}

/**
 * Splits a recovery identity so that any `threshold` of the custodians can make it again and fewer learn nothing. The caller
 * forgets the identity afterwards. Throws ProblemError `identity_unreadable`, `recipient_invalid`.
 */
export const splitRecovery = async (
  { org, identity }: { readonly org: string; readonly identity: string },
  custodians: readonly { readonly custodian: string; readonly recipient: string }[],
  threshold: number,
): Promise<readonly SealedShare[]> => {
  const recipient = await recipientOf(identity);
  const shares = await split(new TextEncoder().encode(identity), custodians.length, threshold);
  return Promise.all(
    custodians.map(async ({ custodian, recipient: theirs }, i) => {
      const text = await shareText({
        v: 1,
        context: 'baqylau/recovery-share/v1',
        org,
        number: i + 1,
        of: custodians.length,
        threshold,
        recipient,
        share: toBase64url(shares[i] ?? new Uint8Array()),
      });
      return { number: i + 1, custodian, file: await encryptTo(new TextEncoder().encode(text), [theirs]) };
    }),
  );
};

/**
 * The recovery identity from the shares that custodians brought, for the recovery recipient that the key directory names
 * (left out where there is none at hand: then the one that the first share names, and what opens shows the rest). Throws ProblemError with every `recovery_share_damaged` and `recovery_share_foreign`; `recovery_too_few`;
 * `recovery_not_rebuilt` when shares that look whole make another key (the library does not check, we compare).
 */
export const combineShares = async (brought: readonly BroughtShare[], named?: string): Promise<string> => {
  const read = await Promise.all(
    brought.map(async ({ name, text }) => ({ name, share: await readShare(text) })),
  );
  const recipient = named ?? read.find(({ share }) => share !== undefined)?.share?.recipient ?? '';
  const faults = read.flatMap(({ name, share }) => {
    if (share === undefined) return [problem('recovery_share_damaged', { share: name })];
    return share.recipient === recipient ? [] : [problem('recovery_share_foreign', { share: name })];
  });
  if (faults.length > 0) throw new ProblemError(faults);
  const shares = new Map(read.flatMap(({ share }) => (share === undefined ? [] : [[share.number, share]])));
  const needed = Math.max(2, ...[...shares.values()].map((share) => share.threshold));
  if (shares.size < needed) throw refused('recovery_too_few', { given: shares.size, needed });
  return rebuilt([...shares.values()], recipient);
};

const rebuilt = async (shares: readonly Share[], recipient: string): Promise<string> => {
  try {
    const parts = shares.map(({ share }) => fromBase64url(share) ?? new Uint8Array());
    const identity = new TextDecoder('utf-8', { fatal: true }).decode(await combine(parts));
    if ((await recipientOf(identity)) === recipient) return identity;
  } catch {
    // Shares of different lengths, or bytes that are no key: told below.
  }
  throw refused('recovery_not_rebuilt');
};

const shareText = async (share: Omit<Share, 'checksum'>): Promise<string> =>
  `${canonicalText({ ...share, checksum: await checksumOf(share) })}\n`;

const checksumOf = async (share: Omit<Share, 'checksum'>): Promise<string> =>
  (await sha256(canonicalText(share))).slice(0, 16);

const readShare = async (text: string): Promise<Share | undefined> => {
  try {
    const share = shareShape.parse(JSON.parse(text));
    const { checksum, ...rest } = share;
    return (await checksumOf(rest)) === checksum ? share : undefined;
  } catch {
    return undefined;
  }
};

const refused = (code: ProblemCode, details: Readonly<Record<string, number>> = {}): ProblemError =>
  new ProblemError(problem(code, details));
