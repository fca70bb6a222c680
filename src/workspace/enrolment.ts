import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Sign } from '../records/index.ts';
import { canonicalText, fromBase64url, ProblemError, problem, toBase64url } from '../vocabulary/index.ts';
import { isOrgCode, readConfig } from './config.ts';
import { deviceId, type FolderKeys, readKeys, verifierOf } from './device-key.ts';

/** What a person brings to the holder of the root key: public keys only. */
export interface Enrolment {
  readonly org: string;
  /** Code of the person; names belong in no file here. */
  readonly user: string;
  /** Of the person's reading key (`age1…`). */
  readonly recipient: string;
  /** The device that the person's entries are signed by; left out by who only reads. */
  readonly device?: { readonly device: string; readonly public_key: string };
}

const CONTEXT = 'baqylau/enrolment/v1';
const USER_CODE = /^[a-z][a-z0-9_-]{0,62}$/;
/** Whether a text may be the code of a person. */
export const isUserCode = (text: string): boolean => USER_CODE.test(text);

const shape = z.strictObject({
  enrolment: z.strictObject({
    v: z.literal(1),
    context: z.literal(CONTEXT),
    org: z.string().refine(isOrgCode),
    user: z.string().regex(USER_CODE),
    recipient: z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/),
    device: z
      .strictObject({
        device: z.string().regex(/^[0-9a-f]{32}$/),
        public_key: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
      })
      .exactOptional(),
  }),
  signature: z.string().regex(/^([A-Za-z0-9_-]{86})?$/),
});

const signedText = (enrolment: Enrolment): string => canonicalText({ v: 1, context: CONTEXT, ...enrolment });

/** The device of a data folder, to be enrolled with the person who works there. Throws ProblemError as `readConfig` does. */
export const folderDevice = (
  dir: string,
): Pick<FolderKeys, 'device' | 'publicKey' | 'sign'> & { readonly org: string } => {
  const { org } = readConfig(dir);
  return { ...readKeys(dir), org };
};

/** The enrolment file: canonical JSON, signed by the device that it names, which proves that the person has its key. */
export const enrolmentFile = async (enrolment: Enrolment, sign?: Sign): Promise<string> => {
  const signature =
    enrolment.device === undefined || sign === undefined
      ? ''
      : toBase64url(await sign(new TextEncoder().encode(signedText(enrolment))));
  return `${canonicalText({ enrolment: { v: 1, context: CONTEXT, ...enrolment }, signature })}\n`;
};

/** Reads an enrolment file strictly. Throws ProblemError `enrolment_invalid`, also for a signature that is not its device's. */
export const openEnrolment = async (text: string): Promise<Enrolment> => {
  const read = shape.safeParse(parsed(text));
  if (!read.success) throw invalid(read.error.issues[0]?.path.join('.') || 'JSON');
  const { enrolment, signature } = read.data;
  const { v: _v, context: _context, ...rest } = enrolment;
  if (`${canonicalText(read.data)}\n` !== text) throw invalid('canonical JSON (RFC 8785)');
  if (rest.device === undefined) {
    if (signature !== '') throw invalid('signature');
    return rest;
  }
  const publicKey = fromBase64url(rest.device.public_key) ?? new Uint8Array();
  // A device is named by its key, so nobody can bring another key under a known device's name.
  if (publicKey.length !== 32 || deviceId(publicKey) !== rest.device.device) throw invalid('device');
  const isSigned = await verifierOf(publicKey)(
    new TextEncoder().encode(signedText(rest)),
    fromBase64url(signature) ?? new Uint8Array(),
  );
  if (!isSigned) throw invalid('signature');
  return rest;
};

/**
 * 30 decimal digits of SHA-256 in six groups: what two people compare aloud, in any language. About 99 bits, so that
 * nobody finds a second text with the same number.
 */
export const safetyNumber = (text: string): string => {
  const digest = hash('sha256', text, 'buffer');
  return Array.from({ length: 6 }, (_, i) =>
    String(digest.readUIntBE(i * 5, 5) % 100_000).padStart(5, '0'),
  ).join(' ');
};

/** The same number however it was copied: only its digits count. */
export const isSafetyNumber = (typed: string, text: string): boolean =>
  typed.replaceAll(/\D/g, '') === safetyNumber(text).replaceAll(' ', '');

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
const invalid = (what: string): ProblemError => new ProblemError(problem('enrolment_invalid', { what }));
