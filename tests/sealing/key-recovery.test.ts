import { combine } from 'shamir-secret-sharing';
import { describe, expect, it } from 'vitest';
import {
  type BroughtShare,
  combineShares,
  decryptWith,
  makeDataKey,
  openDataKey,
  openField,
  recipientOf,
  recipientsFor,
  sealField,
  splitRecovery,
  wrapDataKey,
} from '../../src/sealing/index.ts';
import { canonicalText, fromBase64url, ProblemError, toBase64url } from '../../src/vocabulary/index.ts';
import { keepFigure, rounds } from '../reliability/figure.ts';
import { anOrganisation, aPerson, effects } from './an-organisation.ts';

/** Row S18 of the plan: any 3 of 5 custodians open everything, fewer open nothing, and a bad share is called by its name. */
const { recovery, directory } = await anOrganisation();
const custodians = await Promise.all(['c1', 'c2', 'c3', 'c4', 'c5'].map(aPerson));
const sealed = await splitRecovery(
  { org: 'sample', identity: recovery.identity },
  custodians.map(({ user, recipient }) => ({ custodian: user, recipient })),
  3,
);
const shares: readonly BroughtShare[] = await Promise.all(
  sealed.map(async ({ custodian, file }, i) => ({
    name: custodian,
    text: new TextDecoder().decode(await decryptWith(file, [custodians[i]?.identity ?? ''])),
  })),
);

const place = { org: 'sample', study: 'assemblies', record_id: 'r', entry_id: 'e', field: 'organiser.name' };
const key = makeDataKey({ ...place, compartment: 'assemblies/almaty' }, effects);
const field = sealField(key, place, 'dana', effects);
const { wrap } = await wrapDataKey(key, recipientsFor(directory, key.compartment));

const subsets = Array.from({ length: 31 }, (_, i) => shares.filter((_share, at) => ((i + 1) >> at) & 1));
const quorums = subsets.filter((subset) => subset.length >= 3);
const smaller = subsets.filter((subset) => subset.length < 3);

/** The names of the shares that are called damaged. */
const blamed = async (brought: readonly BroughtShare[]): Promise<readonly string[]> => {
  try {
    await combineShares(brought, recovery.recipient);
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problems.map(({ code, details }) => `${code} ${details['share']}`);
  }
};

describe('the recovery key', () => {
  it('is made by every quorum, and opens what was sealed', async () => {
    expect(quorums.length).toBe(16);
    for (const quorum of quorums) {
      const identity = await combineShares(quorum, recovery.recipient);
      expect(openField(await openDataKey(wrap, key, [identity]), place, field)).toBe('dana');
    }
  });

  it('is not made by fewer, whatever the shares say of how many are needed', async () => {
    expect(smaller.length).toBe(15);
    for (const few of smaller) {
      await expect(combineShares(few, recovery.recipient)).rejects.toThrow('recovery_too_few');
      // Even with a share rewritten to ask for less there is not enough in them: the mathematics, not the number, refuses.
      const lowered = await Promise.all(few.map(askingForTwo));
      await expect(combineShares(lowered, recovery.recipient)).rejects.toThrow(
        /recovery_(too_few|not_rebuilt)/,
      );
    }
  });

  it('is not made unseen when a share was forged, which the library alone would not notice', async () => {
    const forged = await Promise.all(
      [shares[0], shares[1]].map(async (share) => share ?? { name: '', text: '' }),
    );
    const other = await rewritten(shares[2], (parts) => {
      const bytes = fromBase64url(parts.share) ?? new Uint8Array();
      bytes[30] = (bytes[30] ?? 0) ^ 1;
      return { ...parts, share: toBase64url(bytes) };
    });
    await expect(combineShares([...forged, other], recovery.recipient)).rejects.toThrow(
      'recovery_not_rebuilt',
    );
    // Control: the library makes some key of them and says nothing.
    const made = await combine(
      [...forged, other].map(({ text }) => fromBase64url(partsOf(text).share) ?? new Uint8Array()),
    );
    expect(made.length).toBe(recovery.identity.length);
    expect(new TextDecoder().decode(made)).not.toBe(recovery.identity);
  });

  it('names every share with a wrong letter, wherever the letter is, and no other', async () => {
    let tried = 0;
    for (const [i, share] of shares.entries())
      for (let at = 0; at < share.text.trimEnd().length; at += rounds(5, 1)) {
        const wrong = share.text.charCodeAt(at) === 0x61 ? 'b' : 'a';
        const text = `${share.text.slice(0, at)}${wrong}${share.text.slice(at + 1)}`;
        const brought = shares.with(i, { ...share, text }).slice(0, Math.max(3, i + 1));
        expect(await blamed(brought), `letter ${at}`).toEqual([`recovery_share_damaged ${share.name}`]);
        tried += 1;
      }
    const cut = shares.map(({ name, text }, i) => ({ name, text: text.slice(0, 40 * i) }));
    expect(await blamed(cut)).toEqual(shares.map(({ name }) => `recovery_share_damaged ${name}`));

    keepFigure({
      id: 'S18',
      found: `16 of 16 quorums of 3 of 5 open, 15 of 15 smaller groups fail, ${tried.toLocaleString('en')} of ${tried.toLocaleString('en')} shares with a wrong letter are named`,
      control: 'without the comparison with the known public key a forged share yields a wrong key unnoticed',
    });
  });
});

interface Parts {
  readonly share: string;
  readonly threshold: number;
  readonly checksum: string;
}
const partsOf = (text: string): Parts => JSON.parse(text) as Parts;

/** A share changed by someone who also corrects its checksum. */
const rewritten = async (
  share: BroughtShare | undefined,
  change: (parts: Parts) => Parts,
): Promise<BroughtShare> => {
  const { checksum: _, ...parts } = change(partsOf(share?.text ?? '{}'));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalText(parts)));
  const checksum = Buffer.from(digest).toString('hex').slice(0, 16);
  return { name: share?.name ?? '', text: `${canonicalText({ ...parts, checksum })}\n` };
};
const askingForTwo = (share: BroughtShare): Promise<BroughtShare> =>
  rewritten(share, (parts) => ({ ...parts, threshold: 2 }));

describe('the recipient of the recovery key', () => {
  it('is the one that the key directory names', async () => {
    const identity = await combineShares(shares.slice(2), recovery.recipient);
    expect(await recipientOf(identity)).toBe(directory.recovery.recipient);
  });
});
